"""Notices of killed copies: who leaves one, and under which id."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from syndicator.editing import compose, with_notices
from syndicator.model.article import Article, Body
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition
from syndicator.model.ids import ArticleId, SourceId, StoryId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.story import Story, face_of
from syndicator.ports import Standing
from syndicator.render import minted, with_distinct_ids
from syndicator.rights.leads import Stories
from syndicator.rights.ledger import changes
from tests.builders import NOW, an_article
from tests.unit.parts import WORLD, settings

HOUR = timedelta(hours=1)


def a_copy(source: str, number: int, words: int = 100) -> Article:
    at = NOW - 9 * HOUR + number * HOUR
    return an_article(
        id=ArticleId(f"{number:020}"),
        source=SourceId(source),
        publisher=source,
        guid=f"{source}-1",
        body=Body(html="<p>Words.</p>", text="word " * words),
        published=at,
        updated=at,
        first_seen=at,
    )


FIRST, SECOND = a_copy("a", 0), a_copy("b", 1)
FULLER = a_copy("b", 1, words=300)


def a_story(*articles: Article) -> dict[ArticleId, Story]:
    first = articles[0]
    story = Story(
        id=StoryId(first.id), face=face_of(first), members=tuple(one.id for one in articles)
    )
    return {one.id: story for one in articles}


def killed(*articles: Article) -> dict[ArticleId, tuple[Ruling, ...]]:
    return {
        one.id: (Ruling(article=one.id, kind=RulingKind.KILL, at=NOW, by="ada", reason="Wrong."),)
        for one in articles
    }


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a", "b", "c")


def stood(desk: Settings, *articles: Article, stories: Stories | None = None) -> list[Publication]:
    made = compose(WORLD, articles, desk, NOW - HOUR, stories=stories or {})
    return list(changes(with_distinct_ids(made.edition), {}, NOW - HOUR))


def after(
    desk: Settings,
    articles: tuple[Article, ...],
    gone: tuple[Article, ...],
    lines: list[Publication],
    stories: Stories,
) -> Edition:
    """Compose what is left once some were killed, all of which stood by these lines."""
    rulings, ids = killed(*gone), {one.id for one in gone}
    standing = Standing(
        count=len(lines),
        now={one.article: one for one in lines if one.article not in ids},
        past=tuple(msgspec.structs.replace(one, until=NOW) for one in lines if one.article in ids),
    )
    made = compose(WORLD, articles, desk, NOW, rulings, stories=stories, standing=standing.now)
    edition = with_notices(made.edition, standing, rulings, desk, NOW, stories)
    return with_distinct_ids(edition)


def ids_of(edition: Edition) -> list[str]:
    return [one.article.guid for one in edition.items]


def test_a_killed_copy_that_had_an_id_of_its_own_leaves_a_notice(desk: Settings) -> None:
    lines = stood(desk, FIRST, SECOND)  # before they were one story
    edition = after(desk, (FIRST, SECOND), (SECOND,), lines, a_story(FIRST, SECOND))
    assert ids_of(edition) == ["a-1"]
    assert [one.guid for one in edition.withdrawn] == ["b-1"]


def test_a_killed_copy_whose_place_is_taken_leaves_none(desk: Settings) -> None:
    stories = a_story(FIRST, FULLER)
    lines = stood(desk, FIRST, FULLER, stories=stories)
    assert [(one.article, one.guid) for one in lines] == [(FULLER.id, "a-1")]
    edition = after(desk, (FIRST, FULLER), (FULLER,), lines, stories)
    assert (ids_of(edition), edition.withdrawn) == (["a-1"], ())


def test_a_copy_parted_after_its_kill_takes_no_id_from_the_rest(desk: Settings) -> None:
    lines = stood(desk, FIRST, FULLER, stories=a_story(FIRST, FULLER))
    lines += stood(desk, FIRST)  # it took over
    edition = after(desk, (FIRST, FULLER), (FULLER,), lines, {})
    assert (ids_of(edition), edition.withdrawn) == (["a-1"], ())


def test_a_notice_names_the_id_that_readers_have(desk: Settings) -> None:
    stories = a_story(FIRST, FULLER)
    lines = stood(desk, FIRST, FULLER, stories=stories)
    edition = after(desk, (FIRST, FULLER), (FIRST, FULLER), lines, stories)
    (notice,) = edition.withdrawn
    # The entry's atom:id was minted from its face, for ``a-1`` is no URI.
    assert (notice.guid, notice.article) == ("a-1", FIRST.id)


def test_copies_that_led_one_after_another_leave_one_notice(desk: Settings) -> None:
    stories = a_story(FIRST, FULLER)
    lines = stood(desk, FIRST) + stood(desk, FIRST, FULLER, stories=stories)
    edition = after(desk, (FIRST, FULLER), (FIRST, FULLER), lines, stories)
    assert [one.guid for one in edition.withdrawn] == ["a-1"]


def test_a_minted_id_stays_when_an_entry_changes_hands(desk: Settings) -> None:
    stories = a_story(FIRST, FULLER)
    older = msgspec.structs.replace(
        a_copy("c", 5), guid=FIRST.guid, first_seen=NOW - 20 * HOUR, updated=NOW
    )
    articles = (older, FIRST, FULLER)
    lines = stood(desk, *articles, stories=stories)
    assert {one.guid for one in lines} == {"a-1", minted(FIRST.id)}
    edition = after(desk, articles, (FULLER,), lines, stories)
    assert set(ids_of(edition)) == {"a-1", minted(FIRST.id)}
    assert edition.withdrawn == ()


def test_an_entry_bears_no_id_of_an_article_that_may_not_leave(desk: Settings) -> None:
    stories = a_story(FIRST, SECOND)
    source = desk.sources[FIRST.source]
    bare = {**desk.sources, FIRST.source: source.model_copy(update={"license": None})}
    closed = desk.model_copy(update={"sources": bare})
    lines = stood(closed, FIRST, SECOND, stories=stories)
    assert [(one.article, one.guid) for one in lines] == [(SECOND.id, minted(FIRST.id))]
    # Nor where it is not filed at all; and the id stays when it may leave later.
    assert [one.guid for one in stood(desk, SECOND, stories=stories)] == [minted(FIRST.id)]
    assert ids_of(after(desk, (FIRST, SECOND), (), lines, stories)) == [minted(FIRST.id)]


def test_an_id_that_stands_stays_when_its_article_may_leave_no_more(desk: Settings) -> None:
    stories = a_story(FIRST, SECOND)
    lines = stood(desk, SECOND, FIRST, stories=stories)
    assert [(one.article, one.guid) for one in lines] == [(FIRST.id, "a-1")]
    made = compose(
        WORLD, [SECOND], desk, NOW, stories=stories, standing={one.article: one for one in lines}
    )
    assert ids_of(made.edition) == ["a-1"]
