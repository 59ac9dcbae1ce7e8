import pytest

from syndicator.ingest import parse
from syndicator.model.entry import Category, Paging
from syndicator.model.polling import Wishes
from tests.unit.ingest.feeds import SPACES, atom, document, entry, item, rss


def test_every_hour_and_day_to_skip() -> None:
    wishes = rss(
        "<skipHours><hour>0</hour><hour>3</hour><hour>24</hour><hour>x</hour><hour> 22 </hour></skipHours>"
        "<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>"
    ).wishes
    assert wishes.skip_hours == (0, 3, 22)
    assert wishes.skip_days == (5, 6)


@pytest.mark.parametrize(
    ("inside", "seconds"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        ("<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 43_200),
        ("<sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_period_between_updates(inside: str, seconds: int | None) -> None:
    assert rss(inside).wishes.period == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("60", 3600), ("0", 0), ("-1", None), ("1e9", None), ("9999999", None), ("²", None)],
)
def test_ttl(said: str, seconds: int | None) -> None:
    assert rss(f"<ttl>{said}</ttl>").ttl == seconds


def test_hubs_self_and_archives() -> None:
    feed = atom(
        "<link rel='hub' href='https://hub.example/1'/><link rel='hub' href='https://hub.example/2'/>"
        "<link rel='self' href='/f'/><link rel='prev-archive' href='a/1'/><link rel='next' href='?page=2'/>"
        "<link rel='next-archive' href='a/3'/><link rel='current' href='/f'/><fh:archive/>"
    )
    assert feed.hubs == ("https://hub.example/1", "https://hub.example/2")
    assert feed.origin.self_link == "https://harbour.example/f"
    assert feed.paging == Paging(
        current="https://harbour.example/f",
        next_page="https://harbour.example/news/feed.xml?page=2",
        prev_archive="https://harbour.example/news/a/1",
        next_archive="https://harbour.example/news/a/3",
        archive=True,
    )


def test_a_complete_feed_and_a_cloud() -> None:
    feed = rss(
        "<fh:complete/><cloud domain='rpc.example' port='80' path='/RPC2' protocol='xml-rpc'/>"
        "<atom:link rel='hub' href='https://hub.example/'/>"
    )
    assert feed.paging.complete
    assert feed.cloud == "http://rpc.example:80/RPC2"
    assert feed.hubs == ("https://hub.example/",)


def test_a_feed_that_says_nothing_hints_nothing() -> None:
    feed = rss("<title>H</title>")
    assert (feed.wishes, feed.paging, feed.hubs, feed.cloud) == (Wishes(), Paging(), (), None)


def test_the_tolerant_reader_keeps_what_it_can() -> None:
    feed = parse(
        document(
            f"<rss version='2.0' {SPACES}><channel><title>A & B</title><sy:updatePeriod>hourly"
            "</sy:updatePeriod><skipHours><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
            "<atom:link rel='hub' href='https://hub.example/'/><item><title>T</title></item></channel></rss>"
        )
    )
    assert feed.warnings
    assert feed.wishes == Wishes(skip_hours=(3,), skip_days=(6,), period=3600)
    assert feed.hubs == ("https://hub.example/",)


def test_all_tombstones() -> None:
    feed = atom(
        "<at:deleted-entry ref='tag:1' when='2026-11-24T10:00:00Z'/><entry><id>tag:2</id></entry>"
        "<at:deleted-entry ref='tag:3'><at:comment>No</at:comment></at:deleted-entry>"
    )
    assert [(one.ref, one.comment) for one in feed.deleted] == [("tag:1", None), ("tag:3", "No")]


def test_categories_of_every_kind() -> None:
    one = item(
        "<category domain='https://h.example/s'>World</category><category>World</category>"
        "<dc:subject>Ports</dc:subject><media:keywords>sea, ships ,</media:keywords>"
        "<itunes:category text='News'><itunes:category text='Daily'/></itunes:category>"
        "<media:group><media:category label='L'>m</media:category></media:group><category/>"
    )
    itunes = "http://www.itunes.com/"
    assert set(one.categories) == {
        Category(term="World", scheme="https://h.example/s"),
        Category(term="World"),
        Category(term="Ports"),
        Category(term="sea"),
        Category(term="ships"),
        Category(term="News", scheme=itunes),
        Category(term="Daily", scheme=itunes),
        Category(term="m", scheme="http://search.yahoo.com/mrss/category_schema", label="L"),
    }
    assert one.categories[0].scheme == "https://h.example/s"


def test_a_category_of_atom() -> None:
    assert entry("<category term='t' scheme='https://s.example/' label='Label'/>").categories == (
        Category(term="t", scheme="https://s.example/", label="Label"),
    )
