"""Credit through the real command: lines, whole articles, and what is stored."""

import json

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream

STORY = (
    "The ferry crossed the strait in the rain on Monday, the harbour master said, and came back."
)
ARTICLE = f"""Today

/

Coast Wire

Night ferry sails again after eleven years

Ines Calloway and Tomas Reyes-Lund, Harbour News on

Published in World & Sea

{STORY}

{STORY}

—With assistance from Odile Marchetti.

©2026 Harbour News Co. Visit harbournews.example. Distributed by Lighthouse Content Agency, LLC.

Comments
"""
NITF = f"""<?xml version="1.0"?><nitf><head><title>Ferry</title>
<docdata><doc-id id-string="n1"/><date.issue norm="20261103T100000Z"/></docdata></head>
<body><body.head><hedline><hl1>Night ferry sails again</hl1></hedline>
<byline>By Ines Calloway, Harbour News</byline></body.head>
<body.content><p>{STORY}</p><p>{STORY}</p></body.content></body></nitf>"""


def test_lines_are_answered_in_order(desk: Desk) -> None:
    lines = [
        {"id": "1", "text": "By INES CALLOWAY, Harbour News", "lang": "en"},
        {"id": "2", "text": "The ferry sailed.", "lang": "en"},
        {"id": "3", "text": "©2026 Harbour Co.", "lang": None},
    ]
    file = desk.root / "lines.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    desk.sources()
    out = [
        json.loads(one) for one in desk.do("credit", "--jsonl", str(file), "--json").splitlines()
    ]
    assert [one["kind"] for one in out] == ["byline", "none", "credit"]
    assert out[0]["labels"]["authors"] == ["Ines Calloway"]
    assert (out[2]["labels"]["copyright_year"], out[2]["labels"]["copyright_holder"]) == (
        2026,
        "Harbour Co.",
    )


def test_a_line_that_is_none_is_one_readable_error(desk: Desk) -> None:
    file = desk.root / "lines.jsonl"
    file.write_text('{"id": "1", "text": "x"}\nnot json\n', encoding="utf-8")
    desk.sources()
    said = desk.do("credit", "--jsonl", str(file), code=1)
    assert "line 2" in said


def test_a_text_gives_facts_and_what_is_left(desk: Desk) -> None:
    file = desk.root / "article.txt"
    text = ARTICLE[ARTICLE.index("Ines") :]
    file.write_text(text, encoding="utf-8")
    desk.sources()
    found = json.loads(desk.do("credit", str(file), "--json"))
    assert {one["type"] for one in found["facts"]} >= {"byline", "section", "assistance", "credit"}
    assert all(text[one["start"] : one["end"]] == one["raw"] for one in found["facts"])


def test_preview_understands_a_scraped_text_and_nitf(desk: Desk) -> None:
    desk.sources()
    for name, text in (("article.txt", ARTICLE), ("article.xml", NITF)):
        (desk.root / name).write_text(text, encoding="utf-8")
    scraped = json.loads(desk.do("preview", "article.txt", "--json"))
    assert scraped["headline"] == "Night ferry sails again after eleven years"
    assert scraped["authors"] == ["Ines Calloway", "Tomas Reyes-Lund"]
    assert (scraped["organization"], scraped["section"]) == ("Harbour News", "World & Sea")
    assert scraped["contributors"] == ["Odile Marchetti"]
    assert (scraped["copyright_holder"], scraped["copyright_year"]) == ("Harbour News Co.", 2026)
    assert scraped["distributor"] == "Lighthouse Content Agency, LLC"
    assert scraped["body"] == f"{STORY}\n\n{STORY}"
    wired = json.loads(desk.do("preview", "article.xml", "--json"))
    assert (wired["headline"], wired["authors"]) == ("Night ferry sails again", ["Ines Calloway"])
    assert wired["body"] == f"{STORY}\n\n{STORY}"


def test_an_article_is_explained_read_again_and_leaves_with_its_credit(
    desk: Desk, upstream: Upstream
) -> None:
    body = (
        f"<p>Ines Calloway, Merrow Lantern</p><p>{STORY}</p><p>{STORY}</p><p>©2026 Harbour Co.</p>"
    )
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "g1", body=body)))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    (article,) = desk.listing()
    said = desk.do("articles", "explain", article["id"])
    assert "by rule copyright-notice" in said
    assert "byline" not in said
    desk.write("houses.yaml", "houses:\n  lantern: {name: Merrow Lantern, kind: publisher}\n")
    assert "1 understood otherwise" in desk.do("articles", "reread", "--source", "a")
    assert "Merrow Lantern" in desk.do("articles", "show", article["id"])
    assert "byline at 0-" in desk.do("articles", "explain", article["id"])
    desk.do("release")
    atom = (desk.root / "feeds/world.atom").read_text(encoding="utf-8")
    assert atom.count("Merrow Lantern") == 1
    assert "©2026 Harbour Co." in atom


def test_an_embargoed_article_stays_in(desk: Desk, upstream: Upstream) -> None:
    body = f"<p>EMBARGOED UNTIL 8:30 A.M. EDT, WEDNESDAY, APRIL 29, 2099</p><p>{STORY}</p>"
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "g1", body=body)))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    (article,) = desk.listing()
    assert "<entry" not in (desk.root / "feeds/world.atom").read_text(encoding="utf-8")
    assert "embargo" in desk.do("articles", "explain", article["id"])
