"""Which addresses may be asked: public ones, and those the operator allows.

The check stands where the socket is made, so it sees the address really
connected to: after DNS (no rebinding), after redirects, whatever odd form the
host was written in. The resolver checks too, so that a name which only leads
inside fails with a clear line instead of a failed connection.
"""

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from syndicator.errors import FetchError

Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST6 = IPv6Network("2000::/3")
# Routable to the world's eye, yet each answers only inside a cloud: Azure's host agent.
_METADATA = frozenset({IPv4Address("168.63.129.16")})
_LOOKUPS = 16


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address an IPv6 one leads to: mapped, 6to4 or NAT64 (RFC 6052)."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _UNICAST6:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and address not in _METADATA
    )


def is_allowed(address: str, allow_private: Sequence[Network]) -> bool:
    """Say whether a literal IP address may be connected to.

    Refused unless allow-listed: anything not globally routable (private,
    loopback, link-local with the cloud metadata services, shared, reserved,
    multicast, unspecified), also when carried inside IPv6. Anything that is
    no literal address is refused.
    """
    try:
        outer = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(outer) if isinstance(outer, IPv6Address) else None
    for one in (outer, inner):
        if one is not None and any(
            one in network for network in allow_private if network.version == one.version
        ):
            return True
    return _public(inner or outer)


class PrivateAddressError(OSError):
    """A connection to a guarded address was refused before it was made."""


def socket_factory(allow_private: Sequence[Network]) -> Any:
    """Return a factory for aiohttp's connector that makes no socket to a guarded address."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not is_allowed(str(address[0]), allow_private):
            raise PrivateAddressError(str(address[0]))
        made = socket.socket(family=family, type=kind, proto=protocol)
        made.settimeout(0)
        return made

    return make


class GuardedResolver(AbstractResolver):
    """The system's resolver, on threads of its own, less the addresses not allowed.

    Its own threads, because a loop's few are soon all waiting for a dead name server.
    """

    def __init__(self, allow_private: Sequence[Network]) -> None:
        """Allow public addresses and those in ``allow_private``."""
        self._allow = allow_private
        self._threads = ThreadPoolExecutor(_LOOKUPS, "dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the allowed addresses of ``host``.

        Raises:
            PrivateAddressError: it has addresses, and none is allowed.
            OSError: it has none.
        """
        infos = await asyncio.get_running_loop().run_in_executor(
            self._threads, _look_up, host, port, family
        )
        found: list[ResolveResult] = [
            {
                "hostname": host,
                "host": str(address[0]),
                "port": int(address[1]),
                "family": kind,
                "proto": protocol,
                "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            }
            for kind, _, protocol, _, address in infos
        ]
        allowed = [one for one in found if is_allowed(one["host"], self._allow)]
        if found and not allowed:
            raise PrivateAddressError(found[0]["host"])
        return allowed

    async def close(self) -> None:
        """Let the threads go; a look-up under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: int) -> list[Any]:
    try:
        return list(
            socket.getaddrinfo(
                host, port, family, socket.SOCK_STREAM, flags=socket.AddressInfo.AI_ADDRCONFIG
            )
        )
    except UnicodeError as error:  # a label over 63 octets, or an empty one
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error


def private_address(url: str, address: str) -> FetchError:
    """Return the one line an operator reads when a source points inside."""
    return FetchError(
        "private-address",
        f"{url}: {address} is not a public address; if it is yours, "
        f"add {address}/{'128' if ':' in address else '32'} to fetch.allow_private",
    )
