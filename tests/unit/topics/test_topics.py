from datetime import timedelta

from syndicator.model.entry import Category
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.source import Source
from syndicator.model.topic import Topic, Window
from syndicator.topics import choose, route
from tests.builders import NOW, an_article


def topic(**match: object) -> dict[TopicId, Topic]:
    return {TopicId("t"): Topic.model_validate({"title": "T", "match": match})}


def test_keywords_match_whole_words_in_any_case() -> None:
    rules = topic(any=[{"keywords": "FERRY"}])
    assert route(an_article(), None, rules)
    assert not route(an_article(headline="Ferryman"), None, rules)


def test_none_vetoes_any() -> None:
    rules = topic(any=[{"keywords": "ferry"}], none=[{"section": "Sport"}])
    assert not route(an_article(categories=(Category(term="sport"),)), None, rules)


def test_all_needs_each_and_a_condition_needs_each_field() -> None:
    rules = topic(all=[{"keywords": "ferry", "language": "en"}, {"author": "ines calloway"}])
    assert route(an_article(language="en-GB"), None, rules)
    assert not route(an_article(language="english"), None, rules)


def test_a_source_files_always_where_it_says() -> None:
    source = Source(url="https://x.example/", topics=(TopicId("t"),))
    assert route(an_article(), source, topic()) == {TopicId("t")}


def test_no_rules_match_nothing() -> None:
    assert not route(an_article(), None, topic())


def articles(source: str, count: int, hours: int = 0) -> list[object]:
    return [
        an_article(
            id=ArticleId(f"{source}{n:04}"),
            source=SourceId(source),
            published=NOW - timedelta(hours=hours, seconds=n),
        )
        for n in range(count)
    ]


def test_a_quiet_topic_keeps_fifty_whatever_their_age() -> None:
    chosen = choose(articles("a", 80, hours=500), Window(entries=100, hours=72), NOW)  # type: ignore[arg-type]
    assert len(chosen) == 50


def test_a_busy_source_leaves_room_for_others() -> None:
    both = articles("a", 200) + articles("b", 60, hours=1)
    chosen = choose(both, Window(entries=100, hours=72), NOW)  # type: ignore[arg-type]
    assert len(chosen) == 100
    assert sum(one.source == "b" for one in chosen) == 50
