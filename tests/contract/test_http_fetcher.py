"""The HTTP fetcher against a real server on loopback, honest and otherwise."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import brotli
import pytest
import zstandard

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.errors import FetchError
from syndicator.model.desk import FetchSettings, HostPace
from syndicator.model.ids import SourceId
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, NotModified
from tests.contract.upstream import Reply, Request, Upstream, Write, answer, redirect, upstream

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def packed(data: bytes) -> bytes:
    """Gzip without the time in its header: a test's name must not change from one second to the next."""
    return gzip.compress(data, mtime=0)


BODY = b"<rss version='2.0'><channel><title>T</title></channel></rss>" * 20
BARE = zlib.compressobj(wbits=-15)
LIMIT = 100_000


def _fetcher(timeout: float = 5, *allow: str) -> SourceFetcher:
    settings = FetchSettings(
        timeout=timedelta(seconds=timeout),
        max_bytes=LIMIT,
        allow_private=tuple(ip_network(one) for one in allow or ("127.0.0.1/32",)),
        per_host=HostPace(connections=8, interval=timedelta(0)),
    )
    return SourceFetcher(settings, contact="desk@example.org", version="1.2")


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with upstream() as this:
        yield this


@pytest.fixture
async def fetcher() -> AsyncIterator[SourceFetcher]:
    this = _fetcher()
    yield this
    await this.close()


async def get(
    fetcher: SourceFetcher, url: str, etag: str | None = None, last_modified: str | None = None
) -> Fetched | NotModified:
    state = SourceState(source=SourceId("s"), url=url, etag=etag, last_modified=last_modified)
    return await fetcher.fetch(Source(url=url), state, NOW)


async def body(fetcher: SourceFetcher, url: str) -> bytes:
    got = await get(fetcher, url)
    assert isinstance(got, Fetched)
    return got.documents[0].body


