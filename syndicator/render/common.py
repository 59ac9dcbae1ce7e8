"""What every format says the same way: ids, dates, addresses, clean text."""

import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import msgspec

from syndicator.lint import Frame, is_address, is_language, is_media_type, is_web
from syndicator.model.edition import CorrectionNotice, Edition, Item, Output, Withdrawal
from syndicator.model.entry import Enclosure
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.text import legal, squeeze
from syndicator.model.topic import Format, Topic

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json"
HTML_TYPE = "text/html; charset=utf-8"
# RFC 3986 §2 and §3; three schemes have laws of their own (RFC 8141 §2, RFC 4151 §2.1).
_SAFE = "%/:=&?~#+!$,;'@()*"
_SOUND = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:/[A-Za-z0-9%/:=&?~#+!$,;'@()*._-]*)?"
)
_CHARS = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    rf"(?:https?://[A-Za-z0-9]{_CHARS}*"
    rf"|urn:(?!uuid:)[A-Za-z0-9][A-Za-z0-9-]{{1,31}}:{_CHARS}+"
    r"|urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    rf"|tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{{4}}(?:-\d\d){{0,2}}:{_CHARS}*"
    rf"|(?!https?:|urn:|tag:)[A-Za-z][A-Za-z0-9+.-]*:{_CHARS}+)",
    re.IGNORECASE,
)


