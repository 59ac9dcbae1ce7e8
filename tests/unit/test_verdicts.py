"""Verdicts are remembered by what they are made of, and no longer than they stand."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from syndicator.credit.fields import read_credit_field
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Form, Refused
from syndicator.model.desk import Settings
from syndicator.model.entry import Origin
from syndicator.model.ids import SourceId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.subscriber import Reader, Subscriber, hashed
from syndicator.settings.houses import built_in_houses
from syndicator.verdicts import Verdicts, verdict_on
from tests.builders import NOW, a_context, an_article
from tests.unit.parts import OPEN, WORLD, settings

HOUR = timedelta(hours=1)
TOKEN = hashed("secret", bytes(16))
KILL = Ruling(
    article=an_article().id, kind=RulingKind.KILL, at=NOW, by="ada", reason="It was wrong."
)


@pytest.fixture
def article() -> Article:
    return an_article(source=SourceId("a"))


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return with_license(settings(tmp_path, SourceId("a")), expires=timedelta(hours=2))


def with_license(desk: Settings, **terms: object) -> Settings:
    rules = License.model_validate({"text": "full", "credit": "{source}", **terms})
    return desk.model_copy(update={"licenses": {OPEN: rules}})


def test_the_same_question_has_the_same_answer(article: Article, desk: Settings) -> None:
    verdicts = Verdicts()
    one = verdicts.on(article, desk, article.published, topic=WORLD)
    assert one == verdict_on(article, desk, article.published, topic=WORLD)
    assert isinstance(one, Cleared)
    assert verdicts.on(article, desk, article.published + HOUR, topic=WORLD) is one


def test_it_stands_until_its_moment_and_not_before_it_was_made(
    article: Article, desk: Settings
) -> None:
    verdicts = Verdicts()
    one = verdicts.on(article, desk, article.published + HOUR, topic=WORLD)
    assert one.until == article.published + 2 * HOUR
    over = verdicts.on(article, desk, one.until, topic=WORLD)
    assert isinstance(over, Refused)
    again = verdicts.on(article, desk, article.published, topic=WORLD)  # a clock set back
    assert isinstance(again, Cleared)


def test_other_settings_copies_and_topics_are_other_questions(
    article: Article, desk: Settings
) -> None:
    verdicts, at = Verdicts(), article.published
    assert isinstance(verdicts.on(article, desk, at, topic=WORLD), Cleared)
    closed = with_license(desk, text="nothing")
    assert isinstance(verdicts.on(article, closed, at, topic=WORLD), Refused)
    assert isinstance(verdicts.on(article, desk, at, topic=WORLD), Cleared)
    other = msgspec.structs.replace(article, source=SourceId("gone"))
    assert isinstance(verdicts.on(other, desk, at, topic=WORLD), Refused)
    narrow = with_license(desk, exclusive=("sea",))
    topics = {**narrow.topics, TopicId("sea"): narrow.topics[WORLD]}
    narrow = narrow.model_copy(update={"topics": topics})
    assert isinstance(verdicts.on(article, narrow, at, topic=TopicId("sea")), Cleared)
    assert isinstance(verdicts.on(article, narrow, at, topic=WORLD), Refused)


def test_what_a_person_ruled_is_heard_at_once(article: Article, desk: Settings) -> None:
    verdicts, at = Verdicts(), article.published
    assert isinstance(verdicts.on(article, desk, at, topic=WORLD), Cleared)
    assert isinstance(verdicts.on(article, desk, at, topic=WORLD, rulings=(KILL,)), Refused)
    assert isinstance(verdicts.on(article, desk, at, topic=WORLD), Cleared)


def test_what_a_subscriber_gets_is_asked_anew(article: Article, desk: Settings) -> None:
    verdicts, at = Verdicts(), article.published
    terms = Subscriber.model_validate({"token": TOKEN, "forms": "headline"})
    reader = Reader(id=SubscriberId("acme"), terms=terms)
    for one, form in ((None, Form.FULL), (reader, Form.HEADLINE), (None, Form.FULL)):
        said = verdicts.on(article, desk, at, topic=WORLD, reader=one)
        assert isinstance(said, Cleared)
        assert said.form is form


def test_of_too_many_the_oldest_are_forgotten(article: Article, desk: Settings) -> None:
    verdicts, at = Verdicts(most=1), article.published
    one = verdicts.on(article, desk, at, topic=WORLD)
    other = an_article(source=SourceId("a"), guid="other", id="b" * 32)
    verdicts.on(other, desk, at, topic=WORLD)
    again = verdicts.on(article, desk, at, topic=WORLD)
    assert again == one
    assert again is not one


@pytest.mark.parametrize(
    ("title", "credit", "leaves"),
    [
        ("Associated Press", "AP", True),
        ("dpa", "Deutsche Presse-Agentur GmbH", True),
        ("Reuters", "reuters.com", True),
        ("Harbour News", "AP", False),
        ("TT", "AFP", False),  # a service of both ("TT-AFP") is no name of the one
    ],
)
def test_a_licence_for_own_copy_knows_a_house_by_all_its_names(
    article: Article, desk: Settings, title: str, credit: str, *, leaves: bool
) -> None:
    fact = read_credit_field(credit, a_context())
    assert fact is not None
    wired = msgspec.structs.replace(article, facts=(fact,), origin=Origin(title=title))
    own = with_license(desk, own_copy_only=True)
    own = own.model_copy(update={"houses": built_in_houses()})
    assert isinstance(verdict_on(wired, own, NOW, topic=WORLD), Cleared) is leaves
