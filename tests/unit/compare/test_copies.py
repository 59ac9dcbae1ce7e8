from datetime import UTC, datetime, timedelta

import pytest

from syndicator.compare.boilerplate import learn
from syndicator.compare.copies import same_copy
from syndicator.model.copies import Copy, Overlap
from tests.unit.compare.texts import article, forecast, horoscope, newsletter, prose, table

MONDAY = datetime(2026, 8, 17, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
QUOTE = (
    "“We are proud to bring this long awaited project to the people of the region, and we thank "
    "every partner who stood with us through the years of planning, the hearings and the setbacks. "
    "This is a victory for common sense, for good work and for all who believed that it could be "
    "done, and we look forward to opening the doors in the spring,” the chief executive said."
)


def judged(
    one: str,
    other: str,
    *,
    apart: timedelta = timedelta(0),
    publishers: tuple[str, str] = ("a", "b"),
    boilerplate: frozenset[bytes] = frozenset(),
) -> Overlap:
    here = Copy(text=one, publisher=publishers[0], published=MONDAY, boilerplate=boilerplate)
    there = Copy(
        text=other, publisher=publishers[1], published=MONDAY + apart, boilerplate=boilerplate
    )
    return same_copy(here, there)


ONE_HOUSE = ("a", "a")


def test_a_wire_copy_with_dateline_and_credits_is_the_same() -> None:
    wire = f"NEW YORK (Reuters) - {article(1)}\n\n(Reporting by Ann Lee; Editing by Bo Ray)"
    theirs = f"{article(1)}\n\nSource: Reuters"
    overlap = judged(wire, theirs)
    assert overlap.same
    assert overlap.containment == 1
    assert overlap.reason == "100% of the shorter text is shared"
    assert overlap.shared > 400


@pytest.mark.parametrize("kept", [5, 9, 15, 24])
def test_a_copy_cut_short_is_the_same(kept: int) -> None:
    assert judged(article(1), " ".join(prose(1)[:kept])).same


def test_a_copy_with_another_lead_and_some_sentences_changed_is_the_same() -> None:
    told = prose(1)
    edited = [prose(2)[0], *told[:9], prose(2)[1], *told[10:22]]
    assert judged(article(1), " ".join(edited)).same


def test_a_copy_among_captions_and_furniture_is_the_same() -> None:
    page = f"Sport\n\nA minister at the bridge, August 20, 2026 REUTERS/Ann Lee\n\nShare\n\n{article(1)}"
    overlap = judged(page, article(1, 15))
    assert overlap.same
    assert overlap.containment > 0.95


def test_a_japanese_copy_is_the_same_and_another_text_is_not() -> None:
    told = (
        "経済産業省は二十一日、電力会社に対し節電を求める方針を決めた。"
        "夏の需要が高まり供給の余力が不足する見通しとなったためだ。"
    )
    more = "各社は発電所の点検を延期し、家庭にも協力を呼びかける。専門家は蓄電池の普及が課題だと指摘している。"
    other = "日本代表は準々決勝で延長の末に勝利を収めた。監督は選手の粘り強さをたたえ、次の試合に向けて準備を始めると語った。"
    whole = (
        told + more
    ) * 1 + "政府は来月にも詳しい計画を公表し、地方自治体との調整を進める考えを示した。"
    assert judged(f"［東京 ２１日 ロイター］ - {whole}", told + more).same
    assert not judged(whole, other * 2).same


def test_a_report_that_rolls_on_through_the_day_is_the_same() -> None:
    first = f"At least 15 people died. {article(1)} More than 120 were hurt, 29 of them badly."
    later = f"At least 16 people died. {article(1)} More than 130 were hurt, 31 of them badly."
    assert judged(first, later, apart=timedelta(hours=2)).same


def test_a_forecast_like_yesterdays_is_not_joined() -> None:
    for publishers in (ONE_HOUSE, ("a", "b")):
        assert not judged(forecast(1), forecast(2), apart=DAY, publishers=publishers).same
    assert not judged(forecast(1), forecast(2), publishers=ONE_HOUSE).same


def test_a_stock_table_like_yesterdays_is_not_joined() -> None:
    for publishers in (ONE_HOUSE, ("a", "b")):
        assert not judged(table(1), table(2), apart=DAY, publishers=publishers).same


def test_a_horoscope_like_yesterdays_is_not_joined() -> None:
    assert not judged(horoscope(1), horoscope(2), apart=DAY, publishers=ONE_HOUSE).same
    assert not judged(horoscope(1), horoscope(2), apart=DAY).same


@pytest.mark.parametrize("sentences", [3, 6, 12])
def test_a_newsletter_like_yesterdays_is_not_joined(sentences: int) -> None:
    one, other = newsletter(1, sentences), newsletter(2, sentences)
    assert not judged(one, other, apart=DAY, publishers=ONE_HOUSE).same
    known = frozenset(learn([newsletter(day, sentences) for day in range(3, 8)]))
    overlap = judged(one, other, publishers=ONE_HOUSE, boilerplate=known)
    assert not overlap.same
    assert overlap.containment < 0.1


def test_a_daily_column_that_repeats_most_of_itself_is_not_joined() -> None:
    frame = prose(1, 20)
    one, other = ([*prose(day, 4), *frame] for day in (7, 8))
    overlap = judged(" ".join(one), " ".join(other), apart=DAY, publishers=ONE_HOUSE)
    assert overlap.containment > 0.8
    assert overlap.reason.startswith("another day's edition of the same publisher")
    assert not overlap.same


def test_a_live_blog_is_not_joined_with_the_next_days() -> None:
    intro = " ".join(prose(1, 4))
    monday, tuesday = (f"{intro}\n\n{article(day, 18)}" for day in (2, 3))
    assert not judged(monday, tuesday, apart=DAY, publishers=ONE_HOUSE).same


def test_one_headline_over_two_bodies_is_not_joined() -> None:
    for publishers in (ONE_HOUSE, ("a", "b")):
        one, other = (f"Evening briefing\n\n{article(seed)}" for seed in (1, 2))
        assert not judged(one, other, publishers=publishers).same


def test_the_same_short_body_is_not_joined() -> None:
    overlap = judged("Breaking: more soon", "Breaking: more soon")
    assert not overlap.same
    assert overlap.reason.startswith("too short to tell")


@pytest.mark.parametrize("own", [3, 5, 8])
def test_one_long_quote_is_not_enough(own: int) -> None:
    one, other = ("\n\n".join([*prose(seed, own), QUOTE, *prose(seed + 9, own)]) for seed in (1, 2))
    assert not judged(one, other).same


def test_an_article_within_a_roundup_is_not_the_roundup() -> None:
    roundup = "\n\n".join([article(2, 24), article(1, 12), article(3, 12)])
    overlap = judged(article(1, 12), roundup)
    assert overlap.containment == 1
    assert overlap.reason.startswith("a part of a longer roundup")


def test_an_older_report_as_background_is_not_the_newer() -> None:
    newer = " ".join([*prose(2, 12), *prose(1, 8)])
    older = " ".join([*prose(3, 3), *prose(1, 8)])
    assert not judged(newer, older).same


def test_copies_more_than_three_days_apart_are_two() -> None:
    assert judged(article(1), article(1), apart=3 * DAY).same
    overlap = judged(article(1), article(1), apart=3 * DAY + timedelta(seconds=1))
    assert not overlap.same
    assert overlap.containment == 1
    assert overlap.reason.startswith("more than three days apart")


def test_teasers_of_one_publisher_need_nearly_all() -> None:
    shared = " ".join(prose(1, 3))
    one, other = (f"{shared} {' '.join(prose(seed, 1)[0].split()[:9])}" for seed in (2, 3))
    assert not judged(one, other, publishers=ONE_HOUSE).same
