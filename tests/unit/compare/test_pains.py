"""The complaints of the field on identity, each with its rule (docs/identity.md)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from syndicator.compare import identify
from syndicator.ingest import Profile, read
from syndicator.model.arrival import New, Revised
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW, a_document, an_item
from tests.replay import HOUR, LONG, OTHER, Entry, Replay, an_entry, owner, said

DAY = timedelta(days=1)
FIXED = LONG.replace("six to three", "seven to two")


async def both(one: Entry, two: Entry, after: timedelta = HOUR) -> list[str]:
    """Say what the second is where the first is known; it must not matter which comes first."""
    there, back = Replay(), Replay()
    await there.poll(one, after=after)
    await back.poll(two, after=after)
    ours, theirs = await there.poll(two, after=after), await back.poll(one, after=after)
    assert isinstance(ours[0], New) is isinstance(theirs[0], New)
    return said(ours)


# guid churn


async def test_bbc_reissues_with_numbered_guid() -> None:
    desk, page = Replay(), "https://www.bbc.example/news/articles/c4gx0r"
    first = await desk.poll(an_entry(guid=f"{page}#0", link=page, published=NOW))
    again = an_entry(guid=f"{page}#1", link=page, published=NOW + 2 * HOUR)
    assert said(await desk.poll(again)) == ["unchanged publisher-guid same"]
    fixed = an_entry("Night ferry sails again, at last", guid=f"{page}#2", link=page)
    (arrival,) = await desk.poll(fixed)
    assert said([arrival]) == ["revised publisher-guid"]
    (article,) = await desk.articles()
    assert (article.guid, article.published, article.id) == (f"{page}#0", NOW, owner(first[0]))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("http://harbour.example/a/1", "https://harbour.example/a/1"),
        ("https://www.harbour.example/a/1", "https://harbour.example/a/1/"),
        ("https://Harbour.example/a/1", "https://harbour.example/a/1"),
        ("https://harbour.example/a/1?utm_source=x", "https://harbour.example/a/1"),
        ("tag:Harbour,2026:1", "TAG:harbour,2026:1"),
        ("  urn:one ", "urn:one"),
        ("urn:caf\u00e9", "urn:cafe\u0301"),
        ("urn:\uff11\uff12\uff13", "urn:123"),
    ],
)
@pytest.mark.parametrize("text", [LONG, "More soon."])
async def test_guids_that_differ_by_accident_are_one(one: str, two: str, text: str) -> None:
    first, second = (an_entry(text=text, guid=guid, link=None) for guid in (one, two))
    assert (await both(first, second))[0] in {
        "unchanged publisher-guid same",
        "unchanged guid same",
    }


async def test_ids_that_differ_by_letter_case_alone_are_two_when_the_words_are() -> None:
    one = an_entry("Tides", "High at six.", guid="yt:video:AbC", link=None)
    two = an_entry("Fog", "Seen until noon.", guid="yt:video:aBc", link=None)
    assert await both(one, two) == ["new"]


async def test_posts_of_a_live_blog_with_long_numbers_are_not_one() -> None:
    page = "https://harbour.example/live"
    one = an_entry("Votes are in", "Six to three.", guid=f"{page}#6512345", link=None)
    two = an_entry("Board adjourns", "Back at four.", guid=f"{page}#6512399", link=None)
    assert await both(one, two) == ["new"]


async def test_a_publisher_that_moves_to_another_host_repeats_nothing() -> None:
    old = [
        an_entry(f"Story {n} of the harbour", f"{n} {LONG}", f"https://old.example/s/{n}", None)
        for n in range(20)
    ]
    new = [
        an_entry(f"Story {n} of the harbour", f"{n} {LONG}", f"https://new.example/s/{n}", None)
        for n in range(20)
    ]
    desk = Replay()
    await desk.poll(*old)
    assert set(said(await desk.poll(*new))) == {"unchanged path same"}
    assert len(await desk.articles()) == 20


async def test_the_same_path_at_two_hosts_of_a_publisher_is_two_when_the_words_are() -> None:
    one = an_entry("Ferry sails", LONG, "https://de.harbour.example/?p=123", None)
    two = an_entry("Herring falls", OTHER, "https://en.harbour.example/?p=123", None)
    assert await both(one, two) == ["new"]


# headline and slug in the guid


async def test_a_headline_fix_under_a_new_guid_and_the_same_link_is_a_revision() -> None:
    one = an_entry(guid="slug-night-ferry")
    two = an_entry("Harbour board says yes to boats", FIXED, guid="slug-harbour-board")
    assert await both(one, two) == ["revised url"]


@pytest.mark.parametrize("short", [False, True])
async def test_a_new_slug_around_the_same_number_is_a_revision(short: bool) -> None:
    text, fixed = ("The board votes today.", "The board has voted.") if short else (LONG, FIXED)
    link = "https://harbour.example/world/{}-6333421"
    one = an_entry("Night ferry sails again", text, "a1", link.format("ferry-sails"))
    two = an_entry("Night ferry sails again soon", fixed, "a2", link.format("ferry-sails-soon"))
    assert await both(one, two) == ["revised path"]


async def test_a_date_in_an_address_is_no_number_of_an_article() -> None:
    one = an_entry("Ferry sails", LONG, "a1", "https://harbour.example/20261124/ferry")
    two = an_entry("Herring falls", OTHER, "a2", "https://harbour.example/20261124/herring")
    assert await both(one, two) == ["new"]


async def test_a_new_guid_and_link_under_one_headline_is_one_if_the_body_is() -> None:
    one = an_entry(guid="a1", link="https://harbour.example/x")
    two = an_entry(text=FIXED, guid="a2", link="https://harbour.example/y")
    assert await both(one, two) == ["revised headline"]
    repeat = an_entry(guid="a2", link="https://harbour.example/y")
    assert await both(one, repeat) == ["unchanged headline same"]


# one guid for many


async def test_ten_thousand_entries_with_one_guid_are_ten_thousand() -> None:
    entries = [
        an_entry(f"Story number {n}", f"Words {n}.", "same", f"https://harbour.example/{n}/a-b")
        for n in range(10_000)
    ]
    desk = Replay()
    assert set(said(await desk.poll(*entries))) == {"new"}
    assert set(said(await desk.poll(*entries))) == {"unchanged url same"}
    assert len(await desk.articles()) == 10_000


def test_entries_that_share_a_guid_are_named_to_the_operator() -> None:
    document = a_document(an_item("One", "same", link="https://h.example/1"),
                          an_item("Two", "same", link="https://h.example/2"))  # fmt: skip
    profile = Profile(source=SourceId("a"), publisher="a")
    found = read(document, profile, NOW, HOUSES)
    assert found.feed.warnings == ("2 entries share an id or address with others that differ",)


async def test_the_same_entry_five_hundred_times_is_one() -> None:
    desk = Replay()
    assert said(await desk.poll(*[an_entry()] * 500)) == ["new"]
    other_guids = [an_entry(guid=f"g{n}") for n in range(500)]
    assert said(await desk.poll(*other_guids)) == ["unchanged guid same"]
    assert len(await desk.articles()) == 1


async def test_old_and_new_guid_of_one_entry_in_one_document_are_one() -> None:
    desk = Replay()
    page = "https://www.bbc.example/news/articles/c4gx0r"
    twice = [an_entry(guid=f"{page}#{n}", link=page) for n in (1, 0)]
    assert said(await desk.poll(*twice)) == ["new"]
    (later,) = await desk.poll(an_entry(text=FIXED, guid=f"{page}#1", link=page))
    assert isinstance(later, Revised)


async def test_an_empty_guid_is_no_guid() -> None:
    desk = Replay()
    one = an_entry("Ferry sails again", LONG, None, "https://harbour.example/f")
    two = an_entry("Herring falls", OTHER, None, "https://harbour.example/h")
    assert said(await desk.poll(one, two)) == ["new", "new"]
    assert said(await desk.poll(two, one)) == ["unchanged url same"] * 2


async def test_a_guid_that_is_used_again_for_another_story_hides_neither() -> None:
    one = an_entry("Night ferry sails", LONG, "1", "https://harbour.example/2026/11/24/ferry")
    two = an_entry("Herring prices drop", OTHER, "1", "https://harbour.example/2026/11/24/fish")
    assert await both(one, two) == ["new"]
    desk = Replay()
    await desk.poll(one)
    await desk.poll(two)
    assert said(await desk.poll(two)) == ["unchanged url same"]
    assert said(await desk.poll(one)) == ["unchanged guid same"]


# dates


async def test_undated_entries_are_never_new_again() -> None:
    desk = Replay()
    for _ in range(40):
        now = desk.now + 6 * HOUR
        entry = an_entry(published=now, updated=now, first_seen=now)
        await desk.poll(entry, after=6 * HOUR)
    (article,) = await desk.articles()
    assert (article.version, article.published) == (1, NOW + 6 * HOUR)


async def test_dates_that_move_on_unchanged_words_are_not_trusted() -> None:
    desk = Replay()

    def document(at: datetime) -> list[Entry]:
        links = [f"https://harbour.example/{n}/a-b-c-d" for n in range(6)]
        return [
            an_entry(f"Story {n} of the harbour", f"{n} {LONG}", f"g{n}", link, published=at)
            for n, link in enumerate(links)
        ]

    async def untrusted() -> bool:
        (state,) = (await desk.library.source_states()).values()
        return state.habits.untrusted

    at = NOW - DAY
    await desk.poll(*document(at))
    assert not await untrusted()
    assert set(said(await desk.poll(*document(at + HOUR)))) == {"unchanged guid same"}
    assert await untrusted()
    assert {one.published for one in await desk.articles()} == {at}
    seen = desk.now + HOUR
    link = "https://harbour.example/7/x"
    fresh = an_entry("A seventh story", OTHER, "7", link, published=at, first_seen=seen)
    (arrival,) = await desk.poll(fresh)
    assert isinstance(arrival, New)
    assert arrival.article.published == seen
    (fixed,) = await desk.poll(an_entry("A seventh tale", OTHER, "7", link, published=at))
    assert isinstance(fixed, Revised)
    assert (fixed.article.updated, fixed.article.published) == (desk.now, seen)
    await desk.poll(*document(at))
    assert not await untrusted()


async def test_dates_are_trusted_again_though_ours_were_used() -> None:
    desk, at = Replay(), NOW - DAY

    def document(first: int, at: datetime) -> list[Entry]:
        links = [f"https://harbour.example/{n}/a-b-c-d" for n in range(first, first + 6)]
        return [
            an_entry(link, f"{link} {LONG}", link, link, published=at, first_seen=desk.now + HOUR)
            for link in links
        ]

    await desk.poll(*document(0, at))
    await desk.poll(*document(0, at + HOUR))
    fresh = [one for one in await desk.poll(*document(6, at)) if isinstance(one, New)]
    assert {one.article.published for one in fresh} == {desk.now}
    await desk.poll(*document(6, at))
    (state,) = (await desk.library.source_states()).values()
    assert not state.habits.untrusted


# other publishers


async def test_a_source_cannot_overwrite_another_publishers_article() -> None:
    desk = Replay()
    first = await desk.poll(an_entry())
    evil = an_entry(text=LONG.replace("ferry", "fury"), guid="g1", source="evil", publisher="evil")
    (arrival,) = await desk.poll(evil)
    assert said([arrival]) == ["duplicate url"]
    assert owner(arrival) == owner(first[0])
    changed = an_entry("Night fury", OTHER, guid="g1", source="evil", publisher="evil")
    assert said(await desk.poll(changed)) == ["duplicate guid"]
    (article,) = await desk.articles()
    assert (article.version, article.publisher) == (1, "harbour")


async def test_a_poisoned_guid_does_not_keep_the_true_article_out() -> None:
    desk = Replay()
    evil = an_entry("Night ferry sails again", "Buy.", source="evil", publisher="evil")
    await desk.poll(evil, domain="evil.example")
    true = an_entry()
    (arrival,) = await desk.poll(true, domain="harbour.example")
    assert isinstance(arrival, New)
    assert [key.kind for key in arrival.takes] == ["url"]
    assert said(await desk.poll(evil, domain="evil.example")) == ["unchanged guid same"]
    third = an_entry(guid="x", source="third", publisher="third")
    (copy,) = await desk.poll(third, domain="third.example")
    assert (said([copy]), owner(copy)) == (["duplicate url"], arrival.article.id)
    (fixed,) = await desk.poll(an_entry(text=FIXED, guid="new"), domain="harbour.example")
    assert (said([fixed]), owner(fixed)) == (["revised url"], arrival.article.id)


async def test_a_page_that_others_point_at_in_their_own_words_is_not_lost() -> None:
    own = an_entry()
    blog = an_entry(
        "Why islands need boats more than bridges", OTHER, "b1", source="blog", publisher="blog"
    )
    assert await both(own, blog) == ["new"]


# what only looks alike


async def test_an_evening_briefing_is_not_yesterdays_nor_this_mornings() -> None:
    link = "https://harbour.example/briefing"
    one = an_entry("Evening briefing", LONG, "e1", link)
    two = an_entry("Evening briefing", OTHER, "e2", f"{link}/b")
    assert await both(one, two) == ["new"]
    at = NOW + DAY
    tomorrow = an_entry("Evening briefing", OTHER, "e2", link, published=at, updated=at)
    assert await both(one, tomorrow) == ["new"]


async def test_two_with_the_same_short_body_are_two() -> None:
    one = an_entry("Breaking: more soon", "More soon.", "b1", "https://harbour.example/b/1")
    two = an_entry("Breaking: more soon", "More soon.", "b2", "https://harbour.example/b/2")
    assert await both(one, two) == ["new"]


def _column(day: int) -> Entry:
    at = NOW + day * DAY
    text = f"{'Today we speak of tides.' * 3} {LONG if day else OTHER}"
    return an_entry(
        "The daily column", text, f"c{day}", "https://harbour.example/column", published=at
    )


def _weather(day: int) -> Entry:
    at = NOW + day * DAY
    low, high = 3 + day * 4, 9 + day * 5
    text = (
        f"Light rain and a gentle breeze. Minimum {low} degrees, maximum {high} degrees. Wind from "
        f"the west at {low + 11} km/h, gusts {high + 20} km/h. Humidity {60 + day * 7} %, pressure "
        f"{1000 + day * 9} mb. Sunrise at 07:{10 + day}, sunset at 16:{40 - day}. Pollen low, UV "
        "low, visibility good, the outlook for the days after remains unsettled with showers."
    )
    return an_entry(
        "Today: light rain", text, f"w{day}", "https://harbour.example/weather/2643743",
        published=at,
    )  # fmt: skip


def _table(day: int) -> Entry:
    at = NOW + day * DAY
    rows = " ".join(f"FIRM{n} {100 + n * 7 + day * 13}.{day} {day - n}.{n}%" for n in range(30))
    return an_entry(
        "Closing prices", f"Closing prices of the main market. {rows}", f"t{day}",
        "https://harbour.example/prices", published=at,
    )  # fmt: skip


def _live(day: int) -> Entry:
    at = NOW + day * DAY
    text = f"{LONG} {OTHER}" if day else LONG
    link = f"https://harbour.example/live/2026-11-{24 + day}"
    return an_entry("Harbour vote: live updates", text, f"l{day}", link, published=at)


def _numbered(day: int) -> Entry:
    headline, text = ("Tides", "High at six.") if day else ("Fog", "Seen until noon.")
    link = f"https://harbour.example/today/2026-11-{24 + day}"
    return an_entry(f"Today: {headline}", text, "today", link, published=NOW + day * DAY)


def _podcast(day: int) -> Entry:
    headline = "Boats and bridges" if day else "Why herring is cheap"
    link = "https://harbour.example/podcasts/the-daily-harbour-hour"
    at = NOW + day * DAY
    return an_entry(headline, "Listen now.", f"p{day}", link, published=at)


@pytest.mark.parametrize("made", [_podcast, _column, _weather, _table, _live, _numbered])
async def test_what_comes_daily_is_not_yesterdays(made: Callable[[int], Entry]) -> None:
    assert await both(made(0), made(1), after=DAY) == ["new"]


# two feeds of one publisher


async def test_a_section_feed_with_a_shorter_text_is_no_revision() -> None:
    desk = Replay()
    whole = an_entry(text=f"{LONG} {OTHER}")
    teaser = an_entry(text="The board has voted.", source="harbour-front")
    await desk.poll(whole)
    assert said(await desk.poll(teaser)) == ["unchanged publisher-guid form"]
    assert said(await desk.poll(whole)) == ["unchanged guid same"]
    (article,) = await desk.articles()
    assert article.version == 1


async def test_a_feed_that_lags_does_not_bring_old_words_back() -> None:
    desk = Replay()
    slow = an_entry(source="harbour-front")
    await desk.poll(an_entry())
    await desk.poll(slow)
    await desk.poll(an_entry(text=FIXED))
    assert said(await desk.poll(slow)) == ["unchanged guid older"]
    (article,) = await desk.library.articles([one.id for one in await desk.articles()])
    assert (article.version, article.body.text) == (2, FIXED)


# entries whose only name is what they say


async def test_bare_words_that_come_again_at_a_page_of_another_article_are_known() -> None:
    """Its page is another's and its words are known: it is no new article, and no stalemate."""
    desk, page = Replay(), "https://harbour.example/b/7654321"
    brief = an_entry("Night ferry sails again", "Short.", None, None)
    (first, _) = await desk.poll(brief, an_entry("Herring prices fall", "Short.", None, page))
    (again,) = await desk.poll(an_entry("Night ferry sails again", "Short.", None, page))
    assert said([again]) == ["unchanged words same"]
    assert owner(again) == owner(first)
    assert len(await desk.articles()) == 2


