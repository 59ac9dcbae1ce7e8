"""Addresses of the web: made absolute, cleaned of tracking, and compared."""

import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|link\w*|custom\w*|bbc\w*)|fbclid|gclid|dclid|msclkid|yclid|"
    r"igshid|mc_[ce]id|mkt_tok|oly_(?:anon|enc)_id|_hs(?:enc|mi)|vero_id|wickedid|s_cid|ncid|"
    r"cmpid|icid|ref_src|ref_url|traffic_source|maca|taid|cmp|guccounter|guce_\w+|xtor|"
    r"ns_(?:campaign|mchannel|source|linkname|fee)|ocid|smid|partner)",
    re.IGNORECASE,
)
_UNSAFE = "%/:=&?~#+!$,;'@()*[]"
_NUMBER_FRAGMENT = re.compile(r"#\d{1,3}$")
"""What publishers add when they issue an entry again; a longer number is an id of its own."""
_ARTICLE_NUMBER = re.compile(r"(?:^|[/_.-])(?!(?:19|20)\d{4}(?:\d\d)?(?!\d))(\d{6,12})(?=$|[/_.-])")


_CLEAN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9%/:=&?~#+!$,;'@()*._-]*)?")

_SIMPLE = re.compile(r"https?://(?:www\.)?((?!www\.)[a-z0-9.-]+)((?:/[A-Za-z0-9%/._~-]*)?)")
"""Nearly every address: host and path in usual letters, nothing to part or to sort."""


def joined(base: str, url: str) -> str:
    """Resolve an address as it was written; one that no base can help stays as it is."""
    try:
        return urljoin(base, url)
    except ValueError:  # a host in brackets that is none
        return url


def absolute(url: str | None, base: str | None) -> str | None:
    """Resolve a reference (RFC 3986 §5); ``None`` unless it becomes http, https or mailto."""
    if not url:
        return None
    if _CLEAN.fullmatch(url) and "/." not in url:
        return url  # nearly every one: nothing to resolve, nothing to quote
    try:
        joined = urljoin(base or "", "".join(url.split()))
        parts = urlsplit(joined)
        if parts.scheme == "mailto":
            return quote(joined, safe=_UNSAFE)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        _ = parts.port
    except ValueError:
        return None
    return quote(joined, safe=_UNSAFE)


def untracked(url: str) -> str:
    """Drop query parameters that only tell who clicked; keep the rest in order and as written."""
    if "?" not in url:
        return url
    head, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0])]
    return head + ("?" + "&".join(kept) if kept else "") + mark + fragment


def canonical(url: str) -> str | None:
    """Return the form by which two addresses of one page compare equal.

    Scheme, ``www.``, default port, tracking parameters, their order, trailing slash and
    fragment do not count. ``None`` for a bare home page, which identifies no article.
    """
    if simple := _SIMPLE.fullmatch(url):
        path = simple[2].rstrip("/")
        return f"{simple[1]}{path}" if path else None
    try:
        parts = urlsplit(untracked(url))
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    if not host or not (path or query):
        return None
    return f"{host}{port}{path}" + (f"?{query}" if query else "")


def plain_guid(guid: str, *, fold: bool = True) -> str:
    """Return a guid without what publishers change by accident (DESIGN §7, key 2).

    Spaces around it, Unicode form, a short number as fragment, scheme, ``www.``,
    tracking and a trailing slash do not count; with ``fold`` neither does case.
    """
    guid = guid if guid.isascii() else unicodedata.normalize("NFKC", guid)
    guid = _NUMBER_FRAGMENT.sub("", guid.strip())
    plain = _plain_address(guid)
    return plain.casefold() if fold else plain


def _plain_address(guid: str) -> str:
    if simple := _SIMPLE.fullmatch(guid):
        return f"//{simple[1]}{simple[2].rstrip('/')}"
    if guid[:8].lower().startswith(("http://", "https://")):
        parts = urlsplit(untracked(guid)) if "[" not in guid else None
        if parts is not None:
            host = parts.netloc.lower().removeprefix("www.")
            return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, parts.fragment))
    return guid.rstrip("/")


def number_or_path(place: str) -> str | None:
    """Return what stays of a canonical address when an article moves: its number, else its path.

    Publishers move hosts and put a new headline into a slug; what they look the
    article up by stays. Dates are no numbers.
    """
    rest = place.partition("/")[2]
    if not rest:
        return None
    numbers = _ARTICLE_NUMBER.findall(rest.partition("?")[0])
    return numbers[-1] if numbers else rest


_COUNTERS = re.compile(
    r"https?://(?:pixel\.wp\.com/|stats\.wordpress\.com/b\.gif|feeds\.feedburner\.com/~(?:r|ff)/|"
    r"(?:www\.|ssl\.)?google-analytics\.com/|(?:s?b|pixel)\.(?:scorecardresearch|quantserve)\.com/|"
    r"ad\.doubleclick\.net/|(?:www\.)?facebook\.com/tr\b)"
)


def is_pixel(url: str, width: str | None, height: str | None) -> bool:
    """Whether a picture only counts who looks: too small to see, or from a known counter."""
    tiny = {"0", "1", "0px", "1px"}
    if (width or "").strip() in tiny and (height or "").strip() in tiny:
        return True
    return _COUNTERS.match(url) is not None
