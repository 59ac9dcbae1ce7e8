"""Captured poll sequences through parse, normalize, identify and judge: one article, once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from syndicator.compare import articles_in, differences, remembered, still
from syndicator.ingest import Profile, Reading, read
from syndicator.model.address import canonical
from syndicator.model.arrival import New, Revised, Unchanged
from syndicator.model.entry import Document
from syndicator.model.ids import ArticleId, SourceId
from tests.builders import HOUSES
from tests.replay import Replay, owner, said

POLLS = Path(__file__).parents[2].parent / "shared" / "corpus" / "polls"

# Facts of the data, each revision looked at by a person: the articles there are, their revisions
# by the key that knew them, and entries that came again with nothing to see.
FACTS = {
    "bloomberg_markets": (186, {"guid": 18, "url": 37}, 0),
    "cna_latest": (57, {"guid": 5, "path": 5}, 3),
    "reuters_official_msn": (275, {"guid": 49, "url": 53}, 0),
    "yahoo_news_jp_reuters": (66, {"guid": 2, "url": 2}, 0),
}
NAMES = sorted(one.name for one in POLLS.iterdir())


@lru_cache(maxsize=4)
def readings(name: str) -> tuple[tuple[datetime, Reading], ...]:
    profile = Profile(source=SourceId(name), publisher=name)
    found = []
    for path in sorted((POLLS / name).iterdir()):
        at = datetime.strptime(path.stem[4:], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
        document = Document(url="https://wire.example/", body=path.read_bytes())
        found.append((at, read(document, profile, at, HOUSES)))
    return tuple(found)


async def replayed(
    name: str, order: Iterable[tuple[datetime, Reading]]
) -> tuple[Replay, dict[str, ArticleId], list[New | Revised | Unchanged]]:
    """Judge and store documents; return what became of each guid and of each entry."""
    desk = Replay()
    owners: dict[str, ArticleId] = {}
    verdicts: list[New | Revised | Unchanged] = []
    for at, reading in order:
        desk.now = at
        arrivals = await desk.take(reading.candidates, SourceId(name))
        for candidate, arrival in zip(reading.candidates, arrivals, strict=True):
            assert isinstance(arrival, New | Revised | Unchanged)
            verdicts.append(arrival)
            # Once taken for an article, an entry is taken for no other.
            guid = candidate.article.guid
            assert owners.setdefault(guid, owner(arrival)) == owner(arrival)
    return desk, owners, verdicts


@pytest.mark.parametrize("name", NAMES)
async def test_no_article_twice_and_none_lost(name: str) -> None:
    desk, owners, verdicts = await replayed(name, readings(name))
    articles = await desk.articles()
    articles_known, by_key, noise = FACTS[name]
    revised = Counter(one.by for one in verdicts if isinstance(one, Revised))
    unseen = sum(isinstance(one, Unchanged) and one.why != "same" for one in verdicts)
    assert (len(articles), dict(revised), unseen) == (articles_known, by_key, noise)
    # None is there twice, by its address, or by its headline with its body.
    pages = Counter(canonical(one.link or "") for one in articles)
    assert set(pages.values()) == {1}
    whole = await desk.library.articles([one.id for one in articles])
    assert len({(one.headline, one.body.text) for one in whole}) == len(whole)
    # None is lost: every entry served leads to an article that is stored.
    assert set(owners.values()) == {one.id for one in articles}
    assert sum(one.version - 1 for one in articles) == revised.total()


@pytest.mark.parametrize("name", NAMES)
async def test_updated_moves_only_where_a_person_sees_a_change(name: str) -> None:
    desk, _, _ = await replayed(name, readings(name))
    for article in await desk.library.articles([one.id for one in await desk.articles()]):
        history = await desk.library.history(article.id)
        shown = differences(article, history)
        assert len(shown) == article.version - 1
        for one in shown:
            pieces = [*one.headline, *one.authors, *(p for part in one.paragraphs for p in part)]
            assert any(piece.sign and any(map(str.isalnum, piece.text)) for piece in pieces)
        moments = [one.until for one in history.versions]
        assert moments == sorted(set(moments))
        assert not moments or moments[-1] == article.updated


@pytest.mark.parametrize("name", NAMES)
async def test_the_order_of_polls_changes_nothing_about_what_is_the_same(name: str) -> None:
    _, there, _ = await replayed(name, readings(name))
    _, back, _ = await replayed(name, _at_the_same_hours(readings(name)[::-1]))
    assert _groups(there) == _groups(back)


def _at_the_same_hours(
    order: Sequence[tuple[datetime, Reading]],
) -> Iterable[tuple[datetime, Reading]]:
    start = order[0][0]
    for step, (_, reading) in enumerate(order):
        yield start + timedelta(minutes=20 * step), reading


def _groups(owners: dict[str, ArticleId]) -> set[frozenset[str]]:
    found: dict[ArticleId, set[str]] = {}
    for guid, article in owners.items():
        found.setdefault(article, set()).add(guid)
    return {frozenset(one) for one in found.values()}


@pytest.mark.parametrize("name", NAMES)
async def test_a_document_taken_again_changes_nothing(name: str) -> None:
    desk, _, _ = await replayed(name, readings(name))
    before = await desk.articles()
    last = readings(name)[-1][1]
    assert set(said(await desk.take(last.candidates, SourceId(name)))) <= {
        "unchanged guid same",
        "unchanged guid immaterial",
    }
    assert await desk.articles() == before


@pytest.mark.parametrize("name", NAMES)
async def test_entries_of_the_last_document_need_one_key_only(name: str) -> None:
    """What a poll asks less for entries it had before changes no verdict."""
    marks, found = b"", []
    for path in sorted((POLLS / name).iterdir()):
        at = datetime.strptime(path.stem[4:], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
        document = Document(url="https://wire.example/", body=path.read_bytes())
        profile = Profile(source=SourceId(name), publisher=name, marks=marks)
        reading = read(document, profile, at, HOUSES)
        marks = reading.marks
        found.append((at, reading))
    assert sum(one.seen for _, reading in found for one in reading.candidates) > 100
    desk, owners, verdicts = await replayed(name, found)
    there, known, _ = await replayed(name, readings(name))
    assert owners == known
    assert [(a.id, a.version) for a in await desk.articles()] == [
        (a.id, a.version) for a in await there.articles()
    ]
    revised = Counter(one.by for one in verdicts if isinstance(one, Revised))
    assert dict(revised) == FACTS[name][1]


@pytest.mark.parametrize("name", NAMES)
async def test_a_desk_that_passes_over_what_it_knows_comes_to_the_same(name: str) -> None:
    """Whatever came to the letter once more is passed over, and that changes nothing."""
    whole, _, verdicts = await replayed(name, readings(name))
    desk, known, entries, passed = Replay(), b"", 0, 0
    made: list[New | Revised] = []
    for path, (at, _) in zip(sorted((POLLS / name).iterdir()), readings(name), strict=True):
        desk.now = at
        stands = still(known, await desk.library.known_of(articles_in(known)))
        profile = Profile(source=SourceId(name), publisher=name, memory=stands)
        document = Document(url="https://wire.example/", body=path.read_bytes())
        reading = read(document, profile, at, HOUSES)
        arrivals = await desk.take(reading.candidates, SourceId(name))
        known = remembered(reading.candidates, arrivals, reading.kept)
        made += [one for one in arrivals if isinstance(one, New | Revised)]
        entries, passed = entries + reading.entries, passed + reading.passed
    changes = [one for one in verdicts if isinstance(one, New | Revised)]
    assert [one.article.id for one in made] == [one.article.id for one in changes]
    assert await desk.articles() == await whole.articles()
    assert entries == len(verdicts)
    assert passed > 0.6 * entries
