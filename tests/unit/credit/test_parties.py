"""Six parties, kept apart."""

import pytest

from syndicator.credit import read
from syndicator.credit.form import Context
from syndicator.credit.parties import Parties, parties
from syndicator.model.entry import Rights
from tests.builders import a_context

STORY = (
    "The ferry crossed the strait in the rain on Monday, the harbour master said, and came back."
)


def who(*lines: str, rights: Rights | None = None, names: tuple[str, ...] = ()) -> Parties:
    text = "\n\n".join(lines)
    context = a_context()
    return parties(read(text, context), rights or Rights(), context, names=names)


def test_a_distributor_is_never_the_holder() -> None:
    found = who(STORY, "Distributed by Lighthouse Agency, LLC.")
    assert (found.holder, found.distributor) == (None, "Lighthouse Agency, LLC")


def test_holder_distributor_and_house_of_a_syndicated_article() -> None:
    found = who(
        "By Ines Calloway, Bloomberg News", STORY,
        "©2025 Bloomberg L.P. Visit bloomberg.com. Distributed by Tribune Content Agency, LLC.",
    )  # fmt: skip
    assert (found.organization, found.holder, found.year, found.distributor) == (
        "Bloomberg News", "Bloomberg L.P.", 2025, "Tribune Content Agency, LLC",
    )  # fmt: skip


def test_a_carrier_does_not_hold_an_agencys_copy() -> None:
    found = who(f"MERROW (AP) — {STORY}", "© 2026 Harbour Papers, Inc. All Rights Reserved.")
    assert (found.organization, found.holder) == ("Associated Press", None)


def test_metadata_gives_what_the_copy_does_not() -> None:
    found = who(STORY, rights=Rights(notice="© 2024 Harbour News Co.", holder="Harbour"))
    assert (found.holder, found.year) == ("Harbour News Co.", 2024)
    assert who(STORY, rights=Rights(holder="Harbour")).holder == "Harbour"


def test_an_author_by_metadata_may_be_a_house() -> None:
    assert who(STORY, names=("Associated Press",)).organization == "Associated Press"
    assert who(STORY, names=("Ines Calloway",)).organization is None


def test_the_republisher_is_not_the_publisher() -> None:
    found = who(
        STORY,
        "(This story has not been edited by Devdiscourse staff and is auto-generated from a syndicated feed.)",
    )
    assert (found.republisher, found.holder) == ("Devdiscourse", None)


def test_a_wire_of_paid_releases_distributes() -> None:
    found = who(
        f"MERROW, Texas, Feb. 1, 2017 /PRNewswire/ -- {STORY}", "SOURCE Merrow Ferries, Inc."
    )
    assert (found.organization, found.distributor) == ("Merrow Ferries, Inc.", "PRNewswire")


@pytest.mark.parametrize(
    ("near", "house"),
    [
        ("chandigarh https://www.tribuneindia.com/news/1 lang=en-IN", "The Tribune, Chandigarh"),
        ("harbour https://harbour.example/1 lang=en", "Tribune News Service"),
        ("harbour https://tribunenewsservice.com/1 lang=en", "Tribune News Service"),
    ],
)
def test_a_short_name_is_settled_by_where_it_stands(near: str, house: str) -> None:
    context: Context = a_context(near=near)
    facts = read(f"MERROW (TNS) — {STORY}", context)
    assert parties(facts, Rights(), context).organization == house
