import pytest

from syndicator.model.push import Offer
from syndicator.push import header_links, offer_of

FEED = "https://harbour.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("values", "links"),
    [
        (['<https://hub.example/>; rel="hub"'], [("hub", "https://hub.example/")]),
        (["<https://hub.example/>;rel=hub"], [("hub", "https://hub.example/")]),
        (
            ['<https://a.example/?x=1,2;3>; rel="hub", </feed>; rel=self'],
            [("hub", "https://a.example/?x=1,2;3"), ("self", "/feed")],
        ),
        (
            ["<https://a.example/>; rel=hub", "<https://b.example/>; rel=HUB"],
            [("hub", "https://a.example/"), ("hub", "https://b.example/")],
        ),
        (['<u>; rel="self hub"'], [("self", "u"), ("hub", "u")]),
        (['<u>; title="a, <b>; rel=no"; rel=hub'], [("hub", "u")]),
        (['<u>; title="a \\" b"; rel="hub"'], [("hub", "u")]),
        (["<u>; rel=hub; rel=self"], [("hub", "u")]),
        (["<u>; ; rel=hub ;"], [("hub", "u")]),
        (["< u >\t;\tREL = hub"], [("hub", "u")]),
        (['<u>; rel=hub; anchor="https://other.example/"'], []),
        (["<u>"], []),
        (["u; rel=hub"], []),
        (["<u; rel=hub"], []),
        ([""], []),
        ([], []),
    ],
)
def test_links_in_headers(values: list[str], links: list[tuple[str, str]]) -> None:
    assert header_links(values) == links


def test_headers_outweigh_the_document() -> None:
    headers = [("hub", "https://one.example/"), ("self", "https://harbour.example/h")]
    offer = offer_of(headers, ["https://two.example/"], "https://harbour.example/d", FEED)
    assert offer == Offer(
        hubs=("https://one.example/",), topic="https://harbour.example/h", base=FEED
    )


def test_the_document_counts_where_headers_are_silent() -> None:
    offer = offer_of(
        [("self", "/h")], ["https://two.example/", "https://two.example/", "/hub"], "/d", FEED
    )
    assert offer == Offer(
        hubs=("https://two.example/", "https://harbour.example/hub"),
        topic="https://harbour.example/h",
        base=FEED,
    )


def test_without_a_self_link_the_topic_is_where_the_feed_was_read() -> None:
    offer = offer_of([("hub", "https://hub.example/")], (), None, FEED)
    assert offer is not None
    assert offer.topic == FEED


def test_no_hub_no_offer() -> None:
    assert offer_of([("self", FEED)], (), FEED, FEED) is None


@pytest.mark.parametrize(
    "hub",
    [
        "ftp://hub.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://hub.example:port/",
        "https://hub.example/a b",
        "https://hub.example/\x00",
        "https://[hub/",
        "https://hub.example/" + "x" * 2000,
    ],
)
def test_what_is_no_web_address_is_no_hub(hub: str) -> None:
    assert offer_of([("hub", hub)], (), None, FEED) is None


def test_passwords_and_fragments_go_no_further() -> None:
    offer = offer_of(
        [("hub", "https://hub.example/#x")], (), None, "https://me:word@harbour.example/"
    )
    here = "https://harbour.example/"
    assert offer == Offer(hubs=("https://hub.example/",), topic=here, base=here)


def test_no_more_than_four_hubs() -> None:
    offer = offer_of([("hub", f"https://h{n}.example/") for n in range(50)], (), None, FEED)
    assert offer is not None
    assert len(offer.hubs) == 4