async def test_bare_words_said_twice_in_one_document_are_one_article() -> None:
    desk, page = Replay(), "https://harbour.example/b/7654321"
    await desk.poll(an_entry("Herring prices fall", "Short.", None, page))
    bare = an_entry("Night ferry sails again", "Short.", None, None)
    one, other = await desk.poll(bare, an_entry("Night ferry sails again", "Short.", None, page))
    assert (said([one, other]), owner(other)) == (["new", "unchanged words same"], owner(one))
    assert len(await desk.articles()) == 2


async def test_bare_words_known_by_their_headline_are_known_the_next_day_too() -> None:
    """Without a date the headline counts for the day of the poll alone; the words stay."""
    desk, page = Replay(), "https://harbour.example/a/1234567"

    def bare() -> Entry:
        return an_entry(guid=None, link=None, published=desk.now, updated=desk.now)

    await desk.poll(an_entry(guid=None, link=page, published=desk.now), bare())
    assert len(await desk.articles()) == 1
    assert said(await desk.poll(bare(), after=DAY)) == ["unchanged words same"]
    assert len(await desk.articles()) == 1


async def test_what_only_words_can_name_is_asked_for_until_all_are_named() -> None:
    """Two versions of one story on pages that were others': each is known, neither is a stalemate."""
    desk = Replay()
    pages = [f"https://harbour.example/{name}" for name in ("one", "two")]

    def now(headline: str, text: str, page: int) -> Entry:
        return an_entry(headline, text, None, pages[page], published=desk.now, updated=desk.now)

    def story() -> list[Entry]:
        return [now("Night ferry sails", LONG, 0), now("Night ferry sails", f"{LONG} Late.", 1)]

    await desk.poll(now("Crane falls", "It fell.", 0), now("Museum opens", "It opens late.", 1))
    await desk.poll(story()[0], after=DAY)
    await desk.poll(story()[1], after=DAY)
    for _ in range(2):
        again = await desk.poll(*story(), after=DAY)
        assert not any(isinstance(one, New) for one in again)
    assert len(await desk.articles()) == 4


