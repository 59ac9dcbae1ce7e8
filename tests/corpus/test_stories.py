"""Four captured poll sequences into one library: wire copies between them are one story."""

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from syndicator.compare.copies import WINDOW
from syndicator.compare.shingles import contained, story
from syndicator.compare.signature import FEWEST_WORDS
from syndicator.ingest import Profile, read
from syndicator.model.article import Article
from syndicator.model.entry import Document
from syndicator.model.ids import ArticleId, SourceId, StoryId
from tests.builders import HOUSES
from tests.replay import Replay

POLLS = Path(__file__).parents[2].parent / "shared" / "corpus" / "polls"
ALL_THERE_IS, NEVER = 0.8, 0.3


async def replayed() -> tuple[list[Article], dict[ArticleId, StoryId]]:
    """Take every poll of all sequences in the order of their times."""
    desk = Replay()
    polls = sorted(
        (datetime.strptime(path.stem[4:], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC), path)
        for path in POLLS.glob("*/*")
    )
    assert len(polls) == 88
    for at, path in polls:
        name = path.parent.name
        desk.now = at
        document = Document(url="https://wire.example/", body=path.read_bytes())
        reading = read(document, Profile(source=SourceId(name), publisher=name), at, HOUSES)
        await desk.take(reading.candidates, SourceId(name))
    articles = await desk.library.articles([one.id for one in await desk.articles()])
    found = await desk.library.stories_of([one.id for one in articles])
    return articles, {one: each.id for one, each in found.items()}


async def test_wire_copies_between_sequences_are_one_story_and_nothing_else_is() -> None:
    articles, stories = await replayed()
    told = {one.id: story(one.said) for one in articles}
    long = [one for one in articles if len(told[one.id]) >= FEWEST_WORDS]
    shares = Counter[str]()
    missed, wrong = [], []
    for one, other in combinations(long, 2):
        if one.publisher == other.publisher or abs(one.published - other.published) > WINDOW:
            continue
        share = contained(told[one.id], told[other.id])
        together = one.id in stories and stories[one.id] == stories.get(other.id)
        if share >= ALL_THERE_IS:
            shares["copies"] += 1
            shares["found"] += together
            if not together:
                missed.append((round(share, 2), one.headline, other.headline))
        elif share < NEVER and together:
            wrong.append((round(share, 2), one.headline, other.headline))
    assert wrong == []
    assert shares["copies"] >= 20
    assert shares["found"] >= 0.95 * shares["copies"], missed
    # A story is told by one house once: its own revisions are no copies.
    houses = Counter(
        (story_id, next(a.publisher for a in articles if a.id == one))
        for one, story_id in stories.items()
    )
    assert max(houses.values()) <= 2
