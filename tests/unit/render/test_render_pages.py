"""The pages for people, and the OPML."""

from io import BytesIO

from lxml import etree, html
from msgspec.structs import replace

from syndicator.model.clearance import Form
from syndicator.model.edition import Item
from syndicator.model.ids import SourceId, TopicId
from syndicator.model.topic import Topic
from syndicator.model.version import Difference, Piece, Version
from syndicator.render import render_article, render_site
from tests.builders import NOW
from tests.unit.render.editions import BY, CREDIT, RICH, SITE, a_piece, an_edition, document

ROWS = [
    (TopicId("world"), Topic(title="World & more", description="News <here>"), 2, NOW),
    (TopicId("sea"), Topic(title="Sea"), 0, NOW),
]


def _page(**changes: object) -> html.HtmlElement:
    item = a_piece(**{**RICH, **changes})
    return html.parse(BytesIO(document(an_edition(item), "html"))).getroot()


def test_an_entry_shows_who_where_when_and_under_which_terms() -> None:
    (entry,) = _page().xpath("//article")
    assert entry.xpath("h2/a/@href") == ["https://harbour.example/one"]
    assert entry.get("lang") == "en-GB"
    words = entry.text_content()
    assert "By Ines Calloway, Bo" in words
    assert "Harbour News · 24 November 2026, 09:00 UTC" in words
    assert CREDIT in words
    assert "Link to the original" in words
    assert entry.xpath(".//a[@rel='license']/@href") == [BY]
    assert entry.xpath(".//time/@datetime") == ["2026-11-24T09:00:00Z"]


def test_markup_in_upstream_words_is_shown_not_run() -> None:
    attack = "<script>alert(1)</script>\"'"
    page = _page(headline=attack, link=f"https://x.example/{attack}")
    assert not page.xpath("//script")
    assert page.xpath("//h2")[0].text_content() == attack
    assert page.xpath("//h2/a/@href") == [f"https://x.example/{attack}"]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = _page()
    assert not page.xpath("//script | //img | //iframe | //link[@rel='stylesheet'] | //*[@onclick]")
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]
    assert page.xpath("//main/@id") == ["content"]


def test_readers_find_the_feeds_and_people_the_subscribe_links() -> None:
    page = _page()
    feeds = [f"https://desk.example/feeds/world.{kind}" for kind in ("atom", "rss", "json")]
    assert page.xpath("//head/link[@rel='alternate']/@href") == feeds
    assert page.xpath("//nav//a/@href") == [*feeds, f"feed:{feeds[0]}"]
    assert page.xpath("//html/@lang") == ["en"]


def test_directory_lists_every_topic() -> None:
    directory, _ = render_site(ROWS, SITE)
    page = html.parse(BytesIO(directory.body)).getroot()
    assert directory.path == "index.html"
    assert [one.text_content() for one in page.xpath("//article/h2")] == ["World & more", "Sea"]
    assert "2 articles · newest change 24 November 2026, 12:00 UTC" in page.text_content()
    assert "News <here>" in page.text_content()
    assert "waiting for its first article" in page.text_content()
    assert len(page.xpath("//head/link[@rel='alternate']")) == 6
    assert "https://desk.example/topics.opml" in page.xpath("//a/@href")


def test_opml_subscribes_to_every_topic() -> None:
    _, opml = render_site(ROWS, SITE)
    outlines = etree.fromstring(opml.body).findall("body/outline")
    assert [one.get("text") for one in outlines] == ["World & more", "Sea"]
    assert outlines[0].get("xmlUrl") == "https://desk.example/feeds/world.atom"
    assert outlines[0].get("htmlUrl") == "https://desk.example/feeds/world/"
    assert {one.get("type") for one in outlines} == {"rss"}


PAST = Difference(
    version=Version(
        number=1,
        since=NOW,
        until=NOW,
        headline="Night <ferry>",
        why=("headline", "text"),
        by="url",
        source=SourceId("harbour"),
    ),
    headline=(Piece("", "Night"), Piece("-", "<ferry>"), Piece("+", "boat")),
    paragraphs=((Piece("-", "Six"), Piece("+", "Seven"), Piece("", "votes")),),
)


def _section(item: Item) -> html.HtmlElement:
    page = html.parse(BytesIO(render_article(item, SITE, [PAST]))).getroot()
    found: html.HtmlElement = page.xpath("//section")[0]
    return found


def test_the_page_of_an_article_shows_its_versions_as_far_as_they_may_leave() -> None:
    (item,) = an_edition(a_piece(**RICH)).items
    whole = replace(item, cleared=replace(item.cleared, form=Form.FULL))
    section = _section(whole)
    assert section.xpath(".//del/text()") == ["<ferry>", "Six"]
    assert section.xpath(".//ins/text()") == ["boat", "Seven"]
    assert "headline, text changed, after version 1" in section.text_content()
    less = [
        replace(item.cleared, form=Form.EXCERPT),
        replace(item.cleared, form=Form.HEADLINE),
        replace(item.cleared, form=Form.FULL, stub=True),
        replace(item.cleared, form=Form.FULL, words=40),
    ]
    for cleared in less:
        section = _section(replace(item, cleared=cleared))
        assert not section.xpath(".//del | .//ins")
        assert "headline, text changed" in section.text_content()
        assert "ferry" not in section.text_content()


def test_an_article_of_one_version_shows_no_versions() -> None:
    (item,) = an_edition(a_piece(**RICH)).items
    assert b"<section" not in render_article(item, SITE)
