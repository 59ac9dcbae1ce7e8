"""The verdict: may this article leave now, through this outlet, in what form, with what credit.

Each check below asks one thing and returns a verdict, or ``None`` to go on.
They run in order, so the reasons read as the decision was made; the last one
decided. Everything fails closed.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared, Embargoed, Form, Reason, Refused
from syndicator.model.credit import KILLS, Advisory, Embargo
from syndicator.model.ids import LicenseId
from syndicator.model.license import AtExpiry, License
from syndicator.model.outlet import Outlet
from syndicator.model.text import digest
from syndicator.rights.credit_line import credit_line
from syndicator.rights.third_party import others_copy
from syndicator.rights.trim import trim

MAX_VERSIONS = 1000
ANYWHERE = Outlet(topic="")  # type: ignore[arg-type]  # stands for no topic in particular


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One article under one licence for one outlet at one moment.

    ``own_names`` are the houses that may write for this source: its title and
    publisher; ``also_called`` are other names of theirs.
    ``approved`` is a person's word for a licence that wants one.
    """

    article: Article
    license_id: LicenseId
    license: License
    source_title: str
    outlet: Outlet
    now: datetime
    own_names: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    approved: bool = False


Check = Callable[[Question, list[Reason]], Clearance | None]


def clear(
    article: Article,
    license_id: LicenseId | None,
    license: License | None,  # noqa: A002 - the trade's word
    source_title: str,
    now: datetime,
    *,
    outlet: Outlet = ANYWHERE,
    own_names: tuple[str, ...] = (),
    also_called: tuple[str, ...] = (),
    approved: bool = False,
) -> Clearance:
    """Decide whether, and in what form, an article may leave at ``now`` through ``outlet``.

    Reasons name the rule and, where a licence spoke, the licence; the licence's
    version stands in :class:`Cleared`.
    """
    if license_id is None:
        return _refuse([], "license", f"source {article.source} has no licence")
    if license is None:
        return _refuse([], "license", f"licence {license_id} is not in licenses.yaml")
    asked = Question(
        article=article, license_id=license_id, license=license, source_title=source_title,
        outlet=outlet, now=now, own_names=own_names, also_called=also_called, approved=approved,
    )  # fmt: skip
    reasons = [Reason("license", f"{license_id}: text {license.text.value}")]
    for check in CHECKS:
        verdict = check(asked, reasons)
        if verdict is not None:
            return verdict
    return _cleared(asked, reasons)


_VERSIONS: dict[
    int, tuple[License, str]
] = {}  # by identity: hashing a licence costs more than asking


def version(license: License) -> str:  # noqa: A002 - the trade's word
    """Digest a licence's terms: equal digests mean equal terms."""
    known = _VERSIONS.get(id(license))
    if known is None or known[0] is not license:
        if len(_VERSIONS) > MAX_VERSIONS:
            _VERSIONS.clear()
        known = (license, digest(license.model_dump_json(), size=6).hex())
        _VERSIONS[id(license)] = known
    return known[1]


def _refuse(reasons: list[Reason], rule: str, text: str, until: datetime | None = None) -> Refused:
    return Refused(reasons=(*reasons, Reason(rule, text)), until=until)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(" ", "minutes")[:16] + " UTC"


def _killed(asked: Question, reasons: list[Reason]) -> Clearance | None:
    """Keep back what the copy itself, or its wire format, kills or holds."""
    for fact in asked.article.facts:
        if isinstance(fact, Advisory) and fact.action in KILLS:
            return _refuse(reasons, fact.action, f"the copy says {_short(fact.raw)}")
    return None


def _embargoed(asked: Question, reasons: list[Reason]) -> Clearance | None:
    """Hold until the embargo's moment; one that cannot be read holds without end."""
    for fact in asked.article.facts:
        if isinstance(fact, Embargo):
            verdict = _embargo(fact, asked, reasons)
            if verdict is not None:
                return verdict
    return None


def _embargo(fact: Embargo, asked: Question, reasons: list[Reason]) -> Clearance | None:
    if fact.territories:
        here = set(asked.outlet.territories)
        if not here or here & set(fact.territories):
            return _refuse(reasons, "embargo", f"not for release in {', '.join(fact.territories)}")
        return None
    if fact.trouble is not None or not fact.moments:
        trouble = fact.trouble.value if fact.trouble else "unparsed"
        return _unreadable(f"{trouble}, held: {_short(fact.raw)}", asked, reasons)
    until = max(datetime.fromisoformat(one.until) for one in fact.moments)
    if asked.now >= until:
        reasons.append(Reason("embargo", f"lifted {_said(until)}"))
        return None
    return Embargoed(until=until, reasons=(*reasons, Reason("embargo", f"until {_said(until)}")))


def _unreadable(said: str, asked: Question, reasons: list[Reason]) -> Clearance | None:
    wait = asked.license.release_after
    if wait is None:
        return _refuse(reasons, "embargo", said)
    until = asked.article.first_seen + wait
    if asked.now >= until:
        reasons.append(Reason("embargo", f"{said}; let go {_said(until)} by {asked.license_id}"))
        return None
    return Embargoed(until=until, reasons=(*reasons, Reason("embargo", said)))


def _contract(asked: Question, reasons: list[Reason]) -> Clearance | None:
    """The contract must hold today, and copy be available under it."""
    for rule, period in (
        ("effective", asked.license.effective),
        ("available", asked.license.available),
    ):
        if period.since is not None and asked.now < (starts := _midnight(period.since)):
            said = Reason(rule, f"{asked.license_id}: from {period.since}")
            return Embargoed(until=starts, reasons=(*reasons, said))
        if period.until is not None and asked.now >= _midnight(period.until):
            return _refuse(reasons, rule, f"{asked.license_id}: ended {period.until}")
    return None


