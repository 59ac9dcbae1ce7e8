from datetime import timedelta

import msgspec

from syndicator.compare import bury, identify, judge, killed_key, knowledge
from syndicator.model.arrival import (
    Candidate,
    Duplicate,
    Key,
    Killed,
    Known,
    New,
    Revised,
    Unchanged,
)
from syndicator.model.article import Article, Body
from tests.builders import NOW, an_article


def known_from(candidates: tuple[Candidate, ...]) -> dict[Key, Known]:
    found = {}
    for one in candidates:
        known = knowledge(one.article, home=one.home)
        found.update(dict.fromkeys(one.keys, known))
    return found


def arrive(*articles: Article) -> tuple[Candidate, ...]:
    return identify([(article, article.guid) for article in articles])


def test_nothing_known_is_new() -> None:
    (arrival,) = judge(arrive(an_article()), {}, NOW)
    assert isinstance(arrival, New)


def test_the_same_again_is_unchanged() -> None:
    first = arrive(an_article())
    (arrival,) = judge(first, known_from(first), NOW)
    assert isinstance(arrival, Unchanged)
    assert arrival.keys == ()


def test_new_words_are_a_revision_that_keeps_id_date_and_guid() -> None:
    first = arrive(an_article())
    later = NOW + timedelta(hours=1)
    (arrival,) = judge(
        arrive(an_article(fingerprint="f2", published=later)), known_from(first), later
    )
    assert isinstance(arrival, Revised)
    assert arrival.article.id == first[0].article.id
    assert arrival.article.published == NOW
    assert arrival.article.updated == later
    assert arrival.article.version == 2


def test_a_new_guid_on_the_same_address_is_the_same_article() -> None:
    first = arrive(an_article())
    again = an_article(guid="g2", link="http://www.harbour.example/one/?utm_source=x")
    (arrival,) = judge(arrive(again), known_from(first), NOW)
    assert isinstance(arrival, Unchanged)
    assert arrival.by == "url"
    assert {key.kind for key in arrival.keys} == {"guid", "publisher-guid"}


def test_guid_churn_of_numbers_scheme_and_host_is_no_new_article() -> None:
    first = arrive(an_article(guid="http://www.harbour.example/one#0", link=None))
    (arrival,) = judge(
        arrive(an_article(guid="https://harbour.example/one#3", link=None)), known_from(first), NOW
    )
    assert isinstance(arrival, Unchanged)
    assert arrival.by == "publisher-guid"


def test_another_publisher_cannot_change_an_article() -> None:
    first = arrive(an_article())
    other = an_article(source="copycat", publisher="copycat", guid="x", fingerprint="f9")
    (arrival,) = judge(arrive(other), known_from(first), NOW)
    assert isinstance(arrival, Duplicate)
    assert arrival.of == first[0].article.id


def test_one_guid_on_two_entries_is_no_key() -> None:
    one, two = arrive(
        an_article(link="https://harbour.example/1", fingerprint="a"),
        an_article(link="https://harbour.example/2", fingerprint="b"),
    )
    assert one.article.id != two.article.id
    assert {key.kind for key in one.keys} == {"url", "path", "headline"}
    assert one.collided


def test_an_entry_repeated_word_for_word_is_one() -> None:
    assert len(arrive(*[an_article()] * 500)) == 1


def test_a_home_page_is_no_key() -> None:
    (candidate,) = identify([(an_article(guid="g", link="https://harbour.example/"), "g")])
    assert {key.kind for key in candidate.keys} == {"guid", "publisher-guid", "headline"}


def test_an_entry_without_guid_or_link_is_known_by_its_words() -> None:
    article = an_article(link=None)
    first = identify([(article, None)])
    again = identify([(msgspec.structs.replace(article), None)])
    assert first[0].keys == again[0].keys
    (arrival,) = judge(again, known_from(first), NOW)
    assert isinstance(arrival, Unchanged)


def test_a_copy_of_a_killed_story_under_other_keys_is_a_duplicate_of_it() -> None:
    text = "the night ferry sails again after eleven years " * 4
    killed = an_article(body=Body(html=f"<p>{text}</p>", text=text))
    copy = msgspec.structs.replace(
        killed, guid="g9", link="https://other.example/9", publisher="other", headline="Otherwise"
    )
    key = killed_key(killed)
    assert key is not None
    assert killed_key(copy) == key
    (known,) = set(known_from(arrive(killed)).values())
    other = an_article(guid="g3", link="https://other.example/3")
    arrivals = judge(arrive(copy, other), {}, NOW)
    words_of = {one.article.id: key for one in arrivals[:1] if isinstance(one, New)}
    buried, left = bury(arrivals, words_of, {key: known}, NOW)
    assert isinstance(buried, Killed)
    assert (buried.of, buried.keys, buried.by) == (known.id, arrivals[0].keys, "killed")
    assert left == arrivals[1]
    assert bury(arrivals, words_of, {}, NOW) == arrivals


def test_a_few_words_are_no_sign_of_a_copy() -> None:
    assert killed_key(an_article()) is None
