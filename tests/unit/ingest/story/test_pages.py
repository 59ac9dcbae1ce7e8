import json
from datetime import UTC, datetime

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.ingest.markup import Markup
from syndicator.model.entry import Document, Entry, Feed

LEAD = "BERGEN, Norway (HBR) — Ferries along the western coast stayed in port on Tuesday as a storm drew near."
SECOND = "Crews tied up the boats with double lines, and the harbour office asked people to stay at home for the night."
THIRD = "The storm is expected to pass within a day, said harbour master Odd Kai, who has seen many of them."
LAST = "Boats sail again on Thursday, if the wind turns north as the weather office thinks it will."
STORY = (LEAD, SECOND, THIRD, LAST)


def page(body: str, *, head: str = "", document: str = "") -> Feed:
    text = document or (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav></header>'
        f"{body}<footer><p>© 2025 The Daily Harbour Ltd. All rights reserved.</p></footer></body></html>"
    )
    return parse(
        Document(url="https://harbour.example/sea/ferries", body=text.encode()), articles=True
    )


def only(body: str, *, head: str = "") -> Entry:
    (entry,) = page(body, head=head).entries
    return entry


def words(entry: Entry) -> list[str]:
    return Markup(entry.content or "", is_html=entry.content_html, base=None).text.split("\n\n")


def paragraphs(*said: str) -> str:
    return "".join(f"<p>{one}</p>" for one in said)


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def article(inside: str, *, title: str = "Ferries stay in port as storm nears") -> str:
    return (
        f'<main><article><h1>{title}</h1><div class="article-body">{inside}</div></article></main>'
    )


def test_a_page_is_read_as_its_story_alone() -> None:
    feed = page(article(paragraphs(*STORY)))
    (entry,) = feed.entries
    assert feed.format == "page"
    assert entry.title == "Ferries stay in port as storm nears"
    assert words(entry) == list(STORY)


def test_the_sites_footer_belongs_to_the_site() -> None:
    feed = page(article(paragraphs(*STORY)))
    assert feed.origin.rights.notice == "© 2025 The Daily Harbour Ltd. All rights reserved."
    assert not feed.entries[0].rights


def test_boxes_and_furniture_inside_the_body_go() -> None:
    boxes = (
        '<div class="visually-hidden">Article content</div>',
        '<div class="newsletter-signup"><p>Sign up to our newsletter and never miss a boat again, free.</p></div>',
        '<aside><h3>Related</h3><ul><li><a href="/1">The night the lighthouse went dark</a></li></ul></aside>',
        "<p>Advertisement</p>",
        '<p><a href="/2">Read more: How the harbour was built</a></p>',
        '<div class="paywall-offer">THIS CONTENT IS RESERVED FOR SUBSCRIBERS</div>',
        (
            '<figure><img src="https://harbour.example/f.jpg"><figcaption>A ferry at the quay.'
            '<span class="credit">Nils Deck/HBR</span></figcaption></figure>'
        ),
        '<p style="display:none">Hidden words of the page, long enough to look like a sentence.</p>',
    )
    inside = "".join(
        one + box for one, box in zip((*map(paragraphs, STORY),) * 2, boxes, strict=True)
    )
    entry = only(article(inside))
    assert set(words(entry)) == set(STORY)
    assert entry.images[0].credit == "Nils Deck/HBR"
    assert entry.images[0].caption is not None


def test_dateline_sign_off_and_credit_lines_stay() -> None:
    ends = (
        "(Reporting by Ada Quill; Editing by Nils Deck)",
        "©2025 Harbour News. Distributed by Tide Agency.",
    )
    body = article("<p>BERGEN, Norway —</p>" + paragraphs(*STORY, *ends))
    assert words(only(body)) == ["BERGEN, Norway —", *STORY, *ends]


def test_a_source_line_in_a_footer_of_the_article_stays() -> None:
    body = article(paragraphs(*STORY)).replace(
        "</article>",
        '<p class="article-footer_source">Quelle: harbour.example, aq/hbr</p></article>',
    )
    assert words(only(body))[-1] == "Quelle: harbour.example, aq/hbr"


