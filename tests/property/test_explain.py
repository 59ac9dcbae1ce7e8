"""What ``explain`` says of a feed is what a release of it does, at every moment."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from syndicator.editing import compose
from syndicator.explain import explain
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, LicenseId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.places import Places
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.subscriber import Reader, Subscriber
from syndicator.model.topic import Topic
from tests.builders import NOW
from tests.property.test_rights import COUNTRIES, HOURS, articles, licenses
from tests.unit.parts import settings

TOPIC, WIRE = TopicId("world"), LicenseId("open")
HASH = "sha256:" + "0" * 32 + ":" + "0" * 64


@st.composite
def libraries(draw: st.DrawFn) -> tuple[list[Article], dict[ArticleId, tuple[Ruling, ...]]]:
    """A few articles of one source, some with rulings."""
    found: list[Article] = []
    ruled: dict[ArticleId, tuple[Ruling, ...]] = {}
    for n in range(draw(st.integers(1, 7))):
        one = msgspec.structs.replace(draw(articles()), id=ArticleId(f"{n:020x}"), source="a")
        found.append(one)
        kinds = draw(st.lists(st.sampled_from(list(RulingKind)), max_size=2))
        ruled[one.id] = tuple(
            Ruling(article=one.id, kind=kind, at=NOW, by="ada", reason="so") for kind in kinds
        )
    return found, ruled


@st.composite
def desks(draw: st.DrawFn) -> Settings:
    topic = Topic.model_validate(
        {
            "title": "World",
            "window": {"entries": draw(st.integers(1, 5)), "hours": draw(st.integers(1, 3000))},
            "territories": draw(COUNTRIES),
            "commercial": draw(st.booleans()),
            "audience": draw(st.sampled_from(["public", "subscribers"])),
        }
    )
    rules: License = draw(licenses())
    rules = rules.model_copy(update={"quota": draw(st.sampled_from([None, 1, 3]))})
    plain = settings(Path("/nowhere"), "a")
    return plain.model_copy(update={"topics": {TOPIC: topic}, "licenses": {WIRE: rules}})


READERS = st.one_of(
    st.none(),
    st.builds(
        lambda form, own: Reader(
            id=SubscriberId("gazette"),
            terms=Subscriber.model_validate({"token": HASH, "forms": form, "territories": own}),
        ),
        st.sampled_from(["full", "excerpt", "headline"]),
        COUNTRIES,
    ),
)


@given(libraries(), desks(), HOURS, READERS, st.integers(0, 3))
def test_explain_agrees_with_release_at_every_moment(
    stock: tuple[list[Article], dict[ArticleId, tuple[Ruling, ...]]],
    desk: Settings,
    at: datetime,
    reader: Reader | None,
    given_out: int,
) -> None:
    stored, rulings = stock
    if desk.topics[TOPIC].audience.value == "public":
        reader = None
    places = Places(given={WIRE: given_out})
    made = compose(TOPIC, stored, desk, at, rulings, reader, places)
    shown = {item.article.id: item.cleared for item in made.edition.items}
    for one in stored:
        said = explain(
            one, [TOPIC], desk, at, topic=TOPIC, reader=reader, rulings=rulings[one.id], made=made
        )
        assert (said.verdict == "cleared") is (one.id in shown)
        assert said.reasons
        if one.id in shown:
            assert (said.form, said.credit) == (shown[one.id].form.value, shown[one.id].credit)


@given(libraries(), desks(), HOURS)
def test_nothing_changes_before_the_moment_a_release_wakes_at(
    stock: tuple[list[Article], dict[ArticleId, tuple[Ruling, ...]]], desk: Settings, at: datetime
) -> None:
    """The clock alone changes an edition at no other moment, but for the hours of its window."""
    stored, rulings = stock
    wide = desk.topics[TOPIC].model_copy(update={"window": Topic(title="W").window})
    desk = desk.model_copy(update={"topics": {TOPIC: wide}})
    made = compose(TOPIC, stored, desk, at, rulings)
    before = (made.wake or at + timedelta(days=900)) - timedelta(seconds=1)
    later = compose(TOPIC, stored, desk, max(at, before), rulings)
    assert later.edition.items == made.edition.items
