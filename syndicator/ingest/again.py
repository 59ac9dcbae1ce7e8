"""Entries that the last document had to the letter: they are known without being understood."""

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from syndicator import __version__
from syndicator.compare.keys import KEY_RULES
from syndicator.compare.memory import MARK, recalled
from syndicator.credit import Houses
from syndicator.ingest.normalize import guid_of, headline_of, link_of
from syndicator.ingest.profile import Profile
from syndicator.model.address import canonical, plain_guid
from syndicator.model.entry import Entry, Feed
from syndicator.model.ids import ArticleId
from syndicator.model.text import words

_ENCODE = msgspec.msgpack.Encoder()


def marks_of(feed: Feed, profile: Profile, houses: Houses) -> list[bytes]:
    """Return for each entry what stands for all that its article is made of.

    That is the entry as it was read, what the feed says of all of them, what is
    known of the source, and the rules: those of this version and its houses.
    When the feed says it was updated counts for nothing.
    """
    around = _encoded(
        (
            __version__,
            KEY_RULES,
            houses.digest,
            msgspec.structs.replace(profile, boilerplate=(), marks=b"", memory=b""),
            msgspec.structs.replace(feed.origin, updated=None),
        )
    )
    start = blake2b(around or b"", digest_size=MARK)
    return [_mark(start, entry) if around else b"" for entry in feed.entries]


def known_again(
    feed: Feed, marks: Sequence[bytes], profile: Profile
) -> dict[int, tuple[ArticleId, bytes]]:
    """Return the places of entries that need no look, with their articles and rows of memory.

    One that shares a name or its headline with an entry that is looked at is looked at too: who
    of them a name stands for is decided between them. So are all where the feed
    deletes some, for an entry may stand against its deletion (RFC 6721 §3).
    """
    before = recalled(profile.memory)
    if not before or feed.deleted:
        return {}
    found = {place: before[mark] for place, mark in enumerate(marks) if mark in before}
    if not found or len(found) == len(marks):
        return found
    names = [_names(one) for one in feed.entries]
    open_ones = {name for place, some in enumerate(names) if place not in found for name in some}
    return {place: one for place, one in found.items() if open_ones.isdisjoint(names[place])}


def _mark(start: blake2b, entry: Entry) -> bytes:
    said = _encoded(entry)
    if said is None:
        return b""
    one = start.copy()
    one.update(said)
    return one.digest()


def _encoded(said: object) -> bytes | None:
    """Write what was read; ``None`` of half a character or an endless number, as JSON may hold."""
    try:
        return _ENCODE.encode(said)
    except (UnicodeEncodeError, OverflowError):
        return None


def _names(entry: Entry) -> tuple[str, ...]:
    """Return what entries of one document are told apart by, and taken for each other."""
    guid, link, headline = guid_of(entry), link_of(entry), headline_of(entry)
    place = canonical(link) if link else None
    return (
        *((f"headline {words(headline)}",) if headline else ()),
        *((f"guid {plain_guid(guid)}",) if guid else ()),
        *((f"at {place}",) if place else ()),
    )
