"""What may be wrong with a published entry: one small function a kind.

Each is given a case and yields a line for each breach; its name is the kind.
To add one, write it and put it in ``KINDS``. Nothing here asks the release
code what it would have done: the licence is read anew.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from syndicator.audit import copy_kinds as copy
from syndicator.audit.case import Case
from syndicator.model.clearance import Form
from syndicator.model.credit import (
    KILLS,
    Advisory,
    Byline,
    CreditLine,
    Dateline,
    Embargo,
    Scope,
)
from syndicator.model.license import AtExpiry, Permission
from syndicator.model.text import squeeze, words
from syndicator.model.topic import Audience

Check = Callable[[Case], Iterator[str]]
_SMALL = frozenset(
    "the news agency inc llc ltd gmbh co staff report reports".split()  # noqa: SIM905
)
_USES = {"ai-train": "train", "ai-input": "input", "ai-index": "mining"}


def killed(case: Case) -> Iterator[str]:
    """A kill is out of everything."""
    kept = case.ruled.kept
    if kept is not None and case.ruled.killed:
        yield f"{kept.kind.value} by {kept.by} on {kept.at:%Y-%m-%d %H:%M} UTC, and still here"


def held(case: Case) -> Iterator[str]:
    """A hold is out until it ends."""
    if case.ruled.kept is not None and not case.ruled.killed:
        yield f"held by {case.ruled.kept.by}, and still here"


def control(case: Case) -> Iterator[str]:
    """A message that kills or holds copy is no story."""
    for fact in case.article.facts:
        if isinstance(fact, Advisory) and fact.action in KILLS:
            yield f"its own words say {fact.action}: {squeeze(fact.raw)[:60]}"


def misfiled(case: Case) -> Iterator[str]:
    """An entry stands only where its article is filed."""
    if case.topic_id not in case.filed:
        yield f"it is not filed in {case.topic_id}"


def license(case: Case) -> Iterator[str]:  # noqa: A001 - the kind's name
    """Nothing leaves without a licence that is in the settings."""
    if case.license_id is None:
        yield f"source {case.article.source} has no licence"
    elif case.license is None:
        yield f"licence {case.license_id} is not in the settings"


def contract(case: Case) -> Iterator[str]:
    """Days outside the contract's, or outside those on which copy is available."""
    today = case.now.astimezone(UTC)
    for name in ("effective", "available"):
        period = getattr(case.rules, name)
        if period.since and today < _midnight(period.since):
            yield f"{case.license_id}: {name} only from {period.since}"
        if period.until and today >= _midnight(period.until):
            yield f"{case.license_id}: {name} ended {period.until}"


def _midnight(day: object) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")


def embargo(case: Case) -> Iterator[str]:
    """Nothing leaves before its embargo lifts, or under one that cannot be read."""
    wait = case.rules.release_after
    for fact in case.article.facts:
        if not isinstance(fact, Embargo):
            continue
        if fact.territories:
            here = set(case.topic.territories)
            if not here or here & set(fact.territories):
                yield f"not for release in {', '.join(fact.territories)}"
        elif fact.trouble is not None or not fact.moments:
            if wait is None or case.now < case.article.first_seen + wait:
                yield f"its embargo cannot be read: {squeeze(fact.raw)[:60]}"
        elif any(case.now < datetime.fromisoformat(one.until) for one in fact.moments):
            yield f"embargoed until {max(one.until for one in fact.moments)}"


def approval(case: Case) -> Iterator[str]:
    """A licence that is not automatic wants a person's word for each article."""
    if not case.rules.automatic and case.ruled.approved is None:
        yield f"{case.license_id} is not automatic, and nobody approved it"


def expired(case: Case) -> Iterator[str]:
    """What is past its window is gone."""
    if case.expired and case.rules.at_expiry is AtExpiry.REMOVE:
        yield f"{case.license_id}: its window of {case.rules.expires} has ended"


def own_copy(case: Case) -> Iterator[str]:
    """Copy of another house is not the publisher's to give, where the licence says so."""
    if not case.rules.own_copy_only:
        return
    own = [case.source_title, case.article.publisher, case.article.origin.title or ""]
    own += [case.rules.holder or "", case.rules.distributor or ""]
    known = [telling for one in own if (telling := _telling(one))]
    named = {_telling(one) for one in case.own_names}
    for house in _houses(case):
        other = _telling(house)
        if other and other not in named and not any(other <= one or one <= other for one in known):
            yield f"{case.license_id}: only the giver's own copy, and this is {house}'s"


