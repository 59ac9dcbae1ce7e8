"""Candidate × what is known → New, Revised, Unchanged, Duplicate or Killed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from syndicator.compare.keys import SOFT, mint, words_key
from syndicator.compare.revise import revise
from syndicator.compare.same import is_same, is_same_page
from syndicator.model.arrival import (
    Arrival,
    Candidate,
    Duplicate,
    Echo,
    Key,
    Killed,
    Known,
    New,
    Revised,
    Unchanged,
)
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId
from syndicator.model.version import Sighting

NAMES = frozenset({"guid", "url", "words"})
"""Keys whose first sighting is worth a line: a name under which the article had not come yet."""


def in_doubt(candidates: Sequence[Candidate], known: Mapping[Key, Known]) -> tuple[ArticleId, ...]:
    """Return the articles whose stored words :func:`judge` must be given to judge these."""
    wanted: dict[ArticleId, None] = {}
    for candidate in candidates:
        for key in candidate.keys:
            before = known.get(key)
            if before is None:
                continue
            if before.publisher != candidate.article.publisher and key.kind != "url":
                break
            if before.fingerprint != candidate.article.fingerprint:
                wanted[before.id] = None
            elif key.kind not in SOFT:
                break
    return tuple(wanted)


def judge(
    candidates: Sequence[Candidate],
    known: Mapping[Key, Known],
    now: datetime,
    stored: Mapping[ArticleId, Article] | None = None,
) -> tuple[Arrival, ...]:
    """Judge each candidate against the ledger, in document order.

    The first key that hits and is believed decides. A publisher may revise its
    own article, never another's: there the arrival is a duplicate. Candidates
    of one document that lead to the same article: the first speaks for it.
    ``stored`` holds the articles of :func:`in_doubt`, as far as they are there.
    """
    bench = _Bench(known, stored or {}, now)
    return tuple(bench.judge(one) for one in candidates)


def with_own_words(
    candidates: Sequence[Candidate], arrivals: Sequence[Arrival]
) -> tuple[tuple[Candidate, ...], list[Key]]:
    """Give new entries that only their own words can name that key, and return those keys.

    Every other name of theirs stands for another article. Whether the words are known has
    to be asked, and then they are judged again.
    """
    made, wanted = list(candidates), []
    for place, (one, arrival) in enumerate(zip(candidates, arrivals, strict=True)):
        if isinstance(arrival, New) and arrival.keys[0].kind == "words":
            key = words_key(one.article)
            if key not in one.keys:
                made[place] = msgspec.structs.replace(one, keys=(*one.keys, key))
                wanted.append(key)
    return tuple(made), wanted


class _Bench:
    """Judges the candidates of one document; what was judged new is known to those after it."""

    def __init__(
        self, known: Mapping[Key, Known], stored: Mapping[ArticleId, Article], now: datetime
    ) -> None:
        self._known = dict(known)
        self._stored = dict(stored)
        self._now = now
        self._spoken: set[ArticleId] = set()

    def judge(self, candidate: Candidate) -> Arrival:
        article = candidate.article
        self._spoken.update(candidate.after)
        takes: list[Key] = []
        for key, before in self._hits(candidate):
            stored = self._stored.get(before.id)
            if before.publisher == article.publisher:
                if is_same(key.kind, article, before, stored):
                    return self._own(candidate, before, stored, key)
            elif key.kind != "url":  # remembered of an earlier sighting
                return self._copy(candidate, before, key)
            elif is_same_page(article, before, stored):
                if not (candidate.home and before.home is False):
                    return self._copy(candidate, before, key)
                takes.append(key)
        if self._named(candidate, takes) is None:
            own = words_key(article)
            if (met := self._known.get(own)) is not None:  # its names are others', not its words
                return self._own(candidate, met, self._stored.get(met.id), own)
        return self._new(candidate, tuple(takes))

    def _named(self, candidate: Candidate, takes: Sequence[Key]) -> Key | None:
        """Return the strongest key that stands for no other article."""
        free = (one for one in candidate.keys if one not in self._known)
        return next((one for one in free if one.kind not in SOFT and one not in takes), None)

    def _hits(self, candidate: Candidate) -> Iterator[tuple[Key, Known]]:
        for key in candidate.keys:
            before = self._known.get(key)
            if before is not None:
                yield key, before

    def _missing(self, candidate: Candidate) -> tuple[Key, ...]:
        """Return names to learn. Words and headlines are none."""
        return tuple(
            key
            for key in candidate.keys
            if key not in self._known and key.kind not in {"words", "headline"}
        )

    def _own(
        self, candidate: Candidate, before: Known, stored: Article | None, key: Key
    ) -> Arrival:
        found = self._verdict(candidate, before, stored, key)
        keys = dict.fromkeys(self._missing(candidate))
        if isinstance(found, Revised):
            keys |= dict.fromkeys(one for one in candidate.keys if one.kind in SOFT)
        if isinstance(found, Revised) or found.own_words:
            # An entry with no other name: it says this article, and is believed for ever.
            keys |= dict.fromkeys(one for one in candidate.keys[:1] if one.kind == "words")
        learned = tuple(one for one in keys if one not in self._known)
        found = msgspec.structs.replace(found, keys=learned)
        self._spoken.add(before.id)
        self._learn(found.keys, before if isinstance(found, Unchanged) else found.known)
        if isinstance(found, Revised):
            self._stored[before.id] = found.article
        return msgspec.structs.replace(found, seen=self._seen(candidate, found, before, key))

    def _verdict(
        self, candidate: Candidate, before: Known, stored: Article | None, key: Key
    ) -> Revised | Unchanged:
        """Judge an entry of a known article of its publisher; ``keys`` are left to the caller."""
        article = candidate.article
        same = before.fingerprint == article.fingerprint
        if not (same or before.retired or before.id in self._spoken):
            return revise(candidate, before, stored, by=key.kind, now=self._now)
        return Unchanged(
            of=before.id,
            keys=(),
            by=key.kind,
            version=before.version,
            why="same" if same else "retired" if before.retired else "spoken",
            redated=(same or before.retired) and _redated(article, before),
        )

    def _copy(self, candidate: Candidate, before: Known, key: Key) -> Duplicate:
        missing = tuple(one for one in self._missing(candidate) if one.kind not in SOFT)
        found = Duplicate(of=before.id, keys=missing, by=key.kind)
        self._learn(missing, before)
        return msgspec.structs.replace(found, seen=self._seen(candidate, found, before, key))

    def _seen(
        self,
        candidate: Candidate,
        found: Revised | Unchanged | Duplicate,
        before: Known,
        key: Key,
    ) -> Sighting | None:
        new_page = any(one.kind == "url" for one in found.keys)
        if candidate.article.guid == before.guid and not new_page:
            return None  # another feed of the publisher, by the same name
        return sighting(candidate.article, found.keys, type(found).__name__, key.kind, self._now)

    def _new(self, candidate: Candidate, takes: tuple[Key, ...]) -> New:
        article = candidate.article
        keys = tuple(one for one in candidate.keys if one not in self._known or one in takes)
        own = self._named(candidate, takes)
        if own is None:
            own = words_key(article)
            keys = (own, *keys)
        if own != candidate.keys[0]:
            article = msgspec.structs.replace(article, id=mint(article, own))
        found = New(
            article=article, keys=keys, takes=takes, home=candidate.home, story=candidate.story
        )
        self._spoken.add(article.id)
        self._stored[article.id] = article
        self._learn(keys, known_of(found))
        return found

    def _learn(self, keys: Sequence[Key], known: Known) -> None:
        self._known.update(dict.fromkeys(keys, known))


def sighting(
    article: Article, keys: Sequence[Key], verdict: str, by: str, now: datetime
) -> Sighting | None:
    """Note under which name an entry came, if that is a new one; else ``None``."""
    if not any(key.kind in NAMES for key in keys):
        return None
    return Sighting(
        at=now,
        verdict=verdict.lower(),
        by=by,
        source=article.source,
        guid=article.guid,
        link=article.link,
        headline=article.headline,
    )


def known_of(arrival: New | Revised) -> Known:
    """Return what the ledger is to remember of an article that is stored."""
    if isinstance(arrival, Revised):
        return arrival.known
    known = knowledge(arrival.article, home=arrival.home)
    return msgspec.structs.replace(known, stated=arrival.stated) if arrival.stated else known


def knowledge(article: Article, *, home: bool | None = None) -> Known:
    """Return what the ledger remembers of an article that has had one version."""
    return Known(
        id=article.id,
        source=article.source,
        publisher=article.publisher,
        guid=article.guid,
        guid_is_permalink=article.guid_is_permalink,
        fingerprint=article.fingerprint,
        version=article.version,
        published=article.published,
        updated=article.updated,
        first_seen=article.first_seen,
        home=home,
    )


def _redated(article: Article, before: Known) -> bool:
    """Whether the upstream's date has moved; ``first_seen`` stands where it gave none."""
    stated = article.published != article.first_seen
    return stated and article.published not in {before.published, before.updated, before.stated}


def bury(
    arrivals: Sequence[Arrival],
    words_of: Mapping[ArticleId, Key],
    known: Mapping[Key, Known],
    now: datetime,
) -> tuple[Arrival, ...]:
    """Turn what is new, but says the words of a killed article, into that article killed.

    ``words_of`` holds the ``killed`` key of each new article. All its keys lead
    to the killed one from then on, so that no revision brings it back either.
    """
    moved: dict[ArticleId, ArticleId] = {}
    found: list[Arrival] = []
    for one in arrivals:
        if isinstance(one, New):
            key = words_of.get(one.article.id)
            if key is not None and key in known:
                moved[one.article.id] = known[key].id
                keys = tuple(name for name in one.keys if name not in one.takes)
                seen = sighting(one.article, keys, "killed", key.kind, now)
                found.append(Killed(of=known[key].id, keys=keys, by=key.kind, seen=seen))
                continue
        elif isinstance(one, Echo) and one.of in moved:
            found.append(msgspec.structs.replace(one, of=moved[one.of]))
            continue
        found.append(one)
    return tuple(found)
