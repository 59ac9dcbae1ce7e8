"""Connections for the fetcher: straight to guarded addresses, or through a source's proxy."""

from ipaddress import ip_address

import aiohttp
from yarl import URL

from syndicator.adapters.guard import (
    GuardedResolver,
    Network,
    PrivateAddressError,
    is_allowed,
    socket_factory,
)

CONNECT_SECONDS = 10.0
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class Sessions:
    """Opens a session when it is first needed, inside the running loop."""

    def __init__(self, allow_private: tuple[Network, ...], headers: dict[str, str]) -> None:
        """Guard every connection but those to proxies; ``headers`` go with each request."""
        self._allow = allow_private
        self._headers = headers
        self._resolver = GuardedResolver(allow_private)
        self._straight: aiohttp.ClientSession | None = None
        self._proxied: aiohttp.ClientSession | None = None

    def straight(self) -> aiohttp.ClientSession:
        """Return the session that connects to the hosts themselves."""
        if self._straight is None:
            connector = aiohttp.TCPConnector(
                limit=0,
                ttl_dns_cache=60,
                resolver=self._resolver,
                socket_factory=socket_factory(self._allow),
            )
            self._straight = self._made(connector)
        return self._straight

    def through_proxy(self, target: URL) -> aiohttp.ClientSession:
        """Return the session that connects to proxies, which the operator chose and trusts.

        The proxy looks names up, so nobody here can tell where they lead: only
        what plainly leads inside is refused.

        Raises:
            PrivateAddressError: ``target`` is an address inside, or a name for one.
        """
        host = (target.host or "").lower()
        try:
            ip_address(host.partition("%")[0])
            inside = not is_allowed(host, self._allow)
        except ValueError:
            odd = host.replace(".", "").removeprefix("0x").isdigit()
            inside = odd or "." not in host or host.endswith(_INSIDE)
        if inside:
            raise PrivateAddressError(host)
        if self._proxied is None:
            self._proxied = self._made(aiohttp.TCPConnector(limit=0, ttl_dns_cache=60))
        return self._proxied

    def _made(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            max_line_size=16_384,
            max_field_size=32_768,
        )

    async def close(self) -> None:
        """Let go of connections."""
        for one in (self._straight, self._proxied):
            if one is not None:
                await one.close()
        self._straight = self._proxied = None
        await self._resolver.close()
