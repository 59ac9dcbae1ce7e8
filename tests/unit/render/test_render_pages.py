"""The pages for people, and the OPML."""

import re
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import msgspec
from lxml import etree, html
from msgspec.structs import replace

from syndicator.model.clearance import Form
from syndicator.model.credit import Dateline
from syndicator.model.edition import Also, Headline, Item, Shown, Withdrawal
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.topic import Topic
from syndicator.model.version import Difference, Piece, Version
from syndicator.render import (
    Hit,
    newest,
    render_article,
    render_results,
    render_site,
    render_topic,
)
from syndicator.render.page import render_page
from tests.builders import NOW
from tests.unit.render.editions import BY, CREDIT, RICH, SITE, a_piece, an_edition, document, many

HOUR = timedelta(hours=1)
OWN = replace(SITE, base_url="https://desk.example/s", private=True)

NEWS = Headline(
    title="Ferry <sails>",
    credit="From Harbour News.",
    published=NOW,
    anchor="a0123",
    language="ar",
)
ROWS = [
    (
        TopicId("world"),
        Topic(title="World & more", description="News <here>"),
        Shown(entries=2, updated=NOW, newest=(NEWS,)),
    ),
    (TopicId("sea"), Topic(title="Sea"), Shown(entries=0, updated=NOW)),
]
FEEDS = [f"https://desk.example/feeds/world.{kind}" for kind in ("atom", "rss", "json")]


def _parsed(body: bytes) -> html.HtmlElement:
    return html.parse(BytesIO(body)).getroot()


def _page(**changes: object) -> html.HtmlElement:
    item = a_piece(**{**RICH, **changes})
    return _parsed(document(an_edition(item), "html"))


def test_an_entry_shows_who_where_when_and_under_which_terms() -> None:
    page = _page()
    (entry,) = page.xpath("//article")
    assert entry.xpath("h3/a/@href") == ["https://harbour.example/one"]
    assert entry.get("lang") == "en-GB"
    words = entry.text_content()
    assert "By Ines Calloway, Bo · 09:00 UTC · updated 10:00 UTC" in words
    assert entry.xpath("p[@class='kicker']")[0].text_content() == "Harbour News"
    assert CREDIT in words
    assert "Link to the original" in words
    assert entry.xpath(".//a[@rel='license']/@href") == [BY]
    assert entry.xpath(".//time/@datetime") == ["2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"]


def test_entries_stand_under_their_days_and_the_newest_leads() -> None:
    items = [
        a_piece(id=ArticleId(f"{hours:020x}"), guid=f"g{hours}", published=NOW - hours * HOUR)
        for hours in (0, 11, 13, 40)
    ]
    page = _parsed(document(an_edition(*items), "html"))
    days = page.xpath("//main/section[starts-with(@class, 'day')]")
    assert [one.xpath("h2")[0].text_content() for one in days] == [
        "Tuesday, 24 November 2026",
        "Monday, 23 November 2026",
        "Sunday, 22 November 2026",
    ]
    assert [len(one.xpath("article")) for one in days] == [2, 1, 1]
    assert [one.get("class") for one in days] == ["day front", "day", "day"]


def test_words_that_run_from_the_right_do_so_whatever_letter_comes_first() -> None:
    (entry,) = _page(headline="iPhone للبيع", language="ar").xpath("//article")
    assert (entry.get("lang"), entry.get("dir")) == ("ar", "rtl")
    (entry,) = _page(language="az-Latn").xpath("//article")
    assert entry.get("dir") == "auto"
    (entry,) = _page(language=None).xpath("//article")
    assert (entry.get("lang"), entry.get("dir")) == (None, "auto")
    assert {one.get("lang") for one in entry.xpath("p[@class='by' or @class='terms']")} == {"en"}


def test_a_revised_entry_leads_to_its_versions_where_everyone_may_read() -> None:
    assert not _page().xpath("//a[contains(@href, '/articles/')]")
    item = a_piece(**{**RICH, "version": 3})
    (link,) = _parsed(document(an_edition(item), "html")).xpath(
        "//a[contains(@href, '/articles/')]"
    )
    assert link.get("href") == f"https://desk.example/articles/{item.article.id}"
    assert link.text_content() == "version 3"
    own = [one.body for one in render_topic(an_edition(item), OWN).outputs][-1]
    assert b"/articles/" not in own
    assert b"\0" not in own


