"""The verdict: may this article leave now, in what form, with what credit line."""

import re
from datetime import datetime
from string import Formatter

from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared, Embargoed, Form, Reason, Refused
from syndicator.model.credit import KILLS, Advisory, Embargo
from syndicator.model.ids import LicenseId
from syndicator.model.license import License

_FORMATTER = Formatter()


def clear(
    article: Article,
    license_id: LicenseId | None,
    license: License | None,  # noqa: A002 - the trade's word
    source_title: str,
    now: datetime,
) -> Clearance:
    """Decide whether, and in what form, an article may leave at ``now``.

    Fails closed: no licence, a licence that is not in the settings, a kill or a
    hold, an embargo that has not lifted or cannot be read, an ended window, or a
    credit line that cannot be built keeps the article in.
    Reasons are in the order they were found; the last one decided.
    """
    if license_id is None:
        return _refuse("license", f"source {article.source} has no licence")
    if license is None:
        return _refuse("license", f"licence {license_id} is not in licenses.yaml")
    reasons = [Reason("license", f"{license_id}: text {license.text.value}")]
    held = _held(article, now, reasons)
    if held is not None:
        return held
    until = None
    if license.expires is not None:
        until = article.published + license.expires
        if now >= until:
            ended = Reason("expires", f"{license_id}: its window ended {until:%Y-%m-%d %H:%M} UTC")
            return Refused(reasons=(*reasons, ended))
        reasons.append(Reason("expires", f"{license_id}: until {until:%Y-%m-%d %H:%M} UTC"))
    credit, said = _credit(article, license, source_title)
    reasons.append(Reason("credit", said))
    if credit is None and license.credit is not None:
        return Refused(reasons=tuple(reasons))
    return Cleared(
        form=_form(article, license.text), credit=credit, until=until, reasons=tuple(reasons)
    )


def _held(article: Article, now: datetime, reasons: list[Reason]) -> Clearance | None:
    """Keep back what its own words, or its wire format, kill, hold or embargo."""
    for fact in article.facts:
        if isinstance(fact, Advisory) and fact.action in KILLS:
            said = Reason(fact.action, f"the copy says {_short(fact.raw)}")
            return Refused(reasons=(*reasons, said))
        if isinstance(fact, Embargo):
            found = _embargoed(fact, now, reasons)
            if found is not None:
                return found
    return None


def _embargoed(fact: Embargo, now: datetime, reasons: list[Reason]) -> Clearance | None:
    if fact.territories:
        where = ", ".join(fact.territories)
        return Refused(reasons=(*reasons, Reason("embargo", f"not for release in {where}")))
    if fact.trouble is not None or not fact.moments:
        trouble = fact.trouble.value if fact.trouble else "unparsed"
        said = Reason("embargo", f"{trouble}, held: {_short(fact.raw)}")
        return Refused(reasons=(*reasons, said))
    until = max(datetime.fromisoformat(one.until) for one in fact.moments)
    if now >= until:
        reasons.append(Reason("embargo", f"lifted {until:%Y-%m-%d %H:%M %Z}".rstrip()))
        return None
    said = Reason("embargo", f"until {until:%Y-%m-%d %H:%M %Z}".rstrip())
    return Embargoed(until=until, reasons=(*reasons, said))


def _short(raw: str) -> str:
    """Quote at most a line of what the copy says."""
    words = " ".join(raw.split())
    return f"“{words[:80]}…”" if len(words) > 80 else f"“{words}”"  # noqa: PLR2004 - a line


def _form(article: Article, allowed: Form) -> Form:
    """An article without a body leaves as what it is: a headline with its abstract."""
    return allowed if article.body.html or article.abstract else Form.HEADLINE


def _refuse(rule: str, text: str) -> Refused:
    return Refused(reasons=(Reason(rule, text),))


def _credit(article: Article, license: License, source_title: str) -> tuple[str | None, str]:  # noqa: A002
    """Return the credit line and how it came about.

    The copy's own line leaves verbatim where it names a holder or a
    distributor. Otherwise the licence's template is filled; a name it needs
    and the article lacks means there is no line.
    """
    line = own_line(article)
    if line is not None:
        missing = license.distributor and license.distributor.rstrip(".") not in line
        if not missing:
            return line, "the copy's own line, verbatim"
        return (
            f"{line} Distributed by {license.distributor}.",
            "the copy's own line and distributor",
        )
    if license.credit is None:
        return article.rights.notice, "no credit line required"
    names = _names(article, license, source_title)
    wanted = {name for _, name, _, _ in _FORMATTER.parse(license.credit) if name}
    absent = sorted(name for name in wanted if not names.get(name))
    if absent:
        return None, f"the credit line needs {', '.join(absent)}, which the article does not state"
    return _tidy(license.credit.format_map(names)), "built from the licence's template"


def own_line(article: Article) -> str | None:
    """Return the words by which the copy itself says whose it is, verbatim, on one line.

    A line that names a holder or a distributor, and one that says where the
    copy was published first; lines that only name an agency are no credit line.
    """
    own, first = article.credit, article.republication
    parts = [own.raw] if own is not None and (own.holder or own.distributor) else []
    if first is not None and (first.publisher or first.license) and first.cut:
        parts.append(first.raw)
    lines = [" ".join(part.split()) for part in parts]
    return " ".join(dict.fromkeys(lines)) or None


def _names(article: Article, license: License, source_title: str) -> dict[str, str]:  # noqa: A002
    own = article.credit
    people = [person.name for person in article.authors]
    listed = ", ".join(people[:-1]) + " and " + people[-1] if len(people) > 1 else "".join(people)
    return {
        "year": str((own.year if own else None) or article.published.year),
        "holder": (own.holder if own else None) or license.holder or "",
        "site": (own.site if own else None) or "",
        "distributor": license.distributor or (own.distributor if own else None) or "",
        "source": source_title,
        "authors": listed or source_title,
        "headline": article.headline,
        "link": article.link or "",
        "license": license.name or "",
    }


def _tidy(line: str) -> str:
    """``Bloomberg L.P.. Visit`` → ``Bloomberg L.P. Visit``."""
    return re.sub(r"\.\.(?=\s|$)", ".", line).strip()
