"""Forms are remembered by what they are made of, and never longer than that stands."""

import msgspec

from syndicator.model.article import Body
from syndicator.model.clearance import Cleared, Form
from syndicator.model.ids import TopicId
from syndicator.model.license import License
from syndicator.model.outlet import Outlet
from syndicator.rights.form import shape
from syndicator.rights.shaped import Shapes
from tests.builders import an_article

WORLD = Outlet(topic=TopicId("world"))
RULES = License(text="full", credit="{source}")
CLEARED = Cleared(form=Form.FULL, credit="Harbour")


def test_the_same_article_in_the_same_form_is_the_same_item() -> None:
    shapes, article = Shapes(), an_article()
    one = shapes.item(article, CLEARED, RULES, "Harbour", WORLD, 60)
    assert one == shape(article, CLEARED, RULES, "Harbour", WORLD, 60)
    assert shapes.item(article, CLEARED, RULES, "Harbour", WORLD, 60) is one


def test_whatever_changes_makes_another_item() -> None:
    shapes, article = Shapes(), an_article()
    other = msgspec.structs.replace(article, body=Body(html="<p>Other.</p>", text="Other."))
    given = [
        (article, CLEARED, RULES, "Harbour", WORLD, 60),
        (other, CLEARED, RULES, "Harbour", WORLD, 60),
        (article, msgspec.structs.replace(CLEARED, credit="Sea"), RULES, "Harbour", WORLD, 60),
        (article, CLEARED, License(text="full", byline="{authors}"), "Harbour", WORLD, 60),
        (article, CLEARED, RULES, "The Harbour", WORLD, 60),
        (article, CLEARED, RULES, "Harbour", Outlet(topic=TopicId("sea")), 60),
        (article, CLEARED, RULES, "Harbour", WORLD, 1),
    ]
    for _ in range(2):
        for one in given:
            assert shapes.item(*one) == shape(*one)


def test_of_too_many_the_oldest_are_forgotten() -> None:
    shapes, article = Shapes(most=1), an_article()
    one = shapes.item(article, CLEARED, RULES, "Harbour", WORLD, 60)
    shapes.item(article, CLEARED, RULES, "Harbour", WORLD, 5)
    again = shapes.item(article, CLEARED, RULES, "Harbour", WORLD, 60)
    assert again == one
    assert again is not one
