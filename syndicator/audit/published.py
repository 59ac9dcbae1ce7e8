"""Published bytes → what a reader sees of each entry. Knows nothing of how they were made."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import msgspec
from lxml import etree, html

SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "m": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "rsl": "https://rslstandard.org/rsl",
}
OURS = frozenset({"byline", "contributors", "source", "credit", "tagline", "correction", "also"})
"""Classes of paragraphs that are not the story; none is longer than ``LONGEST`` words."""
LONGEST = 80
_BLOCKS = frozenset("p li blockquote h1 h2 h3 h4 h5 h6 td th pre figcaption div dd dt".split())  # noqa: SIM905
_BESIDE = frozenset({"by", "meta", "kicker", "terms"})
"""Classes of lines on pages that are not the copy's."""
_END = re.compile(r"end=([^;\s]+)")


class UnreadableError(Exception):
    """A published document that no reader can read."""


class Block(msgspec.Struct, frozen=True):
    """A paragraph: its class (``""`` for none) and its plain words."""

    kind: str
    text: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, beside the text or in it (``inside``), with the credit that stands by it."""

    url: str
    credit: str = ""
    inside: bool = False
    small: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One published entry, whatever its format. ``blocks`` are those of its body.

    ``id`` is ``None`` on a page, where entries are known by link and title, and of a
    notice beside its tombstone.
    ``gone`` marks a notice or tombstone. ``permits`` are uses by machines.
    """

    id: str | None
    title: str = ""
    link: str | None = None
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    hrefs: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    rights: str = ""
    permits: frozenset[str] = frozenset()
    gone: bool = False

    @property
    def words(self) -> str:
        """Everything a reader sees of it."""
        return "\n".join([self.title, self.summary, *(one.text for one in self.blocks)])

    @property
    def story(self) -> tuple[str, ...]:
        """The paragraphs of the story alone."""
        return tuple(
            one.text
            for one in self.blocks
            if one.kind not in OURS or len(one.text.split()) > LONGEST
        )


def read_published(kind: str, body: bytes) -> list[Seen]:
    """Read a published document of one kind: ``rss``, ``atom``, ``json``, ``html`` or ``index``.

    The last is the headlines of one topic in the directory.

    Raises:
        UnreadableError: it is not what its name says.
    """
    readers = {"rss": _rss, "atom": _atom, "json": _json, "html": _page, "index": _index}
    try:
        return list(readers[kind](body))
    except (etree.LxmlError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"cannot be read as {kind}: {error}") from error


def _tree(body: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(body, parser)


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path, "", SPACES) or "").split())


def _all(element: Any, path: str) -> list[Any]:
    found: list[Any] = element.findall(path, SPACES)
    return found


def _body(markup: str) -> dict[str, Any]:
    """Read a body as markup: its paragraphs, pictures and links."""
    if not markup.strip():
        return {}
    root = html.fragment_fromstring(markup, create_parent="div")
    blocks = [
        Block(kind, said) for kind, text in _runs(root, "") if (said := " ".join(text.split()))
    ]
    pictures = [
        Picture(
            url=one.get("src", ""),
            credit=_caption(one),
            inside=True,
            small=one.get("width") == one.get("height") == "1",
        )
        for one in root.iter("img")
    ]
    hrefs = tuple(one.get("href", "") for one in root.iter("a") if one.get("href"))
    return {"blocks": tuple(blocks), "pictures": tuple(pictures), "hrefs": hrefs}


