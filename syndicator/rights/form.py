"""The form an article leaves in: full, excerpt or headline, with its credits in the text."""

import re
from html import escape

import msgspec
from lxml import etree, html

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Form
from syndicator.model.credit import CreditLine, Scope
from syndicator.model.edition import Item
from syndicator.model.entry import Enclosure, Image
from syndicator.model.license import ImagePolicy, License

_SENTENCE = re.compile(r"(?:(?<=[.!?。！？…])|(?<=[.!?。！？…][\"”’»)\]]))(?=\s|$)")  # noqa: RUF001 - ends of sentences
_FIRST_PARAGRAPH = re.compile(r"\s*(?:<(?:div|p)(?: [^<>]*)?>\s*)+")
SUMMARY_WORDS = 60
DESK_MARKS = frozenset({"initials", "contact", "bureau-contact"})
"""Rules that read the marks of a desk, which are for editors."""


def shape(article: Article, cleared: Cleared, license: License, source_title: str) -> Item:  # noqa: A002
    """Give a cleared article the form its clearance names.

    The byline stands on top when the copy carried one; contributor lines and
    the credit line stand at the end, also of an excerpt. Pictures that may not
    leave are taken out of the text and of the metadata.
    """
    words = min(license.excerpt_words, SUMMARY_WORDS)
    story = article.abstract or article.body.text
    summary = excerpt(story, words if cleared.form is not Form.FULL else SUMMARY_WORDS)
    if cleared.form is Form.HEADLINE:
        summary = ""
    return Item(
        article=msgspec.structs.replace(
            article,
            images=_pictures(article.images, license.images),
            enclosures=_files(article.enclosures, cleared.form, license.images),
        ),
        cleared=cleared,
        license=license,
        source_title=source_title,
        html=_html(article, cleared, license, summary),
        summary=summary,
    )


def excerpt(text: str, limit: int) -> str:
    """Return whole sentences of ``text``, at most ``limit`` words.

    A first sentence longer than that is cut at a word and closed with "…".
    """
    parts = text.split(None, limit)
    head = " ".join(parts[:limit])
    if len(parts) <= limit:
        return head
    ends = [match.start() for match in _SENTENCE.finditer(head) if match.start()]
    return head[: ends[-1]].rstrip() if ends else head + "…"


def _html(article: Article, cleared: Cleared, license: License, summary: str) -> str:  # noqa: A002
    parts = []
    if article.byline is not None and cleared.form is not Form.HEADLINE:
        parts.append(_paragraph("byline", _byline(article)))
    if cleared.form is Form.FULL:
        body = article.body.html or (
            f"<p>{escape(article.abstract)}</p>" if article.abstract else ""
        )
        body = body if license.images is ImagePolicy.ALL else without_pictures(body)
        parts.append(_with_dateline(body, article))
    elif cleared.form is Form.EXCERPT and summary:
        parts.append(f"<p>{escape(summary, quote=False)}</p>")
    if cleared.form is not Form.HEADLINE:
        parts.extend(
            _paragraph("contributors", fact.raw) for fact in article.assistance if fact.cut
        )
        parts.extend(_paragraph("source", line) for line in _source_lines(article, license))
    if cleared.credit:
        parts.append(_paragraph("credit", cleared.credit))
    return "\n".join(part for part in parts if part)


def _source_lines(article: Article, license: License) -> list[str]:  # noqa: A002
    """Lines that name agencies: no credit line, yet words the copy owes them.

    Credits of pictures leave where pictures may.
    """
    scopes = {Scope.ITEM} if license.images is ImagePolicy.NONE else {Scope.ITEM, Scope.IMAGE}
    return [
        fact.raw
        for fact in article.facts
        if isinstance(fact, CreditLine)
        and fact.cut
        and (fact.agencies or fact.creator)
        and fact.scope in scopes
        and fact.rule not in DESK_MARKS
        and not (fact.holder or fact.distributor)
    ]


def _with_dateline(body: str, article: Article) -> str:
    """Put the dateline back where it stood: before the first words of the story."""
    dateline = article.dateline
    if dateline is None or not dateline.cut:
        return body
    words = f'<span class="dateline">{escape(dateline.raw, quote=False)}</span> '
    opening = _FIRST_PARAGRAPH.match(body)
    return body[: opening.end()] + words + body[opening.end() :] if opening else words + body


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text, quote=False)}</p>'


def _byline(article: Article) -> str:
    """``By A, B and C, Organization``; the copy's words without what dangled from them."""
    byline = article.byline
    if byline is None:
        return ""
    names = list(byline.authors)
    listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
    parts = (listed, byline.role, byline.organization, byline.location)
    return "By " + ", ".join(part for part in parts if part)


def _pictures(images: tuple[Image, ...], policy: ImagePolicy) -> tuple[Image, ...]:
    if policy is ImagePolicy.ALL:
        return images
    return tuple(one for one in images if policy is ImagePolicy.CREDITED and one.credit)


def _files(
    enclosures: tuple[Enclosure, ...], form: Form, policy: ImagePolicy
) -> tuple[Enclosure, ...]:
    """Attached files leave only with the full text; attached pictures as pictures do."""
    if form is not Form.FULL:
        return ()
    return tuple(
        one
        for one in enclosures
        if policy is ImagePolicy.ALL or not (one.type or "").startswith("image/")
    )


def without_pictures(body: str) -> str:
    """Take out pictures with their captions. Words that are not a caption stay."""
    if "<img" not in body and "<figure" not in body:
        return body
    root = html.fragment_fromstring(body, create_parent="div")
    for figure in list(root.iter("figure")):
        if next(figure.iter("img"), None) is not None:
            figure.drop_tree()
    for picture in list(root.iter("img")):
        parent = picture.getparent()
        picture.drop_tree()
        while (
            parent is not None
            and parent is not root
            and len(parent) == 0
            and not (parent.text or "").strip()
        ):
            empty, parent = parent, parent.getparent()
            empty.drop_tree()
    inner = escape(root.text or "", quote=False)
    return inner + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )
