from typing import Any

from syndicator.model.article import Article, Body
from syndicator.model.clearance import Cleared, Form
from syndicator.model.credit import Assistance, Byline, CreditLine, Dateline, Fact
from syndicator.model.entry import Companion, Enclosure, Episode, Image
from syndicator.model.license import ImagePolicy, License
from syndicator.rights import shape
from syndicator.rights.pictures import without_pictures
from syndicator.rights.sentences import excerpt
from tests.builders import an_article

PLACE: dict[str, Any] = {"start": 0, "end": 1, "confidence": 1.0}


def test_an_excerpt_ends_at_a_sentence() -> None:
    assert (
        excerpt("One two three. Four five six. Seven eight.", 6) == "One two three. Four five six."
    )


def test_an_excerpt_never_passes_its_words() -> None:
    assert excerpt("One two three four five", 3) == "One two three…"


def test_pictures_go_with_their_captions_and_words_stay() -> None:
    html = '<p>A.</p><figure><img src="https://x.example/i"><figcaption>C</figcaption></figure><p>B <img src="https://x.example/j"> C</p>'
    assert without_pictures(html) == "<p>A.</p><p>B  C</p>"


def test_the_credit_stands_in_every_form() -> None:
    for form in Form:
        cleared = Cleared(form=form, credit="©2026 Harbour & Co.")
        item = shape(an_article(), cleared, License(text=form), "Harbour")
        assert item.html.count("©2026 Harbour &amp; Co.") == 1


def test_a_headline_carries_no_words_of_the_story() -> None:
    item = shape(an_article(), Cleared(form=Form.HEADLINE, credit=None), License(), "Harbour")
    assert "ferry sails" not in item.html + item.summary


def test_only_credited_pictures_leave_when_so_licensed() -> None:
    images = (Image(url="https://x.example/a", credit="I. C."), Image(url="https://x.example/b"))
    rules = License(text=Form.FULL, images=ImagePolicy.CREDITED)
    article = an_article(images=images, body=Body(html="<p>x</p>", text="x"))
    item = shape(article, Cleared(form=Form.FULL, credit=None), rules, "Harbour")
    assert item.article.images == images[:1]


def test_files_leave_with_the_full_text_and_are_no_way_round_the_rule_for_pictures() -> None:
    heard = an_article(
        enclosures=(
            Enclosure(url="https://x.example/1.mp3", type="audio/mpeg"),
            Enclosure(url="https://x.example/2.mp4", type="video/mp4", credit="Reuters"),
            Enclosure(url="https://x.example/3.JPG", type="Image/jpeg"),
        ),
        episode=Episode(transcripts=(Companion(url="https://x.example/1.vtt"),)),
    )

    def shaped(form: Form = Form.FULL, **rules: Any) -> Article:
        cleared = Cleared(form=form, credit=None)
        return shape(heard, cleared, License(text=form, **rules), "Harbour").article

    def names(article: Article) -> list[str]:
        return [one.url[-5:-4] for one in article.enclosures]

    every: dict[str, Any] = {"images": ImagePolicy.ALL, "third_party_images": True}
    assert names(shaped(**every)) == ["1", "2", "3"]
    assert names(shaped(images=ImagePolicy.ALL, third_party_images=False)) == ["1", "3"]
    assert names(shaped(images=ImagePolicy.NONE, third_party_images=True)) == ["1", "2"]
    assert shaped(**every).episode == heard.episode
    for form in (Form.EXCERPT, Form.HEADLINE):
        assert (names(shaped(form, **every)), shaped(form, **every).episode) == ([], None)


def formed(*facts: Fact) -> str:
    article = an_article(facts=facts)
    cleared = Cleared(form=Form.FULL, credit="©2026 Harbour Co.")
    return shape(article, cleared, License(text=Form.FULL), "Harbour").html


def test_what_was_cut_is_put_back_where_it_stood() -> None:
    html = formed(
        Byline(authors=("Ines Calloway",), role="AP Writer", raw="x", rule="by", **PLACE),
        Dateline(locations=("Merrow",), agency="AP", raw="MERROW (AP) —", rule="agency", **PLACE),
        Assistance(
            editors=("Odile Marchetti",),
            raw="(Editing by Odile Marchetti)",
            rule="sign-off",
            **PLACE,
        ),
        CreditLine(agencies=("APA", "dpa"), raw="(APA/dpa)", rule="agencies-glued", **PLACE),
    )
    assert html.splitlines() == [
        '<p class="byline">By Ines Calloway, AP Writer</p>',
        '<p><span class="dateline">MERROW (AP) —</span> The ferry sails.</p>',
        '<p class="contributors">(Editing by Odile Marchetti)</p>',
        '<p class="source">(APA/dpa)</p>',
        '<p class="credit">©2026 Harbour Co.</p>',
    ]


def test_what_stands_in_the_story_is_not_said_twice() -> None:
    html = formed(
        Assistance(editors=("O",), raw="(Editing by O)", rule="sign-off", cut=False, **PLACE),
        Dateline(raw="MERROW —", rule="place", cut=False, **PLACE),
    )
    assert "Editing" not in html
    assert "MERROW" not in html


def test_marks_of_a_desk_stay_with_the_desk() -> None:
    assert "vc/vd" not in formed(
        CreditLine(agencies=("IANS",), raw="vc/vd", rule="initials", **PLACE)
    )
