"""Paid releases: who paid, and where the story ends."""

from syndicator.credit import read
from syndicator.credit.release import release_source
from tests.builders import a_context

RELEASE = """Source: Merrow Ferries, Inc.

MEDIA RELEASE PR12345

MERROW, Texas, Feb. 1, 2017 /PRNewswire-AsiaNet/ --

Merrow Ferries, Inc. today announced that the night ferry across the strait will sail again in January.

"We are glad to be back," said its head. For additional information visit https://ferries.example/ .

Follow Merrow Ferries:

Contact:

Ines Calloway
ines@ferries.example
+1 555 0100 200

SOURCE Merrow Ferries, Inc."""


def test_contacts_go_and_the_story_stays() -> None:
    text = RELEASE
    facts = read(RELEASE, a_context())
    for fact in reversed(facts):
        text = text[: fact.start] + text[fact.end :]
    paragraphs = [line for line in text.split("\n\n") if line.strip()]
    assert [line.split()[0] for line in paragraphs] == ["Merrow", '"We']
    assert {"release-label", "release-source", "release-contacts"} <= {one.rule for one in facts}


def test_the_source_of_a_release_is_a_name() -> None:
    found = release_source("SOURCE Merrow Ferries, Inc.", a_context())
    assert found is not None
    assert found.agencies == ("Merrow Ferries, Inc.",)
    assert release_source("Source: a person who asked not to be named.", a_context()) is None


def test_without_a_wire_of_releases_short_lines_stay() -> None:
    text = RELEASE.replace("/PRNewswire-AsiaNet/", "(AP)")
    assert "release-contacts" not in {one.rule for one in read(text, a_context())}
