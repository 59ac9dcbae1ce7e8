"""Datelines: where and when a report was written, and the agency that printed it."""

import re

from syndicator.credit.form import Context
from syndicator.credit.moments import DATE, WEEKDAY
from syndicator.credit.places import display_place, is_country, is_place, is_region
from syndicator.model.credit import Dateline
from syndicator.model.patterns import pattern_of

HEAD, MAX_AGENCIES, MAX_CALL_SIGN = 140, 4, 6
_CAP = r"[^\W\d_a-zà-ÿ][^\W\d_]*(?:['’.\-‐][^\W\d_]+)*\.?"
_PLACE = rf"(?:(?:Near|Outside|In|Aboard)\s+)?{_CAP}(?:[ /](?:(?:de|del|da|do|la|le|el|am|an|der|of|and|upon|sur|es|al|AM|OF|AND|DE|LA)\s+)?{_CAP}){{0,4}}"
_PLACES = rf"{_PLACE}(?:\s*,\s*{_PLACE}){{0,3}}(?:\s*,?\s+(?:and|und|et|y)\s+{_PLACE})?(?:\s*\(\s*{_PLACE}\s*\)|\s*\[\s*{_PLACE}\s*\])?"
_WHEN = rf"(?i:{DATE}|{WEEKDAY}|\d{{1,2}}\s+[A-Z]{{3}})"
_DASH = r"(?:\s*(?:--+|[-–—_:=]|\.\s*[-–—]))"
_AGENCY = r"[^()\[\]/]{2,40}?"
# Each form with the signs of which it must have one.
_FORMS: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    # PLACE, date (AGENCY) -   and, as in Spain, PLACE, day (AGENCY)
    (
        "agency",
        frozenset("("),
        pattern_of(
            rf"(?P<place>{_PLACES})(?:\s*[,.]\s*(?P<date>{_WHEN}|[12]?\d(?!\d)|3[01]))?\s*(?:--\s*)?\(\s*(?P<agency>[^()\[\]]{{2,40}}?)\s*\)(?P<dash>{_DASH}|\s*\.)?",
        ),
    ),
    (
        "agency-date",
        frozenset("("),
        pattern_of(
            rf"(?P<place>{_PLACES})\s*\(\s*(?P<agency>[^()\[\]]{{2,40}}?)\s*\)\s*,?\s*(?P<date>{_WHEN})(?P<dash>{_DASH})?",
        ),
    ),
    # PLACE / AGENCY / date /
    (
        "release-strokes",
        frozenset("/"),
        pattern_of(
            rf"(?P<place>{_PLACES})\s*/\s*(?P<agency>{_AGENCY})\s*/\s*(?P<date>{_WHEN})\s*(?P<dash>/)",
        ),
    ),
    # PLACE, date /AGENCY/ --
    (
        "release",
        frozenset("/"),
        pattern_of(
            rf"(?P<place>{_PLACES})(?:\s*,\s*(?P<date>{_WHEN}))?\s*(?:[-–—]+\s*)?/(?P<agency>{_AGENCY})/(?P<dash>(?:{_DASH}|\.){{0,3}})",
        ),
    ),
    (
        "release-wire",
        frozenset("("),
        pattern_of(
            rf"(?P<place>{_PLACES})\s*,\s*(?P<date>{_WHEN})\s*(?:[-–—]+\s*)?\((?P<agency>{_AGENCY})\)(?P<dash>{_DASH}*)",
        ),
    ),
    # (AGENCY) - PLACE, date -
    (
        "agency-first",
        frozenset("("),
        pattern_of(
            rf"\(\s*(?P<agency>[^()\[\]]{{2,40}}?)\s*\){_DASH}?\s*(?P<place>{_PLACES})(?:\s*,\s*(?P<date>{_WHEN}))?(?P<dash>{_DASH})",
        ),
    ),
    # PLACE, Oct 12 AAP -
    (
        "bare-agency",
        frozenset("-–—_:="),
        pattern_of(
            rf"(?P<place>{_PLACES})\s*,?\s*(?P<date>{_WHEN})\.?\s*,?\s+(?P<agency>[A-ZА-Я][\w. ]{{1,24}}?)(?P<dash>{_DASH})",
        ),
    ),
    # date (AGENCY) -   and   (AGENCY) -
    (
        "no-place",
        frozenset("("),
        pattern_of(
            rf"(?P<place>)(?:(?P<date>{_WHEN})\s*)?\(\s*(?P<agency>[^()\[\]]{{2,40}}?)\s*\)(?P<dash>\s*[-–—_]+)(?=\s|$)",
        ),
    ),
    # PLACE, date -   and   PLACE --
    (
        "place-date",
        frozenset(","),
        pattern_of(rf"(?P<place>{_PLACES})\s*,\s*(?P<date>{_WHEN})(?P<dash>{_DASH})?(?=\s|$)"),
    ),
    (
        "place",
        frozenset("-–—_"),
        pattern_of(rf"(?P<place>{_PLACES})(?P<dash>\s*(?:--+|[–—_]|\s-))(?=\s|$)"),
    ),
)
_SIGNS = frozenset[str]().union(*(signs for _, signs, _ in _FORMS))
_PLACE_DASH = pattern_of(r"--|[–—_]|\s-")
_CHINESE = pattern_of(
    r"[（(【]?(?P<agency>新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|美聯社|中国日报网|人民网|央视新闻|澎湃新闻|環球網|环球网)(?:记者|記者)?(?P<names>[\u4e00-\u9fff、]{2,12}?)?"
    r"(?P<place>[\u4e00-\u9fff]{2,5}?)?\s*(?P<date>(?:\d{1,2}月)?\d{1,2}日)?(?P<end>[电電](?:\s*[（(](?:记者|記者)\s*(?P<more>[\u4e00-\u9fff、\s]{2,20})[)）])?|综合|報導)[)）】]?\s*[-—]*"
)
_KOREAN = pattern_of(
    r"[(\[【]\s*(?!사진|자료|그래픽|영상)(?P<place>[가-힣·]{2,12})\s*=\s*(?P<agency>[가-힣A-Za-z0-9]{2,12})\s*[)\]】]\s*(?:(?P<names>[가-힣]{2,4}(?:[·,\s]+[가-힣]{2,4}){0,3})\s*(?:기자|특파원)\s*=?)?\s*=?"
)
_JAPANESE = pattern_of(
    r"(?=[【［（]|[\[(][^\])]{0,20}[\u3040-\u30ff\u4e00-\u9fff])[\[【［(（]\s*(?:(?P<date>\d{1,2}月\d{1,2}日)\s*)?(?P<place>[\u30a0-\u30ff\u4e00-\u9fff・]{2,12}?)?\s*(?:(?P<date2>\d{1,2}日)\s*)?"
    r"(?P<agency>ロイター|共同|共同通信|時事|時事通信|AFP(?:=時事)?|ＡＦＰ(?:＝時事)?|ブルームバーグ|CNN|AP|=[\u4e00-\u9fff]{2,6})\s*[\]】］)）]\s*[-–—―]?"
)
_ARABIC = pattern_of(
    r"(?P<place>[\u0600-\u06ff][\u0600-\u06ff ]{1,20}?)(?:\s*(?P<date>\d{1,2}\s+[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)?))?\s*\((?P<agency>رويترز|أ ف ب|وام|واس|د ب أ|أ ش أ|وكالات|ا ف ب|CNN)\)\s*[-–—]?"
)
_RUSSIAN = pattern_of(
    r"(?P<place>[А-ЯЁA-Z][А-ЯЁа-яё\- ]{2,24}?)[.,]\s*(?P<date>\d{1,2}\s+[а-яё]{3,9})?[.,]?\s*[-–—/]*\s*(?P<agency>РИА Новости|ТАСС|ИНТЕРФАКС|Интерфакс|INTERFAX\.RU|Интерфакс-Украина|УНИАН|Укринформ|Reuters|Рейтер)[./]?\s*(?P<dash>[-–—/]*)"
)
_WIDE = pattern_of(r"\s{4,}")
_STOP = frozenset(
    ["der", "die", "das", "the", "a", "an", "ein", "eine", "le", "les", "el", "los", "update", "exclusive", "breaking", "watch", "analysis", "opinion", "video", "photos"]
)  # fmt: skip
_CALL_SIGN = pattern_of(r"[A-Z]{2,6}(?:[-/ ](?:TV|FM|[A-Z]{2,5}))?")
_MARK = pattern_of(r"[–—_(/:=\d]")
_DASHED = pattern_of(r"--|\s-|-\s|-$")
_STATION = pattern_of(
    r"(?:(?:FOX|ABC|CBS|NBC|CW|NEWS|NEWSCHANNEL) ?\d{0,2}/?)?(?:[KW][A-Z]{2,3}(?:-TV)?)|(?:FOX|ABC|CBS|NBC|CW|NEWS) ?\d{1,2}|[KWC][A-Z]{2,3}(?:[-/ ](?:TV|FM|DT|[A-Z]{3,4}))?"
)


