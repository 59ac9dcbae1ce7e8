"""The door before the application, over a real socket: the same answers, and no tricks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from syndicator.adapters.clock import SystemClock
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.model.edition import Output
from syndicator.web import AUDITOR, Front, Tally, WebState, make_app
from syndicator.web.front import MAX_REQUEST, QUICK, Door, parse

BODY = b"<rss>news</rss>" * 3000
FEED = "/feeds/world.rss"
ADDED = {b"date", b"server", b"content-type", b"content-length"}


async def all_is_well() -> list[str]:
    return []


class Stand:
    """A desk behind its door."""

    def __init__(self, feeds: Path) -> None:
        self.feeds = feeds
        self.registry = CollectorRegistry()
        self.tally = Tally(SystemClock())
        state = WebState(
            ready=all_is_well, registry=self.registry, clock=SystemClock(), tally=self.tally
        )
        self.front = Front(make_app(feeds, state), 1.0)
        self.place = ("", 0)

    def publish(self, body: bytes = BODY) -> None:
        names = ("world.rss", "world/archive/1.atom", "world/index.html")
        FilePublisher(self.feeds).publish(
            [Output(path=name, media_type="x", body=body) for name in names]
        )

    async def talk(self, *parts: bytes) -> list[tuple[bytes, dict[bytes, bytes], bytes]]:
        """Send parts on one connection, each as a packet; return the answers until it closes."""
        reader, writer = await asyncio.open_connection(*self.place)
        found = []
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        try:
            async with asyncio.timeout(10):
                while answer := await self.hear(reader):
                    found.append(answer)
        finally:
            writer.close()
        return found

    async def hear(
        self, reader: asyncio.StreamReader
    ) -> tuple[bytes, dict[bytes, bytes], bytes] | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head[:-4].split(b"\r\n")
        pairs = (line.partition(b":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        size = int(headers.get(b"content-length", b"0"))
        return first, headers, await reader.readexactly(size)

    def counted(self, kind: str, status: int) -> float:
        labels = {"kind": kind, "status": str(status)}
        return self.registry.get_sample_value("syndicator_responses_total", labels) or 0.0


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    one = Stand(tmp_path / "feeds")
    one.publish()
    one.place = await one.front.listen("127.0.0.1", 0)
    yield one
    await one.front.cleanup()


def a_request(path: str = FEED, *lines: str, method: str = "GET", host: str = "desk") -> bytes:
    head = [f"{method} {path} HTTP/1.1", f"Host: {host}", *lines]
    return "\r\n".join([*head, "", ""]).encode("latin-1")


LAST = a_request("/healthz", "Connection: close")
"""Makes the application end the connection."""


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Accept-Encoding: gzip",),
        ("Accept-Encoding: gzip, deflate, br, zstd",),
        ("Accept-Encoding:",),
        ("If-None-Match: *",),
        ('If-None-Match: "other", W/"more"',),
        ("If-Modified-Since: Wed, 25 Nov 2099 12:00:00 GMT",),
        ("if-modified-since: yesterday", "ACCEPT-ENCODING:gzip"),
        ("Accept: application/rss+xml, */*", "User-Agent: newsboat/2.21 (é)"),
        ("X-Anything: at all", "Cookie: a=b"),
    ],
)
@pytest.mark.parametrize("path", [FEED, "/feeds/world/archive/1.atom"])
async def test_the_door_answers_as_the_application_does(
    stand: Stand, path: str, lines: tuple[str, ...]
) -> None:
    quick = a_request(path, *lines)
    assert parse(quick) is not None
    slow = a_request(path, *lines, "Expect:")  # a header with which the door has nothing to do
    assert parse(slow) is None
    ((first, ours, body),) = (await stand.talk(quick, LAST))[:1]
    ((status, theirs, same),) = (await stand.talk(slow, LAST))[:1]
    assert (first, body) == (status, same)
    assert {k: v for k, v in ours.items() if k not in ADDED} == {
        k: v for k, v in theirs.items() if k not in ADDED
    }
    if b" 200 " in first:
        assert ours[b"content-type"] == theirs[b"content-type"]


async def test_a_kept_connection_serves_feeds_and_then_anything(stand: Stand) -> None:
    reader, writer = await asyncio.open_connection(*stand.place)
    for wanted in (FEED, FEED, "/feeds/world/", FEED, "/nope", FEED):
        writer.write(a_request(wanted))
        answer = await stand.hear(reader)
        assert answer is not None
        assert (b" 404 " if wanted == "/nope" else b" 200 ") in answer[0]
    writer.close()
    assert stand.counted("rss", 200) == 4


async def test_what_goes_out_is_counted_but_for_our_own_audit(stand: Stand) -> None:
    await stand.talk(a_request(), a_request(FEED, "If-None-Match: *"), LAST)
    await stand.talk(a_request(FEED, f"User-Agent: {AUDITOR}"), LAST)
    (outlets,) = stand.tally.take().values()
    assert outlets == {"world": 1}
    assert (stand.counted("rss", 200), stand.counted("rss", 304)) == (2, 1)


async def test_a_changed_file_is_seen_at_once(stand: Stand) -> None:
    for body in (BODY, BODY.replace(b"news", b"olds"), b"short"):
        stand.publish(body)
        answers = await stand.talk(a_request(), LAST)
        assert answers[0][2] == body


@pytest.mark.parametrize(
    "data",
    [
        a_request(method="HEAD"),
        a_request(method="POST"),
        a_request("/feeds/../secret.rss"),
        a_request("/feeds/%77orld.rss"),
        a_request("//feeds/world.rss"),
        a_request("/feeds/world.rss?raw"),
        a_request("/feeds/world.rss#x"),
        a_request("/feeds/world.rss.gz"),
        a_request("/feeds/World.rss"),
        a_request("http://desk/feeds/world.rss"),
        a_request(FEED, "Content-Length: 0"),
        a_request(FEED, "Transfer-Encoding: chunked"),
        a_request(FEED, "Transfer-Encoding : chunked"),
        a_request(FEED, " Transfer-Encoding: chunked"),
        a_request(FEED, "X: a", "\tfolded"),
        a_request(FEED, "Range: bytes=0-3"),
        a_request(FEED, "Authorization: Basic eA=="),
        a_request(FEED, "Connection: close"),
        a_request(FEED, "Connection: keep-alive, Upgrade"),
        a_request(FEED, "Host: other"),
        a_request(FEED, "If-None-Match: *", 'If-None-Match: "x"'),
        a_request(FEED, "X: \x00"),
        a_request(FEED, "X: a\nTransfer-Encoding: chunked"),
        a_request(FEED, "X: a\rTransfer-Encoding: chunked"),
        a_request(FEED, "Nothing"),
        a_request(FEED, f"X: {'x' * MAX_REQUEST}"),
        a_request() + a_request(),
        a_request()[:-2],
        a_request()[:-1],
        a_request().replace(b"HTTP/1.1", b"HTTP/1.0"),
        a_request().replace(b"HTTP/1.1", b"HTTP/2.0"),
        a_request().replace(b"\r\n", b"\n"),
        a_request().replace(b"Host: desk\r\n", b""),
        a_request().replace(b"GET ", b"GET  "),
        a_request().replace(b"GET ", b"get "),
        b"\r\n" + a_request(),
        b"\x16\x03\x01\x02\x00",
        b"",
    ],
)
def test_what_is_unusual_is_for_the_application(data: bytes) -> None:
    assert parse(data) is None


async def test_a_hub_whose_address_is_in_any_script_is_named(tmp_path: Path) -> None:
    state = WebState(
        ready=all_is_well,
        registry=CollectorRegistry(),
        clock=SystemClock(),
        links=lambda name: f'<https://новости.example/{name}>; rel="self"',
    )
    quick = make_app(tmp_path, state)[QUICK]
    FilePublisher(tmp_path).publish([Output(path="world.rss", media_type="x", body=BODY)])
    answer = quick("world.rss", {})
    assert answer is not None
    assert "Link: <https://новости.example/world.rss>".encode() in answer


async def test_two_requests_at_once_are_both_answered(stand: Stand) -> None:
    answers = await stand.talk(a_request() + a_request(FEED, "Accept-Encoding: gzip") + LAST)
    assert [first for first, _, _ in answers] == [b"HTTP/1.1 200 OK"] * 3
    assert answers[0][2] == BODY


async def test_a_request_in_pieces_is_answered(stand: Stand) -> None:
    whole = a_request()
    reader, writer = await asyncio.open_connection(*stand.place)
    for part in (whole[:9], whole[9:20], whole[20:]):
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0)
    answer = await stand.hear(reader)
    assert answer is not None
    assert answer[2] == BODY
    writer.close()


async def test_a_smuggled_request_is_refused_or_answered_as_what_it_is(stand: Stand) -> None:
    inner = a_request("/readyz", host="inner")
    body = a_request(FEED, f"Content-Length: {len(inner)}") + inner
    answers = await stand.talk(body + LAST)
    assert len(answers) == 2  # the feed and the last: what stood in the body was no request
    assert answers[0][2] == BODY


async def test_a_client_that_does_not_read_is_not_heard(stand: Stand) -> None:
    stand.publish(b"x" * 16_000_000)  # more than the sockets hold
    reader, writer = await asyncio.open_connection(*stand.place, limit=1)
    writer.write(a_request())
    assert await reader.read(1) == b"H"
    door = stand.front._door  # noqa: SLF001 - what it does is asked
    assert isinstance(door, Door)
    (connection,) = door.open
    transport = connection._transport  # noqa: SLF001
    assert transport is not None
    assert not transport.is_reading()
    writer.write(a_request())
    left = 2 * 16_000_000
    while left > 0:
        left -= len(await reader.read(1_000_000))
    assert stand.counted("rss", 200) == 2
    writer.close()


async def test_silent_connections_are_closed(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    door = stand.front._door  # noqa: SLF001 - its clock is to be moved
    assert isinstance(door, Door)
    reader, writer = await asyncio.open_connection(*stand.place)
    writer.write(a_request())
    assert await stand.hear(reader) is not None
    (connection,) = door.open
    door.sweep()
    assert door.open
    monkeypatch.setattr(connection, "heard", connection.heard - 100)
    door.sweep()
    assert await reader.read() == b""
    writer.close()


async def test_a_client_that_never_reads_is_dropped(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.publish(b"x" * 16_000_000)
    reader, writer = await asyncio.open_connection(*stand.place, limit=1)
    writer.write(a_request())
    assert await reader.read(1) == b"H"
    door = stand.front._door  # noqa: SLF001 - its clock is to be moved
    assert isinstance(door, Door)
    (connection,) = door.open
    monkeypatch.setattr(connection, "heard", connection.heard - 100)
    door.sweep()
    await asyncio.sleep(0)
    assert door.open  # it may yet read what waits for it
    monkeypatch.setattr(connection, "heard", connection.heard - 600)
    door.sweep()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not door.open
    writer.close()


async def test_the_door_closes_with_the_desk(stand: Stand) -> None:
    reader, writer = await asyncio.open_connection(*stand.place)
    writer.write(a_request())
    assert await stand.hear(reader) is not None
    await stand.front.cleanup()
    assert await reader.read() == b""
    with pytest.raises(OSError, match=r"."):
        await asyncio.open_connection(*stand.place)
    writer.close()


async def test_a_place_that_is_taken_is_said(stand: Stand, tmp_path: Path) -> None:
    other = Stand(tmp_path / "other")
    with pytest.raises(OSError, match="address"):
        await other.front.listen(*stand.place)
