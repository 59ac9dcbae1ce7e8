"""What goes into the pages of an archive, and in which order."""

from datetime import timedelta

from syndicator.model.archive import PAGE_ENTRIES
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, StoryId
from syndicator.model.story import Story, face_of
from syndicator.topics import file_away
from tests.builders import NOW, an_article


def an_arrival(number: int) -> Article:
    return an_article(id=ArticleId(f"{number:020}"), first_seen=NOW + timedelta(minutes=number))


def test_pages_are_full_and_the_rest_waits_in_the_order_of_arrival() -> None:
    many = [an_arrival(number) for number in range(PAGE_ENTRIES + 3)]
    done = file_away(list(reversed(many)), (), {})
    assert done.full == (tuple(one.id for one in many[:PAGE_ENTRIES]),)
    assert done.rest == tuple(one.id for one in many[PAGE_ENTRIES:])


def test_copies_of_a_story_are_one_entry_wherever_it_stands() -> None:
    first, second, third = (an_arrival(number) for number in range(3))
    members = tuple(one.id for one in (first, second, third))
    story = Story(id=StoryId(first.id), face=face_of(first), members=members)
    stories = dict.fromkeys(members, story)
    assert file_away([third, second], (), stories).rest == (second.id, third.id)
    assert file_away([second, third], {first.id}, stories).rest == ()
