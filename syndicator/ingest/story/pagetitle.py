"""The headline a page prints, without its kicker and the name of its site."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html

from syndicator.ingest.story import pagewords as known
from syndicator.ingest.story.pagebody import folded, names_of, text_of
from syndicator.model.text import squeeze

_SHORTEST = 12  # letters of a headline
_LONGEST = 1000  # letters of a title that is compared
_MOST = 200  # lesser headings that are looked at
_PATH = 8  # letters of a path that leads to more than the front of a site
_POST = re.compile(r"\b(?:entry|post|article)[-_]?(?:title|name|heading)\b|headline", re.IGNORECASE)
_MARK = r"(?:\s+[|:–—·»@_\-]+\s+|\s*[|_]\s*|:\s+)"  # noqa: RUF001 - between a headline and its site


def title_of(root: html.HtmlElement, titles: tuple[str, ...]) -> str | None:
    """Choose the headline as printed; ``titles`` are those that metadata states, best first.

    They say which of the page's headings is meant; what the page prints is
    preferred, for metadata is often shortened for search. A blog may print its
    own name as the first heading and a post's as a lesser one.
    """
    chosen, is_printed = _first_heading(root, titles)
    if chosen and is_printed and any(folded(chosen) == folded(one) for one in titles):
        return chosen
    lesser = islice((one for one in root.iter("h2", "h3") if _is_of_a_post(one)), _MOST)
    found = (text for one in lesser if (text := _heading(one)))
    parts = [one for one in found if any(_is_part(one, own) for own in titles)]
    best = max(parts, key=len, default=None)
    if best and (chosen is None or not is_printed or len(folded(best)) > len(folded(chosen))):
        return best
    return chosen


def _is_of_a_post(node: etree._Element) -> bool:
    """Whether a heading is marked as a post's, or leads to one; a masthead leads home at most."""
    if _POST.search(f"{names_of(node)} {node.get('itemprop') or ''}"):
        return True
    return any(len(_path(one)) >= _PATH for one in node.iter("a"))


def _path(link: etree._Element) -> str:
    try:
        return urlsplit(link.get("href") or "").path.strip("/")
    except ValueError:
        return ""


def _is_part(heading: str, title: str) -> bool:
    """Whether a heading is what a title says, but for a site's name beside it."""
    if not _SHORTEST <= len(folded(heading)) <= len(title) <= _LONGEST:
        return False
    own = re.escape(heading)
    return re.fullmatch(f"{own}(?:{_MARK}.*)?|.*{_MARK}{own}", title, re.DOTALL) is not None


def _first_heading(root: html.HtmlElement, titles: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return the headline by the page's first headings, and whether the page prints it."""
    headings = list(_headings(root, "h1"))
    for heading in headings:
        own = folded(heading)
        # A kicker before the headline is in some titles and not in others: take the shortest.
        ends = [one for one in titles if own.endswith(folded(one) or "-")]
        whole = [one for one in ends if len(one) >= _SHORTEST] or ends
        if whole:
            best = min(whole, key=len)
            return (heading if folded(best) == own else best), True
        keys = [folded(one) for one in titles]
        if any(
            key and (key.startswith(own) or own.startswith(key)) and len(own) >= _SHORTEST
            for key in keys
        ):
            return heading, True
    likely = max(headings, key=lambda one: _likeness(one, titles), default=None)
    if likely and (not titles or _likeness(likely, titles) >= 0.5):  # noqa: PLR2004
        return likely, True
    return (titles[0], False) if titles else (likely, True)


def _headings(root: html.HtmlElement, *names: str) -> Iterator[str]:
    return (text for one in root.iter(*names) if (text := _heading(one)))


def _heading(node: etree._Element) -> str:
    """Return the words of a heading without the kicker inside it."""
    parts = [str(node.text or "")]
    for one in node:
        if isinstance(one.tag, str) and not known.names_a_kicker(names_of(one)):
            parts.extend(map(str, one.itertext()))
        parts.append(str(one.tail or ""))
    return (squeeze("".join(parts)) or text_of(node)).removesuffix("\N{PILCROW SIGN}").rstrip()


def _likeness(heading: str, titles: tuple[str, ...]) -> float:
    own = set(heading.casefold().split())
    return max((len(own & set(one.casefold().split())) / len(own) for one in titles), default=0.0)
