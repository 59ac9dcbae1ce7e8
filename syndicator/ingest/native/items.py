"""One ``item`` or ``entry`` → Entry, whatever the dialect: their names are sorted beforehand."""

from datetime import datetime

from lxml import etree

from syndicator.ingest.native import links as to
from syndicator.ingest.native import media
from syndicator.ingest.native.dates import moment
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.origin import named_source
from syndicator.ingest.native.people import people
from syndicator.ingest.native.places import discussion, point
from syndicator.ingest.native.recordings import episode, with_recordings
from syndicator.ingest.native.rights import rights
from syndicator.ingest.native.said import Said, attribute, first_text, said, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Category, Entry, Person, Rights

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ITUNES = "http://www.itunes.com/"
_MEDIA = "http://search.yahoo.com/mrss/category_schema"
_SCHEMES = {"itunes:category": _ITUNES, "itunes:keywords": _ITUNES, "media:category": _MEDIA}
_LISTS = frozenset({"itunes:keywords", "media:keywords", "tags"})


def read_item(
    node: etree._Element,
    tree: Tree,
    above: media.Said,
    house: tuple[Person, ...],
    *,
    explicit: bool | None = None,
) -> Entry:
    """Read one entry.

    ``above`` is what the channel says of every picture; ``house`` the feed's
    own authors, who wrote an Atom entry that names nobody (RFC 4287 §4.2.1);
    ``explicit`` what the feed says of every recording.
    """
    bag = tree.names.children(node)
    found = to.links(bag, tree)
    guid, link, permalink = _identity(node, bag, found)
    title = _title(bag, tree)
    summary, content = _text(bag, tree)
    words = content or summary or title
    place = words.node if words else node
    origin, its_people = named_source(bag, tree)
    pictures = media.images(bag, above, tree)
    published, updated = _dates(bag, node)
    return Entry(
        guid=guid,
        guid_is_permalink=permalink,
        link=link,
        title=title.text if title else None,
        title_html=bool(title and title.html),
        summary=summary.text if summary else None,
        summary_html=bool(summary and summary.html),
        content=content.text if content else None,
        content_html=bool(content and content.html),
        base=tree.base(place),
        base_stated=tree.has_base(place),
        authors=people(bag.get("author"), tree) or its_people or house,
        contributors=people(bag.get("contributor"), tree),
        published=published,
        updated=updated,
        categories=_categories(bag, tree),
        enclosures=with_recordings(to.enclosures(bag, found, tree), bag, above, tree),
        images=pictures,
        language=_language(bag, place, tree),
        rights=_rights(rights(bag, found, tree), bag, with_pictures=bool(pictures)),
        origin=origin,
        point=point(bag, tree),
        discussion=discussion(bag),
        episode=episode(bag, tree, of_feed=explicit),
    )


def _identity(
    node: etree._Element, bag: Bag, found: list[to.Link]
) -> tuple[str | None, str | None, bool]:
    """Return id and page, and whether the first is the second."""
    guid, permalink = _guid(node, bag)
    link = to.page(found) or (attribute(node, "href") if node.attrib else None)
    if link is None and permalink:
        link = guid
    return guid, link, permalink and guid == link


def _guid(node: etree._Element, bag: Bag) -> tuple[str | None, bool]:
    """Return the id, and whether it may serve as a link: RSS says so by default, even of ``g1``."""
    for one in bag.get("guid", ()):
        guid = text_of(one)
        if guid:
            said_so = attribute(one, "isPermaLink") if one.attrib else None
            real = guid.startswith("/") or "://" in guid
            return guid, real and (said_so or "true").lower() == "true"
    return (attribute(node, _ABOUT) if node.attrib else None), False


def _first_said(nodes: list[etree._Element] | None, tree: Tree, default: str) -> Said | None:
    for node in nodes or ():
        guess = not tree.atom or "type" not in node.attrib  # a type in Atom means what it says
        words = said(node, tree, default, guess=guess)
        if words is not None:
            return words
    return None


def _film(bag: Bag, tree: Tree) -> Said | None:
    """Return the description of a film or sound, which is all the text that such an entry has.

    Of a picture it would be a caption, and never a body.
    """
    inside = [bag, *(tree.names.children(one) for one in bag.get("media:group", ()))]
    if not any(media.only_films(one) for one in inside):
        return None
    for one in inside:
        if words := _first_said(one.get("media:description"), tree, "text/plain"):
            return words
    return None


def _title(bag: Bag, tree: Tree) -> Said | None:
    for name in ("title", "dc:title", "media:title", "itunes:title"):
        if name in bag and (words := _first_said(bag[name], tree, "text/plain")):
            return words
    return _title_of_media(bag, tree)