def test_markup_in_upstream_words_is_shown_not_run() -> None:
    attack = "<script>alert(1)</script>\"'"
    page = _page(headline=attack, link=f"https://x.example/{attack}")
    assert not page.xpath("//script")
    assert page.xpath("//h3")[0].text_content() == attack
    assert page.xpath("//h3/a/@href") == [f"https://x.example/{attack}"]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = _page()
    assert not page.xpath("//script | //img | //iframe | //link[@rel='stylesheet'] | //*[@onclick]")
    assert not re.search(r"url\(|@import|@font-face", page.xpath("//style")[0].text)
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]
    assert page.xpath("//main/@id") == ["content"]


def test_readers_find_the_feeds_and_people_the_ways_to_subscribe() -> None:
    page = _page()
    assert page.xpath("//head/link[@rel='alternate']/@href") == FEEDS
    assert [one.text_content() for one in page.xpath("//dd/code")] == FEEDS
    assert page.xpath("//dt/a/@href") == [f"{feed}?raw" for feed in FEEDS]
    escaped = "https%3A%2F%2Fdesk.example%2Ffeeds%2Fworld.atom"
    assert page.xpath("//ul[@class='links']/li/a/@href") == [
        f"feed:{FEEDS[0]}",
        f"https://feedly.com/i/subscription/feed%2F{escaped}",
        f"https://www.inoreader.com/?add_feed={escaped}",
        f"https://www.newsblur.com/?url={escaped}",
        f"https://theoldreader.com/feeds/subscribe?url={escaped}",
        f"https://feedbin.com/?subscribe={escaped}",
    ]


def test_a_subscribers_page_leads_to_the_feeds_beside_it_and_to_no_other_house() -> None:
    outputs = {one.path: one.body for one in render_topic(an_edition(a_piece()), OWN).outputs}
    page = _parsed(outputs["world/index.html"])
    beside = [f"../world.{kind}" for kind in ("atom", "rss", "json")]
    assert page.xpath("//head/link[@rel='alternate']/@href") == beside
    assert page.xpath("//dt/a/@href") == [f"{feed}?raw" for feed in beside]
    assert not page.xpath("//form | //code | //link[@rel='canonical']")
    assert not any("feedly" in href or "feed:" in href for href in page.xpath("//a/@href"))


def test_a_page_leads_to_what_is_older_once_there_is_any() -> None:
    edition = an_edition()
    assert b"Older articles" not in render_page(edition, SITE, []).body
    older = msgspec.structs.replace(edition, older=3)
    page = _parsed(render_page(older, SITE, []).body)
    home = f"{SITE.base_url}/feeds/world/"
    assert page.xpath("//nav/a[@rel='prev']/@href") == [f"{home}archive/3/"]
    output = render_page(msgspec.structs.replace(edition, number=3, older=2), SITE, [])
    assert output.path == "world/archive/3/index.html"
    page = _parsed(output.body)
    assert page.xpath("//nav/a[@rel='prev']/@href") == [f"{home}archive/2/"]
    assert page.xpath("//p[@class='deck']/a/@href") == [home]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{home}archive/3/"]


