from datetime import datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Form
from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.places import Places
from syndicator.model.topic import Window
from syndicator.rights.quota import must_wait, next_day, within_quota
from syndicator.topics import choose
from tests.builders import NOW, an_article

WIRE = LicenseId("wire")


def stories(count: int) -> list[Article]:
    return [
        an_article(id=ArticleId(f"{n:020x}"), published=NOW - timedelta(hours=n))
        for n in range(count)
    ]


def cleared(*articles: Article, license_id: str = WIRE) -> dict[ArticleId, Cleared]:
    return {one.id: Cleared(form=Form.FULL, credit=None, license=license_id) for one in articles}


def newest(count: int) -> Any:
    return lambda some: choose(some, Window(entries=count), NOW)


def ids(*articles: Article) -> list[ArticleId]:
    return [one.id for one in articles]


def test_the_newest_get_the_places_of_today_and_the_rest_wait() -> None:
    four = stories(4)
    chosen, claims, waiting = within_quota(
        four, cleared(*four), {WIRE: 3}, Places(given={WIRE: 1}), newest(9)
    )
    assert ids(*chosen) == ids(*four[:2])
    assert claims == {WIRE: tuple(ids(*four[:2]))}
    assert waiting == set(ids(*four[2:]))


def test_what_has_a_place_keeps_it_however_full_the_day_is() -> None:
    four = stories(4)
    had = Places(taken={WIRE: frozenset(ids(four[3]))}, given={WIRE: 3})
    chosen, claims, waiting = within_quota(four, cleared(*four), {WIRE: 3}, had, newest(9))
    assert ids(*chosen) == ids(four[3])
    assert not claims
    assert waiting == set(ids(*four[:3]))


def test_what_the_window_leaves_out_takes_no_place() -> None:
    four = stories(4)
    chosen, claims, waiting = within_quota(four, cleared(*four), {WIRE: 9}, Places(), newest(2))
    assert ids(*chosen) == ids(*four[:2])
    assert claims == {WIRE: tuple(ids(*four[:2]))}
    assert not waiting


def test_a_licence_without_a_quota_fills_the_room_that_is_left() -> None:
    four, free = stories(4), msgspec.structs.replace(stories(5)[4], id=ArticleId("f" * 20))
    all_of = [*four, free]
    verdicts = {**cleared(*four), **cleared(free, license_id="free")}
    chosen, _, waiting = within_quota(all_of, verdicts, {WIRE: 1}, Places(), newest(2))
    assert ids(*chosen) == ids(four[0], free)
    assert waiting == set(ids(*four[1:]))


def test_the_verdict_on_what_waits_names_the_quota_and_midnight() -> None:
    one = stories(1)[0]
    verdict = must_wait(cleared(one)[one.id], 3, NOW)
    assert verdict.reasons[-1].rule == "quota"
    assert verdict.until == next_day(NOW) == datetime.fromisoformat("2026-11-25T00:00:00+00:00")


@given(
    limit=st.integers(1, 6),
    given_out=st.integers(0, 8),
    taken=st.sets(st.integers(0, 9)),
    room=st.integers(1, 12),
)
def test_no_edition_shows_more_new_ones_than_there_are_places(
    limit: int, given_out: int, taken: set[int], room: int
) -> None:
    ten = stories(10)
    had = frozenset(ten[n].id for n in taken)
    chosen, claims, waiting = within_quota(
        ten, cleared(*ten), {WIRE: limit}, Places(taken={WIRE: had}, given={WIRE: given_out}),
        newest(room),
    )  # fmt: skip
    shown = set(ids(*chosen))
    assert set(claims.get(WIRE, ())) == shown - had
    assert len(shown - had) <= max(0, limit - given_out)
    assert not shown & waiting
    assert not had & waiting
