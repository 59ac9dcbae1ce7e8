"""Find what is published, find what it is in the library, and ask every check about it."""

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

import msgspec
import zstandard

from syndicator.audit.case import Breach, Case
from syndicator.audit.kinds import breaches
from syndicator.audit.published import (
    Seen,
    UnreadableError,
    read_published,
    topics_of_directory,
)
from syndicator.audit.told import notice_ids, wrong_notice
from syndicator.model.archive import shelf_of
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.house import spellings
from syndicator.model.ids import ArticleId, LicenseId, SubscriberId, TopicId
from syndicator.model.license import STATED
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.story import Story
from syndicator.model.subscriber import Subscriber, shelf
from syndicator.model.text import words
from syndicator.model.topic import Audience, GuidScope, Topic
from syndicator.ports import Library, Standing
from syndicator.rights.rulings import ruled
from syndicator.rights.stated import stated

NOTICE = timedelta(days=30)
LARGEST = 100_000_000
LAG = timedelta(seconds=5)
"""A change of a moment ago may be on its way out."""
_KINDS = {".rss": "rss", ".atom": "atom", ".json": "json", ".html": "html"}
_DIRECTORY = "index.html"
_PACKED = (".gz", ".zst")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One published document: where it stands, whose topic it is of, and its bytes.

    ``subscriber`` is whom it is for, where it is not for everyone.
    """

    where: str
    topic: TopicId
    kind: str
    body: bytes
    subscriber: SubscriberId | None = None

    @property
    def shelf(self) -> TopicId:
        """Its name in the ledger."""
        if self.subscriber:
            return shelf(self.topic, self.subscriber)
        return shelf_of(self.topic) if self.archived else self.topic

    @property
    def archived(self) -> bool:
        """Whether it is a page of the topic's archive."""
        return f"{shelf_of(self.topic)}/" in self.where


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """All the library knows that an audit asks for."""

    articles: Mapping[ArticleId, Article]
    ids: Mapping[str, tuple[ArticleId, ...]]
    filed: Mapping[ArticleId, frozenset[TopicId]]
    rulings: Mapping[ArticleId, tuple[Ruling, ...]]
    standing: Mapping[TopicId, Standing]
    stories: Mapping[ArticleId, Story] = MappingProxyType({})
    told: Mapping[str, ArticleId] = MappingProxyType({})
    """Ids of notices of corrections, and whose they are."""


def documents_in(feeds: Path) -> tuple[list[Document], list[Breach]]:
    """Read every published document; a packed copy that says otherwise is a breach by itself."""
    found: list[Document] = []
    wrong: list[Breach] = []
    for path in sorted(feeds.rglob("*")):
        name = path.relative_to(feeds).as_posix()
        if path.suffix in _PACKED and path.is_file() and not path.with_suffix("").is_file():
            text = "web servers send it, and the file it is a copy of is gone"
            wrong.append(Breach(where=name, entry="", kind="packed", text=text))
        kind = _KINDS.get(path.suffix)
        if kind is None or not path.is_file() or name == "topics.opml" or path.name.startswith("."):
            continue
        topic = TopicId(name.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0])
        body = path.read_bytes()
        if name == _DIRECTORY:
            parts, unread = _of_directory(body)
            found += parts
            wrong += unread
        else:
            found.append(Document(where=name, topic=topic, kind=kind, body=body))
        for ending in _PACKED:
            packed = path.with_name(path.name + ending)
            if packed.is_file() and _unpacked(packed) != body:
                text = "web servers send it instead of the file, and it says otherwise"
                wrong.append(Breach(where=f"{name}{ending}", entry="", kind="packed", text=text))
    return found, wrong


def _of_directory(body: bytes) -> tuple[list[Document], list[Breach]]:
    """Take the headlines of each topic in the directory for a document of that topic."""
    try:
        parts = list(topics_of_directory(body))
    except UnreadableError as error:
        return [], [Breach(where=_DIRECTORY, entry="", kind="unreadable", text=str(error))]
    documents = [
        Document(where=_DIRECTORY, topic=TopicId(topic), kind="index", body=part)
        for topic, part in parts
    ]
    return documents, []


