from syndicator.model.article import Body
from syndicator.model.clearance import Cleared, Form
from syndicator.model.entry import Image
from syndicator.model.license import ImagePolicy, License
from syndicator.rights import shape
from syndicator.rights.form import excerpt, without_pictures
from tests.builders import an_article


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
