"""Lint answers whatever the bytes, and finds no error in what the desk renders of any article."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.lint import Finding, Level, compare, lint
from syndicator.lint.findings import MOST_KINDS, MOST_PLACES, MOST_VALUE
from syndicator.model.edition import Item
from syndicator.model.entry import Category, Enclosure, Image, Origin, Person, Rights
from syndicator.render import render_topic
from tests.unit.render.editions import SITE, a_piece, an_edition, faults_of

ANY = st.text(st.characters(), max_size=40)  # surrogates and control characters too
WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60)
ADDRESSES = st.one_of(
    st.builds("https://{}.example/{}".format, st.sampled_from(["a", "ä", "b-c"]), WORDS),
    st.sampled_from(
        ["http://x", "https://h.example:99/a?b=c#d", "https://[::1]/x", "https://h.example/a b"]
    ),
)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
PEOPLE = st.builds(Person, name=ANY, url=st.none() | ADDRESSES)
SUBJECTS = st.builds(Category, term=ANY, scheme=st.none() | ADDRESSES | ANY, label=st.none() | ANY)
FILES = st.builds(
    Enclosure,
    url=ADDRESSES,
    type=st.none() | ANY | st.sampled_from(["audio/mpeg", "a/b c", "/"]),
    length=st.none() | st.integers(-5, 10**12),
)
PICTURES = st.builds(
    Image,
    url=ADDRESSES,
    type=st.none() | ANY | st.sampled_from(["image/jpeg", "image/", "a/b/c"]),
    width=st.none() | st.integers(-5, 9000),
    height=st.none() | st.integers(-5, 9000),
    credit=st.none() | ANY,
    caption=st.none() | ANY,
    rights=st.none() | ANY,
)
ORIGINS = st.builds(
    Origin,
    title=st.none() | ANY,
    id=st.none() | ANY | ADDRESSES,
    link=st.none() | ADDRESSES,
    self_link=st.none() | ADDRESSES,
    updated=st.none() | MOMENTS,
    rights=st.builds(Rights, notice=st.none() | ANY),
)
ITEMS = st.builds(
    a_piece,
    html=st.sampled_from(["", "<p>Words.</p>", '<p><a href="https://h.example/">x</a></p>']),
    summary=ANY | WORDS,
    headline=ANY | WORDS,
    guid=ANY | ADDRESSES,
    link=st.none() | ADDRESSES,
    authors=st.lists(PEOPLE, max_size=2).map(tuple),
    contributors=st.lists(PEOPLE, max_size=2).map(tuple),
    categories=st.lists(SUBJECTS, max_size=2).map(tuple),
    enclosures=st.lists(FILES, max_size=2).map(tuple),
    images=st.lists(PICTURES, max_size=2).map(tuple),
    language=st.none() | ANY | st.sampled_from(["en", "US", "pt-BR", "zz"]),
    origin=ORIGINS,
    published=MOMENTS,
    updated=MOMENTS,
)


def errors(found: tuple[Finding, ...]) -> list[str]:
    return [f"{one.rule} {one.path} {one.places}" for one in found if one.level is Level.ERROR]


@settings(max_examples=200, deadline=None)
@given(item=ITEMS)
def test_what_the_desk_renders_of_any_article_has_no_error(item: Item) -> None:
    made = render_topic(an_edition(item), SITE)
    assert made.problems == ()
    assert faults_of(made) == []
    for output in made.outputs:
        if not output.path.endswith(".html"):
            address = f"https://desk.example/feeds/{output.path}"
            found = lint(output.body, address=address, content_type=output.media_type, own=True)
            assert errors(found) == []


STARTS = st.sampled_from(
    [
        b"",
        b"<rss version='2.0'><channel>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
        b'{"version":"https://jsonfeed.org/version/1.1","items":[',
        b"\xff\xfe",
        b"<?xml version='1.0' encoding='utf-7'?>",
    ]
)


@settings(max_examples=400, deadline=None)
@given(start=STARTS, rest=st.binary(max_size=300), header=st.none() | st.text(max_size=40))
def test_any_bytes_are_judged(start: bytes, rest: bytes, header: str | None) -> None:
    found = lint(start + rest, address="https://x.example/", content_type=header)
    bounded(found)


def bounded(found: tuple[Finding, ...]) -> None:
    assert len(found) <= MOST_KINDS + 1
    for one in found:
        assert one.count >= len(one.places) or one.rule == "MoreFindings"
        assert len(one.places) <= MOST_PLACES
        assert all(len(place.value or "") <= MOST_VALUE for place in one.places)
    json.dumps([one.what for one in found])


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "version",
                    "title",
                    "items",
                    "id",
                    "url",
                    "authors",
                    "author",
                    "hubs",
                    "language",
                    "attachments",
                    "tags",
                    "content_html",
                    "date_published",
                    "feed_url",
                    "next_url",
                    "mime_type",
                    "_x",
                    "size_in_bytes",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(items=st.lists(JSON, max_size=3), top=JSON)
def test_any_json_is_judged(items: list[Any], top: Any) -> None:
    feed = {**(top if isinstance(top, dict) else {}), "items": items}
    bounded(lint(json.dumps(feed).encode()))


@settings(max_examples=200, deadline=None)
@given(first=st.binary(max_size=60), second=st.binary(max_size=60))
def test_two_builds_differ_where_their_bytes_do(first: bytes, second: bytes) -> None:
    assert bool(compare(first, second)) == (first != second)
