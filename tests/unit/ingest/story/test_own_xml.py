"""A publisher's own XML in a news item: what a block is shows by what it holds and is called."""

import pytest
from lxml import etree

from syndicator.ingest import parse
from syndicator.ingest.story.vocabulary import Own, is_own, read_own
from syndicator.model.entry import Document, Entry, Image

STORY = """<Beitrag><Kopf><Schlagzeile>Fähren bleiben im Hafen</Schlagzeile>
<Ortsmarke><Ort>Bergen</Ort><Datum>4.2.</Datum></Ortsmarke></Kopf>
<Vorspann><Absatz>Ein Sturm zieht auf, sagte das <Firma>Hafenamt</Firma> am Dienstag.</Absatz></Vorspann>
<Haupttext><Zitat>Wir haben Schlimmeres gesehen, sagte Kai.</Zitat>
<Zitat>Viel Schlimmeres.</Zitat><Zwischentitel>Warten auf den Wind</Zwischentitel>
<Absatz>Die Mannschaften gingen nach Hause.</Absatz>
<table><caption>Wind</caption><tr><td>12</td></tr></table></Haupttext>
<Verfasser mail="ada@harbour.example">Ada Quill/hbr</Verfasser>
<Bilder><Bild><Datei>https://p.example/1</Datei><Bildtext>Eine Fähre liegt fest vertäut am Kai.</Bildtext>
<Urheber>O. Kai</Urheber></Bild><Bild quelle="https://p.example/2"><Urheber>N. Deck</Urheber></Bild></Bilder>
<note>Nur für die Redaktion.</note></Beitrag>"""
HEADLINE = "Fähren bleiben im Hafen"


def own(story: str = STORY, headline: str | None = HEADLINE) -> Own:
    root = etree.fromstring(f"<inlineXML>{story}</inlineXML>")
    assert is_own(root)
    return read_own(root, headline)


def test_only_the_story_stays_and_its_blocks_stay_apart() -> None:
    assert own().blocks == [
        "<p>Ein Sturm zieht auf, sagte das Hafenamt am Dienstag.</p>",
        "<blockquote>Wir haben Schlimmeres gesehen, sagte Kai.</blockquote>",
        "<blockquote>Viel Schlimmeres.</blockquote>",
        "<h3>Warten auf den Wind</h3>",
        "<p>Die Mannschaften gingen nach Hause.</p>",
        "<table><caption>Wind</caption><tr><td>12</td></tr></table>",
    ]


def test_what_stands_apart_is_kept() -> None:
    found = own()
    assert (found.title, found.byline, found.dateline) == (HEADLINE, "Ada Quill/hbr", "Bergen")
    caption = "Eine Fähre liegt fest vertäut am Kai."
    assert found.images == (
        Image(url="https://p.example/1", caption=caption, credit="O. Kai"),
        Image(url="https://p.example/2", credit="N. Deck"),
    )


def test_the_element_of_the_headline_heads_a_second_text() -> None:
    second = (
        "<Beitrag><Schlagzeile>Hintergrund: Stürme.</Schlagzeile><Absatz>Es gab viele.</Absatz>"
    )
    found = own(f"<Lieferung>{STORY}{second}</Beitrag></Lieferung>")
    assert found.blocks[-2:] == ["<h2>Hintergrund: Stürme.</h2>", "<p>Es gab viele.</p>"]


@pytest.mark.parametrize("name", ["Titre", "headLine", "main-title"])
def test_a_headline_is_known_by_its_name_where_the_item_names_none(name: str) -> None:
    found = own(STORY.replace("Schlagzeile", name), None)
    assert found.title == HEADLINE
    assert HEADLINE not in "".join(found.blocks)


def test_a_subheadline_is_no_headline() -> None:
    found = own(STORY.replace("Zwischentitel", "subHeadline"), None)
    assert found.title is None
    assert "<h3>Warten auf den Wind</h3>" in found.blocks


def test_a_mail_address_makes_a_byline_of_a_name_nobody_knows() -> None:
    assert own(STORY.replace("Verfasser", "Zeile")).byline == "Ada Quill/hbr"
    plain = own(
        STORY.replace('Verfasser mail="ada@harbour.example"', "Zeile").replace("Verfasser", "Zeile")
    )
    assert plain.byline is None
    assert "Ada Quill/hbr" in "".join(plain.blocks)  # nothing that is not understood is lost


def test_prose_in_an_element_that_is_called_like_a_picture_stays() -> None:
    long = "Die Lage ist ernst. " * 120
    assert "ernst" in "".join(
        own(STORY.replace("Haupttext", "Bildung").replace("Viel Schlimmeres.", long)).blocks
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>A <x>ferry</x>.</p></body></html>",
        "<section xmlns='http://www.w3.org/1999/xhtml'><p>A ferry.</p><x>B</x></section>",
        "<nitf><body><hedline>A ferry</hedline></body></nitf>",
        "<body><p>A ferry.</p><ul><li>B</li></ul></body>",
        "A ferry.",
    ],
)
def test_html_and_nitf_are_no_vocabulary_of_its_own(inside: str) -> None:
    assert not is_own(etree.fromstring(f"<inlineXML>{inside}</inlineXML>"))


def test_a_news_item_is_read_with_it() -> None:
    entry = item()
    assert (entry.title, entry.byline, entry.dateline) == (HEADLINE, "Ada Quill/hbr", "Bergen")
    assert (entry.content or "").startswith("<p>Ein Sturm")
    assert [one.url for one in entry.images] == ["https://p.example/1", "https://p.example/2"]


def test_what_metadata_says_goes_before() -> None:
    said = "<by>Nils Deck</by><dateline>Oslo</dateline><headline>Fähren warten</headline>"
    entry = item(said)
    assert (entry.title, entry.byline, entry.dateline) == ("Fähren warten", "Nils Deck", "Oslo")


def item(meta: str = f"<headline>{HEADLINE}</headline>") -> Entry:
    body = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g"><contentMeta>{meta}
    </contentMeta><contentSet><inlineXML>{STORY.replace("<Beitrag>", '<Beitrag xmlns="">')}</inlineXML>
    </contentSet></newsItem>"""
    (entry,) = parse(Document(url="file:///a.xml", body=body.encode())).entries
    return entry


@pytest.mark.parametrize("unit", ["<Absatz>a</Absatz>", "<Bild>https://p.example</Bild>", "<a/>"])
def test_many_elements_take_linear_time(unit: str) -> None:
    """With time that grows with the square this would not end."""
    found = own(f"<Beitrag><Absatz>Ein Satz.</Absatz>{unit * 100_000}</Beitrag>")
    assert found is not None
    assert found.blocks[0] == "<p>Ein Satz.</p>"