def test_headings_go_down_one_step_at_a_time() -> None:
    directory, _ = render_site(ROWS, SITE)
    (item,) = an_edition(a_piece(**RICH)).items
    notice = Withdrawal(
        article=item.article.id,
        guid="g",
        source_title="Harbour News",
        since=NOW,
        at=NOW,
        by="Harbour News",
    )
    pages = [
        directory.body,
        document(replace(an_edition(item), withdrawn=(notice,)), "html"),
        render_article(item, SITE, [PAST]),
        render_results("ferry", [HIT], 1, SITE),
    ]
    for page in pages:
        levels = [int(one.tag[1]) for one in _parsed(page).xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_directory_lists_every_topic_with_its_newest_headlines() -> None:
    directory, _ = render_site(ROWS, SITE)
    page = _parsed(directory.body)
    assert directory.path == "index.html"
    assert [one.text_content() for one in page.xpath("//article/h2")] == ["World & more", "Sea"]
    words = page.text_content()
    assert "2 articles · newest change 24 November 2026, 12:00 UTC" in words
    assert "News <here>" in words
    assert "Waiting for its first article" in words
    (row,) = page.xpath("//ul[@class='newest']/li")
    assert row.get("dir") == "rtl"
    assert row.xpath("a/@href") == ["https://desk.example/feeds/world/#a0123"]
    assert "Ferry <sails>" in row.text_content()
    assert "From Harbour News." in row.text_content()
    assert len(page.xpath("//head/link[@rel='alternate']")) == 6
    assert "https://desk.example/topics.opml" in page.xpath("//a/@href")
    assert "feed:https://desk.example/feeds/sea.atom" in page.xpath("//a/@href")
    (form,) = page.xpath("//form")
    assert (form.get("action"), form.get("method"), form.xpath("input/@name")) == (
        "/search",
        None,
        ["q"],
    )


def test_the_search_field_asks_under_the_path_of_the_desk() -> None:
    directory, _ = render_site(ROWS, replace(SITE, base_url="https://desk.example/news"))
    assert _parsed(directory.body).xpath("//form/@action") == ["/news/search"]


def test_opml_subscribes_to_every_topic() -> None:
    _, opml = render_site(ROWS, SITE)
    root = etree.fromstring(opml.body)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [one.tag for one in root] == ["head", "body"]
    outlines = root.findall("body/outline")
    assert [one.get("text") for one in outlines] == ["World & more", "Sea"]
    assert [one.get("title") for one in outlines] == ["World & more", "Sea"]
    assert [one.get("description") for one in outlines] == ["News <here>", None]
    assert outlines[0].get("xmlUrl") == "https://desk.example/feeds/world.atom"
    assert outlines[0].get("htmlUrl") == "https://desk.example/feeds/world/"
    assert {one.get("type") for one in outlines} == {"rss"}


HIT = Hit(
    title="Night <ferry>",
    link="https://harbour.example/?a&b",
    summary="It <sails>.",
    source="Harbour <News>",
    credit="From <Harbour>.",
    published=NOW,
    language="he",
    topics=((TopicId("world"), "World & more"),),
)


def test_results_say_what_was_found_where_and_whose_it_is() -> None:
    page = _parsed(render_results('"<b>', [HIT], 1, SITE))
    (hit,) = page.xpath("//article")
    assert hit.get("dir") == "rtl"
    assert hit.xpath("h2/a/@href") == [HIT.link]
    words = hit.text_content()
    for said in ("Night <ferry>", "It <sails>.", "Harbour <News>", "From <Harbour>."):
        assert said in words
    assert "24 November 2026, 12:00 UTC · in World & more" in words
    assert page.xpath("//input/@value") == ['"<b>']
    assert "1 article with" in page.xpath("//*[@role='status']")[0].text_content()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//main//b")


def test_results_say_plainly_when_there_is_nothing_or_more_than_shown() -> None:
    said = {
        len(_parsed(body).xpath("//article")): _parsed(body).xpath("//*[@role='status']")[0]
        for body in (render_results("x", [], 0, SITE), render_results("x", [HIT], 70, SITE))
    }
    assert said[0].text_content().startswith("Nothing that is published here now has the words")
    assert said[1].text_content().startswith("The first 1 of 70 articles")
    assert "Type words" in _parsed(render_results("", [], 0, SITE)).text_content()


def test_the_directory_names_the_first_entries_of_an_edition() -> None:
    edition = an_edition(*many(5))
    found = newest(edition)
    places = _parsed(document(edition, "html")).xpath("//article/@id")
    assert [one.anchor for one in found] == places[:3]
    assert [one.title for one in found] == ["Ferry 0", "Ferry 1", "Ferry 2"]
    assert {one.credit for one in found} == {CREDIT}


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
    page = _parsed(render_article(item, SITE, [PAST]))
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


def test_the_page_of_an_article_says_what_it_is_and_whose() -> None:
    dateline = Dateline(
        start=0, end=6, raw="OSLO —", confidence=1, rule="d", locations=("Oslo", "Bergen")
    )
    item = a_piece(**{**RICH, "facts": (dateline,), "version": 2})
    item = replace(item, also=(Also(title="Coast <Daily>", link="https://coast.example/1"),))
    page = _parsed(render_article(item, SITE))
    assert [one.text_content() for one in page.xpath("//h1")] == [item.article.headline]
    rows = dict(
        zip(
            (one.text_content() for one in page.xpath("//dt")),
            (one.text_content() for one in page.xpath("//dd")),
            strict=True,
        )
    )
    assert rows == {
        "Source": "Harbour News (read the original)",
        "Also from": "Coast <Daily>",
        "Written in": "Oslo, Bergen",
        "Published": "24 November 2026, 09:00 UTC",
        "Changed": "24 November 2026, 10:00 UTC, version 2",
        "Credit": CREDIT,
        "Licence": "CC BY 4.0",
        "Terms": "Link to the original",
    }
    less = replace(item, cleared=replace(item.cleared, form=Form.HEADLINE))
    assert b"Oslo" not in render_article(less, SITE)