def test_a_lead_said_twice_is_said_once() -> None:
    body = article(f"<p>{LEAD[:70]}…</p>" + paragraphs(*STORY))
    assert words(only(body)) == list(STORY)


def test_a_deck_apart_from_the_text_is_the_summary() -> None:
    deck = '<header><p class="standfirst">The harbour is closed until the wind turns north, the office says.</p></header>'
    entry = only(
        f"<article><h1>Ferries stay in port</h1>{deck}<div>{paragraphs(*STORY)}</div></article>"
    )
    assert words(entry)[0] == LEAD
    assert entry.summary == "The harbour is closed until the wind turns north, the office says."


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            '<span class="kicker">Storm</span>Ferries stay in port',
            "Ferries stay in port | Daily Harbour",
        ),
        ("Storm at sea: Ferries stay in port", "Ferries stay in port"),
        ("Ferries stay in port", "Ferries stay in port - Sea - Daily Harbour"),
    ],
)
def test_kicker_and_site_are_no_part_of_the_headline(heading: str, title: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Daily Harbour">'
    assert (
        only(article(paragraphs(*STORY), title=heading), head=head).title == "Ferries stay in port"
    )


@pytest.mark.parametrize(
    ("first", "lesser", "title", "chosen"),
    [
        ("Daily Harbour", "Ferries stay in port", "Daily Harbour: Ferries stay in port", 1),
        ("Hi, I am Odd", "Ferries stay in port", "Ferries stay in port | Sea | Odd Kai", 1),
        ("Harbour News", "Ferries stay in port", "Ferries stay in port", 1),
        (
            "Ferries stay in port",
            "Storms and ferries",
            "Ferries stay in port | Storms and ferries",
            0,
        ),
        ("Ferries stay in port¶", "In the north", "Ferries stay in port", 0),
        ("Ferries stay in port", "As storm nears", "Ferries stay in port - as storm nears", 0),
    ],
)
def test_the_name_of_a_blog_is_no_headline_of_its_posts(
    first: str, lesser: str, title: str, chosen: int
) -> None:
    for heading in (
        f"<h2><a href='/2025/ferries'>{lesser}</a></h2>",
        f"<h2 class='entry-title'>{lesser}</h2>",
    ):
        body = f"<h1><a href='/'>{first}</a></h1><div>{heading}{paragraphs(*STORY)}</div>"
        entry = only(body, head=f"<title>{title}</title>")
        assert entry.title == (first.rstrip("¶"), lesser)[chosen]


@pytest.mark.parametrize("heading", ["<h2>{}</h2>", "<h2><a href='/'>{}</a></h2>"])
def test_the_name_of_a_paper_is_no_headline(heading: str) -> None:
    name = "The Merrow Valley Gazette"
    for first in ("<h1>Ferry sinks</h1>", ""):
        body = f"<header>{heading.format(name)}</header>{first}<div>{paragraphs(*STORY)}</div>"
        entry = only(body, head=f"<title>Ferry sinks - {name}</title>")
        assert (entry.title or "").startswith("Ferry sinks")


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("By Ada Quill Profile", "By Ada Quill"),
        ("By Ada Quill View All Posts", "By Ada Quill"),
        ("By Ada Quill Associated Press", "By Ada Quill Associated Press"),
        ("By Ada Quill (dpa)", "By Ada Quill (dpa)"),
        ("By Ada Quill for ProPublica", "By Ada Quill for ProPublica"),
        ("By Ada Quill, Staff Writer", "By Ada Quill, Staff Writer"),
        ("By Ada Quill and Odd Kai", "By Ada Quill and Odd Kai"),
        ("Sea correspondent Ada Quill", "Sea correspondent Ada Quill"),
    ],
)
def test_what_stands_after_the_one_authors_name_is_no_name(printed: str, byline: str) -> None:
    head = '<meta name="author" content="Ada Quill">'
    own = f'<div class="byline">{printed}</div>'
    assert only(article(own + paragraphs(*STORY)), head=head).byline == byline