def _text(asked: Question, reasons: list[Reason]) -> Clearance | None:
    if asked.license.text is Form.NOTHING:
        return _refuse(reasons, "text", f"{asked.license_id}: nothing may leave")
    return None


def _outlet(asked: Question, reasons: list[Reason]) -> Clearance | None:
    """Ask whether this outlet is one the licence lets copy into."""
    rules, outlet = asked.license, asked.outlet
    if rules.exclusive and outlet.topic not in rules.exclusive:
        only = ", ".join(rules.exclusive)
        return _refuse(reasons, "exclusive", f"{asked.license_id}: only for {only}")
    if outlet.commercial and not rules.commercial:
        return _refuse(reasons, "commercial", f"{asked.license_id}: not for commercial use")
    if outlet.paywall and not rules.paywall:
        return _refuse(reasons, "paywall", f"{asked.license_id}: not behind a paywall")
    said = _territory(rules, outlet)
    if said is not None:
        return _refuse(reasons, "territory", f"{asked.license_id}: {said}")
    tongue = asked.article.language or outlet.language
    if rules.languages and not any(_speaks(tongue, one) for one in rules.languages):
        return _refuse(
            reasons, "language", f"{asked.license_id}: not in {tongue or 'an unknown language'}"
        )
    return None


def _territory(rules: License, outlet: Outlet) -> str | None:
    """Copy limited to some countries may not stand where readers of others are."""
    allow, deny = set(rules.territories.allow), set(rules.territories.deny)
    here = set(outlet.territories)
    if allow and (not here or here - allow):
        where = ", ".join(sorted(here - allow)) or "the whole world"
        return f"only for {', '.join(sorted(allow))}, and this is for {where}"
    if deny and (not here or here & deny):
        where = ", ".join(sorted(here & deny)) or "the whole world"
        return f"not for {', '.join(sorted(deny))}, and this is for {where}"
    return None


def _speaks(tag: str | None, wanted: str) -> bool:
    """``en`` takes in ``en-GB`` (RFC 4647 §3.3.1)."""
    found = (tag or "").casefold()
    return found == wanted.casefold() or found.startswith(wanted.casefold() + "-")


def _own_copy(asked: Question, reasons: list[Reason]) -> Clearance | None:
    """What a publisher carries is not always its own to give."""
    if not asked.license.own_copy_only:
        return None
    other = others_copy(asked.article, asked.own_names, asked.license, asked.also_called)
    if other is None:
        return None
    return _refuse(
        reasons,
        "own-copy",
        f"{asked.license_id} covers {asked.source_title}'s own copy; this is {other}'s",
    )


def _linked(asked: Question, reasons: list[Reason]) -> Clearance | None:
    if (
        asked.license.canonical
        and asked.article.link is None
        and asked.license.text is not Form.FULL
    ):
        return _refuse(
            reasons, "canonical", f"{asked.license_id}: must link to its origin, and has no link"
        )
    return None


def _approval(asked: Question, reasons: list[Reason]) -> Clearance | None:
    if asked.license.automatic or asked.approved:
        return None
    return _refuse(
        reasons,
        "approval",
        f"{asked.license_id}: not automatic; `syndicator articles approve {asked.article.id[:10]}`",
    )


CHECKS: tuple[Check, ...] = (
    _killed, _embargoed, _contract, _text, _outlet, _own_copy, _linked, _approval,
)  # fmt: skip


def _cleared(asked: Question, reasons: list[Reason]) -> Clearance:
    """Find the form and the credit of what may leave, and until when."""
    rules, article = asked.license, asked.article
    form, stub, until = _form(article, rules.text), False, None
    if rules.expires is not None:
        until = article.published + rules.expires
        if asked.now >= until:
            said = f"{asked.license_id}: its window ended {_said(until)}"
            if rules.at_expiry is AtExpiry.REMOVE:
                return _refuse(reasons, "expires", said)
            reasons.append(Reason("expires", f"{said}; the headline stays"))
            form, stub, until = Form.HEADLINE, True, None
        else:
            reasons.append(Reason("expires", f"{asked.license_id}: until {_said(until)}"))
    kept = None
    if asked.outlet.longest is not None and form is Form.FULL:
        cut = trim(article, rules, asked.outlet.longest)
        form, kept = cut.form, cut.words
        if cut.why is not None:
            reasons.append(Reason("longest", f"{asked.license_id}: {cut.why}"))
    ends = [
        _midnight(one.until) for one in (rules.effective, rules.available) if one.until is not None
    ]
    until = min([one for one in (until, *ends) if one is not None], default=None)
    credit, how = credit_line(article, rules, asked.source_title)
    reasons.append(Reason("credit", how))
    if credit is None and rules.credit is not None:
        return Refused(reasons=tuple(reasons))
    return Cleared(
        form=form, credit=credit, until=until, reasons=tuple(reasons),
        license=asked.license_id, version=version(rules), stub=stub, words=kept,
    )  # fmt: skip


def _form(article: Article, allowed: Form) -> Form:
    """An article without a body leaves as what it is: a headline with its abstract."""
    return allowed if article.body.html or article.abstract else Form.HEADLINE


def _short(raw: str) -> str:
    """Quote at most a line of what the copy says."""
    words = " ".join(raw.split())
    return f"“{words[:80]}…”" if len(words) > 80 else f"“{words}”"  # noqa: PLR2004 - a line


__all__ = ["ANYWHERE", "CHECKS", "clear", "version"]
