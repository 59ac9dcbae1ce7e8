"""Which addresses may be asked: public ones, and those the operator allows.

The check stands where the socket is made, so it sees the address really
connected to: after DNS (no rebinding), after redirects, whatever odd form the
host was written in.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from syndicator.errors import FetchError

Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address an IPv6 one carries: mapped, 6to4, Teredo or NAT64."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def is_allowed(host: str, allow_private: Sequence[Network]) -> bool:
    """Say whether a literal IP address may be connected to.

    Refused unless allow-listed: anything not globally routable (private,
    loopback, link-local with the cloud metadata services, shared, reserved,
    multicast, unspecified), also when carried inside IPv6.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    for one in (address, inner):
        if one is not None and any(
            one in network for network in allow_private if network.version == one.version
        ):
            return True
    return all(
        one.is_global and not one.is_multicast and not one.is_reserved
        for one in (address, inner)
        if one is not None
    )


class PrivateAddressError(OSError):
    """A connection to a guarded address was refused before it was made."""


def socket_factory(allow_private: Sequence[Network]) -> Any:
    """Return a factory for aiohttp's connector that makes no socket to a guarded address."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not is_allowed(str(address[0]), allow_private):
            raise PrivateAddressError(str(address[0]))
        made = socket.socket(family=family, type=kind, proto=protocol)
        made.setblocking(False)
        return made

    return make


def private_address(url: str, address: str) -> FetchError:
    """The one line an operator reads when a source points inside."""
    return FetchError(
        "private-address",
        f"{url}: {address} is not a public address; if it is yours, "
        f"add {address}/{'128' if ':' in address else '32'} to fetch.allow_private",
    )


__all__ = ["PrivateAddressError", "is_allowed", "private_address", "socket_factory"]
