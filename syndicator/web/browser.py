"""Feed addresses opened in a browser: who asks, and where the page for people is.

Readers get the feed, whatever else they say. A browser says that it wants a page
by ``Sec-Fetch-Dest`` (https, and loopback); without that, by what it accepts.
"""

from collections.abc import Mapping

from aiohttp import web

VARY = "Accept, Sec-Fetch-Dest"
"""What an answer at a feed's address depends on, where pages are on."""
_PUBLIC = {"Cache-Control": "no-store", "Vary": VARY}
_FEEDS = ("rss+xml", "atom+xml", "rdf+xml", "feed+json")
_PAGE = ("text/html", "application/xhtml+xml")
_ELSE = ("application/xml", "text/xml", "application/json", "*/*")


def wants_page(request: web.Request) -> bool:
    """Whether a person would see the answer. ``?raw`` says that they want the feed all the same."""
    return "raw" not in request.query and is_browser(request.headers)


def is_browser(headers: Mapping[str, str]) -> bool:
    """Whether a browser asks for a page to show.

    ``Sec-Fetch-Dest`` alone decides where it is sent. Else the client must take
    HTML and XHTML before XML and anything at all, as every browser does, and name
    no feed: Miniflux takes HTML too, and Java's own client names it first.
    """
    wanted = headers.get("Sec-Fetch-Dest")
    if wanted is not None:
        return wanted.strip().lower() == "document"
    accepted = _qualities(headers.get("Accept", ""))
    if any(kind.endswith(_FEEDS) for kind in accepted):
        return False
    page = min(accepted.get(kind, 0.0) for kind in _PAGE)
    return page > 0 and all(accepted.get(kind, 0.0) < page for kind in _ELSE)


def _qualities(accept: str) -> dict[str, float]:
    """Read the media types of ``Accept`` with their qualities (RFC 9110 §12.5.1)."""
    found: dict[str, float] = {}
    for part in accept.lower().split(","):
        kind, *parameters = (one.strip() for one in part.split(";"))
        quality = 1.0
        for one in parameters:
            name, _, value = one.partition("=")
            if name.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        found[kind] = quality
    return found


def see_page(address: str, more: Mapping[str, str] = _PUBLIC) -> web.Response:
    """Lead to the page of a topic, at an address relative to that of a feed.

    No cache may keep it: one that forgot to look at ``Vary`` would give it to readers.
    """
    return web.Response(status=303, headers={"Location": address, **more})
