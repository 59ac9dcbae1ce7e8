"""What arrived: a document, and the feed and entries read from it, text untouched.

All moments are aware UTC. A field is ``None`` or empty when the upstream did
not say; nothing is guessed at this level.
"""

from datetime import datetime
from functools import cached_property
from hashlib import blake2b

import msgspec

from syndicator.model.polling import Wishes

MAX_ENTRIES = 2000
"""Entries read from one document; the rest of a longer one is left out, and a warning says so."""


class Document(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Bytes as fetched (content codings removed), with what names them.

    ``url`` is the address really read, after redirects; relative references
    inside resolve against it. ``content_type`` is the header's raw value.
    ``name`` tells documents of one source apart (``""`` for an HTTP source,
    the file name for a folder).
    """

    url: str
    body: bytes
    content_type: str | None = None
    name: str = ""

    @cached_property
    def digest(self) -> str:
        """BLAKE2b-128 of the bytes, in hexadecimal: equal digests need no second reading."""
        return blake2b(self.body, digest_size=16).hexdigest()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone named by a feed, as written there."""

    name: str
    email: str | None = None
    url: str | None = None


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A subject (RSS ``category@domain``, Atom ``category@scheme``, JSON Feed tag)."""

    term: str
    scheme: str | None = None
    label: str | None = None


class Enclosure(msgspec.Struct, frozen=True, kw_only=True):
    """An attached file. ``length`` is in bytes, ``duration`` in seconds; ``None``: not stated.

    ``credit`` and ``rights`` are what Media RSS says of a recording, as of an :class:`Image`.
    """

    url: str
    type: str | None = None
    length: int | None = None
    title: str | None = None
    duration: int | None = None
    credit: str | None = None
    rights: str | None = None


class Companion(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a recording: what is said in it, or its chapters."""

    url: str
    type: str | None = None
    language: str | None = None


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry says of itself as an episode of a podcast (Apple's elements, Podcasting 2.0).

    ``kind`` is ``full``, ``trailer`` or ``bonus``; ``explicit`` that it is not for
    children, or that it is.
    """

    season: int | None = None
    number: int | None = None
    kind: str | None = None
    explicit: bool | None = None
    chapters: Companion | None = None
    transcripts: tuple[Companion, ...] = ()


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture with what the upstream says of it (Media RSS where present).

    ``rights`` is its notice, ``license`` the address or name of its licence.
    """

    url: str
    type: str | None = None
    width: int | None = None
    height: int | None = None
    credit: str | None = None
    caption: str | None = None
    rights: str | None = None
    license: str | None = None


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A place on earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float


class Discussion(msgspec.Struct, frozen=True, kw_only=True):
    """Where readers discuss an entry, and how many comments there were."""

    url: str | None = None
    count: int | None = None


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """Rights as stated by metadata, verbatim.

    ``notice`` is the legal sentence (``copyright``, ``dc:rights``,
    ``atom:rights``); ``licenses`` are the addresses given by
    ``link rel=license`` (RFC 4946), ``creativeCommons:license`` or
    ``cc:license``; ``usage`` is what users may do, in words (``usageTerms``,
    ``RightsLine``, ``UsageRights``); ``machine`` what machines may do, and for
    what pay (RSL 1.0), in words. ``named`` are the terms that
    notice and usage name, as ``Republication.license`` has them; ``custom`` stands
    for a usage that names none.
    """

    notice: str | None = None
    holder: str | None = None
    licenses: tuple[str, ...] = ()
    usage: str | None = None
    machine: str | None = None
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.notice or self.holder or self.licenses or self.usage or self.machine)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The feed an entry came in, as ``atom:source`` (RFC 4287 §4.2.11) wants it."""

    title: str | None = None
    id: str | None = None
    link: str | None = None
    self_link: str | None = None
    updated: datetime | None = None
    language: str | None = None
    rights: Rights = Rights()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item as received.

    ``title``, ``summary`` and ``content`` are markup when their ``_html`` flag
    says so, else plain text. ``base`` is the address relative references in
    this entry resolve against; ``base_stated`` says that the document itself
    states it (``xml:base``), so that it goes before the entry's own page.
    ``origin`` is set when the entry itself names
    another feed as its source (RSS ``source``, ``atom:source``).

    The rest is what article documents say apart from the story (NITF, NewsML,
    IPTC 7901, ANPA 1312, pages): ``byline``, ``dateline`` and ``credit`` as
    printed, each ``None`` where it stands in ``content`` or nowhere;
    ``provider`` the agency that metadata names as supplier, ``sources`` the
    houses it names as those whose copy this is; ``pubstatus`` the
    upstream's word (usable, withheld, canceled …); ``embargoed`` the moment
    before which it must not leave; ``advisories`` notes to editors, verbatim;
    ``private`` what is marked not for publication, verbatim; ``urgency`` IPTC's
    grade from 1, most urgent, to 8, with 9 for what the user defines.
    """

    guid: str | None = None
    guid_is_permalink: bool = False
    link: str | None = None
    title: str | None = None
    title_html: bool = False
    summary: str | None = None
    summary_html: bool = False
    content: str | None = None
    content_html: bool = False
    base: str | None = None
    base_stated: bool = False
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    images: tuple[Image, ...] = ()
    language: str | None = None
    rights: Rights = Rights()
    origin: Origin | None = None
    byline: str | None = None
    dateline: str | None = None
    section: str | None = None
    provider: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    pubstatus: str | None = None
    embargoed: datetime | None = None
    advisories: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    urgency: int | None = None
    point: Point | None = None
    discussion: Discussion | None = None
    episode: Episode | None = None


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that its feed says it has deleted (RFC 6721): ``ref`` is the entry's id."""

    ref: str
    when: datetime | None = None
    comment: str | None = None


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says of its other documents (RFC 5005), as addresses.

    ``current`` is the one to subscribe to; ``next_page``, ``prev_archive`` and
    ``next_archive`` are neighbours. In a ``complete`` feed what is missing is
    gone; an ``archive`` never changes.
    """

    current: str | None = None
    next_page: str | None = None
    prev_archive: str | None = None
    next_archive: str | None = None
    complete: bool = False
    archive: bool = False


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A document read: who speaks, what it holds, how often it wants to be asked.

    ``format`` is a short name of the dialect (``rss20``, ``atom10``,
    ``json11`` …). ``ttl`` is in seconds; ``wishes`` holds the rest of what it says
    about being asked. ``warnings`` are one-line notes about what was repaired
    or left out, fit to show an operator. ``hubs`` are WebSub hubs as written,
    in order (``link rel=hub``; in JSON Feed ``hubs``). ``cloud`` is the address
    that takes rssCloud registrations.
    """

    format: str
    origin: Origin = Origin()
    entries: tuple[Entry, ...] = ()
    ttl: int | None = None
    wishes: Wishes = Wishes()
    warnings: tuple[str, ...] = ()
    deleted: tuple[Deletion, ...] = ()
    hubs: tuple[str, ...] = ()
    paging: Paging = Paging()
    cloud: str | None = None
