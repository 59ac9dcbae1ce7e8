"""What may be wrong with the copy of a published entry: its text, credit, pictures and links."""

import re
from collections.abc import Iterator
from string import Formatter

from lxml import html

from syndicator.audit.case import Case
from syndicator.model.clearance import Form
from syndicator.model.license import Alteration, AtExpiry, CreditPosition, ImagePolicy
from syndicator.model.text import squeeze, words
from syndicator.model.topic import Audience

LAST = 4  # words that tell the end of a text
UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
_AGENCIES = re.compile(
    r"\b(?:AP|Associated Press|Reuters|AFP|EPA|dpa|Getty|Shutterstock|Alamy|Xinhua|EFE|ANSA|TASS)\b"
)


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


def too_long(case: Case) -> Iterator[str]:
    """No more of the story than the topic wants."""
    longest, count = case.topic.longest, max((len(one.split()) for one in case.stories), default=0)
    if longest is not None and count > longest + len(case.seen.story):  # words parted by markup
        yield f"{case.topic_id} wants {longest} words, not {count}"


def cut(case: Case) -> Iterator[str]:
    """A whole story that may not be cut ends as the copy does, or at one of its marks."""
    whole = case.line is not None and case.line.form == Form.FULL.value
    if case.rules.alter in {Alteration.FREE, Alteration.TRIM} or not whole or case.kind == "html":
        return
    said = _letters(" ".join(case.seen.story))
    marks = case.article.body.trims if case.rules.alter is Alteration.TRIM_AT_MARK else ()
    every, told = case.article.body.text.split(), _told(case.article.body.html)
    captions = len(_letters(" ".join(every))) - len(_letters(" ".join(told)))
    ends = [told, *(every[:count] for count in marks)]
    least = [len(_letters(" ".join(one))) - captions for one in ends[1:]]
    if not told or not said:
        return
    for end, length in zip(ends, [len(_letters(" ".join(told))), *least], strict=True):
        if _letters(" ".join(end[-LAST:])) in said and len(said) >= length:
            return
    yield f"{case.license_id}: the text stops before its end, {' '.join(told[-LAST:])!r}"


def _told(body: str) -> list[str]:
    """Return the words of a body that leave whatever becomes of its pictures: no captions."""
    if not body.strip():
        return []
    root = html.fragment_fromstring(body, create_parent="div")
    for figure in list(root.iter("figure")):
        figure.drop_tree()
    return " ".join(str(one) for one in root.itertext()).split()


def credit(case: Case) -> Iterator[str]:
    """The credit line stands where a reader sees it, also in an excerpt."""
    shown = case.kind in {"html", "index"}
    said = words(f"{case.seen.words} {case.seen.rights if shown else ''}")
    for part in _credit_parts(case):
        if words(part) not in said:
            yield f"{case.license_id}: the credit lacks {squeeze(part)!r}"
            return


def _credit_parts(case: Case) -> list[str]:
    """Return words the credit must hold: the copy's own, or the fixed words of the template."""
    own, first = case.article.credit, case.article.republication
    said = [own.raw] if own is not None and (own.holder or own.distributor) else []
    if first is not None and (first.publisher or first.license) and first.cut:
        said.append(first.raw)
    if case.rules.verbatim and said:
        return [*said, case.rules.distributor or ""]
    if case.rules.credit is None:
        return []
    parts = [text for text, _, _, _ in Formatter().parse(case.rules.credit) if words(text)]
    known = {"source": case.source_title, "link": case.article.link or ""}
    named = {name for _, name, _, _ in Formatter().parse(case.rules.credit) if name}
    return parts + [known[name] for name in sorted(named & set(known))]


def credit_place(case: Case) -> Iterator[str]:
    """The credit stands where the licence wants it, and no more often."""
    wanted, kinds = case.rules.credit_position, [one.kind for one in case.seen.blocks]
    if case.kind == "html" or not _credit_parts(case) or not case.seen.story:
        return
    places = [n for n, kind in enumerate(kinds) if kind == "credit"]
    first = next(n for n, one in enumerate(case.seen.blocks) if one.text in case.seen.story)
    found = {"top" if n < first else "bottom" for n in places}
    asked = {
        CreditPosition.BOTH: {"top", "bottom"},
        CreditPosition.BYLINE: set(),
    }.get(wanted, {wanted.value})
    if found != asked or len(places) != len(asked):
        where = ", ".join(sorted(found)) or "nowhere of its own"
        yield f"{case.license_id}: its credit belongs to {wanted.value}, and stands {where}"


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
    wanted = case.prefix + case.article.headline
    if not case.rules.headline_edit and words(case.seen.title) != words(wanted):
        yield f"its headline is not {wanted!r}"


def altered(case: Case) -> Iterator[str]:
    """Words that the copy does not hold were put into a text that must leave as it is."""
    if case.rules.alter in {Alteration.FREE, Alteration.TRIM} or case.kind == "html":
        return
    article = case.article
    raw = [fact.raw for fact in article.facts]
    stored = _letters(" ".join([article.body.text, article.abstract or "", *raw]))
    dateline = _letters(article.dateline.raw) if article.dateline else ""
    headlines = {_letters(article.headline), _letters(case.prefix + article.headline)}
    for paragraph in case.seen.story:
        said = _letters(paragraph.removesuffix("…")).removeprefix(dateline)
        if said not in stored and said not in headlines:
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
    """No counting picture but the licence's own, and what the operator lets through."""
    for one in () if case.pixels else case.seen.pictures:
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
    """Attached files leave with full texts only, and pictures among them as pictures do.

    So do recordings that are credited to others.
    """
    said = {one.url: f"{one.credit or ''} {one.rights or ''}" for one in case.article.enclosures}
    for url, kind in case.seen.files:
        if not case.rules.third_party_images and _AGENCIES.search(said.get(url, "")):
            yield f"{case.license_id}: a recording of others: {url} ({said[url].strip()})"
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


def correction(case: Case) -> Iterator[str]:
    """What was corrected for readers is said to them within the licence's time."""
    said = words(case.seen.words)
    for one in case.ruled.corrections:
        due = one.at + case.rules.correct_within
        if case.now >= due and words(one.reason) not in said:
            yield f"corrected on {one.at:%Y-%m-%d %H:%M} UTC, and it does not say so"