def _title_of_media(bag: Bag, tree: Tree) -> Said | None:
    """Return the title of a film or picture for an entry that has none itself."""
    for name in ("media:group", *(("media:content",) if media.only_films(bag) else ())):
        for one in bag.get(name, ()):
            titles = tree.names.children(one).get("media:title")
            if titles and (words := _first_said(titles, tree, "text/plain")):
                return words
    return None


_SUMMARIES = (
    ("description", "text/html"),
    ("summary", "text/plain"),
    ("dc:description", "text/html"),
    ("dcterms:abstract", "text/plain"),
    ("abstract", "text/plain"),
    ("itunes:summary", "text/plain"),
    ("itunes:subtitle", "text/plain"),
)


def _summaries(bag: Bag, tree: Tree) -> list[Said]:
    """Return every abstract there is, the most usual first."""
    found = (_first_said(bag[name], tree, default) for name, default in _SUMMARIES if name in bag)
    return [one for one in found if one is not None]


def _text(bag: Bag, tree: Tree) -> tuple[Said | None, Said | None]:
    """Return summary and content.

    Where nothing calls itself the content, a second abstract that says more
    than the first is it: RSS has no other place for a full text.
    """
    summaries, content = _summaries(bag, tree), _content(bag, tree)
    summary = summaries[0] if summaries else None
    if content is None and len(summaries) > 1:
        fullest = max(summaries, key=lambda one: len(one.text))
        content = fullest if fullest.text != summaries[0].text else None
    if content is None and summary is None and ("media:group" in bag or "media:content" in bag):
        summary = _film(bag, tree)
    return summary, content


def _content(bag: Bag, tree: Tree) -> Said | None:
    """Return the fullest body."""
    best: Said | None = None
    for name, default in (
        ("content:encoded", "text/html"),
        ("content", "text/plain"),
        ("xhtml:body", "application/xhtml+xml"),
    ):
        for node in bag.get(name, ()):
            words = said(node, tree, default, guess=not tree.atom)
            if words is not None and (best is None or len(words.text) > len(best.text)):
                best = words
    return best


def _dates(bag: Bag, node: etree._Element) -> tuple[datetime | None, datetime | None]:
    published = _moment(bag.get("published")) or _moment(bag.get("dcterms:issued"))
    updated = (
        _moment(bag.get("updated"))
        or _moment(bag.get("dcterms:modified"))
        or _moment(bag.get("dc:date"))
        or (moment(attribute(node, "lastmod")) if node.attrib else None)
    )
    if published is None:
        published = _moment(bag.get("created")) or _moment(bag.get("dcterms:created"))
    return published, updated


def _moment(nodes: list[etree._Element] | None) -> datetime | None:
    for node in nodes or ():
        when = moment(text_of(node))
        if when is not None:
            return when
    return None


def _categories(bag: Bag, tree: Tree) -> tuple[Category, ...]:
    nodes = list(bag.get("category", ()))
    for one in nodes:
        if len(one):  # iTunes nests the narrower in the wider
            nodes += tree.names.children(one).get("category", ())
    for outer in ("categories", "media:group", "media:content"):
        for one in bag.get(outer, ()):
            nodes += tree.names.children(one).get("category", ())
    return tuple(dict.fromkeys(one for node in nodes for one in _category(node, tree)))


def _category(node: etree._Element, tree: Tree) -> list[Category]:
    name = tree.names.short(node)
    text = text_of(node) if not len(node) else None
    if not node.attrib:
        scheme = _SCHEMES.get(name)
        if name in _LISTS:
            terms = (part.strip() for part in (text or "").split(","))
            return [Category(term=term, scheme=scheme) for term in terms if term]
        return [Category(term=text, scheme=scheme)] if text else []
    term = attribute(node, "term", "text") or text
    if not term:
        return []
    scheme = attribute(node, "scheme", "domain") or _SCHEMES.get(name)
    return [Category(term=term, scheme=scheme, label=attribute(node, "label"))]


def _language(bag: Bag, place: etree._Element, tree: Tree) -> str | None:
    """Prefer what Dublin Core says of the item to the language its markup inherits."""
    return first_text(bag.get("language")) or tree.language(place)


def _rights(found: Rights, bag: Bag, *, with_pictures: bool) -> Rights:
    """Let ``media:copyright`` speak for an item only where there is no picture it may mean."""
    if found.notice or with_pictures or "media:copyright" not in bag:
        return found
    return Rights(
        notice=first_text(bag["media:copyright"]),
        holder=found.holder,
        licenses=found.licenses,
        usage=found.usage,
    )
