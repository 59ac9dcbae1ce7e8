"""Editions for the tests of rendering."""

from datetime import timedelta
from typing import Any

import feedparser
from lxml import etree

from syndicator.lint import Frame, frame_fault
from syndicator.model.clearance import Cleared, Form
from syndicator.model.edition import Edition, Item, Site
from syndicator.model.entry import Category, Enclosure, Image, Origin, Person, Rights
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic
from syndicator.render import Rendered, render_topic
from tests.builders import NOW, an_article

SITE = Site(title="The Desk", base_url="https://desk.example", generator="syndicator 0.1")
CREDIT = "©2026 Harbour News Co. Distributed by Lighthouse Agency."
HTML = f"<p>The ferry sails.</p>\n<p>{CREDIT}</p>"
BY = "https://creativecommons.org/licenses/by/4.0/"
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "m": "http://search.yahoo.com/mrss/",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
}

RICH: dict[str, Any] = {
    "authors": (
        Person(name="Ines Calloway", url="https://harbour.example/ines"),
        Person(name="Bo"),
    ),
    "contributors": (Person(name="Ada Venn"),),
    "categories": (
        Category(term="sea", scheme="https://harbour.example/subjects", label="The sea"),
        Category(term="ferries"),
    ),
    "enclosures": (
        Enclosure(url="https://harbour.example/a.mp3", type="audio/mpeg", length=1234),
        Enclosure(url="https://harbour.example/b.bin"),
    ),
    "images": (
        Image(
            url="https://harbour.example/1.jpg", type="image/jpeg", credit="Jo Marsh", caption="A"
        ),
        Image(url="https://harbour.example/2.jpg", credit="Lee Dunn", rights="©2026 Lee Dunn"),
    ),
    "language": "en-GB",
    "origin": Origin(
        title="Harbour News",
        id="tag:harbour.example,2020:feed",
        link="https://harbour.example/",
        self_link="https://harbour.example/feed.xml",
        updated=NOW - timedelta(hours=1),
        rights=Rights(notice="©2026 Harbour News Co."),
    ),
    "published": NOW - timedelta(hours=3),
    "updated": NOW - timedelta(hours=2),
}


def a_piece(*, html: str = HTML, summary: str = "The ferry sails.", **changes: Any) -> Item:
    """Build an item; keywords not named replace fields of its article."""
    return Item(
        article=an_article(**changes),
        cleared=Cleared(form=Form.FULL, credit=CREDIT),
        license=License(name="CC BY 4.0", url=BY, riders=("Link to the original",)),
        source_title="Harbour News",
        html=html,
        summary=summary,
    )


def many(count: int) -> tuple[Item, ...]:
    """Build items that differ in id, guid, link and dates, newest first."""
    return tuple(
        a_piece(
            id=ArticleId(f"{number:020x}"),
            guid=f"https://harbour.example/{number}",
            link=f"https://harbour.example/{number}",
            headline=f"Ferry {number}",
            published=NOW - timedelta(minutes=number),
            updated=NOW - timedelta(minutes=number),
        )
        for number in range(count)
    )


def an_edition(*items: Item, **topic: Any) -> Edition:
    """Build the edition of topic ``world``."""
    fields = {"title": "World", "description": "News of the world", "language": "en", **topic}
    return Edition(id=TopicId("world"), topic=Topic(**fields), items=items, updated=NOW)


def document(edition: Edition, kind: str) -> bytes:
    """Render one format: ``rss``, ``atom``, ``json`` or ``html``."""
    path = "world/index.html" if kind == "html" else f"world.{kind}"
    (body,) = [one.body for one in render_topic(edition, SITE).outputs if one.path == path]
    return body


def tree(edition: Edition, kind: str) -> Any:
    """Render one format and read it strictly as XML."""
    return etree.fromstring(document(edition, kind))


def texts(element: Any, path: str) -> list[str]:
    """Texts of the elements, or values of the attributes, that ``path`` finds."""
    return [getattr(one, "text", one) for one in element.xpath(path, namespaces=SPACES)]


def parsed(edition: Edition, kind: str) -> Any:
    """Render one format and read it as a feed reader does."""
    from io import BytesIO

    found = feedparser.parse(BytesIO(document(edition, kind)))  # noqa: TID251 - our own bytes
    assert not found.bozo, found.get("bozo_exception")
    return found


def frames_of(made: Rendered) -> list[Frame]:
    """Return what is to be judged of each document."""
    return [one.frame for one in made.documents if one.frame is not None]


def faults_of(made: Rendered) -> list[str]:
    """Say what the gate has against any document."""
    return [fault for frame in frames_of(made) if (fault := frame_fault(frame))]
