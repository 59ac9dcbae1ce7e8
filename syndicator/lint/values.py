"""Whether a value is what its element promises: dates, addresses, languages, types, people.

Each check answers with the name of the rule that is broken, or ``None``.
"""

import re
from calendar import timegm
from datetime import date, datetime
from email.utils import parsedate_tz

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ZONES = "ut|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt"
_STRICT_822 = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d)(?::(\d\d))? (?:[+-]?\d\d[03]0|UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)"
)
_LOOSE_822 = re.compile(
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?\d\d?\s+(?:{_MONTHS})\s+\d\d(?:\d\d)?\s+"
    rf"\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{{4}}|{_ZONES}|[a-ik-z])?"
)
_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))", re.ASCII
)
_W3CDTF = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:Z|[+-]\d\d:\d\d))?)?)?",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
_URI_SIGNS = r"0-9A-Za-z;/?:@&=+$.\-_!~*'()%,#"
_BAD_ASCII = re.compile(rf"[^{_URI_SIGNS}\x80-\U0010ffff]")
_BAD_IRI = re.compile(rf"[^{_URI_SIGNS}\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd]")
_LITERAL = re.compile(r"^([A-Za-z][0-9A-Za-z+.\-]*://(?:[^/@\[\]]*@)?)\[[0-9A-Fa-f:.]+\]")
_USUAL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.\-]*(?:/[0-9A-Za-z;/?:@&=+$.\-_!~*'()%,#]*)?")
_FULL = re.compile(r"[A-Za-z][0-9A-Za-z+.\-]*:(?://)?.+", re.DOTALL)
_URN = re.compile(
    r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:(?:[A-Za-z0-9()+,.:=@;$_!*'/?#&~-]|%[0-9A-Fa-f]{2})+",
    re.IGNORECASE,
)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TAG = re.compile(
    rf"tag:(?:[a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{{4}}(?:-\d\d(?:-\d\d)?)?:[{_URI_SIGNS}]*",
    re.IGNORECASE,
)
_SCHEMES = frozenset(
    [
        *(
            "http https ftp gopher mailto news nntp telnet file cid mid data tel sms geo sip sips"
        ).split(),
        *(
            "urn tag info doi ni nih did dns crid xmpp ldap imap pop nfs rtsp rtsps dav magnet"
        ).split(),
        *(
            "ipp tftp snmp dict about acct bitcoin git svn ssh sftp go h323 im pres iris jabber"
        ).split(),
        *("turn stun coap ws wss view-source webcal feed spotify skype steam market itms").split(),
        *("at ipfs ipns matrix gemini finger irc ircs rtmp shttp tip vemmi wais z39.50r").split(),
        *("z39.50s service prospero opaquelocktoken mupdate mtqp fax modem tv aaa aaas").split(),
    ]
)
_MIME = re.compile(
    r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+"
    r"(?:\s*;\s*[^\s()<>,;:\\\"/\[\]?=]+=(?:\"[^\"]*\"|[^\s()<>,;:\\\"/\[\]?=]+))*"
)
_TWO_LETTERS = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky
    la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc
    oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh
    zu""".split()
)
"""ISO 639-1, with the codes it withdrew and BCP 47 keeps."""
_SUBTAGS = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_EMAIL = re.compile(
    r"[\w.+!#$%&'*/=?^`{|}~-]{1,200}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
_EARLIEST = 1990
_LAST_HOUR, _LAST_MINUTE = 23, 59


def date_822(value: str, now: datetime | None) -> str | None:
    """RFC 822 with a year of four digits, as RSS 2.0 asks."""
    if len(value) > 100:  # noqa: PLR2004 - no date is
        return "InvalidRFC2822Date"
    strict = _STRICT_822.fullmatch(value)
    if strict is None:
        bare = re.sub(r"\\.", "", value)
        for _ in range(bare.count(")")):
            bare = re.sub(r"\([^()]*\)", " ", bare)
        bare = bare.strip().lower()
        return "ProblematicalRFC822Date" if _LOOSE_822.fullmatch(bare) else "InvalidRFC2822Date"
    read = parsedate_tz(value)
    try:
        day = date(*read[:3]) if read is not None else None
    except ValueError:
        day = None
    if read is None or day is None:
        return "InvalidRFC2822Date"
    if strict[1] and day.strftime("%a") != strict[1]:
        return "IncorrectDOW"
    if int(strict[5]) > _LAST_HOUR or int(strict[6]) > _LAST_MINUTE:
        return "InvalidRFC2822Date"
    seconds = timegm((*read[:6], 0, 0, 0)) - (read[9] or 0)
    return _plausible(day.year, seconds, now)


def _plausible(year: int, seconds: float, now: datetime | None) -> str | None:
    late = now is not None and seconds > now.timestamp() + 86_400
    return "ImplausibleDate" if late or year < _EARLIEST else None


def date_3339(value: str, now: datetime | None) -> str | None:
    """RFC 3339, as Atom and JSON Feed ask."""
    return _iso(_3339.fullmatch(value), value, now, "InvalidRFC3339Date")


def date_w3c(value: str, now: datetime | None) -> str | None:
    """The profile of ISO 8601 that Dublin Core asks for: a zone wherever there is a time."""
    return _iso(_W3CDTF.fullmatch(value), value, now, "InvalidW3CDTFDate")


def date_iso(value: str, now: datetime | None) -> str | None:
    """A date of ISO 8601, with or without a zone."""
    return _iso(_ISO.fullmatch(value), value, now, "InvalidISO8601DateTime")


def _iso(found: re.Match[str] | None, value: str, now: datetime | None, wrong: str) -> str | None:
    if found is None:
        return wrong
    year, month, day, hour, minute, second = (int(one or 0) for one in found.groups()[:6])
    try:
        datetime(year, month or 1, day or 1, hour, minute, min(second, 59))  # noqa: DTZ001 - a check
    except ValueError:
        return wrong
    if second > 60:  # noqa: PLR2004 - the leap second
        return wrong
    try:
        moment = datetime.fromisoformat(value[:19].replace("Z", "") + "+00:00").timestamp()
    except ValueError:
        moment = float("-inf") if now is None else now.timestamp()
    return _plausible(year, moment, now)


def uri(value: str, *, full: bool, iri: bool, wrong: str) -> str | None:
    """An address: absolute if ``full``, with letters beyond ASCII if ``iri``; else ``wrong``."""
    if _USUAL.fullmatch(value):
        return None  # nearly every one
    scheme = value.partition(":")[0].lower() if ":" in value else ""
    if scheme == "tag":
        return None if _TAG.fullmatch(value) else "InvalidTAG"
    if scheme == "urn":
        if value.lower().startswith("urn:uuid:"):
            return None if _UUID.fullmatch(value) else "InvalidUUID"
        return None if _URN.fullmatch(value) else "InvalidURN"
    bare = _LITERAL.sub(r"\1host", value)
    if _BAD_ASCII.search(bare):
        return "InvalidUriChar"
    if not iri and not bare.isascii():
        return "UriNotIri" if _ascii_but_host(bare) else wrong
    if iri and _BAD_IRI.search(bare):
        return "InvalidIRI"
    if full and not _FULL.fullmatch(bare):
        return wrong
    if scheme in {"http", "https", "ftp"}:
        rest = value[len(scheme) + 1 :]
        return None if rest.startswith("//") and rest[2:3] not in {"", "/"} else wrong
    if scheme.isalpha() and scheme not in _SCHEMES and "/" not in scheme:
        return "SchemeNotIANARegistered"
    return None


def _ascii_but_host(value: str) -> bool:
    head, _, rest = value.partition("//")
    _, slash, path = rest.partition("/")
    return bool(slash) and head.isascii() and path.isascii()


def http_url(value: str) -> str | None:
    """An address on the web, as enclosures ask."""
    whole = re.match(
        r"https?://(?:[^/@\s]*@)?([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?(?:[/?#]|$)", value
    )
    if whole is None:
        return "InvalidURLAttribute"
    broken = uri(value, full=True, iri=False, wrong="InvalidURLAttribute")
    return "InvalidURLAttribute" if broken else None


def language(value: str) -> str | None:
    """A language tag (BCP 47): its first part is a code of ISO 639."""
    first = value.partition("-")[0].lower()
    known = first in _TWO_LETTERS or (len(first) == 3 and first.isalpha()) or first in {"x", "i"}  # noqa: PLR2004 - ISO 639-3
    return None if known and value.isascii() and _SUBTAGS.fullmatch(value) else "InvalidLanguage"


def is_address(value: str) -> bool:
    """Whether a value is an absolute address in ASCII (RFC 3986), whatever its scheme."""
    broken = uri(value, full=True, iri=False, wrong="InvalidFullLink")
    return broken in {None, "SchemeNotIANARegistered"}


def is_web(value: str) -> bool:
    """Whether a value is an address on the web."""
    return http_url(value) is None


def is_language(value: str) -> bool:
    """Whether a value is a language tag."""
    return language(value) is None


def is_media_type(value: str) -> bool:
    """Whether a value is a media type (RFC 6838), parameters and all."""
    return len(value) < 500 and _MIME.fullmatch(value) is not None  # noqa: PLR2004 - and no type is so long


def is_email(value: str) -> bool:
    """Whether a value is an e-mail address."""
    return len(value) < 320 and _EMAIL.fullmatch(value) is not None  # noqa: PLR2004 - RFC 5321 §4.5.3.1


def number(value: str) -> int | None:
    """Read a whole number as XML has it; ``None`` where it is none."""
    return int(value) if re.fullmatch(r"[+-]?\d{1,18}", value, re.ASCII) else None
