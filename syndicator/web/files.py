"""Published files as answers: each is read once a change, and its last good bytes outlive it."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from aiohttp import web

from syndicator.ports import Clock
from syndicator.render.packing import ENDING, is_gzip_of
from syndicator.web.answers import Answer, Body, answer_with, on_the_wire
from syndicator.web.pages import POLICY

SHORTEST, LONGEST, STEP = 60, 900, 30
"""Seconds for which a reader may keep a feed, and in which steps that is told."""
SHARED = 2
"""A cache that others share asks again after so many seconds (RFC 9111 §5.2.2.10), so that it
holds no killed article on."""
PAGE_CACHE = "public, no-cache"
"""A browser asks each time, and mostly hears 304."""
MOST_ANSWERS = 64
NOTHING: Mapping[str, str] = MappingProxyType({})


class _Loaded(Body):
    """A file as it was read, and how often it was another one before."""

    __slots__ = ("answers", "gap", "moment", "stamp")

    def __init__(self, path: Path, stamp: tuple[int, int, int], before: "_Loaded | None") -> None:
        plain = path.read_bytes()
        super().__init__(plain, stamp[0] // 1_000_000_000, _zipped(path, plain))
        self.stamp = stamp
        self.moment = 0
        self.answers: dict[tuple[str | None, ...], tuple[int, bytes]] = {}
        self.gap: float | None = before.gap if before is not None else None
        if before is not None and self.modified > before.modified:
            last = float(self.modified - before.modified)
            self.gap = last if self.gap is None else 0.7 * self.gap + 0.3 * last

    def fresh_for(self, now: float) -> int:
        """Return in how many seconds the file is likely to be another one.

        By its last changes; of a file just met, by how long it has stood.
        """
        stood = max(0.0, now - self.modified)
        usual = stood if self.gap is None else max(self.gap - stood, self.gap / 4)
        return int(min(max(usual, SHORTEST), LONGEST) // STEP) * STEP


def _zipped(path: Path, body: bytes) -> bytes | None:
    """Return the gzip copy beside a file, if it is one of ``body``."""
    try:
        data = path.with_name(path.name + ENDING).read_bytes()
    except OSError:
        return None
    return data if is_gzip_of(data, body) else None


class FeedFiles:
    """Answers with what stands under one folder."""

    def __init__(self, feeds: Path, clock: Clock) -> None:
        """Serve what stands under ``feeds``, at the moments of ``clock``."""
        self._feeds = feeds
        self._root = f"{feeds}{os.sep}"
        self._clock = clock
        self._loaded: dict[str, _Loaded] = {}

    def _load(self, name: str) -> _Loaded | None:
        known = self._loaded.get(name)
        try:
            stat = os.stat(self._root + name)  # noqa: PTH116 - a path object costs more than all else
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if known is None or known.stamp != stamp:
                known = self._loaded[name] = _Loaded(self._feeds / name, stamp, known)
        except FileNotFoundError:
            self._loaded.pop(name, None)
            return None
        except OSError:
            return known
        return known

    def quick(
        self, name: str, asked: Mapping[str, str], more: Mapping[str, str], vary: str
    ) -> tuple[int, bytes] | None:
        """Return the status of the same answer, and all of it as it goes over a connection.

        It is made once a second for all who ask alike.
        """
        loaded = self._load(name)
        if loaded is None:
            return None
        moment = int(self._clock.now().timestamp())
        if loaded.moment != moment or len(loaded.answers) > MOST_ANSWERS:
            loaded.moment = moment
            loaded.answers.clear()
        get = asked.get
        key = (get("Accept-Encoding"), get("If-None-Match"), get("If-Modified-Since"))
        known = loaded.answers.get(key)
        if known is None:
            answer = _with_policy(self._made(name, loaded, asked, more, vary))
            known = loaded.answers[key] = (answer.status, on_the_wire(answer, moment))
        return known

    def find(
        self, name: str, asked: Mapping[str, str], more: Mapping[str, str] = NOTHING, vary: str = ""
    ) -> Answer | None:
        """Return the answer to a request with these headers; ``None`` when there is no such file.

        ``more`` are headers that go with it, ``vary`` names of headers that had a say.
        """
        loaded = self._load(name)
        return None if loaded is None else self._made(name, loaded, asked, more, vary)

    def _made(
        self,
        name: str,
        loaded: _Loaded,
        asked: Mapping[str, str],
        more: Mapping[str, str],
        vary: str,
    ) -> Answer:
        page = name.endswith(".html")
        fresh = loaded.fresh_for(self._clock.now().timestamp())
        headers = {
            "Cache-Control": PAGE_CACHE if page else f"public, max-age={fresh}, s-maxage={SHARED}",
            "Vary": f"{vary}, Accept-Encoding" if vary else "Accept-Encoding",
            **more,
        }
        if not page:
            headers["Access-Control-Allow-Origin"] = "*"  # on a 304 too, or a browser refuses it
        return _with_policy(answer_with(loaded, Path(name).suffix, asked, headers))

    def answer(
        self,
        request: web.Request,
        name: str,
        more: Mapping[str, str] = NOTHING,
        vary: str = "",
    ) -> web.Response | None:
        """Do the same for a request of the application."""
        found = self.find(name, _asked(request), more, vary)
        return None if found is None else _response(found)


def respond(request: web.Request, body: Body, suffix: str, more: Mapping[str, str]) -> web.Response:
    """Answer a request with a body that stands in no file."""
    return _response(_with_policy(answer_with(body, suffix, _asked(request), more)))


def _asked(request: web.Request) -> Mapping[str, str]:
    """Return the headers of a request; ranges are of ``GET`` alone (RFC 9110 §14.2)."""
    if request.method == "GET" or "Range" not in request.headers:
        return request.headers
    asked = request.headers.copy()
    del asked["Range"]
    return asked


def _with_policy(answer: Answer) -> Answer:
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, headers=answer.headers, body=answer.body or None)
