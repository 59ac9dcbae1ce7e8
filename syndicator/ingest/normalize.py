"""Entry → Article: one house style whatever the wire.

UTC, absolute addresses without tracking, authors as a list, safe HTML with
the credit blocks taken out, and the plain words. Pure; ``now`` is the moment
of the poll.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from syndicator.compare import identify, story_key
from syndicator.credit import Context, Houses
from syndicator.credit.terms import CUSTOM, terms_named
from syndicator.ingest.attached import categories, discussion, enclosures, episode, images
from syndicator.ingest.markup import plain
from syndicator.ingest.profile import Profile
from syndicator.ingest.understand import context_of, fingerprint, received, understand
from syndicator.model.address import absolute, untracked
from syndicator.model.arrival import Candidate, Key
from syndicator.model.article import Article
from syndicator.model.entry import Entry, Feed, Origin, Rights
from syndicator.model.ids import ArticleId
from syndicator.model.text import digest, legal, words

MAX_GUID = 2048
HEADLINE_WORDS = 14
AHEAD = timedelta(minutes=5)
EPOCH_YEAR = 1971
_NONE: Mapping[int, ArticleId] = MappingProxyType({})


class _Around(NamedTuple):
    """What all entries of a document share; ``origin`` is what the feed says of itself, tidied."""

    feed: Feed
    origin: Origin
    profile: Profile
    now: datetime
    houses: Houses


def normalize(
    feed: Feed,
    profile: Profile,
    now: datetime,
    houses: Houses,
    marks: Sequence[bytes] = (),
    known: Mapping[int, ArticleId] = _NONE,
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Return the candidates of one document, and a line for each entry left out.

    An entry is left out only when nothing identifies it: no id, no link, no
    title and no words. ``marks`` are those of the entries (``ingest.again``);
    those at the places of ``known`` need no look.
    """
    articles: list[tuple[Article, str | None]] = []
    stories: dict[str, Key | None] = {}
    places: dict[tuple[str, str | None, str], int] = {}
    dropped: list[str] = []
    around = _Around(feed, _origin(feed.origin), profile, now, houses)
    for place, entry in enumerate(feed.entries):
        if place in known:
            continue
        guid = guid_of(entry)
        found = _article(entry, guid, around)
        if found is None:
            dropped.append(f"entry {place + 1} has no id, link, title or text")
        else:
            article, said = found
            articles.append((article, guid))
            stories[article.fingerprint] = story_key(said)
            places.setdefault((article.guid, article.link, article.fingerprint), place)
    candidates = identify(articles, stories, profile.domain)
    return _placed(candidates, places, marks, known), tuple(dropped)


def _placed(
    candidates: tuple[Candidate, ...],
    places: Mapping[tuple[str, str | None, str], int],
    marks: Sequence[bytes],
    known: Mapping[int, ArticleId],
) -> tuple[Candidate, ...]:
    """Tell each candidate its mark, and what was passed over before it."""
    if not marks:
        return candidates
    made, last = [], -1
    for one in candidates:
        place = places[one.article.guid, one.article.link, one.article.fingerprint]
        after = tuple(known[before] for before in range(last + 1, place) if before in known)
        made.append(msgspec.structs.replace(one, mark=marks[place], after=after))
        last = place
    return tuple(made)


def guid_of(entry: Entry) -> str | None:
    """Return the id that an entry gives itself."""
    guid = legal(entry.guid or "").strip()
    if len(guid) > MAX_GUID:  # a guid of a megabyte still identifies, by its digest
        return "urn:x-digest:" + digest(guid, size=16).hex()
    return guid or None


