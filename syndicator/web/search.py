"""Search of what is published: the JSON feeds as they stand in the files, kept in memory.

A feed is read again when its file changes, so a search finds what readers can
have now and nothing else; no store is asked.
"""

import asyncio
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from syndicator.model.edition import Site
from syndicator.model.ids import TopicId
from syndicator.model.text import legal, squeeze
from syndicator.render import Hit, render_results
from syndicator.render.shell import LONGEST
from syndicator.web.folding import folded, terms
from syndicator.web.pages import BUSY, POLICY, page

SHOWN = 50
ROOM = 32_000_000
"""Letters of texts kept for search; beyond, articles are found by headline and summary alone."""
TEXT = 20_000
"""Letters of one text that are searched."""
WAITING = 16
"""Searches that may wait for another; more are told to come back."""
_TAG = re.compile(r"<[^>]*>")
Titles = Mapping[TopicId, str]


class _Own(msgspec.Struct, frozen=True):
    source: Mapping[str, str] = {}
    rights: str = ""
    deleted: bool = False


class _Name(msgspec.Struct, frozen=True):
    name: str = ""


class _Item(msgspec.Struct, frozen=True):
    """An entry as our JSON Feed has it; ``own`` is what only we say."""

    id: str
    date_published: datetime
    title: str = ""
    url: str | None = None
    summary: str = ""
    content_html: str = ""
    language: str | None = None
    authors: tuple[_Name, ...] = ()
    tags: tuple[str, ...] = ()
    own: _Own = msgspec.field(default=_Own(), name="_syndicator")


class _Feed(msgspec.Struct, frozen=True):
    items: tuple[_Item, ...] = ()


_DECODER = msgspec.json.Decoder(_Feed)


class _Entry:
    """One entry, ready to be searched: folded, every word between two spaces."""

    __slots__ = ("hit", "key", "name", "text")

    def __init__(self, item: _Item, *, whole: bool) -> None:
        said = [item.summary, *(one.name for one in item.authors), *item.tags, item.own.rights]
        said.append(item.own.source.get("title", ""))
        if whole:
            said.append(unescape(_TAG.sub(" ", item.content_html[:TEXT])))
        self.name = folded(item.title)
        self.text = folded(" ".join(said))
        self.key = (item.url or item.id, item.title)
        self.hit = Hit(
            title=squeeze(item.title),
            link=item.url,
            summary=squeeze(item.summary),
            source=squeeze(item.own.source.get("title", "")),
            credit=squeeze(item.own.rights),
            published=item.date_published.astimezone(UTC),
            language=item.language,
        )

    @property
    def size(self) -> int:
        return len(self.name) + len(self.text)

    def rank(self, words: Iterable[str]) -> tuple[int, int, datetime] | None:
        """Return how well it has all the words, or ``None``: headlines first, then the newer."""
        heads = whole = 0
        for word in words:
            if word in self.name:
                heads += 1
                whole += f"{word} " in self.name
            elif word in self.text:
                whole += f"{word} " in self.text
            else:
                return None
        return heads, whole, self.hit.published


class _Kept:
    """The entries of one feed, and the stamp of the file they were read from."""

    __slots__ = ("entries", "size", "stamp")

    def __init__(self, stamp: tuple[int, int, int], entries: tuple[_Entry, ...]) -> None:
        self.stamp = stamp
        self.entries = entries
        self.size = sum(one.size for one in entries)


class Index:
    """What the published JSON feeds hold, read again when they change."""

    def __init__(self, feeds: Path, room: int = ROOM) -> None:
        """Search what stands under ``feeds``, and keep texts up to ``room`` letters in all."""
        self._feeds = feeds
        self._room = room
        self._kept: dict[TopicId, _Kept] = {}

    def find(self, query: str, titles: Titles) -> list[Hit]:
        """Return what the feeds of the topics in ``titles`` have on a query, the best first.

        An article that stands in several topics is found once.
        """
        self._refresh(titles)
        words = terms(query)
        if not words:
            return []
        found: dict[tuple[str, str], tuple[tuple[int, int, datetime], Hit]] = {}
        for topic in titles:
            kept = self._kept.get(topic)
            for entry in kept.entries if kept else ():
                rank = entry.rank(words)
                if rank is None:
                    continue
                best, hit = found.get(entry.key, (rank, entry.hit))
                named = (*hit.topics, (topic, titles[topic]))
                found[entry.key] = (max(best, rank), msgspec.structs.replace(hit, topics=named))
        order = sorted(found.items(), key=lambda one: (one[1][0], one[0]), reverse=True)
        return [hit for _, (_, hit) in order]

    def _refresh(self, topics: Collection[TopicId]) -> None:
        for gone in [topic for topic in self._kept if topic not in topics]:
            del self._kept[gone]
        for topic in topics:
            path = self._feeds / f"{topic}.json"
            try:
                stat = path.stat()
                stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
                known = self._kept.get(topic)
                if known is None or known.stamp != stamp:
                    self._kept.pop(topic, None)
                    self._kept[topic] = _Kept(stamp, tuple(self._read(path)))
            except (OSError, msgspec.DecodeError):
                self._kept.pop(topic, None)

    def _read(self, path: Path) -> Iterator[_Entry]:
        room = self._room - sum(one.size for one in self._kept.values())
        for item in _DECODER.decode(path.read_bytes()).items:
            if not item.own.deleted:
                entry = _Entry(item, whole=room > 0)
                room -= entry.size
                yield entry


class Search:
    """Answers searches; one at a time, beside the loop, so that feeds go out meanwhile."""

    def __init__(self, feeds: Path, titles: Callable[[], Titles], site: Callable[[], Site]) -> None:
        """Search the published files under ``feeds`` of the topics that ``titles`` names now."""
        self._index = Index(feeds)
        self._titles = titles
        self._site = site
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer ``/search?q=…`` with a page that nobody keeps or indexes."""
        query = squeeze(legal(request.query.get("q", "")[:LONGEST]))
        if self._waiting >= WAITING:
            return page(BUSY, 503, Retry_After="5")
        self._waiting += 1
        try:
            async with self._turn:
                hits = await asyncio.to_thread(self._index.find, query, dict(self._titles()))
        finally:
            self._waiting -= 1
        body = render_results(query, hits[:SHOWN], len(hits), self._site())
        return web.Response(body=body, headers=_headers())


def _headers() -> dict[str, Any]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
