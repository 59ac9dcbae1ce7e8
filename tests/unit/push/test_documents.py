"""Our own topics as WebSub sees them."""

from pathlib import Path

import pytest

from syndicator.model.desk import Desk
from syndicator.model.ids import TopicId
from syndicator.model.topic import Audience, Format, Topic
from syndicator.push import (
    address_of,
    document_at,
    documents_of,
    header_links,
    is_public,
    links_of,
    topic_of,
    type_of,
)
from tests.unit.parts import WORLD, settings

BASE = "https://desk.example/news"


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_document_is_found_at_its_address(kind: str) -> None:
    document = f"sea-and-air.{kind}"
    assert document in documents_of(TopicId("sea-and-air"))
    assert document_at(BASE, address_of(BASE, document)) == document
    assert topic_of(document) == "sea-and-air"


@pytest.mark.parametrize(
    "address",
    [
        "",
        BASE,
        f"{BASE}/feeds/",
        f"{BASE}/feeds/.rss",
        f"{BASE}/feeds/world",
        f"{BASE}/feeds/world/",
        f"{BASE}/feeds/world.html",
        f"{BASE}/feeds/world.rss?a=1",
        f"{BASE}/feeds/world.rss#a",
        f"{BASE}/feeds/../world.rss",
        f"{BASE}/feeds/a/b.rss",
        f"{BASE}/feeds/World.rss",
        "https://desk.example/feeds/world.rss",
        "http://desk.example/news/feeds/world.rss",
        f"{BASE}/s/token/feeds/world.rss",
    ],
)
def test_what_is_no_address_of_a_feed_is_none(address: str) -> None:
    assert document_at(BASE, address) is None


def test_documents_have_the_types_they_are_served_with() -> None:
    assert type_of("a.rss") == "application/rss+xml; charset=utf-8"
    assert type_of("a.atom") == "application/atom+xml; charset=utf-8"
    assert type_of("a.json") == "application/feed+json"


def test_link_headers_name_hubs_and_self_as_subscribers_read_them() -> None:
    hubs = ("https://a.example/?x=1,2", "https://b.example/")
    links = links_of(Desk(public_url=BASE, hub=hubs))
    assert links is not None
    assert header_links([links("world.rss")]) == [
        ("hub", hubs[0]),
        ("hub", hubs[1]),
        ("self", f"{BASE}/feeds/world.rss"),
    ]


def test_a_desk_names_its_own_hub_where_it_can_be_reached() -> None:
    assert Desk(public_url=BASE + "/").hubs == (f"{BASE}/hub",)
    assert Desk(public_url=BASE, hub="off").hubs == ()
    assert Desk(hub=("https://hub.example/",)).hubs == Desk().hubs == ()
    assert links_of(Desk()) is None


def test_only_what_is_published_for_all_can_be_listened_to(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a")

    def public(topic: Topic) -> list[str]:
        named = desk.model_copy(update={"topics": {WORLD: topic}})
        return [one for one in documents_of(WORLD) if is_public(one, named)]

    assert public(Topic(title="World")) == ["world.rss", "world.atom", "world.json"]
    assert public(Topic(title="World", formats=(Format.ATOM,))) == ["world.atom"]
    assert public(Topic(title="World", audience=Audience.SUBSCRIBERS)) == []
    assert not is_public("sea.rss", desk)
