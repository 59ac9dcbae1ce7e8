from datetime import timedelta

from syndicator.compare import identify
from syndicator.model.arrival import Candidate
from syndicator.polling import back_date
from tests.builders import NOW, an_article

HOUR = timedelta(hours=1)


def candidates(*ages: int | None) -> tuple[Candidate, ...]:
    made = [
        an_article(
            guid=f"g{number}",
            link=f"https://harbour.example/{number}",
            fingerprint=f"f{number}",
            published=NOW if age is None else NOW - HOUR * age,
        )
        for number, age in enumerate(ages)
    ]
    return identify([(one, one.guid) for one in made])


def test_undated_entries_go_back_an_hour_apart_and_dated_ones_stay() -> None:
    dated = back_date(candidates(None, 30, None, None), NOW)
    ages = [(NOW - one.article.published) / HOUR for one in dated]
    assert ages == [0, 30, 1, 2]
    assert all(one.article.first_seen == NOW for one in dated)
    assert [one.keys for one in dated] == [one.keys for one in candidates(None, 30, None, None)]


def test_the_feeds_own_date_is_where_they_start() -> None:
    (first, second) = back_date(candidates(None, None), NOW, NOW - 10 * HOUR)
    assert first.article.published == NOW - 10 * HOUR
    assert second.article.updated == NOW - 11 * HOUR
    (ahead, _) = back_date(candidates(None, None), NOW, NOW + 10 * HOUR)
    assert ahead.article.published == NOW


def test_one_article_floods_nothing() -> None:
    assert back_date(candidates(None), NOW) == candidates(None)