def read_dateline(line: str, context: Context) -> Dateline | None:
    """Read a dateline at the start of ``line``; its span is the dateline alone."""
    lead = len(line) - len(line.lstrip())
    head = line[lead : lead + HEAD]
    if "    " in head or not head.isprintable():  # of white space, only the blank is printable
        head = _WIDE.split(head, maxsplit=1)[0]
    if not head:
        return None
    east = _eastern(head, lead, context) if not head[:24].isascii() or head[:1] in "[(" else None
    if east:
        return east
    if not (head[0].isupper() or head[0] in "(0123456789") or not _is_marked(head):
        return None
    signed = [sign for sign in _SIGNS if sign in head]
    for rule, signs, pattern in _FORMS:
        if signs.isdisjoint(signed) or (rule == "place" and not _PLACE_DASH.search(head)):
            continue
        found = pattern.match(head)
        if found and (fact := _judge(rule, found, head, lead, context)):
            return fact
    return None


def _is_marked(head: str) -> bool:
    """Every dateline has a dash, a bracket, a stroke or a date; a hyphen is none."""
    return _MARK.search(head) is not None or ("-" in head and _DASHED.search(head) is not None)


def _judge(
    rule: str, found: re.Match[str], head: str, lead: int, context: Context
) -> Dateline | None:
    groups = found.groupdict()
    name = " ".join(groups["place"].split())
    agency = (groups.get("agency") or "").strip() or None
    alone = found.end() >= len(head.rstrip())
    if not _sound(rule, name, agency, groups, context, alone=alone):
        return None
    end = found.end()
    while end > found.start() and head[end - 1].isspace():
        end -= 1
    return Dateline(
        locations=_locations(name) if name else (), agency=_agency_name(agency, context), date=groups.get("date"),
        start=lead, end=lead + end, raw=head[:end], rule=rule, confidence=0.95 if agency else 0.85,
    )  # fmt: skip


