from datetime import timedelta

import msgspec
import pytest

from syndicator.compare import order_in, targets
from syndicator.model.article import Article, Body
from syndicator.model.credit import Advisory
from syndicator.model.entry import Category
from syndicator.model.ids import ArticleId
from tests.builders import NOW, an_article


def an_order(action: str = "kill", confidence: float = 0.9, raw: str = "KILL") -> Advisory:
    return Advisory(action=action, start=0, end=4, raw=raw, confidence=confidence, rule="kill")


def a_message(text: str, **changes: object) -> Article:
    fields = {
        "id": ArticleId("e" * 20),
        "guid": "message",
        "link": None,
        "headline": "Kill",
        "body": Body(text=text),
        "facts": (an_order(),),
        **changes,
    }
    return an_article(**fields)


def a_story(number: int, headline: str = "Night ferry sails again", **changes: object) -> Article:
    fields = {
        "id": ArticleId(f"{number:020}"),
        "guid": f"story-{number}",
        "link": f"https://harbour.example/{number}",
        "headline": headline,
        "published": NOW - timedelta(hours=1),
        **changes,
    }
    return an_article(**fields)


ONE, TWO = a_story(1), a_story(2, "Council approves budget after long night")


@pytest.mark.parametrize(
    "text",
    [
        "Please kill story-1, sent earlier.",
        "Kill https://harbour.example/1 at once.",
        "Kill the story headlined “Night ferry sails again”.",
        "STORY-1 is killed; this has nothing to do with: Council approves budget after long night",
    ],
)
def test_a_message_means_what_it_names(text: str) -> None:
    assert targets(a_message(text), [ONE, TWO]) == (ONE.id,)


def test_words_taken_out_of_the_story_count_too() -> None:
    order = an_order(raw="KILL KILL Night ferry sails again KILL")
    assert targets(a_message("", facts=(order,)), [ONE, TWO]) == (ONE.id,)


def test_a_longer_name_is_another_name() -> None:
    assert targets(a_message("Kill story-12 and https://harbour.example/12."), [ONE, TWO]) == ()


def test_a_wires_number_and_slug_name_copy_of_these_days() -> None:
    wired = a_story(
        3, "Ferry", guid="iptc7901:bcx0123:2026-11-24", link=None,
        categories=(Category(term="BC-US--Ferry-Accident"),),
    )  # fmt: skip
    old = msgspec.structs.replace(
        wired, id=ArticleId("4" * 20), guid="iptc7901:bcx0001:2026-11-10",
        published=NOW - timedelta(days=14),
    )  # fmt: skip
    assert targets(a_message("Kill BCX0123"), [wired, old]) == (wired.id,)
    assert targets(a_message("BC-US--Ferry-Accident, kill"), [wired, old]) == (wired.id,)


def test_several_are_all_named() -> None:
    again = a_story(5)
    assert targets(a_message("Kill: Night ferry sails again"), [ONE, again, TWO]) == (
        ONE.id,
        again.id,
    )


def test_nothing_else_is_meant() -> None:
    text = "Kill: Night ferry sails again"
    others = [
        msgspec.structs.replace(ONE, publisher="another"),
        msgspec.structs.replace(ONE, published=NOW - timedelta(days=31)),
        msgspec.structs.replace(ONE, published=NOW + timedelta(days=2)),
        msgspec.structs.replace(ONE, facts=(an_order(),)),
        a_story(6, "Ferry sails"),
    ]
    assert targets(a_message(text), others) == ()
    assert targets(a_message(text), [a_message(text)]) == ()


def test_only_what_is_read_with_certainty_is_an_order() -> None:
    assert order_in(a_message("")) is not None
    assert order_in(a_message("", facts=(an_order(confidence=0.7),))) is None
    assert order_in(a_message("", facts=(an_order("correction"),))) is None