async def test_items_of_one_live_page_are_articles_of_their_own() -> None:
    """A page on which several stand says nothing of any, and what is new overwrites none."""
    desk, page = Replay(), "https://harbour.example/live/storm"

    def post(headline: str, text: str) -> Entry:
        return an_entry(headline, text, None, page, published=desk.now, updated=desk.now)

    closed = post("Storm live: bridge closed", "The bridge to the island was closed at nine.")
    opened = post("Storm live: bridge opened", "Lorries may use the bridge, police said.")
    ferry = post("Storm live: ferry cancelled", "No ferry sails tonight; buses run instead.")
    assert said(await desk.poll(closed, opened)) == ["new", "new"]
    await desk.poll(opened, ferry, after=30 * HOUR)
    found = await desk.articles()
    assert sorted((one.headline, one.version) for one in found) == [
        ("Storm live: bridge closed", 1),
        ("Storm live: bridge opened", 1),
        ("Storm live: ferry cancelled", 1),
    ]


async def test_one_story_told_twice_on_its_page_in_a_document_stays_one() -> None:
    desk, page = Replay(), "https://harbour.example/2026/11/24/night-ferry-7654321"
    half = " ".join(LONG.split()[:45]) + " " + " ".join(OTHER.split()[:30])
    one, two = an_entry(text=LONG, guid="g1", link=page), an_entry(text=half, guid="g2", link=page)
    assert said(await desk.poll(one, two)) == ["new", "unchanged path spoken"]


async def test_a_page_two_articles_share_is_asked_about_each_time() -> None:
    """What was known by its headline is so again, when only its page is asked for first."""
    desk, page = Replay(), "https://harbour.example/b/7654321"
    await desk.poll(an_entry("Night ferry sails again", "Short.", None, page, published=NOW - DAY))
    long = an_entry(guid=None, link=page, published=NOW)
    (first,) = await desk.poll(long)
    known = identify([long])
    (again,) = await desk.take([replace(known[0], seen=True)], first_source(long))
    assert isinstance(first, New)
    assert owner(again) == owner(first)


def first_source(entry: Entry) -> SourceId:
    return entry[0].source
