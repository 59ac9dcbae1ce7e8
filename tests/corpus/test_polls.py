"""Captured poll sequences, served as they came by a server on loopback whose log is the judge."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from syndicator.compare.keys import ref_keys
from syndicator.ingest.read import parse
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.contract.polite import Street, a_street
from tests.contract.upstream import Request, Write, answer, upstream

POLLS = Path(__file__).parents[2].parent / "shared" / "corpus" / "polls"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MAX_AGE = 20 * MINUTE


class Wire:
    """One sequence: the document of the moment, under the headers of a plain web server."""

    def __init__(self, folder: Path, street: Street) -> None:
        self._street = street
        self.documents = [
            (
                datetime.strptime(path.stem[4:], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC),
                path.read_bytes(),
            )
            for path in sorted(folder.iterdir())
        ]
        self.closed: tuple[datetime, datetime] | None = None
        self.statuses: list[tuple[datetime, int]] = []
        self.served: dict[str, bytes] = {}

    def now(self) -> tuple[datetime, bytes, str]:
        """Return when the present document was made, its bytes and its entity tag."""
        at = self._street.clock.now()
        made, body = [one for one in self.documents if one[0] <= at][-1]
        return made, body, f'"{sha256(body).hexdigest()[:16]}"'

    async def reply(self, request: Request, write: Write) -> None:
        at = self._street.clock.now()
        if self.closed is not None and self.closed[0] <= at < self.closed[1]:
            self.statuses.append((at, 429))
            until = format_datetime(self.closed[1], usegmt=True)
            await answer(status="429 Too Many Requests", Retry_After=until)(request, write)
            return
        made, body, tag = self.now()
        same = request.headers.get("if-none-match") == tag
        self.statuses.append((at, 304 if same else 200))
        if not same:
            self.served[tag] = body
        await answer(
            b"" if same else body,
            status="304 Not Modified" if same else "200 OK",
            ETag=tag,
            Last_Modified=format_datetime(made, usegmt=True),
            Date=format_datetime(at, usegmt=True),
            Cache_Control=f"public, max-age={MAX_AGE.seconds}",
            Content_Type="application/rss+xml; charset=utf-8",
            Server="nginx",
            Vary="Accept-Encoding",
        )(request, write)


@pytest.fixture(params=sorted(one.name for one in POLLS.iterdir()))
async def replay(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Street, Wire]]:
    """Run a desk from the first captured moment until a day after the last."""
    async with upstream() as server:
        street = a_street(server, tmp_path)
        wire = Wire(POLLS / request.param, street)
        first, last = wire.documents[0][0], wire.documents[-1][0]
        middle = (first + (last - first) / 2).replace(microsecond=0)
        wire.closed = (middle, middle + 3 * HOUR)
        street.clock.moment = first
        street.add("a", server.on("/feed.xml", wire.reply))
        await street.library.enroll(list(street.settings.sources), first)
        await street.run(hours=(last - first) / HOUR + 24)
        yield street, wire
        await street.fetcher.close()


async def test_the_request_log_shows_the_manners(replay: tuple[Street, Wire]) -> None:
    street, wire = replay
    log, statuses = street.log, [status for _, status in wire.statuses]
    ttl = parse(Document(url="https://wire.example/", body=wire.documents[0][1])).ttl or 0

    assert len(log) == len(statuses)
    assert {one.path for one in log} == {"/feed.xml"}
    # Conditional from the second request on, whole only for what had changed.
    assert "if-none-match" not in log[0].headers
    assert all(one.headers["a-im"] == "feed" for one in log[1:])
    assert statuses.count(200) == len(wire.served) <= len(wire.documents)
    assert statuses.count(304) > 0
    # One refusal ends it: nobody asks again before the time that was named.
    assert statuses.count(429) == 1
    # Neither fresher than the server allows, nor than the feed asks, nor in a crowd.
    least = max(MAX_AGE, timedelta(seconds=ttl))
    for one, two in pairwise(wire.statuses):
        if one[1] != 429:
            assert two[0] - one[0] >= least
    assert all(2 <= one.at.minute < 59 for one in log[1:])
    assert {one.headers["user-agent"].partition("/")[0] for one in log} == {"syndicator"}

    # Every entry that was served is known, and none is there twice.
    keys = {
        ref_keys(SourceId("a"), "a", entry.guid)[0]
        for body in wire.served.values()
        for entry in parse(Document(url="https://wire.example/", body=body)).entries
        if entry.guid
    }
    assert (await street.library.lookup(list(keys))).keys() == keys
    stored = [one async for one in street.library.every_article()]
    assert len({one.link for one in stored}) == len(stored) <= len(keys)
    due = (await street.library.due_times())[next(iter(street.settings.sources))]
    assert due > street.clock.now()