async def fails(fetcher: SourceFetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await get(fetcher, url)
    assert "\n" not in str(caught.value)
    return caught.value


async def test_a_document_comes_with_its_validators(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    stamp = "Thu, 01 Jan 2026 00:00:00 GMT"
    url = server.on(
        "/f", answer(BODY, ETag='W/"a,b"', Last_Modified=stamp, Content_Type="text/xml; x")
    )
    got = await get(fetcher, url)
    assert isinstance(got, Fetched)
    assert (got.etag, got.last_modified, got.moved_to) == ('W/"a,b"', stamp, None)
    (document,) = got.documents
    assert (document.url, document.body, document.name) == (url, BODY, "")
    assert document.content_type == "text/xml; x"


async def test_both_validators_go_back_raw_and_304_is_quiet(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    url = server.on("/f", answer(status="304 Not Modified", Cache_Control="max-age=60"))
    got = await get(fetcher, url, etag='W/"x"', last_modified="yesterday, or so")
    assert isinstance(got, NotModified)
    assert got.hints.not_before == NOW + timedelta(seconds=60)
    assert server.seen[0].headers["if-none-match"] == 'W/"x"'
    assert server.seen[0].headers["if-modified-since"] == "yesterday, or so"


async def test_validators_of_another_address_stay_home(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    url = server.on("/f", answer(BODY))
    state = SourceState(source=SourceId("s"), url=url + "?old", etag='"x"')
    await fetcher.fetch(Source(url=url), state, NOW)
    assert "if-none-match" not in server.seen[0].headers


async def test_304_to_a_plain_question_is_an_error(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    error = await fails(fetcher, server.on("/f", answer(status="304 Not Modified")))
    assert (error.kind, error.status) == ("server-error", 304)


async def test_the_desk_says_who_it_is_and_carries_no_cookies(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    url = server.on("/f", answer(BODY, Set_Cookie="a=1; Path=/"))
    await get(fetcher, url)
    await get(fetcher, url)
    headers = server.seen[1].headers
    assert headers["user-agent"] == "syndicator/1.2 (+desk@example.org)"
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert "application/atom+xml" in headers["accept"]
    assert not {"cookie", "referer"} & headers.keys()


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", packed(BODY)),
        ("x-gzip", packed(BODY[:50]) + packed(BODY[50:]) + b"\0\0\0"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", BARE.compress(BODY) + BARE.flush()),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
        ("zstd", zstandard.compress(BODY[:50]) + zstandard.compress(BODY[50:])),
        ("gzip, br", brotli.compress(packed(BODY))),
        ("identity", BODY),
    ],
)
async def test_content_codings_are_undone(
    server: Upstream, fetcher: SourceFetcher, coding: str, data: bytes
) -> None:
    url = server.on("/f", answer(data, Content_Encoding=coding))
    assert await body(fetcher, url) == BODY


@pytest.mark.parametrize("coding", ["identity", "gzip"])
async def test_a_packed_file_is_unpacked_though_no_header_says_so(
    server: Upstream, fetcher: SourceFetcher, coding: str
) -> None:
    """Sitemaps are files named ``.gz``, and servers pack them no second time, or do."""
    file = packed(BODY)
    data = packed(file) if coding == "gzip" else file
    url = server.on("/sitemap.xml.gz", answer(data, Content_Encoding=coding))
    assert await body(fetcher, url) == BODY


async def test_a_coded_body_may_come_octet_by_octet(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    for coding, data in (
        ("gzip", packed(BODY[:9]) + packed(BODY[9:])),
        ("deflate", zlib.compress(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
    ):
        chunks = b"".join(b"1\r\n%c\r\n" % octet for octet in data) + b"0\r\n\r\n"
        url = server.on("/f", _raw(b"Transfer-Encoding: chunked", coding, chunks))
        assert await body(fetcher, url) == BODY


def _raw(header: bytes, coding: str, data: bytes) -> Reply:
    async def reply(_: Request, write: Write) -> None:
        await write(b"HTTP/1.1 200 OK\r\n" + header + b"\r\n")
        await write(b"Content-Encoding: " + coding.encode() + b"\r\n\r\n" + data)

    return reply


ZEROS = bytes(64_000_000)
BOMBS = {
    "gzip": packed(ZEROS),
    "deflate": zlib.compress(ZEROS),
    "br": brotli.compress(ZEROS, quality=5),
    "zstd": zstandard.compress(ZEROS),
    "gzip, gzip": packed(packed(ZEROS)),
    "identity": packed(ZEROS),  # a file that is packed itself
}


@pytest.mark.parametrize("coding", BOMBS)
async def test_a_bomb_stops_at_the_cap_without_using_memory(
    server: Upstream, fetcher: SourceFetcher, coding: str
) -> None:
    url = server.on("/f", answer(BOMBS[coding], Content_Encoding=coding))
    tracemalloc.start()
    error = await fails(fetcher, url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.kind == "too-large"
    assert peak < 24_000_000


async def test_too_large_is_seen_from_the_announcement(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    error = await fails(fetcher, server.on("/f", answer(b"x", length=LIMIT + 1)))
    assert error.kind == "too-large"
    assert "fetch.max_bytes" in str(error)


async def test_an_endless_body_is_too_large(server: Upstream, fetcher: SourceFetcher) -> None:
    async def forever(_: Request, write: Write) -> None:
        await write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await write(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    assert (await fails(fetcher, server.on("/f", forever))).kind == "too-large"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"])
async def test_a_slow_drip_times_out(server: Upstream, start: bytes) -> None:
    hold = asyncio.Event()

    async def stall(_: Request, write: Write) -> None:
        await write(start)
        await hold.wait()

    fetcher = _fetcher(0.3)
    error = await fails(fetcher, server.on("/f", stall))
    hold.set()
    await fetcher.close()
    assert error.kind == "timeout"
    assert "0.3 s" in str(error)


@pytest.mark.parametrize(
    ("data", "coding"),
    [(BODY, "identity")]
    + [(one[:-9], name) for name, one in (("gzip", packed(BODY)),)]
    + [(brotli.compress(BODY)[:-4], "br"), (zstandard.compress(BODY)[:-4], "zstd")]
    + [(packed(BODY)[:10], "gzip")],
)
async def test_half_a_body_is_never_taken_for_a_whole(
    server: Upstream, fetcher: SourceFetcher, data: bytes, coding: str
) -> None:
    length = len(data) + (20 if coding == "identity" else 0)
    url = server.on("/f", answer(data, length=length, Content_Encoding=coding))
    assert (await fails(fetcher, url)).kind == "truncated"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "rot13", "gzip, gzip, gzip"])
async def test_a_wrong_coding_is_named(
    server: Upstream, fetcher: SourceFetcher, coding: str
) -> None:
    url = server.on("/f", answer(b"\xff\xff" + BODY, Content_Encoding=coding))
    assert (await fails(fetcher, url)).kind == "bad-encoding"


async def test_trouble_on_the_wire_is_one_readable_line(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    async def hang_up(_: Request, __: Write) -> None:
        return

    async def babble(_: Request, write: Write) -> None:
        await write(b"SSH-2.0-OpenSSH\r\n\r\n")

    assert (await fails(fetcher, server.on("/r", hang_up))).kind == "reset"
    assert (await fails(fetcher, server.on("/b", babble))).kind == "bad-answer"
    assert (await fails(fetcher, "http://nowhere.invalid/")).kind == "dns"
    assert (await fails(fetcher, "http://127.0.0.1:1/")).kind == "connect"
    assert (await fails(fetcher, server.url.replace("http", "https"))).kind == "tls"
    assert (await fails(fetcher, "http://[/")).kind == "bad-address"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("401 No", "forbidden"),
        ("403 No", "forbidden"),
        ("404 No", "not-found"),
        ("410 Gone", "gone"),
        ("418 Pot", "refused"),
        ("302 Found", "bad-redirect"),
        ("500 Oops", "server-error"),
    ],
)
async def test_statuses_have_names(
    server: Upstream, fetcher: SourceFetcher, status: str, kind: str
) -> None:
    error = await fails(fetcher, server.on("/f", answer(status=status)))
    assert error.kind == kind
    assert error.status == (None if kind == "bad-redirect" else int(status[:3]))


@pytest.mark.parametrize(
    ("value", "ahead"),
    [
        ("120", timedelta(seconds=120)),
        ("Fri, 02 Jan 2026 04:04:05 GMT", timedelta(hours=1)),
        ("99999999999999", timedelta(days=31)),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("soon", None),
    ],
)
async def test_retry_after_is_honoured(
    server: Upstream, fetcher: SourceFetcher, value: str, ahead: timedelta | None
) -> None:
    for status, kind in (("429 Slow", "rate-limited"), ("503 Busy", "server-error")):
        error = await fails(fetcher, server.on("/f", answer(status=status, Retry_After=value)))
        assert error.kind == kind
        assert error.retry_at == (NOW + ahead if ahead else None)


async def test_a_permanent_redirect_is_reported(server: Upstream, fetcher: SourceFetcher) -> None:
    server.on("/new", answer(BODY))
    server.on("/mid", redirect("308 Moved", "/new#top"))
    got = await get(fetcher, server.on("/old", redirect("301 Moved", server.url + "/mid")))
    assert isinstance(got, Fetched)
    assert got.moved_to == got.documents[0].url == server.url + "/new"


async def test_one_temporary_hop_makes_the_way_temporary(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    server.on("/new", answer(BODY))
    server.on("/mid", redirect("302 Found", "/new"))
    got = await get(fetcher, server.on("/old", redirect("301 Moved", "/mid")))
    assert isinstance(got, Fetched)
    assert got.moved_to is None


async def test_redirects_end(server: Upstream, fetcher: SourceFetcher) -> None:
    server.on("/b", redirect("302 Found", "/a"))
    loop = await fails(fetcher, server.on("/a", redirect("302 Found", "/b")))
    for number in range(9):
        server.on(f"/{number}", redirect("302 Found", f"/{number + 1}"))
    chain = await fails(fetcher, server.url + "/0")
    assert (loop.kind, chain.kind) == ("redirect-loop", "too-many-redirects")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "http://[", "//h:99999/", ""]
)
async def test_a_redirect_leads_to_the_web_only(
    server: Upstream, fetcher: SourceFetcher, target: str
) -> None:
    error = await fails(fetcher, server.on("/f", redirect("302 Found", target)))
    assert error.kind == "bad-redirect"


async def test_each_hop_is_guarded(server: Upstream, fetcher: SourceFetcher) -> None:
    async with upstream("127.0.0.2") as inside:
        target = inside.on("/secret", answer(BODY))
        error = await fails(fetcher, server.on("/f", redirect("302 Found", target)))
        assert not inside.seen
    assert error.kind == "private-address"
    assert "add 127.0.0.2/32 to fetch.allow_private" in str(error)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
async def test_nothing_inside_is_asked_by_default(server: Upstream, host: str) -> None:
    fetcher = _fetcher(5, "192.0.2.0/24")
    port = server.url.rpartition(":")[2]
    error = await fails(fetcher, f"http://{host}:{port}/f")
    await fetcher.close()
    refused_unasked = "bad-address"  # the client knows some odd forms for what they are
    assert error.kind in {"private-address", refused_unasked if host[0].isdigit() else ""}
    assert not server.seen


async def test_a_password_stays_out_of_messages_and_documents(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    url = server.on("/f", answer(BODY)).replace("//", "//me:hush@")
    got = await get(fetcher, url)
    assert isinstance(got, Fetched)
    assert got.documents[0].url == server.url + "/f"
    assert server.seen[0].headers["authorization"].startswith("Basic ")
    server.on("/f", answer(status="404 No"))
    assert "hush" not in str(await fails(fetcher, url))


async def test_headers_no_one_could_send_back_are_dropped(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    async def odd(_: Request, write: Write) -> None:
        await write(b'HTTP/1.1 200 \xff\r\nETag: "\xff"\r\nContent-Type: a\xff\r\n')
        await write(b"Content-Length: 1\r\n\r\nx")

    got = await get(fetcher, server.on("/f", odd))
    assert isinstance(got, Fetched)
    assert (got.etag, got.documents[0].content_type) == (None, "a")


async def test_waiting_for_a_turn_is_not_the_servers_time(server: Upstream) -> None:
    settings = FetchSettings(
        timeout=timedelta(seconds=0.5),
        allow_private=(ip_network("127.0.0.1/32"),),
        per_host=HostPace(connections=1, interval=timedelta(seconds=0.2)),
    )
    fetcher = SourceFetcher(settings, contact=None, version="1.2")
    url = server.on("/f", answer(BODY))
    await asyncio.gather(*(get(fetcher, url) for _ in range(5)))
    await fetcher.close()
    assert len(server.seen) == 5
    assert "no contact set" in server.seen[0].headers["user-agent"]