def test_linked_data_gives_the_facts() -> None:
    node = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "Ferries stay in port as storm nears",
                "author": [
                    {"@type": "Person", "name": "Ada Quill"},
                    {"@type": "Organization", "name": "Tide Agency"},
                ],
                "datePublished": "2025-02-04T18:05:00+01:00",
                "articleSection": ["Sea", "News"],
                "inLanguage": "en-GB",
                "keywords": "ferries, storm",
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "image": {"url": "https://harbour.example/1.jpg", "creditText": "Nils Deck"},
            },
        ],
    }
    head = linked(node) + '<link rel="canonical" href="https://harbour.example/2025/ferries">'
    entry = only(article(paragraphs(*STORY)), head=head)
    assert [one.name for one in entry.authors] == ["Ada Quill"]
    assert entry.provider == "Tide Agency"
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)
    assert entry.section == "Sea"
    assert entry.language == "en-GB"
    assert entry.link == entry.guid == "https://harbour.example/2025/ferries"
    assert entry.rights.licenses == ("https://creativecommons.org/licenses/by/4.0/",)
    assert entry.images[0].credit == "Nils Deck"


def test_broken_linked_data_costs_only_itself() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    assert words(only(article(paragraphs(*STORY)), head=head)) == list(STORY)


def test_the_byline_nearest_the_headline_is_the_articles() -> None:
    teaser = '<div class="teaser"><span class="byline">By Someone Else</span></div>'
    own = '<div class="byline">By <a rel="author" href="/ada">Ada Quill</a> <time>Feb 4, 2025</time> Published Feb. 4, 2025</div>'
    body = teaser + article(own + paragraphs(*STORY)) + teaser
    entry = only(body)
    assert entry.byline == "By Ada Quill"
    assert words(entry) == list(STORY)


def test_text_behind_a_gate_is_text() -> None:
    inside = paragraphs(LEAD) + "".join(f'<p class="paywall">{one}</p>' for one in STORY[1:])
    assert words(only(article(inside))) == list(STORY)


def test_a_story_that_goes_on_in_twin_elements_is_read_whole() -> None:
    parts = "".join(f'<div class="chunk">{paragraphs(one, one[::-1] + ".")}</div>' for one in STORY)
    assert len(words(only(f"<article><h1>Ferries stay in port</h1>{parts}</article>"))) == 8


def test_paragraphs_parted_by_breaks_are_paragraphs() -> None:
    body = f'<div id="story"><h1>Ferries stay in port</h1>{"<br><br>".join(STORY)}</div>'
    assert words(only(body)) == list(STORY)


def test_a_form_around_everything_holds_the_story() -> None:
    assert words(only(f'<form action="/x">{article(paragraphs(*STORY))}</form>')) == list(STORY)


def test_a_page_in_a_declared_encoding_is_decoded() -> None:
    text = (
        '<html lang="ru"><head><meta charset="windows-1251"><title>Паромы</title></head><body><h1>Паромы остаются в порту</h1>'
        "<p>Паромы вдоль западного побережья во вторник остались в порту из-за приближения шторма.</p>"
        "<p>Команды закрепили суда двойными концами и разошлись по домам до утра.</p></body></html>"
    )
    document = Document(url="https://harbour.example/ru", body=text.encode("cp1251"))
    (entry,) = parse(document, articles=True).entries
    assert entry.title == "Паромы остаются в порту"
    assert words(entry)[0].startswith("Паромы вдоль")


def test_a_page_without_a_story_is_an_error() -> None:
    with pytest.raises(ReadError):
        page("", document="<html><body><nav><a href='/'>Home</a></nav></body></html>")