def _houses(case: Case) -> Iterator[str]:
    """Yield the houses that an article says wrote or own it."""
    for fact in case.article.facts:
        if isinstance(fact, Byline):
            yield from fact.organizations
        elif isinstance(fact, Dateline) and fact.agency:
            yield fact.agency
        elif isinstance(fact, CreditLine) and fact.scope is Scope.ITEM:
            yield from (one for one in (fact.holder, *fact.agencies) if one)


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that tell one house from another."""
    return frozenset(words(name).split()) - _SMALL


def territory(case: Case) -> Iterator[str]:
    """No feed for countries the licence does not cover."""
    here, rules = set(case.topic.territories), case.rules.territories
    if rules.allow and (not here or here - set(rules.allow)):
        yield f"{case.license_id}: only for {', '.join(rules.allow)}"
    if rules.deny and (not here or here & set(rules.deny)):
        yield f"{case.license_id}: not for {', '.join(rules.deny)}"


def outlet(case: Case) -> Iterator[str]:
    """No feed the licence does not want: commercial, paid for, or another than its own."""
    paid = case.topic.paywall or case.topic.audience is Audience.SUBSCRIBERS
    if case.topic.commercial and not case.rules.commercial:
        yield f"{case.license_id}: not for commercial use"
    if paid and not case.rules.paywall:
        yield f"{case.license_id}: not behind a paywall"
    if case.rules.exclusive and case.topic_id not in case.rules.exclusive:
        yield f"{case.license_id}: only for {', '.join(case.rules.exclusive)}"


def language(case: Case) -> Iterator[str]:
    """No language the licence does not cover."""
    tongue = (case.article.language or case.topic.language or "").casefold()
    wanted = [one.casefold() for one in case.rules.languages]
    if wanted and not any(tongue == one or tongue.startswith(one + "-") for one in wanted):
        yield f"{case.license_id}: only in {', '.join(case.rules.languages)}"


def subscriber(case: Case) -> Iterator[str]:
    """A subscriber gets no more than its own terms say."""
    terms = case.subscriber
    if terms is None:
        return
    if terms.licenses and case.license_id not in terms.licenses:
        yield f"{case.license_id} is none of the subscriber's licences"
    if terms.forms is Form.HEADLINE and case.stories:
        yield "the subscriber may have headlines only"
    count = max((len(one.split()) for one in case.stories), default=0)
    if terms.forms is Form.EXCERPT and count > case.rules.excerpt_words:
        yield f"the subscriber may have excerpts only, and {count} words are here"


def machine_use(case: Case) -> Iterator[str]:
    """No use by machines is permitted that the licence denies."""
    for said in sorted(case.seen.permits):
        if getattr(case.rules.use, _USES.get(said, said), None) is Permission.DENY:
            yield f"{case.license_id}: it permits {said}"


def unrecorded(case: Case) -> Iterator[str]:
    """What stands in a feed stands in the ledger, in the same form."""
    if case.line is None and case.subscriber is not None:
        return  # entered when it is given
    if case.line is None:
        yield "the ledger of publications does not know of it"
    elif case.line.form == Form.HEADLINE.value and case.stories:
        yield "the ledger says a headline, and more stands here"


FOUND: tuple[Check, ...] = (killed, held, control, misfiled, license, unrecorded)
"""Asked of every entry whose article is known."""
LICENSED: tuple[Check, ...] = (
    contract, embargo, approval, own_copy, expired, territory, outlet, language, subscriber,
    machine_use, copy.stale_stub, copy.form, copy.too_long, copy.cut, copy.credit,
    copy.credit_place, copy.rights, copy.license_link, copy.byline, copy.headline, copy.altered,
    copy.images, copy.tracker, copy.pixel, copy.enclosures, copy.links, copy.canonical,
    copy.correction,
)  # fmt: skip
"""Asked of every entry that has a licence."""

AT_THE_ENTRY: frozenset[Check] = frozenset(
    {copy.byline, copy.license_link, copy.canonical, copy.correction}
)
"""Not asked of a headline in the directory: it leads to its entry, where these stand."""


def breaches(case: Case) -> Iterator[tuple[str, str]]:
    """Yield kind and line of everything wrong with one entry."""
    for check in FOUND + (LICENSED if case.license is not None else ()):
        if case.kind == "index" and check in AT_THE_ENTRY:
            continue
        for text in check(case):
            yield check.__name__.replace("_", "-"), text
