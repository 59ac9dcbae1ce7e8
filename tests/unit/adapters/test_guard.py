from ipaddress import ip_network

import pytest

from syndicator.adapters.guard import (
    GuardedResolver,
    PrivateAddressError,
    is_allowed,
    socket_factory,
)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_allowed(address, ())


def test_public_addresses_behind_nat64_and_6to4_may_be_asked() -> None:
    assert is_allowed("64:ff9b::8.8.8.8", ())
    assert is_allowed("2002:808:808::1", ())


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:a00:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "example.org",
        "0x7f.1",
    ],
)
def test_what_is_not_public_may_not(address: str) -> None:
    assert not is_allowed(address, ())


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd12::1"])
def test_an_allow_list_opens_what_it_names(address: str) -> None:
    allowed = (ip_network("10.0.0.0/8"), ip_network("fd12::/16"))
    assert is_allowed(address, allowed)
    assert not is_allowed("192.168.0.1", allowed)


def test_no_socket_is_made_to_a_guarded_address() -> None:
    make = socket_factory(())
    with pytest.raises(PrivateAddressError):
        make((2, 1, 6, "", ("127.0.0.1", 80)))


async def test_a_name_that_leads_only_inside_is_refused() -> None:
    resolver = GuardedResolver(())
    with pytest.raises(PrivateAddressError):
        await resolver.resolve("localhost", 80)
    await resolver.close()
    opened = GuardedResolver((ip_network("127.0.0.0/8"), ip_network("::1/128")))
    assert (await opened.resolve("localhost", 80))[0]["port"] == 80
    with pytest.raises(OSError, match="not a host name"):
        await opened.resolve("a" * 64 + ".example", 80)
    await opened.close()
