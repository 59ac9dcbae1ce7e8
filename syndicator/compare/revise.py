"""What a revision changed, if anything a person sees; and how many a day are kept. Pure."""

from collections import Counter
from datetime import datetime

import msgspec

from syndicator.compare.furniture import bare
from syndicator.compare.likeness import contained, tokens
from syndicator.model.arrival import Candidate, Known, Revised, Unchanged
from syndicator.model.article import Article
from syndicator.model.patterns import pattern_of
from syndicator.model.text import words
from syndicator.model.version import MOST_VERSIONS, Version

PAST = 4
"""Fingerprints remembered of the versions before; a feed that lags brings one of them."""
OTHER_FORM = 1.5
HELD = 0.9
TINY = 3
"""A revision of no more words than this is small; many small ones make a source noisy."""
ORDERS = frozenset({"pubstatus", "embargoed-element"})
_CUT = pattern_of(r"\s*(?:\[?(?:…|\.\.\.)\]?|\(…\))\s*$")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a person sees changed: ``why`` names the parts; words that went and came are counted."""

    why: tuple[str, ...]
    removed: int = 0
    added: int = 0


def revise(
    candidate: Candidate,
    before: Known,
    stored: Article | None,
    *,
    by: str,
    now: datetime,
) -> Revised | Unchanged:
    """Judge other words of a known article: a revision, or nothing that counts.

    Which keys it teaches is the caller's to say.
    """
    article = candidate.article
    change = material(stored, article) if stored is not None else Change(why=("text",))
    why = None
    if change is None:
        why = "immaterial"
    elif "orders" in change.why:
        why = None  # what is withheld or embargoed must never be missed
    elif before.source != article.source and article.fingerprint in before.past:
        why = "older"
    elif stored is not None and _other_form(article, before, stored):
        why = "form"
    elif before.churn >= MOST_VERSIONS and before.churned == _day(now):
        why = "churn"
    if why is not None or change is None:
        reason = why or "immaterial"
        return Unchanged(of=before.id, keys=(), by=by, version=before.version, why=reason)
    return _revised(candidate, before, stored, change, by=by, now=now)


def _revised(
    candidate: Candidate,
    before: Known,
    stored: Article | None,
    change: Change,
    *,
    by: str,
    now: datetime,
) -> Revised:
    came = candidate.article
    article = msgspec.structs.replace(
        came,
        id=before.id,
        source=before.source,
        guid=before.guid,
        guid_is_permalink=before.guid_is_permalink,
        published=before.published,
        first_seen=before.first_seen,
        updated=_moved(before.updated, came.updated, now),
        version=before.version + 1,
    )
    today = _day(now)
    known = msgspec.structs.replace(
        before,
        fingerprint=article.fingerprint,
        version=article.version,
        updated=article.updated,
        churned=today,
        churn=before.churn + 1 if before.churned == today else 1,
        past=(before.fingerprint, *before.past)[:PAST],
    )
    kept = replaced(stored, change, by, came, article.updated) if stored is not None else None
    return Revised(
        article=article, keys=(), expects=before.version, by=by, known=known, replaced=kept
    )


def replaced(stored: Article, change: Change, by: str, came: Article, until: datetime) -> Version:
    """Keep the words that a revision replaces, and what came in their place."""
    return Version(
        number=stored.version,
        since=stored.updated,
        until=until,
        headline=stored.headline,
        abstract=stored.abstract,
        text=stored.body.text,
        authors=tuple(person.name for person in stored.authors),
        why=change.why,
        by=by,
        source=came.source,
        removed=change.removed,
        added=change.added,
    )


def _day(now: datetime) -> int:
    return int(now.timestamp() // 86_400)


def _moved(before: datetime, stated: datetime, now: datetime) -> datetime:
    """Return the moment of a revision: the upstream's if it moved and is not ahead, else now."""
    return stated if before < stated <= now else max(before, now)


def _other_form(article: Article, before: Known, stored: Article) -> bool:
    """Whether it is the article's text in another length, from another feed or without its page."""
    if before.source == article.source and bool(article.page) == bool(stored.page):
        return False
    if words(article.headline) != words(stored.headline) and before.source == article.source:
        return False
    one, two = tokens(article.said), tokens(stored.said)
    short, long = sorted((len(one), len(two)))
    if before.source != article.source:
        return long > OTHER_FORM * max(short, 1)
    return len(one) < len(two) and contained(one, two) >= HELD


def material(old: Article, new: Article) -> Change | None:
    """Say what a person sees changed between two states of an article; ``None``: nothing.

    Markup, white space, punctuation, letter case, clocks, counters,
    advertisements and buttons do not count, nor where a teaser was cut off.
    """
    why = []
    if not _same_words(old.headline, new.headline):
        why.append("headline")
    gone, came = _text_change(old, new)
    if gone is not None:
        why.append("text")
    if _names(old) != _names(new):
        why.append("authors")
    if _orders(old) != _orders(new):
        why.append("orders")
    return Change(why=tuple(why), removed=gone or 0, added=came) if why else None


def _text_change(old: Article, new: Article) -> tuple[int | None, int]:
    """Count the words that went and came; ``None``: the text is the same to a person."""
    before, after = old.said, new.said
    if words(before) == words(after):
        return None, 0
    one, two = tokens(bare(before)), tokens(bare(after))
    if one == two or _cut_elsewhere(before, after, one, two):
        return None, 0
    a, b = Counter(one), Counter(two)
    return (a - b).total(), (b - a).total()


def is_tiny(change: Version) -> bool:
    """Whether a revision is of few words, and no order or headline."""
    return change.why == ("text",) and change.removed <= TINY and change.added <= TINY


def _same_words(one: str, two: str) -> bool:
    return words(one) == words(two) or tokens(bare(one)) == tokens(bare(two))


def _cut_elsewhere(before: str, after: str, one: list[str], two: list[str]) -> bool:
    """Whether both are the beginning of one text, cut off at another place."""
    if not (_CUT.search(before) and _CUT.search(after)):
        return False
    least = min(len(one), len(two)) - 1  # the last word may be half
    return least > 0 and one[:least] == two[:least]


def _names(article: Article) -> set[str]:
    return {words(person.name) for person in article.authors}


def _orders(article: Article) -> list[tuple[str, str]]:
    return [(one.rule, one.raw) for one in article.facts if one.rule in ORDERS]
