"""Copies and stories in memory; see ``memory_library``."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import product

from syndicator.adapters.memory_archive import MemoryArchive
from syndicator.adapters.memory_outside import MemoryOutside
from syndicator.compare.signature import MEETING
from syndicator.errors import LibraryError
from syndicator.model.arrival import Known
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId, StoryId, TopicId
from syndicator.model.source import SourceState
from syndicator.model.story import BY_HAND, Comparison, Face, Signed, Story, Tie, face_of
from syndicator.ports.stories import NEAREST, Near

REACH = timedelta(days=6)
End = tuple[Face, datetime]


class MemoryStories(MemoryArchive, MemoryOutside):
    """The part of ``ports.Library`` about stories, with dictionaries."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._articles: dict[ArticleId, Article] = {}
        self._known: dict[ArticleId, Known] = {}
        self._filed: dict[ArticleId, frozenset[TopicId]] = {}
        self._states: dict[SourceId, SourceState] = {}
        self._signed: dict[ArticleId, Signed] = {}
        self._stories: dict[StoryId, dict[ArticleId, datetime]] = {}
        self._story: dict[ArticleId, StoryId] = {}
        self._faces: dict[StoryId, Face] = {}
        self._ties: dict[ArticleId, Tie] = {}
        self._parted: set[frozenset[ArticleId]] = set()
        self._storied: dict[StoryId, datetime] = {}

    async def near(self, signed: Sequence[Signed]) -> dict[ArticleId, Near]:
        """See ``ports.stories``."""
        found = {}
        for one in signed:
            counts = self._near(one)
            if counts:
                order = sorted(counts, key=lambda other: (-counts[other], other))
                nearest = [other for other in order[:NEAREST] if other in self._articles]
                found[one.article] = Near(
                    seen=frozenset(counts),
                    articles=tuple(self._articles[other] for other in nearest),
                    stories=tuple(self._story.get(other, StoryId("")) for other in nearest),
                )
        return found

    def _near(self, one: Signed) -> dict[ArticleId, int]:
        bands = set(one.signature.bands)
        counts = {
            other.article: len(bands & set(other.signature.bands))
            for other in self._signed.values()
            if other.publisher != one.publisher and abs(other.published - one.published) <= REACH
        }
        return {article: count for article, count in counts.items() if count >= MEETING}

    async def tie(self, comparisons: Sequence[Comparison], now: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        changed = self._compared(comparisons, now)
        self._bump(changed, now)
        return frozenset(changed)

    async def boilerplate_of(
        self, sources: Collection[SourceId]
    ) -> Mapping[SourceId, frozenset[bytes]]:
        """See ``ports.stories``."""
        return {
            one: frozenset(self._states[one].boilerplate) for one in sources if one in self._states
        }

    def _overtaken(self, comparisons: Iterable[Comparison]) -> bool:
        left: set[StoryId] = set()
        for one in comparisons:
            if self._near(one.signed).keys() - one.seen:
                return True
            if one.leaves is None:
                continue
            story = self._story.get(one.signed.article)
            if story is None:
                return True
            if story not in left and one.leaves.members != self._told(story).members:
                return True
            left.add(story)  # those after it leave what it left
        return False

    def _told_of(self, article: ArticleId) -> tuple[ArticleId, ...]:
        story = self._story.get(article)
        return self._told(story).members if story else ()

    def _compared(self, comparisons: Iterable[Comparison], at: datetime) -> set[TopicId]:
        changed: set[TopicId] = set()
        for one in comparisons:
            self._signed[one.signed.article] = one.signed
            stands = self._told_of(one.signed.article)
            if one.leaves is not None and one.heir is not None and one.leaves.members == stands:
                changed |= self._leave(one.signed.article, one.heir, at)
            ends = {face.article: (face, seen) for face, seen in one.faces}
            for tie in one.ties:
                found = self._join(ends[tie.article], ends[tie.other], at, forced=False)
                if found is not None:
                    self._ties.setdefault(tie.article, tie)
                    changed |= found
        return changed

    def _members(self, article: ArticleId) -> tuple[StoryId | None, list[ArticleId]]:
        story = self._story.get(article)
        return story, list(self._stories[story]) if story else [article]

    def _join(self, one: End, other: End, at: datetime, *, forced: bool) -> set[TopicId] | None:
        mine, ours = self._members(one[0].article)
        its, theirs = self._members(other[0].article)
        if mine is not None and mine == its:
            return None
        pairs = {frozenset(pair) for pair in product(ours, theirs)}
        if not forced and pairs & self._parted:
            return None
        self._parted -= pairs
        stories = [mine or self._found(*one), its or self._found(*other)]
        kept, gone = sorted(stories, key=lambda one: (min(self._stories[one].values()), one))
        self._stories[kept] |= self._stories.pop(gone)
        self._faces.pop(gone)
        self._storied.pop(gone, None)
        self._storied[kept] = at
        self._story.update(dict.fromkeys(self._stories[kept], kept))
        return self._topics(self._stories[kept])

    def _found(self, face: Face, seen: datetime) -> StoryId:
        story = StoryId(face.article)
        self._stories[story], self._faces[story] = {face.article: seen}, face
        return story

    def _topics(self, articles: Iterable[ArticleId]) -> set[TopicId]:
        articles = list(articles)
        self._touched.update(articles)
        return {topic for one in articles for topic in self._filed.get(one, frozenset())}

    async def stories_of(self, articles: Collection[ArticleId]) -> dict[ArticleId, Story]:
        """See ``ports.stories``."""
        return {one: self._told(self._story[one]) for one in articles if one in self._story}

    def _told(self, story: StoryId) -> Story:
        members = self._stories[story]
        ordered = tuple(sorted(members, key=lambda one: (members[one], one)))
        ties = tuple(self._ties[one] for one in ordered if one in self._ties)
        return Story(id=story, face=self._faces[story], members=ordered, ties=ties)

    async def stories(self, limit: int) -> list[Story]:
        """See ``ports.stories``."""
        ordered = sorted(self._storied, key=lambda one: (self._storied[one], one), reverse=True)
        return [self._told(one) for one in ordered[:limit]]

    async def join(self, one: ArticleId, other: ArticleId, at: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        for each in (one, other):
            if each not in self._articles:
                raise LibraryError(f"{each}: there is no such article")
        first, second = self._articles[one], self._articles[other]
        changed = self._join(
            (face_of(first), first.first_seen),
            (face_of(second), second.first_seen),
            at,
            forced=True,
        )
        if changed is None:
            return frozenset()
        self._ties[one] = Tie(article=one, other=other, by=BY_HAND, at=at, why="joined by hand")
        self._bump(changed, at)
        return frozenset(changed)

    async def part(self, article: ArticleId, at: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        left = [one for one in self._told_of(article) if one != article]
        if not left:
            return frozenset()
        changed = self._leave(article, face_of(self._known[left[0]]), at)
        self._parted |= {frozenset((article, one)) for one in left}
        self._bump(changed, at)
        return frozenset(changed)

    def _leave(self, article: ArticleId, heir: Face, at: datetime) -> set[TopicId]:
        """Let an article leave its story; the rest goes on under the face of its oldest."""
        story = self._story[article]
        members, face = self._stories.pop(story), self._faces.pop(story)
        changed = self._topics(members)
        del members[article], self._story[article]
        self._ties.pop(article, None)
        self._storied.pop(story, None)
        for one in members:
            del self._story[one]
            if len(members) == 1:
                self._ties.pop(one, None)
        if len(members) > 1:
            face = heir if StoryId(article) == story else face
            kept = StoryId(face.article)
            self._stories[kept], self._faces[kept], self._storied[kept] = members, face, at
            self._story.update(dict.fromkeys(members, kept))
        return changed

    async def forget_bands(self, before: datetime) -> int:
        """See ``ports.stories``."""
        old = [one for one, signed in self._signed.items() if signed.published < before - REACH]
        for one in old:
            del self._signed[one]
        return bool(old)
