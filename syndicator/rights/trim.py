"""Copy that is longer than a feed wants: cut as its licence allows, never otherwise. Pure."""

import msgspec
from lxml import html

from syndicator.model.article import Article
from syndicator.model.clearance import Form
from syndicator.model.license import Alteration, License
from syndicator.rights.pictures import inner
from syndicator.rights.sentences import excerpt


class Trim(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed's longest text makes of an article: a form, and how many words are kept of it.

    ``words`` is ``None`` where nothing is cut; ``why`` is a line for people.
    """

    form: Form
    words: int | None = None
    why: str | None = None


def trim(article: Article, rules: License, longest: int) -> Trim:
    """Decide what becomes of the full text of an article in a feed that wants so many words.

    At a mark of the copy where the licence lets it be trimmed at all; else at
    the end of a sentence, where the licence lets it be cut anywhere; else an
    excerpt is all that fits.
    """
    total = len(article.body.text.split())
    if total <= longest:
        return Trim(form=Form.FULL)
    marks = [one for one in article.body.trims if 0 < one <= longest]
    if marks and rules.alter is not Alteration.NONE:
        said = f"cut at a mark of the copy: {max(marks)} of {total} words, the feed wants {longest}"
        return Trim(form=Form.FULL, words=max(marks), why=said)
    if rules.alter in {Alteration.TRIM, Alteration.FREE}:
        kept = len(excerpt(article.body.text, longest, whole=True).split())
        if kept:
            said = f"cut at a sentence: {kept} of {total} words, the feed wants {longest}"
            return Trim(form=Form.FULL, words=kept, why=said)
    said = f"{total} words, the feed wants {longest}, and alter: {rules.alter.value}; an excerpt"
    return Trim(form=Form.EXCERPT, why=said)


def first_words(body: str, text: str, count: int) -> str:
    """Return markup up to its first ``count`` words; ``text`` is the same words without markup.

    Letters are counted, not words, because markup parts and joins words.
    """
    left = sum(len(word) for word in text.split()[:count])
    root = html.fragment_fromstring(body, create_parent="div")
    _keep(root, left)
    return inner(root)


def _keep(element: html.HtmlElement, left: int) -> int:
    """Cut what comes after ``left`` letters out of an element; return how many it lacks."""
    element.text, left = _head(element.text, left)
    for child in list(element):
        if left <= 0:
            element.remove(child)  # with what follows it
            continue
        left = _keep(child, left)
        child.tail, left = _head(child.tail, left)
    return left


def _head(text: str | None, left: int) -> tuple[str | None, int]:
    """Return the start of a text that holds ``left`` letters, and how many it lacks."""
    if not text or left <= 0:
        return ("" if text else text), left
    for place, letter in enumerate(text, 1):
        left -= not letter.isspace()
        if left <= 0:
            return text[:place], left
    return text, left
