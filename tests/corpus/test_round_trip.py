"""What every capture says leaves the desk and comes back from each format as it was."""

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest

from syndicator.editing import compose
from syndicator.errors import ReadError
from syndicator.ingest import Profile, read
from syndicator.model.desk import Desk, Settings
from syndicator.model.edition import Edition, Item, Site
from syndicator.model.entry import Document
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import ImagePolicy, License
from syndicator.model.source import Source
from syndicator.model.text import legal, squeeze
from syndicator.model.topic import Topic, Window
from syndicator.render import render_topic, with_distinct_ids
from syndicator.render.common import address_of, atom_id, files_of
from tests.builders import HOUSES, NOW

CAPTURES = Path(__file__).parents[2].parent / "shared" / "corpus" / "captures"
PARTS = 4  # so that two workers have as much to do
SITE = Site(title="The Desk", base_url="https://desk.example", generator="syndicator")
SOURCE, OPEN, WORLD = SourceId("s"), LicenseId("open"), TopicId("world")
WHOLE = License(
    text="full", images=ImagePolicy.ALL, third_party_images=True, own_copy_only=False, alter="free"
)


class Said(NamedTuple):
    """One entry, as it was given to rendering or as a reader found it."""

    id: str
    headline: str
    link: str | None
    authors: list[str]
    published: datetime
    updated: datetime | None
    html: str
    files: list[tuple[str, int]]


def editions(part: int) -> Iterator[tuple[str, Edition]]:
    """What the captures say, a part of them."""
    settings = Settings(
        root=Path(),
        config=Path(),
        desk=Desk(),
        sources={SOURCE: Source(url="https://capture.example/feed", license=OPEN)},
        licenses={OPEN: WHOLE},
        topics={WORLD: Topic(title="World", window=Window(entries=1000, hours=8784))},
    )
    for path in sorted(CAPTURES.iterdir())[part::PARTS]:
        document = Document(url="https://capture.example/feed", body=path.read_bytes())
        try:
            found = read(document, Profile(source=SOURCE, publisher="s"), NOW, HOUSES)
        except ReadError:
            continue
        articles = {one.article.id: one.article for one in found.candidates}
        everything = list(articles.values())
        for at in range(0, len(everything), 50):  # however old, so many are shown
            made = compose(WORLD, everything[at : at + 50], settings, NOW)
            yield path.name, with_distinct_ids(made.edition)


def line(text: str | None) -> str:
    return squeeze(legal(text or ""))


def given(item: Item, kind: str) -> Said:
    """What a format promises to say of an item."""
    article = item.article
    people = [name for name in (line(one.name) for one in article.authors) if name]
    files = [(one.url, max(one.length or 0, 0)) for one in files_of(item)]
    own, link = line(article.guid), address_of(article.link)
    if kind == "atom":
        own = atom_id(item)
        link = link or own  # feedparser's own rule, where there is no link
    return Said(
        id=own,
        headline=line(article.headline),
        link=link,
        authors=people or ([line(item.source_title)] if kind == "atom" else []),
        published=article.published.replace(microsecond=0),
        updated=article.updated.replace(microsecond=0),
        html=legal(item.html),
        files=files[:1] if kind == "rss" else files,
    )


def moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)


def by_feedparser(body: bytes) -> list[Said]:
    found = feedparser.parse(  # noqa: TID251 - as a reader does, from a stream
        BytesIO(body), sanitize_html=False, resolve_relative_uris=False
    )
    assert not found.bozo, found.get("bozo_exception")
    return [
        Said(
            id=one.id,
            headline=one.title,
            link=one.get("link"),
            # It takes a name that is an e-mail address for the address of a person.
            authors=[each.get("name") or each.email for each in one.get("authors", [])],
            published=moment(one.published_parsed),
            updated=moment(one.updated_parsed),
            html=one.content[0].value if "content" in one else "",
            files=[(each.href, int(each.get("length", 0))) for each in one.get("enclosures", [])],
        )
        for one in found.entries
    ]


def by_json(body: bytes) -> list[Said]:
    return [
        Said(
            id=one["id"],
            headline=one["title"],
            link=one.get("url"),
            authors=[each["name"] for each in one.get("authors", [])],
            published=datetime.fromisoformat(one["date_published"]),
            updated=datetime.fromisoformat(one["date_modified"]),
            html=one.get("content_html", ""),
            files=[(f["url"], f.get("size_in_bytes", 0)) for f in one.get("attachments", [])],
        )
        for one in json.loads(body)["items"]
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_what_goes_in_comes_out_of_every_format(part: int) -> None:
    count = 0
    apart: list[tuple[Any, ...]] = []
    for name, edition in editions(part):
        made = render_topic(edition, SITE)
        apart += [(name, problem) for problem in made.problems]
        bodies = {one.path.partition(".")[2]: one.body for one in made.outputs}
        for kind, back in (("rss", by_feedparser), ("atom", by_feedparser), ("json", by_json)):
            wanted = [given(item, kind) for item in edition.items]
            said = back(bodies[kind])
            count += len(said)
            if len(said) != len(wanted):
                apart.append((name, kind, f"{len(wanted)} went in, {len(said)} came out"))
            for one, two in zip(wanted, said, strict=False):
                apart += [
                    (name, kind, field, getattr(one, field), getattr(two, field))
                    for field in Said._fields
                    if getattr(one, field) != getattr(two, field)
                ]
    assert apart == []
    assert count > 2_000