def _runs(element: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Yield runs of words that no block begins or ends in, each with the class of its block."""
    run = [element.text or ""]
    for child in element:
        if child.tag == "br":
            run.append(" ")
        elif isinstance(child.tag, str):
            block = child.tag in _BLOCKS
            inside = list(_runs(child, child.get("class", "") if block else kind))
            if not block and len(inside) == 1:  # words of the same run, in bold or a link
                run.append(inside[0][1])
            else:
                yield kind, "".join(run)
                yield from inside
                run = []
        run.append(child.tail or "")
    yield kind, "".join(run)


def _caption(picture: Any) -> str:
    figure = next(picture.iterancestors("figure"), None)
    return " ".join("".join(figure.itertext()).split()) if figure is not None else ""


def _beside(entry: Any) -> tuple[Picture, ...]:
    return tuple(
        Picture(url=one.get("url", ""), credit=_text(one, "m:credit"))
        for path in ("m:content", "m:thumbnail")
        for one in _all(entry, path)
        if not one.get("type", "image/").startswith(("audio", "video"))
    )


def _permits(entry: Any) -> frozenset[str]:
    said = [one.text or "" for one in entry.iterfind(".//rsl:permits", SPACES)]
    return frozenset(use.strip() for text in said for use in text.split(","))


def _plain(markup: str) -> str:
    """Read words that may be markup, as most readers do with a description."""
    if "<" not in markup:
        return " ".join(unescape(markup).split())
    return " ".join(one.text for one in _body(markup).get("blocks", ()))


def _rss(body: bytes) -> Iterator[Seen]:
    for item in _all(_tree(body), "channel/item"):
        read = _body(item.findtext("c:encoded", "", SPACES) or "")
        links = [one.get("href", "") for one in _all(item, "a:link") if one.get("rel") == "license"]
        ended = _END.search(_text(item, "dcterms:valid"))
        yield Seen(
            id=_text(item, "guid") or _text(item, "link"),
            title=_text(item, "title"),
            link=_text(item, "link") or None,
            summary=_plain(item.findtext("description", "") or ""),
            blocks=read.get("blocks", ()),
            pictures=(*_beside(item), *read.get("pictures", ())),
            files=(*_files(_all(item, "enclosure"), "url"), *_companions(item)),
            hrefs=read.get("hrefs", ()),
            authors=tuple(o.text or "" for p in ("author", "dc:creator") for o in _all(item, p)),
            licenses=(*links, *(o.text or "" for o in _all(item, "cc:license"))),
            rights=_text(item, "dc:rights"),
            permits=_permits(item),
            gone=ended is not None,
        )


def _atom(body: bytes) -> Iterator[Seen]:
    root = _tree(body)
    for entry in _all(root, "a:entry"):
        content = entry.find("a:content", SPACES)
        marked = content is not None and content.get("type") == "html"
        text = "" if content is None else "".join(content.itertext())
        read = _body(text if marked else "")
        links = {
            kind: [one for one in _all(entry, "a:link") if one.get("rel", "alternate") == kind]
            for kind in ("alternate", "license", "enclosure")
        }
        ended = _END.search(_text(entry, "dcterms:valid")) is not None
        yield Seen(
            id=None if ended else _text(entry, "a:id"),  # a notice: its tombstone is what counts
            title=_text(entry, "a:title"),
            link=next((one.get("href") for one in links["alternate"]), None),
            summary=_text(entry, "a:summary"),
            blocks=read.get("blocks", ()) or ((Block("", text),) if text.strip() else ()),
            pictures=(*_beside(entry), *read.get("pictures", ())),
            files=(*_files(links["enclosure"], "href"), *_companions(entry)),
            hrefs=read.get("hrefs", ()),
            authors=tuple(_text(one, "a:name") for one in _all(entry, "a:author")),
            licenses=tuple(one.get("href", "") for one in links["license"]),
            rights=_text(entry, "a:rights"),
            permits=_permits(entry),
            gone=ended,
        )
    for stone in _all(root, "at:deleted-entry"):
        yield Seen(id=stone.get("ref", ""), title=_text(stone, "at:comment"), gone=True)


def _files(nodes: Iterable[Any], name: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.get(name, ""), one.get("type", "")) for one in nodes)


def _companions(entry: Any) -> tuple[tuple[str, str], ...]:
    """Return transcripts and chapters: files as well."""
    found = [*_all(entry, "podcast:transcript"), *_all(entry, "podcast:chapters")]
    return _files(found, "url")


def _json_files(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    episode = item.get("_syndicator", {}).get("episode", {})
    chapters = [episode["chapters"]] if episode.get("chapters") else []
    attached = tuple((o["url"], o.get("mime_type", "")) for o in item.get("attachments", ()))
    return (*attached, *_files([*episode.get("transcripts", ()), *chapters], "url"))


def _json(body: bytes) -> Iterator[Seen]:
    for item in json.loads(body)["items"]:
        ours = item.get("_syndicator", {})
        read = _body(item.get("content_html", ""))
        plain = item.get("content_text", "")
        picture = [item["image"]] if item.get("image") else []
        license_ = ours.get("license")
        yield Seen(
            id=str(item.get("id", "")),
            title=item.get("title", ""),
            link=item.get("url"),
            summary=item.get("summary", ""),
            blocks=read.get("blocks", ()) or ((Block("", plain),) if plain else ()),
            pictures=(*(Picture(url=u, credit="?") for u in picture), *read.get("pictures", ())),
            files=_json_files(item),
            hrefs=read.get("hrefs", ()),
            authors=tuple(one.get("name", "") for one in item.get("authors", ())),
            licenses=(license_,) if license_ else (),
            rights=ours.get("rights", ""),
            permits=frozenset(u for u, said in ours.get("use", {}).items() if said == "allow"),
            gone=bool(ours.get("deleted")),
        )


def _line(kind: str, text: str) -> Block:
    return Block("correction" if text.startswith("Correction, ") else kind, text)


def _page(body: bytes) -> Iterator[Seen]:
    root: Any = html.document_fromstring(body)
    for article in root.iter("article"):
        heading = next(article.iter("h1", "h2", "h3"), None)
        title = " ".join(heading.text_content().split()) if heading is not None else ""
        link = heading.find(".//a") if heading is not None else None
        lines = [
            _line(one.get("class", ""), " ".join(one.text_content().split()))
            for one in article.iter("p")
        ]
        terms = " ".join(
            one.text_content()
            for one in article.iter("p", "dd")
            if one.tag == "dd" or one.get("class") == "terms"
        )
        yield Seen(
            id=None,
            title=title,
            link=link.get("href") if link is not None else None,
            blocks=tuple(one for one in lines if one.kind not in _BESIDE),
            pictures=tuple(Picture(url=o.get("src", ""), inside=True) for o in article.iter("img")),
            authors=tuple(one.text_content() for one in article.findall(".//p[@class='by']/bdi")),
            licenses=tuple(
                one.get("href", "") for one in article.iter("a") if one.get("rel") == "license"
            ),
            rights=" ".join(terms.split()),
            gone=article.get("class") == "notice",
        )


def topics_of_directory(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Part the directory into its topics: the name of each, and the markup of its headlines.

    Raises:
        UnreadableError: it is no page.
    """
    try:
        root: Any = html.document_fromstring(body)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"cannot be read as html: {error}") from error
    for article in root.iter("article"):
        link = article.find("h2/a")
        if link is not None and article.find(".//li/p") is not None:
            yield link.get("href", "").rstrip("/").rpartition("/")[2], html.tostring(article)


def _index(body: bytes) -> Iterator[Seen]:
    for row in html.fragment_fromstring(body).iter("li"):
        credit, link = row.find("p"), row.find("a")
        if credit is not None and link is not None:
            said = " ".join(credit.text_content().split())
            yield Seen(id=None, title=" ".join(link.text_content().split()), rights=said)