def _article(entry: Entry, guid: str | None, around: _Around) -> tuple[Article, str] | None:
    """Make an article, and the bare words of its story."""
    profile, now = around.profile, around.now
    link, title = link_of(entry), headline_of(entry)
    published, updated = _dates(entry, now)
    context = _context(entry, title, link, published.year, around)
    came = received(entry, link, pixels=profile.pixels)
    body, facts, authors = understand(came, context, entry.rights)
    headline = title or _first_words(body.text)
    if not (guid or link or headline):
        return None
    said = words(body.text)
    abstract = _abstract(entry, said)
    told = said or words(abstract or "")
    article = Article(
        id=ArticleId(""),
        source=profile.source,
        publisher=profile.publisher,
        guid=guid or link or _minted(profile.source, headline, body.text),
        guid_is_permalink=_is_permalink(entry, guid, link),
        link=link,
        headline=headline or (link or guid or ""),
        abstract=abstract,
        body=body,
        authors=authors,
        urgency=entry.urgency,
        point=entry.point,
        discussion=discussion(entry),
        episode=episode(entry),
        contributors=entry.contributors,
        facts=facts,
        language=context.language,
        categories=categories(entry, entry.section or profile.section),
        enclosures=enclosures(entry),
        images=images(entry),
        rights=_rights(entry.rights),
        origin=_origin(entry.origin) if entry.origin else around.origin,
        published=published,
        updated=updated,
        first_seen=now,
        fingerprint=fingerprint(headline, told, authors, facts),
    )
    return article, said if body.text else told


def _context(entry: Entry, title: str, link: str | None, year: int, around: _Around) -> Context:
    """Return what is known beside an entry's text."""
    feed, profile = around.feed.origin, around.profile
    return context_of(
        title,
        around.houses,
        publisher=profile.publisher,
        link=link,
        feed=feed.title,
        language=entry.language or feed.language or profile.language,
        year=year,
    )


def _minted(*said: str) -> str:
    return "urn:x-digest:" + digest(*said, size=16).hex()


def _is_permalink(entry: Entry, guid: str | None, link: str | None) -> bool:
    return bool(guid and (guid == link or (entry.guid_is_permalink and "://" in guid)))


def link_of(entry: Entry) -> str | None:
    """Return the address of an entry's page, whole and without tracking."""
    link = absolute(entry.link, entry.base)
    if link is None and entry.guid_is_permalink:
        link = absolute(entry.guid, entry.base)
    return untracked(link) if link else None


def headline_of(entry: Entry) -> str:
    """Return the words of an entry's title."""
    return plain(entry.title) if entry.title else ""


def _first_words(text: str) -> str:
    """Make a headline of the first words, as readers do for notes without one."""
    parts = text.split()
    return " ".join(parts[:HEADLINE_WORDS]) + ("…" if len(parts) > HEADLINE_WORDS else "")


def _abstract(entry: Entry, said: str) -> str | None:
    """Return the abstract, unless it is the body's own words (``said``)."""
    abstract = plain(entry.summary) if entry.summary and entry.content else ""
    return None if not abstract or _says_the_same(abstract, said, entry) else abstract


def _says_the_same(abstract: str, said: str, entry: Entry) -> bool:
    """Say whether an abstract is the whole body, with or without its credits."""
    short = words(abstract)
    if short == said:
        return True
    as_long = len(short) > len(said)  # only then may it hold what was cut from the body
    return as_long and short == words(plain(entry.content or ""))


def _dates(entry: Entry, now: datetime) -> tuple[datetime, datetime]:
    """Upstream dates are shown, not believed: one ahead of us or before 1971 counts as none."""
    limit = now + AHEAD
    stated = [
        moment
        for moment in (entry.published, entry.updated)
        if moment is not None and moment.year >= EPOCH_YEAR and moment <= limit
    ]
    published = stated[0] if stated else now
    if entry.published is None and len(stated) == 1:
        published = stated[0]
    updated = max(published, stated[-1]) if stated else now
    return min(published, now), min(updated, now)


def named(rights: Rights) -> tuple[str, ...]:
    """Return the terms that notice and usage name, ``custom`` for a usage that names none."""
    usage = (terms_named(rights.usage) or (CUSTOM,)) if rights.usage else ()
    return tuple(dict.fromkeys((*terms_named(rights.notice), *usage)))


def _rights(rights: Rights) -> Rights:
    links = tuple(url for one in rights.licenses if (url := absolute(one, None)))
    return Rights(
        notice=plain(rights.notice) if rights.notice else None,
        holder=rights.holder,
        licenses=links,
        usage=rights.usage,
        machine=rights.machine,
        named=named(rights),
    )


def _origin(origin: Origin) -> Origin:
    return Origin(
        title=plain(origin.title) if origin.title else None,
        id=legal(origin.id) if origin.id else None,
        link=absolute(origin.link, None),
        self_link=absolute(origin.self_link, None),
        updated=origin.updated,
        language=origin.language,
        rights=_rights(origin.rights),
    )
