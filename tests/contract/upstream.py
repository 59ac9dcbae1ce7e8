"""A small upstream on loopback that says byte for byte what a test wants, lies included."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Write = Callable[[bytes], Awaitable[None]]
Reply = Callable[["Request", Write], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """What a client sent; header names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Upstream:
    """Replies by path; keeps every request."""

    url: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    on_line: Callable[[str], object] = lambda _: None

    def on(self, path: str, reply: Reply) -> str:
        """Answer ``path`` with ``reply``; return its address."""
        self.replies[path] = reply
        return self.url + path

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, then close."""

        async def write(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        with suppress(ConnectionError, asyncio.IncompleteReadError):
            first = await reader.readexactly(1)
            if first == b"\x16":  # a TLS greeting, which this server does not speak
                await write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                writer.close()
                return
            rest = await reader.readuntil(b"\r\n\r\n")
            head = (first + rest).decode("latin-1").split("\r\n")
            lines = (line.partition(":") for line in head[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in lines}
            self.on_line(head[0])
            request = Request(head[0].split(" ")[1], headers)
            self.seen.append(request)
            await self.replies[request.path.partition("?")[0]](request, write)
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()


def answer(
    body: bytes = b"", *, status: str = "200 OK", length: int | None = None, **headers: str
) -> Reply:
    """Return a whole answer; ``length`` lies about it. Header names take ``_`` for ``-``."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *lines, "", ""]

    async def reply(_: Request, write: Write) -> None:
        await write("\r\n".join(head).encode() + body)

    return reply


def redirect(status: str, target: str) -> Reply:
    """Return a redirect to ``target``."""
    return answer(status=status, Location=target)


@asynccontextmanager
async def upstream(host: str = "127.0.0.1") -> AsyncIterator[Upstream]:
    """Run an upstream on a free port of ``host``."""
    this = Upstream()
    server = await asyncio.start_server(this.serve, host, 0)
    this.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield this
    finally:
        server.close()
