"""Hosts: which are ours, which belong together, and what is known of some."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from ipaddress import ip_address
from urllib.parse import urlsplit

from tld import get_tld
from tld.result import Result

from syndicator.model.host import HostRule

_INSIDE = (".local", ".internal", ".lan", ".home.arpa", ".localhost", ".test")
USUAL = HostRule()


@lru_cache(maxsize=16_384)  # asked several times a poll, of the same addresses
def host_of(url: str) -> str:
    """Return the host of an address in lower case; ``""`` if it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str | None:
    found = get_tld(f"http://{host}/", fail_silently=True, as_object=True, search_private=True)
    return found.fld if isinstance(found, Result) else None


def domain_of(url: str) -> str | None:
    """Return the registrable domain by the public suffix list, private section included.

    ``None`` for literal addresses and names the list does not know. The list
    comes with the package that reads it; nothing is fetched.
    """
    host = host_of(url)
    return _registrable(host) if host else None


@lru_cache(maxsize=4096)
def is_inside(host: str) -> bool:
    """Say whether a host is one's own: a private address, or a name no public list knows."""
    try:
        return not ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return "." not in host or host.endswith(_INSIDE)


def mark_of(url: str) -> str:
    """Return a short stand-in for an address, fit to be kept where the address is not needed."""
    return blake2b(url.encode("utf-8", "replace"), digest_size=6).hexdigest()


def rule_for(rules: Mapping[str, HostRule], url: str) -> HostRule:
    """Return the rule for the host of an address: its own, else that of a name above it."""
    name = host_of(url)
    while name:
        if name in rules:
            return rules[name]
        name = name.partition(".")[2]
    return USUAL


def rule_name(rules: Mapping[str, HostRule], url: str) -> str:
    """Return whose queue an address waits in: that of its rule, else that of its host."""
    host = name = host_of(url)
    while name:
        if name in rules:
            return name
        name = name.partition(".")[2]
    return host
