"""What may be wrong with a published entry: one small function a kind.

Each is given a case and yields a line for each breach; its name is the kind.
To add one, write it and put it in ``KINDS``. Nothing here asks the release
code what it would have done: the licence is read anew.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from string import Formatter

from syndicator.audit.case import Case
from syndicator.model.clearance import Form
from syndicator.model.credit import KILLS, Advisory, Embargo
from syndicator.model.license import Alteration, AtExpiry, ImagePolicy, Permission
from syndicator.model.text import squeeze, words
from syndicator.model.topic import Audience

Check = Callable[[Case], Iterator[str]]
UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
_AGENCIES = re.compile(
    r"\b(?:AP|Associated Press|Reuters|AFP|EPA|dpa|Getty|Shutterstock|Alamy|Xinhua|EFE|ANSA|TASS)\b"
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


def stale_stub(case: Case) -> Iterator[str]:
    """What is past its window, and may stay as a stub, is a headline with a link."""
    if case.expired and case.rules.at_expiry is AtExpiry.STUB and case.stories:
        yield f"{case.license_id}: past its window only the headline may stay"


def form(case: Case) -> Iterator[str]:
    """No more of the story than the licence lets out."""
    allowed, count = case.rules.text, max((len(one.split()) for one in case.stories), default=0)
    if allowed is Form.NOTHING:
        yield f"{case.license_id}: nothing may leave"
    elif allowed is Form.HEADLINE and count:
        yield f"{case.license_id}: only the headline may leave, and {count} words of the story did"
    elif allowed is Form.EXCERPT and count > case.rules.excerpt_words:
        yield f"{case.license_id}: at most {case.rules.excerpt_words} words may leave, not {count}"


def credit(case: Case) -> Iterator[str]:
    """The credit line stands where a reader sees it, also in an excerpt."""
    said = words(f"{case.seen.words} {case.seen.rights if case.kind == 'html' else ''}")
    for part in _credit_parts(case):
        if words(part) not in said:
            yield f"{case.license_id}: the credit lacks {squeeze(part)!r}"
            return


def _credit_parts(case: Case) -> list[str]:
    """Return words the credit must hold: the copy's own, or the fixed words of the template."""
    own = case.article.credit
    if case.rules.verbatim and own is not None and (own.holder or own.distributor):
        return [own.raw, case.rules.distributor or ""]
    if case.rules.credit is None:
        return []
    parts = [text for text, _, _, _ in Formatter().parse(case.rules.credit) if words(text)]
    known = {"source": case.source_title, "link": case.article.link or ""}
    named = {name for _, name, _, _ in Formatter().parse(case.rules.credit) if name}
    return parts + [known[name] for name in sorted(named & set(known))]


def rights(case: Case) -> Iterator[str]:
    """The credit stands in the metadata too, of each entry."""
    if _credit_parts(case) and not case.seen.rights:
        yield "no rights statement in its metadata"


def license_link(case: Case) -> Iterator[str]:
    """The licence's own address is given, and no other's."""
    stated = {one for one in case.seen.licenses if one != UNSPECIFIED}
    wanted = case.rules.url
    if wanted and wanted not in stated:
        yield f"{case.license_id}: its address {wanted} is not given"
    for other in sorted(stated - {wanted} - set(case.article.rights.licenses)):
        yield f"it claims the licence {other}"


def byline(case: Case) -> Iterator[str]:
    """Whoever made it is named."""
    said = words(" ".join(case.seen.authors))
    for person in case.article.authors:
        if words(person.name) not in said:
            yield f"it does not name {person.name}"


def headline(case: Case) -> Iterator[str]:
    """The headline is the copy's own, unless the licence lets it be rewritten."""
    if not case.rules.headline_edit and words(case.seen.title) != words(case.article.headline):
        yield f"its headline is not {case.article.headline!r}"


def altered(case: Case) -> Iterator[str]:
    """Words that the copy does not hold were put into a text that must leave as it is."""
    if case.rules.alter in {Alteration.FREE, Alteration.TRIM} or case.kind == "html":
        return
    article = case.article
    raw = [fact.raw for fact in article.facts]
    stored = _letters(" ".join([article.body.text, article.abstract or "", *raw]))
    dateline = _letters(article.dateline.raw) if article.dateline else ""
    for paragraph in case.seen.story:
        said = _letters(paragraph.removesuffix("…")).removeprefix(dateline)
        if said not in stored and said != _letters(article.headline):
            yield f"the copy does not say {squeeze(paragraph)[:60]!r}"


