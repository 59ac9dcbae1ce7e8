"""Connections for the fetcher: straight to guarded addresses, or through a source's proxy."""

from collections.abc import Mapping
from ipaddress import ip_address

import aiohttp
from yarl import URL

from syndicator.adapters.guard import (
    GuardedResolver,
    PrivateAddressError,
    is_allowed,
    socket_factory,
)
from syndicator.model.desk import FetchSettings

CONNECT_SECONDS = 10.0
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def agent_name(version: str, contact: str | None) -> str:
    """Return how the desk names itself to servers (RFC 9110 §10.1.5)."""
    known = " ".join((contact or "").encode("ascii", "ignore").decode().split())
    return f"syndicator/{version} (+{known or 'self-hosted feed reader; no contact set'})"


def headers_for_a_line(version: str, contact: str | None) -> dict[str, str]:
    """Return what is sent to those who answer in a line: hubs, and the callbacks of listeners.

    No content coding: there is nothing to unpack.
    """
    return {
        "User-Agent": agent_name(version, contact),
        "Accept": "text/plain, */*;q=0.1",
        "Accept-Encoding": "identity",
    }


def guarded_session(
    settings: FetchSettings, resolver: GuardedResolver, headers: Mapping[str, str]
) -> aiohttp.ClientSession:
    """Open a session that connects only to allowed addresses, and keeps no cookies."""
    connector = aiohttp.TCPConnector(
        limit=0,
        ttl_dns_cache=60,
        resolver=resolver,
        socket_factory=socket_factory(settings.allow_private),
    )
    return _session(connector, headers)


def _session(connector: aiohttp.TCPConnector, headers: Mapping[str, str]) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        headers=headers,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
        max_line_size=16_384,
        max_field_size=32_768,
    )


class Sessions:
    """Opens a session when it is first needed, inside the running loop."""

    def __init__(self, settings: FetchSettings, headers: Mapping[str, str]) -> None:
        """Guard every connection but those to proxies; ``headers`` go with each request."""
        self._settings = settings
        self._headers = headers
        self._resolver = GuardedResolver(settings.allow_private)
        self._straight: aiohttp.ClientSession | None = None
        self._proxied: aiohttp.ClientSession | None = None

    def straight(self) -> aiohttp.ClientSession:
        """Return the session that connects to the hosts themselves."""
        if self._straight is None:
            self._straight = guarded_session(self._settings, self._resolver, self._headers)
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
            inside = not is_allowed(host, self._settings.allow_private)
        except ValueError:
            odd = host.replace(".", "").removeprefix("0x").isdigit()
            inside = odd or "." not in host or host.endswith(_INSIDE)
        if inside:
            raise PrivateAddressError(host)
        if self._proxied is None:
            connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
            self._proxied = _session(connector, self._headers)
        return self._proxied

    async def close(self) -> None:
        """Let go of connections."""
        for one in (self._straight, self._proxied):
            if one is not None:
                await one.close()
        self._straight = self._proxied = None
        await self._resolver.close()
