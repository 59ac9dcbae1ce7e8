from syndicator.compare.boilerplate import MOST, learn
from syndicator.compare.shingles import line_digest, story
from syndicator.compare.signature import sign
from tests.unit.compare.texts import NEWSLETTER, article, newsletter, prose


def _digests(*lines: str) -> set[bytes]:
    return {line_digest(" ".join(story(line).words)) for line in lines}


def test_what_three_different_articles_carry_is_learned() -> None:
    assert set(learn([newsletter(day) for day in (1, 2, 3)])) == _digests(*NEWSLETTER)


def test_what_two_articles_carry_is_not() -> None:
    assert learn([newsletter(1), newsletter(2)]) == ()


def test_versions_of_one_article_bear_no_witness() -> None:
    versions = [f"{prose(seed, 1)[0]}\n\n{article(9)}" for seed in range(1, 100)]
    assert learn(versions) == ()
    assert learn([article(1)] * 5) == ()


def test_one_article_repeated_between_others_teaches_nothing_of_itself() -> None:
    texts = [article(1), article(1) + "\n\nMore.", article(1) + "\n\nEnd.", article(2), article(3)]
    assert learn(texts) == ()


def test_what_was_learned_is_kept_and_what_is_seen_comes_first() -> None:
    old = tuple(number.to_bytes(8, "big") for number in range(3))
    learned = learn([newsletter(day) for day in (1, 2, 3)], old)
    assert learned[-3:] == old
    assert set(learned[:-3]) == _digests(*NEWSLETTER)
    assert learn([], learned) == learned
    assert learn([newsletter(day) for day in (4, 5, 6)], learned) == learned


def test_the_number_is_bounded_and_the_oldest_go() -> None:
    old = tuple(number.to_bytes(8, "big") for number in range(MOST))
    learned = learn([newsletter(day) for day in (1, 2, 3)], old)
    assert len(learned) == MOST
    assert set(learned[:4]) == _digests(*NEWSLETTER)
    assert learned[4:] == old[:-4]


def test_the_order_of_articles_changes_nothing() -> None:
    texts = [newsletter(day) for day in range(1, 7)]
    assert set(learn(texts)) == set(learn(texts[::-1]))


def test_boilerplate_is_left_out_of_the_signature() -> None:
    known = frozenset(learn([newsletter(day) for day in (1, 2, 3)]))
    plain = sign("\n\n".join(prose(8, 6)))
    assert plain is not None
    assert sign(newsletter(8), known) == plain
    assert sign(newsletter(8)) != plain
    assert sign("\n\n".join(NEWSLETTER), known) is None
