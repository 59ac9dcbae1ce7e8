"""Where a feed says it can be pushed from: ``Link`` headers (RFC 8288), else its own links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from syndicator.model.push import Offer

MOST_HUBS, LONGEST = 4, 2000
_START = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(
    r"""\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,]*)))?)?"""
)
_SPOILT = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff]")


def header_links(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return (relation in lower case, target as written) of ``Link`` headers, in order.

    Several links may stand in one value, several relations in one ``rel``; of
    repeated ``rel`` the first counts (RFC 8288 §3, §3.3). A link with an
    ``anchor`` speaks of another document and is left out. What follows
    something unreadable is left out.
    """
    return [pair for value in values for pair in _links(value)]


def _links(value: str) -> Iterator[tuple[str, str]]:
    place = 0
    while (start := _START.match(value, place)) is not None:
        place = start.end()
        rel, anchored = None, False
        while (one := _PARAMETER.match(value, place)) is not None:
            place = one.end()
            name, text = (one[1] or "").lower(), one[3] or ""
            if one[2] is not None:
                text = re.sub(r"\\(.)", r"\1", one[2])
            if name == "rel" and rel is None:
                rel = text
            anchored = anchored or name == "anchor"
        if not anchored:
            yield from ((relation, start[1].strip()) for relation in (rel or "").lower().split())


def offer_of(
    headers: Iterable[tuple[str, str]],
    hubs: Sequence[str],
    self_link: str | None,
    url: str,
) -> Offer | None:
    """Return what a feed offers, by the links of its answer and of its document (WebSub §4).

    Hubs in the headers outweigh those in the document. So does a self link there.
    Without any the topic is ``url``, where the feed was read, which is what
    PubSubHubbub's hubs go by. Targets resolve against ``url``; what is no web
    address is left out, and hubs beyond the fourth.
    """
    pairs = list(headers)
    named = [target for relation, target in pairs if relation == "hub"] or hubs
    found = dict.fromkeys(made for one in named if (made := _address(one, url)))
    if not found:
        return None
    selves = [target for relation, target in pairs if relation == "self"]
    base = _address(url, url)
    topic = next(
        (made for one in (*selves, self_link) if one and (made := _address(one, url))), base
    )
    if base is None or topic is None:
        return None
    return Offer(hubs=tuple(found)[:MOST_HUBS], topic=topic, base=base)


def _address(target: str, base: str) -> str | None:
    try:
        parts = urlsplit(urldefrag(urljoin(base, target.strip())).url)
        _ = parts.port
    except ValueError:
        return None
    made = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))  # no password
    usable = parts.scheme in {"http", "https"} and parts.hostname and len(made) <= LONGEST
    return made if usable and not _SPOILT.search(made) else None
