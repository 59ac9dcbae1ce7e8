"""Copies in the captures: pairs labelled by reading them, and every pair of whole poll sequences."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from syndicator.compare.boilerplate import learn
from syndicator.compare.copies import SURE, judge_stories, same_copy
from syndicator.compare.shingles import Words, contained, story
from syndicator.compare.signature import MEETING, sign, sign_story
from syndicator.credit import Houses
from syndicator.ingest import Profile, read
from syndicator.model.article import Article
from syndicator.model.copies import Copy, Overlap
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from syndicator.settings.houses import built_in_houses

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PAIRS = Path(__file__).parents[1] / "copies" / "pairs.jsonl"
NOW = datetime(2026, 9, 1, tzinfo=UTC)
PRECISION, RECALL = 0.99, 0.95
NEVER = 0.3


class Pair(NamedTuple):
    """Two entries of the captures, whether they are one copy, and how they were judged."""

    one: Copy
    other: Copy
    copies: bool
    why: str
    overlap: Overlap


def _articles(file: str, publisher: str) -> list[Article]:
    profile = Profile(source=SourceId(publisher), publisher=publisher)
    document = Document(url="https://capture.example/feed", body=(CORPUS / file).read_bytes())
    reading = read(document, profile, NOW, Houses(built_in_houses()))
    return [candidate.article for candidate in reading.candidates]


def _copies(articles: list[Article], known: tuple[bytes, ...] = ()) -> list[Copy]:
    texts = [article.said for article in articles]
    boilerplate = frozenset(learn(texts, known))
    return [
        Copy(
            text=text,
            publisher=article.publisher,
            published=article.published,
            boilerplate=boilerplate,
        )
        for article, text in zip(articles, texts, strict=True)
    ]


@cache
def _read(file: str, publisher: str) -> dict[tuple[str, str], Copy]:
    articles = _articles(file, publisher)
    return {
        (article.guid, article.headline): copy
        for article, copy in zip(articles, _copies(articles), strict=True)
    }


def _find(reference: dict[str, Any]) -> Copy:
    found = _read(reference["file"], reference["publisher"])
    return found[reference["guid"], reference["headline"]]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    found = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        one, other = _find(said["a"]), _find(said["b"])
        copies = said["label"] == "copy"
        found.append(Pair(one, other, copies, said["why"], same_copy(one, other)))
    return found


def test_the_sample_is_large_and_borderline(pairs: list[Pair]) -> None:
    borderline = [one for one in pairs if NEVER <= one.overlap.containment < 0.95]
    assert len(borderline) >= 150
    assert Counter(one.copies for one in borderline).keys() == {True, False}
    assert sum(one.one.publisher != one.other.publisher for one in borderline) >= 40


def test_what_is_joined_is_one_copy(pairs: list[Pair]) -> None:
    joined = [one for one in pairs if one.overlap.same]
    right = sum(one.copies for one in joined)
    print(f"joined {len(joined)}, rightly {right}")  # noqa: T201 - the figure, with pytest -s
    assert right / len(joined) >= PRECISION


def test_copies_that_share_four_fifths_are_joined(pairs: list[Pair]) -> None:
    copies = [one for one in pairs if one.copies and one.overlap.containment >= SURE]
    joined = sum(one.overlap.same for one in copies)
    print(f"copies {len(copies)}, joined {joined}")  # noqa: T201 - the figure, with pytest -s
    assert joined / len(copies) >= RECALL


def test_nothing_below_three_tenths_is_joined(pairs: list[Pair]) -> None:
    assert [one for one in pairs if one.overlap.containment < NEVER and one.overlap.same] == []
    assert sum(one.overlap.containment < NEVER for one in pairs) >= 50


def test_copies_are_found_by_their_bands(pairs: list[Pair]) -> None:
    copies = [one for one in pairs if one.copies and one.overlap.containment >= SURE]
    found = 0
    for pair in copies:
        one = sign(pair.one.text, pair.one.boilerplate)
        other = sign(pair.other.text, pair.other.boilerplate)
        assert one is not None
        assert other is not None
        found += len(set(one.bands) & set(other.bands)) >= MEETING
    print(f"copies {len(copies)}, found by bands {found}")  # noqa: T201 - as above
    assert found / len(copies) >= PRECISION


class Told(NamedTuple):
    """One text of a poll sequence, and what was read of it."""

    copy: Copy
    story: Words


def _sequence(name: str) -> Iterator[Told]:
    """Every text of a sequence once, with the boilerplate learned by then."""
    known: tuple[bytes, ...] = ()
    seen: set[str] = set()
    for path in sorted((CORPUS / "polls" / name).iterdir()):
        articles = _articles(str(path.relative_to(CORPUS)), name)
        known = learn([one.said for one in articles], known)
        for copy in _copies(articles, known):
            if copy.text not in seen:
                seen.add(copy.text)
                yield Told(copy, story(copy.text, copy.boilerplate))


def test_bands_miss_no_copy_between_whole_sequences() -> None:
    """Every pair of texts of other publishers, compared in full, beside what the bands find."""
    told = [one for path in sorted((CORPUS / "polls").iterdir()) for one in _sequence(path.name)]
    signed = {
        at: set(signature.bands)
        for at, one in enumerate(told)
        if (signature := sign_story(one.story)) is not None
    }
    uses: dict[str, list[int]] = defaultdict(list)
    for at in signed:
        for shingle in told[at].story.known:
            uses[shingle].append(at)
    common: Counter[tuple[int, int]] = Counter()
    for holders in uses.values():
        common.update(combinations(holders, 2))
    across = [
        (one, other)
        for one, other in common
        if told[one].copy.publisher != told[other].copy.publisher
    ]
    shares = {pair: contained(told[pair[0]].story, told[pair[1]].story) for pair in across}
    copies = [pair for pair, share in shares.items() if share >= SURE]
    missed = [p for p in copies if len(signed[p[0]] & signed[p[1]]) < MEETING]
    verdicts = {
        (one, other): judge_stories(
            told[one].story,
            told[other].story,
            apart=abs(told[one].copy.published - told[other].copy.published),
            same_publisher=False,
        )
        for one, other in across
    }
    joined = [pair for pair in copies if verdicts[pair].same]
    print(f"{len(told)} texts, {len(copies)} copies, {len(joined)} joined")  # noqa: T201
    assert len(copies) >= 30
    assert missed == []
    assert len(joined) / len(copies) >= RECALL
    assert [pair for pair in across if verdicts[pair].same and shares[pair] < NEVER] == []
