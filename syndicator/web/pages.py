"""The few pages the desk writes itself, each the same bytes for everyone."""

from html import escape

from aiohttp import web

from syndicator.render.shell import document

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'"
"""Nothing is loaded or run; the one form asks the desk itself."""
_HOME = '<p><a href="/">All topics of this desk</a></p>'


def _page(title: str, text: str, head: str = "") -> str:
    body = f'<main id="content" class="one">\n<h1>{escape(title)}</h1>\n{text}\n</main>\n'
    return document(title, body, f'<meta name="robots" content="noindex">\n{head}').decode()


WAIT = _page(
    "The desk is polling its sources…",
    "<p>The first feeds appear here in a moment.</p>",
    '<meta http-equiv="refresh" content="3">\n',
)
SOON = _page(
    "This feed is being made",
    "<p>Its first entries appear here in a moment.</p>",
    '<meta http-equiv="refresh" content="3">\n',
)
MISSING = _page("There is nothing at this address", _HOME)
GONE = _page("This article was withdrawn", f"<p>It is not to be had here any more.</p>{_HOME}")
UNKNOWN = _page(
    "This is for subscribers",
    "<p>Use the address you were given, or the token as password.</p>",
)
REFUSED = _page(
    "This token is not valid",
    "<p>It is unknown, or was valid once. Whoever gave it to you can give you another.</p>",
)
TOO_OFTEN = _page(
    "You ask too often", "<p>Please wait as long as this answer's Retry-After says.</p>"
)
AWAY = _page(
    "The desk cannot answer this now",
    "<p>Its store does not answer. Please ask again in a minute.</p>",
)
BUSY = _page("Others are searching just now", "<p>Please ask again in a few seconds.</p>")


def page(text: str, status: int = 200, **more: str) -> web.Response:
    """Answer with a page no cache keeps; ``Retry_After`` and the like name further headers."""
    return web.Response(
        text=text,
        status=status,
        content_type="text/html",
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            **{name.replace("_", "-"): value for name, value in more.items()},
        },
    )
