"""Embargoes: until when, for whom, and whether the words can be trusted."""

import re

from syndicator.credit.form import Context, Gated, place, unwrap
from syndicator.credit.moments import read_moment, weekday_agrees
from syndicator.model.credit import Embargo, Moment, Trouble
from syndicator.model.patterns import pattern_of

_MARK = Gated(
    pattern_of(
        r"(?:embargo(?:ed)?\b|sperrfrist\b|gesperrt bis\b|sperrvermerk\b|sous embargo|embargado\b|embargada\b|embargado hasta|bajo embargo|sob embargo|sotto embargo|onder embargo|эмбарго|エンバーゴ|解禁|엠바고)"
        r"|(?:not (?:for|to be) (?:release|released|publication|published|broadcast|distribution|dissemination)|not to (?:publish|release)|hold (?:for release|until)\b|do not (?:publish|release|use)|"
        r"for release(?: (?:at|after|on|not before)\b|\s*:)|no publication|nicht vor\b|frei ab|zur veröffentlichung ab|retenu pour|ne pas (?:publier|diffuser) avant|no publicar (?:antes|hasta)|for immediate release at)",
        re.IGNORECASE,
    ),
    "embarg|sperr|эмбарго|エンバーゴ|解禁|엠바고|not |hold |for release|for immediate release|no publi|nicht vor|frei ab|zur veröff|retenu|ne pas",
)
_DIRECTIVE = pattern_of(
    r"^\W{0,9}(?:(?:achtung|wichtig|attention|important|note|please note|bitte beachten|(?:press|news|media) release)\W{1,3})?(?:(?:this|the) (?:\w+ ){0,3}(?:is|are) (?:\w+ )?(?:embargoed|under embargo)|(?:strictly |under |strict |news |media |press ){0,2}embargo(?:ed)?\s*(?:(?:date|time|lifts?|ends|expires|release)\b|until|till|til|for|to\b|:|-|–|—|jusqu|hasta|bis|fino|tot|até|do\b|\d|$)|"
    r"sperrfrist|sperrvermerk|gesperrt bis|(?:\w+ )?sous embargo|embargad[oa]|hold (?:for release|until)|retenu pour|not (?:for|to)|do not (?:publish|release)|for release|no publication|"
    r"nicht vor|frei ab|ne pas|no publicar|bajo embargo|sob embargo|sotto embargo|onder embargo|эмбарго|解禁|엠바고)",
    re.IGNORECASE,
)
_TERRITORY = pattern_of(
    r"not for (?:release|publication|distribution|dissemination)\b.{0,200}?\b(?:in|into|to)\b(?: or (?:in|into|to))?\s+(?P<where>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NATIONS = {"united states": "US", "u.s.": "US", "usa": "US", "canada": "CA", "australia": "AU", "japan": "JP", "south africa": "ZA", "new zealand": "NZ", "hong kong": "HK", "singapore": "SG", "switzerland": "CH", "russia": "RU", "belarus": "BY", "united kingdom": "GB", "china": "CN"}  # fmt: skip
_SAME_DAY = pattern_of(r"same[- ]day|journée même|selben tag|mismo día", re.IGNORECASE)
_MEDIUM = pattern_of(
    r"\b(print|online|broadcast|radio|tv|television|audio|video|agencies|agenturen|wires?|web|social media|hörfunk|fernsehen)\b",
    re.IGNORECASE,
)
_SEPARATE = pattern_of(r"\n|;|\s/\s")
_NOT_NEWS = pattern_of(
    r"\b(?:arms|oil|trade|gas|sugar|economic|weapons?|cuban?|sin)\s+embargo|embargo (?:on|against)\b|sin embargo|CVE-",
    re.IGNORECASE,
)
_SAID = pattern_of(
    r"not for|hold for release|embargoed (?:for|until)|sperrfrist|(?:strictly|under) embargo",
    re.IGNORECASE,
)
MAX_EMBARGO = 500


def read_embargo(line: str, context: Context) -> Embargo | None:
    """Read a line that holds copy back. Prose about embargoes is none."""
    text = unwrap(line.strip())
    if len(text) > MAX_EMBARGO or not _MARK.search(text[:120]) or _NOT_NEWS.search(text):
        return None
    territory = _TERRITORY.search(text)
    if territory and (lands := _territories(territory["where"])):
        return Embargo(territories=lands, **place(line, "territory", 0.85))
    directive = _DIRECTIVE.search(text) is not None
    if not directive and not text.isupper():
        return None
    if _SAME_DAY.search(text):
        return Embargo(
            relative="same_day", trouble=Trouble.UNPARSED, **place(line, "same-day", 0.8)
        )
    moments = _moments(text, context)
    if moments:
        trouble = next((one.trouble for one in moments if one.trouble), None)
        return Embargo(moments=moments, trouble=trouble, **place(line, "embargo-until", 0.9))
    stated = bool(re.search(r"\d", text)) or text.isupper() or _SAID.match(text) is not None
    if stated and not text.casefold().startswith("for release"):
        return Embargo(trouble=Trouble.UNPARSED, **place(line, "embargo-unparsed", 0.7))
    return None


def _territories(words: str) -> tuple[str, ...]:
    lower = " ".join(words.casefold().split())
    named = (code for name, code in _NATIONS.items() if re.search(rf"\b{re.escape(name)}", lower))
    return tuple(dict.fromkeys(named))


def _moments(text: str, context: Context) -> tuple[Moment, ...]:
    """Read each stated moment; several media may have one each."""
    found: list[Moment] = []
    for piece in _SEPARATE.split(text):
        read = read_moment(piece, default_year=context.year)
        if read is None:
            continue
        until, precision, zoned = read
        medium = _MEDIUM.search(piece)
        trouble = None if zoned else Trouble.ZONELESS
        if not weekday_agrees(piece, until):
            trouble = Trouble.CONTRADICTORY
        found.append(
            Moment(
                until=until,
                precision=precision,
                medium=medium[1].casefold() if medium else None,
                trouble=trouble,
            )
        )
    return tuple(found)
