"""Which copy of a story leads it, and under which name it stands."""

from datetime import timedelta

import pytest

from syndicator.model.article import Article, Body
from syndicator.model.clearance import Cleared, Form
from syndicator.model.edition import Also
from syndicator.model.ids import ArticleId, LicenseId, StoryId
from syndicator.model.license import ImagePolicy, License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.story import Story, face_of
from syndicator.rights.leads import changed_hands, heads, under_its_face, with_also
from tests.builders import NOW, an_article

HOUR = timedelta(hours=1)
LICENSES = {
    LicenseId("all"): License(images=ImagePolicy.ALL),
    LicenseId("none"): License(),
}


def a_copy(number: int, words: int = 100, **changes: object) -> Article:
    fields = {
        "id": ArticleId(f"{number:020}"),
        "guid": f"g{number}",
        "first_seen": NOW + number * HOUR,
        "published": NOW + number * HOUR,
        "updated": NOW + number * HOUR,
        "body": Body(text="word " * words),
    }
    return an_article(**{**fields, **changes})


def a_story_of(*articles: Article) -> dict[ArticleId, Story]:
    first = articles[0]
    story = Story(
        id=StoryId(first.id), face=face_of(first), members=tuple(one.id for one in articles)
    )
    return {one.id: story for one in articles}


def cleared(form: Form = Form.FULL, license_id: str = "none", words: int | None = None) -> Cleared:
    return Cleared(form=form, credit=None, license=license_id, words=words)


@pytest.mark.parametrize(
    ("first", "second", "leads"),
    [
        (cleared(Form.EXCERPT), cleared(Form.FULL), 1),
        (cleared(Form.FULL, words=50), cleared(Form.FULL), 1),
        (cleared(Form.FULL), cleared(Form.FULL, "all"), 1),
        (cleared(Form.FULL, "all"), cleared(Form.EXCERPT, "all"), 0),
        (cleared(), cleared(), 0),
    ],
)
def test_the_copy_that_may_do_most_leads(first: Cleared, second: Cleared, leads: int) -> None:
    copies = [a_copy(0), a_copy(1)]
    verdicts = dict(zip([one.id for one in copies], (first, second), strict=True))
    (head,) = heads(copies, verdicts, LICENSES, a_story_of(*copies))
    assert head.article == copies[leads]
    assert head.others == (copies[1 - leads],)


def test_of_equals_the_fullest_leads_then_the_first() -> None:
    short, full, late = a_copy(0, 100), a_copy(1, 300), a_copy(2, 300)
    verdicts = {one.id: cleared() for one in (short, full, late)}
    (head,) = heads([late, short, full], verdicts, LICENSES, a_story_of(short, full, late))
    assert head.article == full
    assert head.others == (late, short)


def test_what_stands_alone_leads_itself() -> None:
    one, other = a_copy(0), a_copy(1)
    found = heads([one, other], {one.id: cleared(), other.id: cleared()}, LICENSES, {})
    assert [head.article for head in found] == [one, other]
    assert under_its_face(one, {}) == one
    assert changed_hands(one, [other], {}, {}, lambda _: None, NOW) == one.updated


def test_every_copy_stands_under_the_face_of_the_first() -> None:
    first, second = a_copy(0), a_copy(1)
    stories = a_story_of(first, second)
    shown = under_its_face(second, stories)
    assert (shown.id, shown.guid, shown.published) == (second.id, "g0", first.published)
    assert shown.updated == second.updated
    assert under_its_face(first, stories) == first


def test_an_entry_that_changes_hands_is_updated_then() -> None:
    first, second = a_copy(0), a_copy(1, updated=NOW - HOUR)
    stories = a_story_of(first, second)
    kill = Ruling(
        article=first.id, kind=RulingKind.KILL, at=NOW + 5 * HOUR, by="desk", reason="Wrong."
    )

    def when(lead: Article, rulings: tuple[Ruling, ...] = (), window: int = 99) -> timedelta:
        moment = changed_hands(
            lead,
            [first, second],
            stories,
            {first.id: rulings},
            lambda one: one.published + window * HOUR,
            NOW + 8 * HOUR,
        )
        return moment - NOW

    assert when(first) == timedelta()
    assert when(second) == HOUR  # it took over no sooner than it came
    assert when(second, (kill,)) == 5 * HOUR
    restored = Ruling(
        article=first.id, kind=RulingKind.RESTORE, at=NOW + 7 * HOUR, by="desk", reason="Right."
    )
    assert when(first, (kill, restored)) == 7 * HOUR  # it took the entry back
    assert when(second, window=6) == 6 * HOUR
    assert when(second, window=9) == HOUR


def test_others_are_named_below_a_body_that_leaves() -> None:
    also = [Also(title="Coast & Co", link="https://coast.example/?a=1&b=2"), Also(title="Inland")]
    assert with_also("", also) == ""
    assert with_also("<p>Text.</p>", []) == "<p>Text.</p>"
    assert with_also("<p>Text.</p>", also) == (
        '<p>Text.</p>\n<p class="also">Also from <a href="https://coast.example/?a=1&amp;b=2">'
        "Coast &amp; Co</a>, Inland</p>"
    )
