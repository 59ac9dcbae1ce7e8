"""The form an article leaves in: full, excerpt or headline, with its credits in the text. Pure."""

import re
from html import escape
from urllib.parse import quote

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Form
from syndicator.model.credit import CreditLine, Scope
from syndicator.model.edition import Item
from syndicator.model.license import CreditPosition, ImagePolicy, License
from syndicator.model.outlet import Outlet
from syndicator.model.topic import Audience
from syndicator.rights.clear import ANYWHERE
from syndicator.rights.pictures import body_pictures, files, pictures, without_links
from syndicator.rights.sentences import excerpt
from syndicator.rights.trim import first_words

_FIRST_PARAGRAPH = re.compile(r"\s*(?:<(?:div|p)(?: [^<>]*)?>\s*)+")
SUMMARY_WORDS = 60
DESK_MARKS = frozenset({"initials", "contact", "bureau-contact"})
"""Rules that read the marks of a desk, which are for editors."""


def shape(
    article: Article,
    cleared: Cleared,
    license: License,  # noqa: A002 - the trade's word
    source_title: str,
    outlet: Outlet = ANYWHERE,
    summary_words: int = SUMMARY_WORDS,
) -> Item:
    """Give a cleared article the form its clearance names.

    The byline stands on top when the copy carried one, the dateline before the
    first words; sign-offs stand at the end, and the credit line where the
    licence wants it, also in an excerpt. Pictures that may not leave are taken
    out of the text and of the metadata; transcripts and chapters go where files go.
    The plain summary of a full text has up to ``summary_words``, that of an excerpt
    what its licence lets out, if that is less.
    """
    story = article.abstract or article.body.text
    if cleared.form is Form.FULL:
        summary = excerpt(story, summary_words)
    elif cleared.form is Form.EXCERPT:
        summary = excerpt(story, license.excerpt_words, whole=True)
    else:
        summary = ""
    attached = files(article.enclosures, cleared.form, license)
    return Item(
        article=msgspec.structs.replace(
            article,
            images=pictures(article.images, license) if cleared.form is not Form.HEADLINE else (),
            enclosures=attached,
            episode=article.episode if attached else None,
        ),
        cleared=cleared,
        license=license,
        source_title=source_title,
        html="\n".join(part for part in _parts(article, cleared, license, summary, outlet) if part),
        summary=summary,
    )


def _parts(
    article: Article,
    cleared: Cleared,
    license: License,  # noqa: A002 - the trade's word
    summary: str,
    outlet: Outlet,
) -> list[str]:
    """Return the paragraphs that leave, in order."""
    place = license.credit_position
    credit = _paragraph("credit", cleared.credit) if cleared.credit else ""
    if cleared.form is Form.HEADLINE:
        return [credit]
    byline = _byline(article, license)
    if place is CreditPosition.BYLINE and cleared.credit:
        byline = f"{byline}. {cleared.credit}" if byline else cleared.credit
    parts = [_paragraph("byline", byline) if byline else ""]
    parts.append(credit if place in {CreditPosition.TOP, CreditPosition.BOTH} else "")
    parts.append(_story(article, cleared, license, summary))
    parts += [_paragraph("contributors", one.raw) for one in article.assistance if one.cut]
    parts += [_paragraph("source", line) for line in _source_lines(article, license)]
    parts.append(credit if place in {CreditPosition.BOTTOM, CreditPosition.BOTH} else "")
    parts.append(_paragraph("tagline", license.tagline) if license.tagline else "")
    parts.append(_pixel(article, cleared, license, outlet))
    return parts


def _story(article: Article, cleared: Cleared, license: License, summary: str) -> str:  # noqa: A002 - the trade's word
    if cleared.form is Form.EXCERPT:
        return f"<p>{escape(summary, quote=False)}</p>" if summary else ""
    abstract = f"<p>{escape(article.abstract, quote=False)}</p>" if article.abstract else ""
    whole = article.body.html or abstract
    if cleared.words is not None:
        whole = first_words(whole, article.body.text, cleared.words)
    body = body_pictures(whole, license)
    return _with_dateline(body if license.links else without_links(body), article)


def _pixel(article: Article, cleared: Cleared, license: License, outlet: Outlet) -> str:  # noqa: A002 - the trade's word
    """Count a reading where the licence wants it: of full texts, in public."""
    if not license.pixel or cleared.form is not Form.FULL or outlet.audience is not Audience.PUBLIC:
        return ""
    values = {"link": article.link or "", "guid": article.guid, "headline": article.headline}
    url = license.pixel.format_map({name: quote(value, safe="") for name, value in values.items()})
    return f'<img src="{escape(url)}" alt="" width="1" height="1">'


def _source_lines(article: Article, license: License) -> list[str]:  # noqa: A002 - the trade's word
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


def _byline(article: Article, license: License) -> str:  # noqa: A002 - the trade's word
    """``By A, B and C, Organization``; the copy's words without what dangled from them."""
    byline = article.byline
    if byline is None:
        return ""
    names = list(byline.authors)
    listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
    if license.byline:
        said = license.byline.format(
            authors=listed, organization=byline.organization or "",
            role=byline.role or "", location=byline.location or "",
        )  # fmt: skip
        return re.sub(r"(?:\s*,)+(?=\s*(?:,|$))", "", said).strip(" ,")
    parts = (listed, byline.role, byline.organization, byline.location)
    return "By " + ", ".join(part for part in parts if part)
