"""Hostile documents at the real reader: each bounded in time and memory, none at another's cost."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.adapters.quarantine import Quarantine
from syndicator.adapters.reader_pool import ReaderPool
from syndicator.errors import ReadError
from syndicator.ingest import Profile, Reading
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from syndicator.settings.houses import built_in_houses
from tests.builders import NOW, a_document, an_item

PROFILE = Profile(source=SourceId("a"), publisher="a")
ITEM = b"<item><guid>1</guid><title>One</title><description>It sails.</description></item>"
LONG, MANY = 10_000_000, 100_000


def rss(inside: bytes, head: bytes = b"") -> bytes:
    start = b'<?xml version="1.0"?>' + head + b'<rss version="2.0"><channel><title>T</title>'
    return start + inside + b"</channel></rss>"


def told(description: bytes) -> bytes:
    inside = b"<item><guid>1</guid><title>One</title><description>"
    return rss(inside + description + b"</description></item>" + ITEM.replace(b">1<", b">2<"))


def attributes(count: int) -> bytes:
    return b" ".join(b'a%d="x"' % n for n in range(count))


LAUGHS = b"".join(
    b'<!ENTITY %s "%s">' % (outer, b"&%s;" % inner * 10)
    for inner, outer in zip([b"a", b"b", b"c", b"d"], [b"b", b"c", b"d", b"e"], strict=True)
)
REFUSED = {
    "nested a hundred thousand deep": rss(ITEM.replace(b"It", b"<a>" * MANY + b"</a>" * MANY)),
    "opened and never closed": b"<rss><channel>" + b"<item>" * MANY,
    "a million attributes": b"<rss><channel " + attributes(10 * MANY) + b">" + ITEM,
    "fifty megabytes of one text": told(b"word " * LONG),
    "fifty megabytes of a title": rss(ITEM.replace(b"One", b"word " * LONG)),
    "a comment of twenty megabytes": rss(b"<!--" + b"x" * 2 * LONG + b"-->" + ITEM),
    "entities made of entities": rss(ITEM, b'<!DOCTYPE rss [<!ENTITY a "ha">' + LAUGHS + b"]>"),
    "an outside entity": rss(
        ITEM.replace(b"One", b"&x;"), b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "JSON nested without end": b'{"items":' + b"[" * MANY,
}
READ = {
    "an outside DTD, which is not fetched": rss(
        ITEM, b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
    ),
    "markup nested a hundred thousand deep": told(b"&lt;div&gt;" * MANY + b"x"),
    "markup with half a million attributes": told(
        b"&lt;p " + attributes(5 * MANY) + b"&gt;x&lt;/p&gt;"
    ),
    "a guid of a megabyte": rss(ITEM.replace(b">1<", b">" + b"g" * 1_000_000 + b"<")),
    "a hundred thousand entries": rss(
        b"".join(b"<item><guid>%d</guid><title>T %d</title></item>" % (n, n) for n in range(MANY))
    ),
    "a hundred thousand categories": rss(
        ITEM.replace(b"</item>", b"<category>c</category>" * MANY + b"</item>")
    ),
    "a hundred thousand sections of CDATA": told(b"<![CDATA[x]]>" * MANY),
    "every word a credit begins with": told(
        b"By and with &#169; Distributed by Visit embargo until KILL " * 30_000
    ),
}


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ReaderPool]:
    one = ReaderPool(
        workers=1,
        timeout=timedelta(seconds=20),
        memory_mb=1024,
        houses=built_in_houses(),
        quarantine=Quarantine(tmp_path / "quarantine"),
    )
    yield one
    await one.close()


async def read(pool: ReaderPool, body: bytes) -> Reading:
    return await pool.read(Document(url="https://poison.example/", body=body), PROFILE, NOW)


def kept(folder: Path) -> list[str]:
    return [one.name for one in folder.glob("quarantine/*")]


async def still_reads(pool: ReaderPool) -> None:
    reading = await pool.read(a_document(an_item("Good", "1")), PROFILE, NOW)
    assert [one.article.headline for one in reading.candidates] == ["Good"]


@pytest.mark.parametrize("what", REFUSED)
async def test_poison_is_one_clear_line_and_costs_no_worker(
    pool: ReaderPool, tmp_path: Path, what: str
) -> None:
    await still_reads(pool)
    with pytest.raises(ReadError) as caught:
        await read(pool, REFUSED[what])
    assert caught.value.kind in {"too-much", "entities", "not-a-feed"}
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert kept(tmp_path) == []
    await still_reads(pool)


@pytest.mark.parametrize(
    "feed",
    [
        {"title": "\ud800", "items": [{"id": "1", "content_text": "x"}]},
        {"title": "T", "items": [{"id": "1", "content_text": "x", "language": "\ud800"}]},
        {"title": "T", "items": [{"id": "1", "title": "T", "date_published": "\ud800"}]},
        *(
            {"title": "T", "items": [{"id": "1", "attachments": [{"url": "/1", **file}]}]}
            for file in (
                {"title": "\ud800"},
                {"mime_type": "\ud800"},
                {"size_in_bytes": 10**30},
                {"size_in_bytes": True},
                {"duration_in_seconds": 10**400},
            )
        ),
    ],
)
async def test_half_characters_and_endless_numbers_cost_no_feed(
    pool: ReaderPool, tmp_path: Path, feed: dict[str, object]
) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", **feed}).encode()
    reading = await read(pool, body)
    assert len(reading.candidates) == 1
    assert kept(tmp_path) == []
    await still_reads(pool)


@pytest.mark.parametrize("what", READ)
async def test_one_bad_item_costs_no_other(pool: ReaderPool, tmp_path: Path, what: str) -> None:
    reading = await read(pool, READ[what])
    assert reading.candidates
    assert len(reading.candidates) <= 2000
    assert all(len(one.article.guid) <= 2048 for one in reading.candidates)
    if "description" in READ[what].decode("latin-1")[:400]:
        assert reading.candidates[-1].article.body.text.endswith(("It sails.", "x"))
    assert kept(tmp_path) == []
    await asyncio.gather(still_reads(pool), still_reads(pool))