_SMALL = frozenset(
    [
        "de",
        "del",
        "da",
        "do",
        "la",
        "le",
        "el",
        "am",
        "an",
        "der",
        "of",
        "and",
        "upon",
        "sur",
        "es",
        "al",
        "near",
        "und",
        "et",
        "y",
    ]
)
_WITH_AGENCY = frozenset(
    ("agency", "agency-date", "agency-first", "release", "release-wire", "release-strokes")
)
_Groups = dict[str, str | None]


def _sound(
    rule: str, name: str, agency: str | None, groups: _Groups, context: Context, *, alone: bool
) -> bool:
    """Say whether place and agency are what they look like."""
    if rule == "no-place":
        return _known(agency, context)
    shouted = name.split(",", maxsplit=1)[0].isupper()
    listed = all(is_place(one) for one in _locations(name))
    dash, date = (groups.get("dash") or "").strip(), groups.get("date") or ""
    told = shouted and bool(date) and (alone or not date.isdigit())  # "SMITH, 25" has an age
    words = name.replace("/", " ").split()
    small = [word for word in words if word[0].islower() and word.casefold() not in _SMALL]
    if small or (words[0].casefold() in _STOP and not listed):
        return False
    if rule in _WITH_AGENCY:
        return (
            (_known(agency, context) and (bool(dash) or listed or told))
            or (bool(dash) and _called(agency, shouted=shouted, listed=listed))
            or (rule == "release" and bool(date))
        )
    if rule == "bare-agency":
        return _known(agency, context)
    if rule == "place-date":
        return (shouted or listed) and (bool(dash) or (shouted and listed))
    if dash == "-" and is_country(name):
        return False  # "USA - Mexico" is a match
    region = "," in name and is_region(name.rpartition(",")[2])
    return (shouted and (listed or region)) or (region and listed and "--" in dash)