@pytest.mark.parametrize(
    "unit", ["<div>", "<p>x y z.</p>", '<a href="x">', "<br>", "&copy; ", '<p class="a-b-c">q</p>']
)
def test_hostile_pages_take_linear_time(unit: str) -> None:
    try:
        page(article(paragraphs(*STORY) + unit * (100_000 // len(unit))))
    except ReadError:
        return


def test_a_page_written_by_a_script_is_read_from_its_linked_data() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": "Ferries stay in port",
        "articleBody": "\n".join(STORY),
    }
    entry = only('<div id="root"><h1>Ferries stay in port</h1></div>', head=linked(node))
    assert words(entry) == list(STORY)


@pytest.mark.parametrize(
    "sentence",
    [
        "Signed up for the navy at seventeen, he never saw the sea.",
        "Posted to the lighthouse in 2009, he met his wife there that year.",
        "Tag, the ship's cat, was found on deck.",
        "Follow the coast north and you reach the last harbour.",
        "Print runs were short in those years, said the owner of the press, who printed two papers a week.",
        "Comments by the mayor drew anger in the harbour.",
        "Analysis: what the storm means for the fleet, and why it matters to the town.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(sentence: str) -> None:
    body = article(paragraphs(LEAD, SECOND, sentence, THIRD, LAST))
    assert sentence in words(only(body))


@pytest.mark.parametrize(("style", "is_deck"), [(' class="leadtext"', True), ("", False)])
def test_a_first_paragraph_that_is_the_description_is_a_deck_if_set_apart(
    style: str, *, is_deck: bool
) -> None:
    first = "The harbour is closed until the wind turns north, the harbour office says."
    head = f'<meta name="description" content="{first}">'
    entry = only(article(f"<p{style}>{first}</p>" + paragraphs(*STORY)), head=head)
    assert words(entry)[0] == (LEAD if is_deck else first)
    assert entry.summary == first


def test_a_marked_word_inside_a_sentence_stays() -> None:
    marked = LEAD.replace("Tuesday", '<span class="player-tooltip">Tuesday</span>').replace(
        "storm", '<a class="related-topic" href="/storm">storm</a>'
    )
    dated = SECOND.replace("night", '<time datetime="2025-02-04">night</time>')
    assert words(only(article(paragraphs(marked, dated, THIRD, LAST)))) == list(STORY)


def test_a_place_on_a_line_of_its_own_stays() -> None:
    assert words(only(article(paragraphs("Bergen", *STORY)))) == ["Bergen", *STORY]


CARD = """<ul><li itemscope itemtype="http://schema.org/NewsArticle">
<a href="/land/nets"><figure><img src="https://harbour.example/net.jpg">
<figcaption class="credit">Getty</figcaption></figure><h3 itemprop="headline">Nets</h3></a>
<meta itemprop="datePublished" content="2025-02-06T20:33:03Z"></li></ul>"""
PICTURE = """<figure><img src="https://harbour.example/quay.jpg">
<figcaption class="credit">Nils Deck/HBR</figcaption></figure>"""


def test_the_cards_of_other_articles_give_neither_dates_nor_pictures() -> None:
    own = '<time itemprop="datePublished" datetime="2025-02-04T18:05:00Z">4 Feb</time>'
    entry = only(
        '<main itemscope itemtype="https://schema.org/NewsArticle"><h1>Ferries stay in port</h1>'
        f"{own}{PICTURE}{paragraphs(*STORY)}</main>{CARD}"
    )
    assert entry.published == datetime(2025, 2, 4, 18, 5, tzinfo=UTC)
    assert [one.url for one in entry.images] == ["https://harbour.example/quay.jpg"]


def test_a_picture_that_leads_to_another_page_is_that_pages() -> None:
    teaser = f'<a href="/land/nets">{PICTURE.replace("quay", "net")}</a>'
    larger = f'<a href="/pictures/quay-large.jpg">{PICTURE}</a>'
    entry = only(article(larger + paragraphs(*STORY) + teaser))
    assert [one.url for one in entry.images] == ["https://harbour.example/quay.jpg"]


def test_a_caption_that_only_credits_is_no_caption() -> None:
    (image,) = only(article(PICTURE + paragraphs(*STORY))).images
    assert (image.credit, image.caption) == ("Nils Deck/HBR", None)


def test_posts_inside_a_live_page_are_part_of_it() -> None:
    post = f'<section itemscope itemtype="https://schema.org/BlogPosting">{PICTURE}</section>'
    entry = only(
        '<main itemscope itemtype="https://schema.org/LiveBlogPosting"><h1>Ferries stay in port'
        f"</h1>{paragraphs(*STORY)}{post}</main>"
    )
    assert [one.credit for one in entry.images] == ["Nils Deck/HBR"]
