"""What publishers themselves take back: kills on the wire, and deletions in feeds.

Part of the poll pipe, between comparing and storing. A ruling is recorded
before the message that carries it is stored, so a crash repeats the message
and never loses the kill.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from syndicator.compare import killed_key, order_in, ref_keys, targets
from syndicator.ingest import Profile, Reading
from syndicator.model.arrival import Arrival, Candidate, New, Revised, Unchanged
from syndicator.model.article import Article
from syndicator.model.credit import Advisory
from syndicator.model.entry import Deletion
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.ruling import FINAL, Ruling, RulingKind
from syndicator.model.text import words
from syndicator.ports import Library
from syndicator.rights.rulings import FEED, WIRE, ruled

KIND = {"hold": RulingKind.HOLD, "takedown": RulingKind.TAKEDOWN}
"""Every other order is a kill."""
AMBIGUOUS = "ambiguous kill"
COPY = "copy of"
SHORT = 120


class Obeyed(msgspec.Struct, frozen=True, kw_only=True):
    """What was done: how many articles were ruled out, and lines to log.

    ``alerts`` must be read by a person; ``notes`` say what fitted nothing here.
    """

    rulings: int = 0
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


async def rule_out(library: Library, ruling: Ruling) -> frozenset[TopicId]:
    """Record a ruling; one that is final, or restores, goes for stored copies of the words too.

    A publisher that sends a story by two feeds, each with ids of its own, takes
    back both. Returns the topics to rebuild.

    Raises:
        LibraryError: the store failed; doing it again does the rest.
    """
    topics = set(await library.rule(ruling))
    if ruling.kind in FINAL:
        for copy in await _copies(library, ruling.article):
            reason = f"{COPY} {ruling.article}: {ruling.reason}"
            topics |= await library.rule(
                msgspec.structs.replace(ruling, article=copy, reason=reason)
            )
    elif ruling.kind is RulingKind.RESTORE:
        for other, known in (await library.all_rulings()).items():
            kept = ruled(known, ruling.at).kept
            if kept is not None and kept.reason.startswith(f"{COPY} {ruling.article}:"):
                topics |= await library.rule(msgspec.structs.replace(ruling, article=other))
    return frozenset(topics)


async def _copies(library: Library, article: ArticleId) -> list[ArticleId]:
    """Find other articles that say the same words, among those with the same headline or print."""
    one = await library.article(article)
    key = killed_key(one) if one is not None else None
    if one is None or key is None:
        return []
    headline = words(one.headline)
    alike = [
        other.id
        async for other in library.every_article()
        if other.id != article
        and (other.fingerprint == one.fingerprint or words(other.headline) == headline)
    ]
    return [other.id for other in await library.articles(alike) if killed_key(other) == key]


class Wire:
    """Obeys what a document takes back."""

    def __init__(self, library: Library) -> None:
        """Rule through ``library``."""
        self._library = library

    async def obey(
        self, reading: Reading, arrivals: Sequence[Arrival], profile: Profile, now: datetime
    ) -> Obeyed:
        """Record a ruling on every article the document takes back.

        A message about itself (a new version of a story) kills that story. One
        of its own is matched to a story of the same publisher: if one fits, it is
        ruled out; if several do, each is held until a person decides.

        Raises:
            LibraryError: the store failed; the document is read again.
        """
        wanted: list[Ruling] = []
        alerts: list[str] = []
        notes: list[str] = []
        known: list[Article] | None = None
        for candidate, arrival in zip(reading.candidates, arrivals, strict=True):
            order = order_in(candidate.article)
            if order is None:
                continue
            if isinstance(arrival, Revised | Unchanged):
                wanted += await self._itself(arrival, order, now)
            elif isinstance(arrival, New):
                if known is None:
                    known = await self._stories(profile.publisher, arrivals)
                found = targets(candidate.article, known)
                wanted += _rulings(found, order, now)
                said = f"{profile.source}: {order.action}: {_short(order.raw)}"
                if not found:
                    notes.append(f"{said}: no article of ours fits it")
                elif len(found) > 1:
                    ids = ", ".join(one[:10] for one in found)
                    alerts.append(f"{said}: {AMBIGUOUS}; held, kill or restore each: {ids}")
        wanted += await self._let_go(arrivals, now)
        wanted += await self._deleted(reading, profile, now)
        count = await self._rule(wanted, now)
        return Obeyed(rulings=count, alerts=tuple(alerts), notes=tuple(notes))

    async def _itself(
        self, arrival: Revised | Unchanged, order: Advisory, now: datetime
    ) -> list[Ruling]:
        """Rule out what was a story until now; what always was a message never left."""
        one = arrival.article.id if isinstance(arrival, Revised) else arrival.of
        stored = await self._library.articles([one], bodies=False)
        before = order_in(stored[0]) if stored else None
        if before is not None and before.action == order.action:
            return []
        return [_ruling(one, order, now)]

    async def _let_go(self, arrivals: Sequence[Arrival], now: datetime) -> list[Ruling]:
        """Lift the hold of a story whose own version said so, when a new version does no more."""
        usable = [
            one.article.id
            for one in arrivals
            if isinstance(one, Revised) and order_in(one.article) is None
        ]
        rulings = await self._library.rulings_of(usable)
        lifted = []
        for stored in await self._library.articles(list(rulings), bodies=False):
            kept = ruled(rulings[stored.id], now).kept
            if kept is None or kept.kind is not RulingKind.HOLD or kept.by != WIRE:
                continue
            order = order_in(stored)
            if order is not None and kept.reason == _ruling(stored.id, order, now).reason:
                reason = "a new version of it is usable"
                kind = RulingKind.RESTORE
                lifted.append(Ruling(article=stored.id, kind=kind, at=now, by=WIRE, reason=reason))
        return lifted

    async def _stories(self, publisher: str, arrivals: Sequence[Arrival]) -> list[Article]:
        """Return all of a publisher's copy, that which arrives with the message too."""
        new = [one.article for one in arrivals if isinstance(one, New | Revised)]
        every = self._library.every_article()
        return [one async for one in every if one.publisher == publisher] + new

    async def _deleted(self, reading: Reading, profile: Profile, now: datetime) -> list[Ruling]:
        """Rule out what a feed says it has deleted, unless it stands in it anew."""
        if not reading.feed.deleted:
            return []
        gone = [one for one in reading.feed.deleted if not _again(one, reading.candidates)]
        keys = {one: ref_keys(profile.source, profile.publisher, one.ref) for one in gone}
        known = await self._library.lookup([key for many in keys.values() for key in many])
        found = []
        for deletion, many in keys.items():
            owners = [known[key] for key in many if key in known]
            if owners and owners[0].publisher == profile.publisher:
                reason = f"deleted by its feed: {_short(deletion.comment or deletion.ref)}"
                kind = RulingKind.KILL
                ruling = Ruling(article=owners[0].id, kind=kind, at=now, by=FEED, reason=reason)
                found.append(ruling)
        return found

    async def _rule(self, wanted: Sequence[Ruling], now: datetime) -> int:
        """Record what is not known yet; what a person has undone since stays undone."""
        before = await self._library.rulings_of({one.article for one in wanted})
        count = 0
        for one in wanted:
            if one.kind is RulingKind.RESTORE or _news(one, before, now):
                await rule_out(self._library, one)
                count += 1
        return count