class Document(msgspec.Struct, frozen=True):
    """A document made, and what is to be judged of it before it leaves; of a page, nothing."""

    output: Output
    frame: Frame | None = None


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """Documents made, and a line for each item that had to be left out of one."""

    documents: tuple[Document, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The documents as they leave."""
        return tuple(one.output for one in self.documents)


def atom_id(item: Item) -> str:
    """Return the upstream's id where it is a URI (RFC 4287 §4.2.6), else one minted from ours."""
    return atom_ref(item.article.guid, item.entry or item.article.id)


def atom_ref(guid: str, article: ArticleId) -> str:
    """Return the ``atom:id`` of an article published under ``guid``."""
    return guid if is_uri(guid) else minted(article)


def is_uri(text: str) -> bool:
    """Whether an id may stand in ``atom:id`` as it is: an absolute URI (RFC 3986 §4.3)."""
    return _URI.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def minted(article: ArticleId) -> str:
    """Return the URN we give an article whose own id cannot be published."""
    return uuid5(NAMESPACE_URL, f"syndicator:{article}").urn


def minted_in(topic: TopicId, article: ArticleId) -> str:
    """Return the URN an article has in one topic alone (``guid_scope: feed``)."""
    return uuid5(NAMESPACE_URL, f"syndicator:{topic}:{article}").urn


def correction_title(one: CorrectionNotice) -> str:
    """Head a notice of a correction."""
    return clean(f"Correction: {one.headline}")


def with_distinct_ids(edition: Edition) -> Edition:
    """Give each item of an edition an id of its own.

    Readers drop the second of two items with one guid. Upstreams that share a
    guid are rare; the article we saw first keeps it, later ones get a minted
    URN, and so does an article whose guid holds nothing XML can carry, or
    stands in the notice that another was withdrawn.
    """
    owners: dict[str, Item | None] = {clean(one.guid): None for one in edition.withdrawn}
    for item in edition.items:
        guid = clean(item.article.guid)
        owner = owners.setdefault(guid, item)
        if owner is not None and _age(item) < _age(owner):
            owners[guid] = item
    distinct = len(owners) == len(edition.items) + len(edition.withdrawn)
    if distinct and "" not in owners:
        return edition
    items = tuple(
        item if guid and owners[guid] is item else _renamed(item)
        for item in edition.items
        for guid in (clean(item.article.guid),)
    )
    return msgspec.structs.replace(edition, items=items)


def _age(item: Item) -> tuple[datetime, str]:
    return item.article.first_seen, item.article.id


def _renamed(item: Item) -> Item:
    article = msgspec.structs.replace(
        item.article, guid=minted(item.entry or item.article.id), guid_is_permalink=False
    )
    return msgspec.structs.replace(item, article=article)


def rfc3339(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second, with a year of four digits."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def time_of(moment: datetime, *, day: bool = True) -> str:
    """Write a moment for people, with the machine's form in the markup; the hour alone if asked."""
    written = f"{moment:%-d %B %Y, %H:%M} UTC" if day else f"{moment:%H:%M} UTC"
    return f'<time datetime="{rfc3339(moment)}">{written}</time>'


def language_of(item: Item) -> str | None:
    """BCP 47 tag of an item, where what the upstream said is one; some say a country."""
    tag = item.article.language
    return tag if tag and is_language(tag) else None


def topic_language(edition: Edition) -> str | None:
    """Return the tag of a topic's language, where the settings name it by one."""
    tag = edition.topic.language
    return tag if tag and is_language(tag) else None


def contributors_of(item: Item) -> list[str]:
    """People the copy thanks and people the metadata names, each once."""
    named = [name for fact in item.article.assistance for name in fact.names]
    named += [person.name for person in item.article.contributors]
    return [name for name in map(clean, dict.fromkeys(named)) if name]


def media_type(kind: str | None) -> str:
    """Return a file's type as stated, or the type of unknown bytes (RFC 2046 §4.5.1)."""
    return kind if kind and is_media_type(kind) else "application/octet-stream"


def address_of(url: str | None) -> str | None:
    """Return an address as RFC 3986 has it: brackets and the like written by ``%``.

    ``None`` where nothing can be made of it.
    """
    if not url or _SOUND.fullmatch(url):
        return url or None
    mended = _made_sound(url)
    return mended if is_address(mended) else None


def files_of(item: Item) -> list[Enclosure]:
    """Return the files of an item that have an address on the web, with it made sound."""
    found = ((file, address_of(file.url)) for file in item.article.enclosures)
    return [
        msgspec.structs.replace(file, url=url)
        for file, url in found
        if url is not None and is_web(url)
    ]


def _made_sound(url: str) -> str:
    head, mark, rest = legal(url).partition("://")
    if not mark:
        return quote(head, safe=_SAFE)
    host, slash, path = rest.partition("/")
    if not host.startswith("["):
        try:
            host = host if host.isascii() else host.encode("idna").decode()
        except UnicodeError:
            host = quote(host, safe=_SAFE)
    return f"{head}{mark}{host}{slash}{quote(path, safe=_SAFE)}"


def clean(text: str | None) -> str:
    """One line that XML can carry."""
    if text and text.isprintable() and "  " not in text and text[0] != " " != text[-1]:
        return text  # nearly every one: printable text holds nothing XML forbids
    return squeeze(legal(text or ""))


def feed_url(base_url: str, place: str, kind: str) -> str:
    """Address of one format of a topic, or a page of its archive: ``rss``, ``atom`` or ``json``."""
    return f"{base_url}/feeds/{place}.{kind}"


def first_format(topic: Topic) -> str:
    """Return the format that says most, of those a topic is published in."""
    order = (Format.ATOM, Format.RSS, Format.JSON)
    return next(one.value for one in order if one in topic.formats)


def page_url(base_url: str, place: str) -> str:
    """Address of a topic's page for people, or of one of its archive."""
    return f"{base_url}/feeds/{place}/"


def rights_of(item: Item) -> str:
    """The sentence for rights metadata: the credit line, else the notice that came with it."""
    return clean(item.cleared.credit or item.article.rights.notice)


def holder_of(item: Item) -> str:
    """Name who owns an item: as its own line says, else its licence, else its metadata."""
    own = item.article.credit
    return clean((own.holder if own else None) or item.license.holder or item.article.rights.holder)


def license_link(item: Item) -> str | None:
    """Address of the licence: the contract's, else the one stated by the item."""
    stated = item.article.rights.licenses
    return address_of(item.license.url or (stated[0] if stated else None))


def notice_title(one: Withdrawal) -> str:
    """Head a notice without a word of the article itself."""
    return clean(f"Withdrawn: an article of {one.source_title}, {one.since:%-d %B %Y}")


def notice_text(one: Withdrawal) -> str:
    """Say in plain words that an article was withdrawn, by whom, and why if that is for readers."""
    said = f"This article was withdrawn by {one.by} on {one.at:%-d %B %Y}."
    return clean(f"{said} {one.reason}" if one.reason else said)