def _called(agency: str | None, *, shouted: bool, listed: bool) -> bool:
    """Say whether an unknown agency reads as a station's call sign."""
    if agency is None:
        return False
    return (listed and _CALL_SIGN.fullmatch(agency) is not None) or (
        shouted and _STATION.fullmatch(agency) is not None
    )


def _known(agency: str | None, context: Context) -> bool:
    if agency is None:
        return False
    if context.houses.find(agency):
        return True
    parts = [part for part in re.split(r"[/\s,]+|\s+und\s+", agency) if part]
    return (
        len(parts) <= MAX_AGENCIES
        and context.houses.find(parts[0]) is not None
        and all(len(part) <= MAX_CALL_SIGN or context.houses.find(part) for part in parts)
    )


def _agency_name(agency: str | None, context: Context) -> str | None:
    """The agency as printed, save that a small word takes its house's spelling."""
    if agency is None:
        return None
    house = context.houses.find(agency)
    if house is not None and agency.islower() and agency.casefold() == house.name.casefold():
        return house.name
    return " ".join(agency.split())


def _locations(name: str) -> tuple[str, ...]:
    name = re.sub(r"\s*\(\s*", " (", name)
    name = re.sub(r"\s*\)", ")", name)
    if "(" in name:
        return (display_place(name),)
    name = re.sub(r"\s*\[\s*(.+?)\s*\]", r", \1", name)
    if is_place(name) and "/" in name:
        return (display_place(name),)
    pieces: list[str] = []
    for piece in re.split(r"\s*,?\s+(?:and|und|et|y)\s+|\s*/\s*|\s*,\s*", name):
        if piece and pieces and is_region(piece):
            pieces[-1] += f", {display_place(piece)}"
        elif piece:
            pieces.append(display_place(piece))
    return tuple(pieces)


def _eastern(head: str, lead: int, context: Context) -> Dateline | None:
    for rule, pattern in (
        ("chinese", _CHINESE),
        ("korean", _KOREAN),
        ("japanese", _JAPANESE),
        ("arabic", _ARABIC),
        ("russian", _RUSSIAN),
    ):
        found = pattern.match(head)
        if found is None:
            continue
        groups = found.groupdict()
        names, where = groups.get("names") or groups.get("more") or "", groups.get("place")
        if not (where or groups.get("date") or groups.get("date2")):
            continue  # a house alone is a source
        if rule == "chinese":
            names, where = _part_chinese(names, where)
        house = context.houses.find(groups["agency"].lstrip("="))
        end = len(found[0].rstrip())
        return Dateline(
            locations=(display_place(where.strip()),) if where else (), agency=house.name if house else groups["agency"],
            date=groups.get("date") or groups.get("date2"),
            authors=tuple(one for one in re.split(r"[、,\s·]+", names) if one),
            start=lead, end=lead + end, raw=head[:end], rule=f"{rule}-agency", confidence=0.9,
        )  # fmt: skip
    return None


def _part_chinese(names: str, where: str | None) -> tuple[str, str | None]:
    """Name and place stand together without a mark: the place is the part that is known."""
    whole = names + (where or "")
    for size in (2, 3, 4):
        if len(whole) > size and is_place(whole[-size:]):
            return whole[:-size], whole[-size:]
    return ("", whole or None) if len(whole) <= 3 else (names, where)  # noqa: PLR2004 - a place alone
