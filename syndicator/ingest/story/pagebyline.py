"""The byline a page prints, and the people its markup names there."""

import re

from lxml import etree, html

from syndicator.ingest.story import pagewords as known
from syndicator.ingest.story.pagebody import folded, names_of, text_of
from syndicator.model.entry import Person
from syndicator.model.text import squeeze

_MAX_BYLINE = 240
_NEAR = 600  # elements below the headline in which its authors stand
_NO_BYLINE = frozenset({"meta", "link", "body", "html", "script", "style", "main", "article"})
_BY = re.compile(r"(?:by|von|par|por|di|da|door|av|af)\s", re.IGNORECASE)
_STAMP = re.compile(
    r"\s*(?:\b(?:published|updated|posted|last updated|veröffentlicht|aktualisiert)\b|"
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b|"
    r"\b\d{1,2}(?:[:.]\d\d\b| [A-Z][a-z]+ \d{4}| (?:hours?|minutes?|days?) ago)|"
    r"\b\d{4}-\d\d-\d\d|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}).*",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_BYLINE = re.compile(
    r"(?:photo|foto|image|credit|follow|comments?|share|posted|published|updated|view|name|nama|"
    r"nome|e-?mail|website|(?:written )?(?:by|von|par|por)\W*$)\b.*|.* (?:is|was|has|covers|writes|"
    r"joined) (?:a|an|the|been|about|for|as)\b.*|.*\b(?:rss feed|archive)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"(?:about the )?authors?\s*(?:\(s\))?\s*:?\s+", re.IGNORECASE)
_FOLLOW = re.compile(r"\s+(?:follow(?: us| the author.*)?|@\w+)\b.*", re.IGNORECASE | re.DOTALL)
# What a page links to beside a name; anything else there may be a house or another name.
_AFTER = re.compile(
    r" (?:(?:view |all |see )*(?:profile|bio|biography|posts|articles|stories|archive|website)|"
    r"profil|perfil|profilo)",
    re.IGNORECASE,
)
_CLIMB = 6


def signed(byline: str | None, people: tuple[Person, ...]) -> str | None:
    """Leave out what a page links to after its one author's name: a profile, other posts."""
    if byline is None or len({one.name for one in people}) != 1:
        return byline
    by, found, rest = byline.partition(people[0].name)
    if not found or (by and not _BY.fullmatch(by)) or not _AFTER.fullmatch(rest):
        return byline
    return by + found


def byline_of(root: html.HtmlElement, title: str | None) -> tuple[str | None, tuple[Person, ...]]:
    """Return the byline as the page prints it, and the people its markup names in it.

    Of several, the one nearest below the headline: teasers have bylines too.
    """
    found: list[tuple[int, int, str]] = []
    people: list[tuple[int, Person]] = []
    headline = 0
    key = folded(title or "")
    for place, one in enumerate(root.iter()):
        if one.tag == "h1" and key and key in folded(text_of(one)):
            headline = place
        if not isinstance(one.tag, str) or one.tag in _NO_BYLINE:
            continue
        marked = "author" in (one.get("itemprop") or "") or "author" in (one.get("rel") or "")
        if not marked and one.tag != "byline" and not known.names_a_byline(names_of(one)):
            continue
        text = _without_stamp(_line(one))
        if not _may_name(text) or _is_replying(one):
            continue
        if marked and len(text) < 80 and one.tag in {"a", "span"}:  # noqa: PLR2004
            people.append((place, Person(name=text, url=one.get("href"))))
        found.append((place, 300 * bool(_BY.match(text)) + 200 * marked, text))
    best = min(found, key=lambda one: _distance(one[0], headline) - one[1], default=(0, 0, None))[2]
    near = [one for place, one in people if _distance(place, headline) < _NEAR]
    near = list(dict.fromkeys(near))[:12]
    if best and len(near) > 1 and not all(one.name in best for one in near):
        best = None  # each author has an element; together they are the byline
    return best, tuple(near)


def _is_replying(node: etree._Element) -> bool:
    """Say whether an element stands in a form or among readers' comments."""
    for _ in range(_CLIMB):
        if node.tag in {"form", "aside", "footer"} or "comment" in names_of(node).lower():
            return True
        parent = node.getparent()
        if parent is None:
            return False
        node = parent
    return False


def _may_name(text: str) -> bool:
    """A byline has a name in it: a word with a capital, or letters of a script without them."""
    if not text or len(text) > _MAX_BYLINE or _NOT_A_BYLINE.fullmatch(text):
        return False
    if known.is_furniture(text):
        return False
    return any(one.isalpha() and not one.islower() for one in text)


def _distance(place: int, headline: int) -> int:
    return place - headline if place >= headline else 5 * (headline - place)


def _without_stamp(text: str) -> str:
    text = _FOLLOW.sub("", _LABEL.sub("", text, count=1))
    return _STAMP.sub("", text).strip(" |•·,–-")  # noqa: RUF001 - as printed


def _line(node: etree._Element) -> str:
    """Return the words of an element without dates, buttons and pictures in it."""
    parts: list[str] = []
    skipped = None
    for event, one in etree.iterwalk(node, events=("start", "end")):
        if skipped is not None:
            if event == "end" and one is skipped:
                skipped = None
                parts.append(str(one.tail or ""))
            continue
        if event == "start":
            if one.tag in {"time", "button", "svg", "img", "script", "style", "figure"}:
                skipped = one
            elif isinstance(one.tag, str):
                parts.append(str(one.text or ""))
        elif one is not node:
            parts.append(" " + str(one.tail or ""))
    return squeeze(" ".join(parts)).replace(" ,", ",")
