"""One fault at a time in JSON Feed: it is found, and the mended feed has none."""

import pytest

from syndicator.lint import lint
from tests.builders import NOW
from tests.unit.lint.feeds import ADDRESS, JSON_ITEM, jsonfeed

SOUND = jsonfeed()
FILE = {"url": "https://harbour.example/a.mp3", "mime_type": "audio/mpeg"}


def file(**changes: object) -> bytes:
    return jsonfeed({"attachments": [{**FILE, **changes}]})


CASES: list[tuple[str, bytes, bytes]] = [
    ("InvalidJSON", SOUND[:-1], SOUND),
    ("InvalidJSON", b"{'version': 1}", SOUND),
    ("NotAFeed", b"[1, 2]", SOUND),
    ("ByteOrderMark", b"\xef\xbb\xbf" + SOUND, SOUND),
    ("ValidatorLimit", SOUND + b" " * 16_000_001, SOUND),
    ("MissingElement", jsonfeed(version=None), SOUND),
    ("MissingElement", jsonfeed(title=None), SOUND),
    ("MissingElement", jsonfeed(hubs=[{"type": "WebSub"}]), SOUND),
    ("MissingElement", SOUND.replace(b'"items"', b'"things"'), SOUND),
    ("InvalidJSONFeedVersion", jsonfeed(version="https://jsonfeed.org/version/2"), SOUND),
    ("InvalidJSONType", jsonfeed(items={}), SOUND),
    ("InvalidJSONType", jsonfeed({"title": 5}), SOUND),
    ("InvalidJSONType", jsonfeed({"tags": [5]}), jsonfeed({"tags": ["five"]})),
    ("InvalidJSONType", jsonfeed(None, "text"), SOUND),
    ("InvalidJSONType", jsonfeed(authors=["Ines"]), jsonfeed(authors=[{"name": "Ines"}])),
    ("NotBlank", jsonfeed(authors=[{}]), SOUND),
    ("NotBlank", jsonfeed({"title": " "}), SOUND),
    ("MissingId", jsonfeed({"id": None}), SOUND),
    ("IdNotString", jsonfeed({"id": 7}), SOUND),
    ("DuplicateIds", jsonfeed(None, JSON_ITEM), jsonfeed(None, {**JSON_ITEM, "id": "2"})),
    ("MissingTextualContent", jsonfeed({"content_text": None}), SOUND),
    ("InvalidRFC3339Date", jsonfeed({"date_published": "24 Nov 2026"}), SOUND),
    ("ImplausibleDate", jsonfeed({"date_modified": "2036-11-24T12:00:00Z"}), SOUND),
    ("MissingDate", jsonfeed({"date_published": None}), SOUND),
    ("InvalidFullLink", jsonfeed({"url": "/one"}), SOUND),
    ("InvalidUriChar", jsonfeed({"image": "https://harbour.example/a b"}), SOUND),
    ("InvalidLanguage", jsonfeed(language="US"), SOUND),
    ("MissingDCLanguage", jsonfeed(language=None), SOUND),
    ("MissingSelf", jsonfeed(feed_url=None), SOUND),
    ("SelfDoesntMatchLocation", jsonfeed(feed_url="https://other.example/"), SOUND),
    ("NextIsSelf", jsonfeed(next_url=ADDRESS), jsonfeed(next_url=f"{ADDRESS}?page=2")),
    ("HubIsPage", jsonfeed(hubs=[{"type": "WebSub", "url": "https://harbour.example/"}]), SOUND),
    ("MissingAttribute", file(mime_type=None), file()),
    ("InvalidMIMEType", file(mime_type="mp3"), file()),
    ("InvalidNonNegativeInteger", file(size_in_bytes=-1), file(size_in_bytes=9)),
    ("SecurityRisk", jsonfeed({"content_html": "<script>x</script>"}), SOUND),
    ("ContainsRelRef", jsonfeed({"content_html": '<a href="/x">x</a>'}), SOUND),
    ("ContainsHTML", jsonfeed({"title": "<b>x</b>"}), SOUND),
    ("ControlCharacters", jsonfeed({"title": "a\x01b"}), SOUND),
    ("MissingLicense", jsonfeed({"_rights": None}), SOUND),
]  # fmt: skip


def rules_of(body: bytes) -> set[str]:
    return {one.rule for one in lint(body, address=ADDRESS, now=NOW)}


@pytest.mark.parametrize(
    ("rule", "bad", "mended"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)
def test_a_fault_is_found_and_the_mended_feed_has_it_not(
    rule: str, bad: bytes, mended: bytes
) -> None:
    assert rule in rules_of(bad)
    assert rule not in rules_of(mended)


def test_a_sound_feed_has_no_findings() -> None:
    assert lint(SOUND, address=ADDRESS, content_type="application/feed+json", now=NOW) == ()


def test_the_place_names_the_entry() -> None:
    (found,) = lint(jsonfeed({"date_published": "today"}), address=ADDRESS, now=NOW)
    assert found.path == "items/date_published"
    assert found.places[0].entry == "1"
