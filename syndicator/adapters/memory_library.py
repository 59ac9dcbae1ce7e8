"""The library in memory: dry runs and tests. Same promises, no store."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count

import msgspec

from syndicator.adapters.memory_history import MemoryHistory
from syndicator.adapters.memory_holdings import MemoryHoldings
from syndicator.adapters.memory_listeners import MemoryListeners
from syndicator.adapters.memory_notes import MemoryNotes
from syndicator.adapters.memory_stories import MemoryStories
from syndicator.compare import killed_key, known_of
from syndicator.model.archive import topic_of
from syndicator.model.arrival import Arrival, Echo, Key, Known, New, Revised
from syndicator.model.article import Article, Body
from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.places import Claims, Places
from syndicator.model.publication import Publication
from syndicator.model.ruling import FINAL, Ruling, RulingKind
from syndicator.model.source import SourceState
from syndicator.ports import Admission, Beside, Claim, Entered, Release, Standing, Verdict


class MemoryLibrary(MemoryStories, MemoryListeners, MemoryNotes, MemoryHistory, MemoryHoldings):
    """Implements ``ports.Library`` with dictionaries; one process, one event loop."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._due: dict[SourceId, datetime] = {}
        self._claims: dict[SourceId, tuple[str, datetime]] = {}
        self._hurried: dict[SourceId, datetime] = {}
        self._ledger: dict[Key, ArticleId] = {}
        self._rulings: dict[ArticleId, tuple[Ruling, ...]] = {}
        self._killed: dict[ArticleId, datetime] = {}
        self._publications: list[Publication] = []
        self._places: dict[LicenseId, dict[ArticleId, date]] = {}
        self._tokens = count(1)

    def _claim(self, source: SourceId, now: datetime, lease: timedelta) -> Claim:
        token = str(next(self._tokens))
        self._claims[source] = (token, now + lease)
        due = self._due.get(source)
        if due is not None:
            self._due[source] = now + lease
        state = self._states.get(source) or SourceState(source=source)
        return Claim(source=source, token=token, expires=now + lease, state=state, due=due)

    def _holds(self, claim: Claim) -> bool:
        return self._claims.get(claim.source, ("", None))[0] == claim.token

    async def enroll(self, sources: Collection[SourceId], now: datetime) -> None:
        """See ``ports.Library``."""
        self._due = {source: self._due.get(source, now) for source in sources}

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> list[Claim]:
        """See ``ports.Library``."""
        due = sorted((at, source) for source, at in self._due.items() if at <= now)
        return [self._claim(source, now, lease) for _, source in due[:limit]]

    async def claim(
        self, sources: Sequence[SourceId], now: datetime, lease: timedelta
    ) -> list[Claim]:
        """See ``ports.Library``."""
        free = [one for one in sources if one not in self._claims or self._claims[one][1] <= now]
        return [self._claim(source, now, lease) for source in free]

    async def finish(self, claim: Claim, state: SourceState, next_poll: datetime) -> bool:
        """See ``ports.Library``."""
        if not self._holds(claim):
            return False
        self._end(claim.source, state, next_poll)
        return True

    async def abandon(self, now: datetime) -> None:
        """See ``ports.Library``."""
        self._due.update({source: now for source in self._claims if source in self._due})
        self._claims.clear()
        self._hurried.clear()
        self._releases.update(dict.fromkeys(self._releases, now))
        for queue in (self._to_tell, self._to_ask):
            queue.update(dict.fromkeys(queue, now))

    def _end(self, source: SourceId, state: SourceState, next_poll: datetime | None) -> None:
        self._states[source] = state
        if next_poll is not None:
            del self._claims[source]
            hurried = self._hurried.pop(source, next_poll)
            if source in self._due:
                self._due[source] = min(next_poll, hurried)

    async def hasten(self, source: SourceId, at: datetime) -> None:
        """See ``ports.Library``."""
        if source in self._claims:
            self._hurried[source] = min(at, self._hurried.get(source, at))
        elif source in self._due:
            self._due[source] = min(at, self._due[source])

    async def lookup(
        self,
        keys: Sequence[Key],
        likely: Sequence[ArticleId] = (),  # noqa: ARG002 - nothing is far here
    ) -> dict[Key, Known]:
        """See ``ports.Library``."""
        return {
            key: self._known[self._ledger[key]]
            for key in keys
            if self._ledger.get(key) in self._known
        }

    async def known_of(self, ids: Sequence[ArticleId]) -> dict[ArticleId, Known]:
        """See ``ports.Library``."""
        return {one: self._known[one] for one in ids if one in self._known}

    async def admit(self, admission: Admission) -> Verdict:
        """See ``ports.Library``."""
        if not self._holds(admission.claim):
            return Verdict(outcome="lost")
        if any(self._conflicts(arrival) for arrival in admission.arrivals):
            return Verdict(outcome="conflict")
        if admission.strict and self._overtaken(admission.comparisons):
            return Verdict(outcome="conflict")
        changed: set[TopicId] = set()
        for arrival in admission.arrivals:
            owner = _owner(arrival)
            fresh = any(key not in self._ledger for key in arrival.keys)
            self._ledger.update(dict.fromkeys(arrival.keys, owner))
            self._remember(owner, arrival, fresh=fresh)
            if not isinstance(arrival, Echo):
                self._articles[owner] = arrival.article
                self._known[owner] = known_of(arrival)
                topics = admission.topics.get(owner, frozenset())
                changed |= topics | self._filed.get(owner, frozenset())
                self._touched.add(owner)
                self._filed[owner] = topics
        changed |= self._compared(admission.comparisons, admission.now)
        self._end(admission.claim.source, admission.state, admission.next_poll)
        self._bump(changed, admission.now)
        return Verdict(outcome="stored", dirty=frozenset(changed))

    def _conflicts(self, arrival: Arrival) -> bool:
        owner = _owner(arrival)
        takes = arrival.takes if isinstance(arrival, New) else ()
        if any(self._ledger.get(k, owner) != owner for k in arrival.keys if k not in takes):
            return True
        if isinstance(arrival, Echo):
            return False
        if isinstance(arrival, New) and arrival.story in self._ledger:
            return True
        stored = self._articles.get(owner)
        expected = arrival.expects if isinstance(arrival, Revised) else 0
        return (stored.version if stored else 0) != expected

    async def source_states(self) -> dict[SourceId, SourceState]:
        """See ``ports.Library``."""
        return dict(self._states)

    async def due_times(self) -> dict[SourceId, datetime]:
        """See ``ports.Library``."""
        return dict(self._due)

    async def article(self, article: ArticleId) -> Article | None:
        """See ``ports.Library``."""
        return self._articles.get(article)

    async def articles(self, ids: Sequence[ArticleId], *, bodies: bool = True) -> list[Article]:
        """See ``ports.Library``."""
        found = [self._articles[one] for one in ids if one in self._articles]
        return found if bodies else [msgspec.structs.replace(one, body=Body()) for one in found]

    async def retire(
        self, articles: Collection[ArticleId], now: datetime, *, standing: bool
    ) -> int:
        """See ``ports.Library``."""
        gone = 0
        for one in articles:
            shelves = {name.partition("@")[0] for name, held in self._out.items() if one in held}
            topics = {topic for topic in self._filed.get(one, ()) if topic in shelves}
            if one not in self._articles or (topics and not standing):
                continue
            if one in self._story:  # it may be named where another copy stands
                topics = set(self._filed[one])
            del self._articles[one], self._filed[one]
            self._known[one] = msgspec.structs.replace(self._known[one], retired=True, past=())
            self._forget(one)
            self._touched.add(one)
            self._bump(topics, now)
            gone += 1
        return gone

    async def newest(
        self, *, topic: TopicId | None = None, limit: int, before: datetime | None = None
    ) -> list[ArticleId]:
        """See ``ports.Library``."""
        wanted = [
            article
            for article in self._articles.values()
            if (topic is None or topic in self._filed[article.id])
            and (before is None or article.published < before)
        ]
        wanted.sort(key=lambda article: (article.published, article.id), reverse=True)
        return [article.id for article in wanted[:limit]]

    async def every_article(self) -> AsyncIterator[Article]:
        """See ``ports.Library``."""
        for article in list(self._articles.values()):
            yield msgspec.structs.replace(article, body=Body())

    async def find_ids(self, prefix: str) -> list[ArticleId]:
        """See ``ports.Library``."""
        return sorted(one for one in self._articles if one.startswith(prefix.lower()))[:10]

    async def topics_of(self, article: ArticleId) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        return self._filed.get(article, frozenset())

    async def count(self, topic: TopicId | None = None) -> int:
        """See ``ports.Library``."""
        return sum(topic is None or topic in filed for filed in self._filed.values())

    async def refile(
        self, filing: Mapping[ArticleId, frozenset[TopicId]], now: datetime
    ) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        changed: set[TopicId] = set()
        for article, topics in filing.items():
            if article in self._articles:
                if topics != self._filed[article]:
                    self._touched.add(article)
                changed |= topics ^ self._filed[article]
                self._filed[article] = topics
        self._bump(changed, now)
        return frozenset(changed)

    async def rewrite(self, articles: Sequence[Article], now: datetime) -> int:
        """See ``ports.Library``."""
        current = [
            article
            for article in articles
            if article.id in self._articles
            and self._articles[article.id].version == article.version
        ]
        for article in current:
            self._articles[article.id] = article
            known = self._known[article.id]
            self._known[article.id] = msgspec.structs.replace(
                known, fingerprint=article.fingerprint
            )
            self._touched.add(article.id)
            self._bump(self._filed.get(article.id, frozenset()), now)
        return len(current)

    async def mark(self, topics: Collection[TopicId], at: datetime) -> None:
        """See ``ports.Library``."""
        self._bump(topics, at)

    async def claim_releases(self, now: datetime, limit: int, lease: timedelta) -> list[Release]:
        """See ``ports.Library``."""
        due = sorted((at, topic) for topic, at in self._releases.items() if at <= now)[:limit]
        for _, topic in due:
            self._releases[topic] = now + lease
        return [Release(topic=t, generation=self._generations.get(t, 0)) for _, t in due]

    async def finish_release(
        self,
        release: Release,
        now: datetime,
        wake: datetime | None,
        entered: Entered | None = None,
        beside: Beside | None = None,
    ) -> bool:
        """See ``ports.Library``."""
        if beside:
            self._notes.update([beside.note])
            for topic, at in beside.marked.items():
                await self.mark([topic], at)
        if entered and entered.lines and not self._enter(release.topic, entered):
            self._releases[release.topic] = now
            return False
        if self._generations.get(release.topic, 0) != release.generation:
            self._releases[release.topic] = now
        elif wake is not None:
            self._releases[release.topic] = wake
        else:
            self._releases.pop(release.topic, None)
        return True

    def _enter(self, topic: TopicId, entered: Entered) -> bool:
        if self._count(topic) != entered.count:
            return False
        out, past = self._out.setdefault(topic, {}), self._past.setdefault(topic, {})
        for line in entered.lines:
            self._publications.append(line)
            if line.until is None:
                out[line.article] = line
            else:
                out.pop(line.article, None)
                past.setdefault(line.article, {})[line.guid] = line
        return True

    def _count(self, topic: TopicId) -> int:
        return sum(line.topic == topic for line in self._publications)

    async def generation(self, topic: TopicId) -> int:
        """See ``ports.Library``."""
        return self._generations.get(topic, 0)

    async def enter(self, topic: TopicId, entered: Entered) -> bool:
        """See ``ports.Library``."""
        return self._enter(topic, entered)

    async def standing(self, topic: TopicId, killed_since: datetime) -> Standing:
        """See ``ports.Library``."""
        past = self._past.get(topic, {})
        lately = [one for one, at in self._killed.items() if at >= killed_since and one in past]
        return Standing(
            count=self._count(topic),
            now=dict(self._out.get(topic, {})),
            past=tuple(line for one in lately for line in past[one].values()),
        )

    async def publications(self) -> AsyncIterator[Publication]:
        """See ``ports.Library``."""
        for line in list(self._publications):
            yield line

    async def places(
        self, day: date, licenses: Collection[LicenseId], ids: Collection[ArticleId]
    ) -> Places:
        """See ``ports.Library``."""
        known = {name: self._places.get(name, {}) for name in licenses}
        return Places(
            taken={
                name: frozenset(one for one in ids if one in has) for name, has in known.items()
            },
            given={name: _given(has, day) for name, has in known.items()},
        )

    async def take_places(self, day: date, claims: Claims, limits: Mapping[LicenseId, int]) -> bool:
        """See ``ports.Library``."""
        fresh = {
            name: [one for one in ids if one not in self._places.get(name, {})]
            for name, ids in claims.items()
        }
        for name, ids in fresh.items():
            if ids and _given(self._places.get(name, {}), day) + len(ids) > limits[name]:
                return False
        for name, ids in fresh.items():
            self._places.setdefault(name, {}).update(dict.fromkeys(ids, day))
        return True

    async def rule(self, ruling: Ruling) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        article = ruling.article
        known = self._rulings.get(article, ())
        if ruling in known:
            return frozenset()
        self._rulings[article] = (*known, ruling)
        if ruling.kind is RulingKind.RESTORE:
            self._killed.pop(article, None)
            owned = [k for k, one in self._ledger.items() if k.kind == "killed" and one == article]
            for key in owned:
                del self._ledger[key]
        elif ruling.kind in FINAL:
            self._killed[article] = ruling.at
            stored = self._articles.get(article)
            if stored is not None and (words := killed_key(stored)) is not None:
                self._ledger[words] = article
        topics = {topic for topic, held in self._out.items() if article in held}
        topics |= {topic for topic, held in self._past.items() if article in held}
        topics &= self._generations.keys()  # what a subscriber gets is no topic of its own
        topics |= self._filed.get(article, frozenset())
        self._touched.add(article)
        self._bump(topics, ruling.at)
        return frozenset(one for one in topics if topic_of(one) is None)

    async def rulings_of(self, ids: Collection[ArticleId]) -> dict[ArticleId, tuple[Ruling, ...]]:
        """See ``ports.Library``."""
        return {one: self._rulings[one] for one in ids if one in self._rulings}

    async def all_rulings(self) -> dict[ArticleId, tuple[Ruling, ...]]:
        """See ``ports.Library``."""
        return dict(self._rulings)

    async def ping(self) -> None:
        """See ``ports.Library``."""

    async def close(self) -> None:
        """See ``ports.Library``."""


def _given(places: Mapping[ArticleId, date], day: date) -> int:
    return sum(one == day for one in places.values())


def _owner(arrival: Arrival) -> ArticleId:
    return arrival.of if isinstance(arrival, Echo) else arrival.article.id