def _letters(text: str) -> str:
    """Return the words without the spaces between them: markup parts and joins words."""
    return words(text).replace(" ", "")


def images(case: Case) -> Iterator[str]:
    """No picture but those the licence lets leave."""
    policy = case.rules.images
    for one in case.seen.pictures:
        if _is_pixel(case, one.url):
            continue
        if policy is ImagePolicy.NONE:
            yield f"{case.license_id}: no pictures, and here is {one.url}"
        elif policy is ImagePolicy.CREDITED and (one.inside or not one.credit):
            yield f"{case.license_id}: only credited pictures, and {one.url} has none"
        elif not case.rules.third_party_images and _AGENCIES.search(one.credit):
            yield f"{case.license_id}: a picture of others: {one.url} ({one.credit})"


def tracker(case: Case) -> Iterator[str]:
    """No counting picture but the licence's own."""
    for one in case.seen.pictures:
        if one.small and not _is_pixel(case, one.url):
            yield f"a counting picture that no licence asks for: {one.url}"


def pixel(case: Case) -> Iterator[str]:
    """The licence's counting picture stands in full texts for the public."""
    public = case.topic.audience is Audience.PUBLIC and case.kind != "html"
    whole = case.rules.text is Form.FULL and bool(case.seen.story) and not case.expired
    counted = any(_is_pixel(case, one.url) for one in case.seen.pictures)
    if case.rules.pixel and public and whole and not counted:
        yield f"{case.license_id}: its counting picture is missing"


def _is_pixel(case: Case, url: str) -> bool:
    wanted = (case.rules.pixel or "").partition("{")[0]
    return bool(wanted) and url.startswith(wanted)


def enclosures(case: Case) -> Iterator[str]:
    """Attached files leave with full texts only, and pictures among them as pictures do."""
    for url, kind in case.seen.files:
        if case.rules.text is not Form.FULL or case.expired:
            yield f"{case.license_id}: no files without the full text, and here is {url}"
        elif kind.startswith("image/") and case.rules.images is not ImagePolicy.ALL:
            yield f"{case.license_id}: a picture as a file: {url}"


def links(case: Case) -> Iterator[str]:
    """Links in the text stay out where the licence says so."""
    if not case.rules.links and case.seen.hrefs:
        yield f"{case.license_id}: no links in the text, and here is {case.seen.hrefs[0]}"


def canonical(case: Case) -> Iterator[str]:
    """An entry leads to its origin."""
    if case.rules.canonical and case.article.link and case.seen.link != case.article.link:
        yield f"{case.license_id}: it must lead to {case.article.link}"


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


def machine_use(case: Case) -> Iterator[str]:
    """No use by machines is permitted that the licence denies."""
    for said in sorted(case.seen.permits):
        if getattr(case.rules.use, _USES.get(said, said), None) is Permission.DENY:
            yield f"{case.license_id}: it permits {said}"


def unrecorded(case: Case) -> Iterator[str]:
    """What stands in a feed stands in the ledger, in the same form."""
    if case.line is None:
        yield "the ledger of publications does not know of it"
    elif case.line.form == Form.HEADLINE.value and case.stories:
        yield "the ledger says a headline, and more stands here"


FOUND: tuple[Check, ...] = (killed, held, control, misfiled, license, unrecorded)
"""Asked of every entry whose article is known."""
LICENSED: tuple[Check, ...] = (
    contract, embargo, approval, expired, stale_stub, form, credit, rights, license_link, byline,
    headline, altered, images, tracker, pixel, enclosures, links, canonical, territory, outlet,
    language, machine_use,
)  # fmt: skip
"""Asked of every entry that has a licence."""


def breaches(case: Case) -> Iterator[tuple[str, str]]:
    """Yield kind and line of everything wrong with one entry."""
    for check in FOUND + (LICENSED if case.license is not None else ()):
        for text in check(case):
            yield check.__name__.replace("_", "-"), text