def _unpacked(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            return gzip.decompress(data)
        # All of it: browsers read what comes after the first frame, too.
        return zstandard.ZstdDecompressor().decompress(
            data, max_output_size=LARGEST, allow_extra_data=False
        )
    except (OSError, EOFError, zstandard.ZstdError):
        return None


async def stock(
    library: Library, settings: Settings, documents: Sequence[Document], now: datetime
) -> Shelf:
    """Look up every entry of these documents.

    Raises:
        LibraryError: the store failed.
    """
    wanted = {key for one in documents for key in _names(one)}
    here = {one.topic for one in documents}
    topics = {name: one for name, one in settings.topics.items() if name in here}
    rulings, told = await library.all_rulings(), dict[str, ArticleId]()
    ids: defaultdict[str, list[ArticleId]] = defaultdict(list)
    async for article in library.every_article():
        for key in (*_known_by(article), *_known_in(article, topics, settings)):
            if key in wanted:
                ids[key].append(article.id)
        for key in notice_ids(article, rulings.get(article.id, ()), topics):
            told[key] = article.id
            ids[f"id {key}"] = [article.id]
    standing = {
        one: await library.standing(one, now - NOTICE)
        for one in {*settings.topics, *(each.shelf for each in documents)}
    }
    lines = [line for one in standing.values() for line in one.now.values()]
    gone = {line.article for each in standing.values() for line in each.past}
    stories = await library.stories_of({*gone, *(line.article for line in lines)})
    for line in lines:  # a copy that leads a story stands under the id of the story's first
        for key in _stands_as(line, stories.get(line.article)):
            if key in wanted and line.article not in ids[key]:
                ids[key].append(line.article)
    found = list(dict.fromkeys(one for many in ids.values() for one in many))
    articles = {one.id: one for one in await library.articles(found)}
    return Shelf(
        articles=articles,
        ids={key: tuple(many) for key, many in ids.items()},
        filed={one: await library.topics_of(one) for one in articles},
        rulings=rulings,
        told=told,
        standing=standing,
        stories=stories,
    )


def _names(document: Document) -> Iterator[str]:
    try:
        for seen in read_published(document.kind, document.body):
            yield from _asked(seen)
    except UnreadableError:
        return


def _asked(seen: Seen) -> list[str]:
    """What an entry may be known by: its id, or on a page its link and title."""
    if seen.id is not None:
        return [f"id {seen.id}"]
    return [f"link {seen.link}"] if seen.link else [f"title {words(seen.title)}"]


def _minted(article: ArticleId) -> str:
    return uuid5(NAMESPACE_URL, f"syndicator:{article}").urn


def _known_in(
    article: Article, topics: Mapping[TopicId, Topic], settings: Settings
) -> Iterator[str]:
    """Yield the names of an article in topics that give it an id or a headline of their own."""
    for name, one in topics.items():
        if one.prefix is not None:
            prefix = one.prefix.format(source=_source_title(article, settings))
            yield f"title {words(prefix + article.headline)}"
        if one.guid_scope is GuidScope.FEED:
            yield f"id {uuid5(NAMESPACE_URL, f'syndicator:{name}:{article.id}').urn}"


def _stands_as(line: Publication, story: Story | None) -> list[str]:
    names = [f"id {' '.join(line.guid.split())}"]
    return [*names, f"id {_minted(story.face.article)}"] if story else names


def _known_by(article: Article) -> list[str]:
    guid = " ".join(article.guid.split())
    names = [f"id {guid}", f"id {_minted(article.id)}", f"title {words(article.headline)}"]
    return [*names, f"link {article.link}"] if article.link else names


def audit(
    documents: Iterable[Document], known: Shelf, settings: Settings, now: datetime
) -> list[Breach]:
    """Check every entry of every document; return all breaches, in the order they stand."""
    seen = list(documents)
    return [
        *(breach for one in seen for breach in _audit_one(one, known, settings, now)),
        *_unnoticed_in_archives(seen, known, settings, now),
    ]


def _unnoticed_in_archives(
    documents: Sequence[Document], known: Shelf, settings: Settings, now: datetime
) -> Iterator[Breach]:
    """Look for notices in an archive as a whole: each stands in one of its pages."""
    found: defaultdict[tuple[TopicId, str], list[Seen]] = defaultdict(list)
    first: dict[tuple[TopicId, str], Document] = {}
    for one in documents:
        if not one.archived or one.topic not in settings.topics:
            continue
        first.setdefault((one.shelf, one.kind), one)
        with suppress(UnreadableError):  # said of the document itself
            found[one.shelf, one.kind] += read_published(one.kind, one.body)
    for place, one in first.items():
        for guid, text in _unnoticed(one, found[place], known, now):
            yield Breach(where=one.where, entry=guid, kind="no-notice", text=text)


def _audit_one(
    document: Document, known: Shelf, settings: Settings, now: datetime
) -> Iterator[Breach]:
    def breach(kind: str, text: str, entry: str = "") -> Breach:
        return Breach(where=document.where, entry=entry, kind=kind, text=text)

    if document.topic not in settings.topics:
        yield breach("stray", f"there is no topic {document.topic} in the settings")
        return
    if document.archived and not settings.topics[document.topic].archive:
        yield breach("stray", f"{document.topic} has no archive in the settings")
        return
    private = settings.topics[document.topic].audience is Audience.SUBSCRIBERS
    if private and document.subscriber is None:
        yield breach("subscribers-only", f"{document.topic} is not for everyone to read")
        return
    try:
        entries = read_published(document.kind, document.body)
    except UnreadableError as error:
        yield breach("unreadable", str(error))
        return
    ids = [one.id for one in entries if one.id is not None]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield breach("twice", "two entries have this id; readers show one", twice)
    if not document.archived:
        for guid, text in _unnoticed(document, entries, known, now):
            yield breach("no-notice", text, guid)
    for seen in entries:
        if seen.gone:
            continue
        name = seen.id or seen.title
        case = _case(document, seen, known, settings, now)
        if case is None:
            yield breach("unknown", "no article in the library is published under this", name)
            continue
        corrects = seen.id in known.told
        its = known.rulings.get(case.article.id, ())
        for kind, text in wrong_notice(case, its) if corrects else breaches(case):
            yield breach(kind, text, name)
        if document.archived and case.license is not None and not case.license.archive:
            yield breach("archive", f"{case.license_id}: in no archive, and this is one", name)


def _unnoticed(
    document: Document, entries: Sequence[Seen], known: Shelf, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield what was killed lately, stood here, and is not said to be gone."""
    if document.kind in {"html", "index"}:
        return
    gone = {one.id for one in entries if one.gone}
    standing = known.standing[document.shelf]
    heirs = Counter(line.guid for line in standing.now.values())
    for line in (*standing.past, *standing.now.values()):
        article = line.article
        kept = ruled(known.rulings.get(article, ()), now).kept
        if kept is None or not ruled(known.rulings[article], now).killed:
            continue
        if not LAG <= now - kept.at < NOTICE - LAG:
            continue
        here = standing.now.get(article)
        if heirs[line.guid] > (here is not None and here.guid == line.guid):
            continue  # another copy of the story has its place
        story = known.stories.get(article)
        faced = story is not None and story.face.guid == line.guid
        minted = _minted(story.face.article if story and faced else article)
        if not gone & {line.guid, " ".join(line.guid.split()), minted}:
            yield line.guid, f"killed on {kept.at:%Y-%m-%d %H:%M} UTC without a notice"


def _case(
    document: Document, seen: Seen, known: Shelf, settings: Settings, now: datetime
) -> Case | None:
    article = _article(seen, document, known)
    if article is None:
        return None
    source = settings.sources.get(article.source)
    license_id = source.license if source else None
    if license_id == STATED:
        said = stated(article, settings.licenses)
        license_id = LicenseId(said.license) if said is not None and said.license else None
    line: Publication | None = known.standing[document.shelf].now.get(article.id)
    reader = settings.subscribers[document.subscriber] if document.subscriber else None
    return Case(
        kind=document.kind,
        seen=seen,
        article=article,
        license_id=license_id,
        license=settings.licenses.get(license_id) if license_id else None,
        topic_id=document.topic,
        topic=_as_met(settings.topics[document.topic], reader),
        filed=known.filed[article.id],
        ruled=ruled(known.rulings.get(article.id, ()), now),
        line=line,
        source_title=_source_title(article, settings),
        own_names=_own_names(article, settings),
        now=now,
        pixels=source is not None and source.pixels,
        subscriber=reader,
    )


def _as_met(topic: Topic, reader: Subscriber | None) -> Topic:
    """Describe a topic as a subscriber's own readers meet it."""
    if reader is None:
        return topic
    territories = reader.territories or topic.territories
    commercial = topic.commercial or reader.commercial
    return topic.model_copy(update={"territories": territories, "commercial": commercial})


def _source_title(article: Article, settings: Settings) -> str:
    source = settings.sources.get(article.source)
    return (source.title if source else None) or article.origin.title or article.source


def _own_names(article: Article, settings: Settings) -> tuple[str, ...]:
    """Return all the names of the houses whose copy this source gives."""
    own = (_source_title(article, settings), article.publisher, article.origin.title or "")
    return spellings(own, settings.houses)


def _article(seen: Seen, document: Document, known: Shelf) -> Article | None:
    """Return the article of an entry; of several under one id, the one that fits best."""
    ids = [one for key in _asked(seen) for one in known.ids.get(key, ())]
    found = [known.articles[one] for one in ids if one in known.articles]

    standing = known.standing[document.shelf].now

    title = words(seen.title)

    def fit(article: Article) -> tuple[int, bool, bool, datetime]:
        headline = words(article.headline)
        # A topic may put words before it: of two that end so, it is the longer one's.
        named = len(headline) if title.endswith(headline) else 0
        filed = document.topic in known.filed[article.id]
        return (-named, article.id not in standing, not filed, article.first_seen)

    return min(found, key=fit, default=None)