def _ruling(article: ArticleId, order: Advisory, now: datetime) -> Ruling:
    kind = KIND.get(order.action, RulingKind.KILL)
    reason = f"{order.action}: {_short(order.raw)}"
    return Ruling(article=article, kind=kind, at=now, by=WIRE, reason=reason)


def _rulings(found: Sequence[ArticleId], order: Advisory, now: datetime) -> list[Ruling]:
    """Rule out the one article meant; hold each of several."""
    rulings = [_ruling(one, order, now) for one in found]
    if len(rulings) == 1:
        return rulings
    reason = f"{AMBIGUOUS}: {_short(order.raw)}"
    return [msgspec.structs.replace(one, kind=RulingKind.HOLD, reason=reason) for one in rulings]


def _news(one: Ruling, before: Mapping[ArticleId, Sequence[Ruling]], now: datetime) -> bool:
    known = before.get(one.article, ())
    later = known
    for number, old in enumerate(known, 1):
        if (old.kind, old.by) == (RulingKind.RESTORE, WIRE):
            later = known[number:]  # held, let go, and held again in the same words
    said = any((old.kind, old.by, old.reason) == (one.kind, one.by, one.reason) for old in later)
    return not said and not ruled(known, now).killed


def _again(deletion: Deletion, candidates: Sequence[Candidate]) -> bool:
    """Whether an entry under the same id is newer than its deletion (RFC 6721 §3)."""
    return any(
        one.article.guid == deletion.ref
        and (deletion.when is None or one.article.updated > deletion.when)
        for one in candidates
    )


def _short(raw: str) -> str:
    text = " ".join(raw.split())
    return f"“{text[:SHORT]}…”" if len(text) > SHORT else f"“{text}”"
