"""The hubs a topic names, in each format; feedgen alone would make one the channel's own link."""

import json

import pytest
from lxml import etree
from msgspec.structs import replace

from syndicator.model.edition import Edition
from syndicator.render import render_topic
from tests.unit.render.editions import SITE, a_piece, an_edition, texts

HUBS = ("https://desk.example/hub", "https://hub.example/?a=1&b=2")


def rendered(kind: str, hubs: tuple[str, ...], edition: Edition | None = None) -> bytes:
    made = render_topic(edition or an_edition(a_piece()), replace(SITE, hubs=hubs))
    (body,) = [one.body for one in made.outputs if one.path == f"world.{kind}"]
    return body


def test_a_channel_names_its_hubs_and_still_its_own_page() -> None:
    body = rendered("rss", HUBS)
    assert (
        b'<atom:link rel="hub" href="https://desk.example/hub"/>'
        b'<atom:link rel="hub" href="https://hub.example/?a=1&amp;b=2"/>'
        b'<atom:link rel="self" type="application/rss+xml" '
        b'href="https://desk.example/feeds/world.rss"/>'
    ) in body
    channel = etree.fromstring(body).find("channel")
    assert texts(channel, "link") == ["https://desk.example/feeds/world/"]


def test_an_atom_feed_names_its_hubs() -> None:
    feed = etree.fromstring(rendered("atom", HUBS))
    assert texts(feed, "a:link[@rel='hub']/@href") == list(HUBS)
    assert texts(feed, "a:link[@rel='alternate']/@href") == ["https://desk.example/feeds/world/"]
    assert texts(feed, "a:link[@rel='self']/@href") == ["https://desk.example/feeds/world.atom"]


def test_a_json_feed_names_its_hubs() -> None:
    feed = json.loads(rendered("json", HUBS))
    assert feed["hubs"] == [{"type": "WebSub", "url": hub} for hub in HUBS]


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_without_hubs_none_is_named_and_two_builds_are_the_same(kind: str) -> None:
    assert b"hub" not in rendered(kind, ())
    assert rendered(kind, HUBS) == rendered(kind, HUBS)
