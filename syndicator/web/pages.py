"""The few pages the desk writes itself, each the same bytes for everyone."""

from aiohttp import web

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{head}
<style>:root{{color-scheme:light dark}}body{{margin:4rem auto;max-width:38rem;padding:0 1.1rem;font:1.1rem/1.55 Georgia,serif}}</style>
</head><body><h1>{title}</h1>{text}</body></html>
"""
_HOME = '<p><a href="/">All topics of this desk</a></p>'
WAIT = _PAGE.format(
    title="The desk is polling its sources…",
    head='<meta http-equiv="refresh" content="3">',
    text="<p>The first feeds appear here in a moment.</p>",
)
MISSING = _PAGE.format(title="There is nothing at this address", head="", text=_HOME)
GONE = _PAGE.format(
    title="This article was withdrawn",
    head="",
    text=f"<p>It is not to be had here any more.</p>{_HOME}",
)
UNKNOWN = _PAGE.format(
    title="This is for subscribers",
    head="",
    text="<p>Use the address you were given, or the token as password.</p>",
)
REFUSED = _PAGE.format(
    title="This token is not valid",
    head="",
    text="<p>It is unknown, or was valid once. Whoever gave it to you can give you another.</p>",
)
TOO_OFTEN = _PAGE.format(
    title="You ask too often",
    head="",
    text="<p>Please wait as long as this answer's Retry-After says.</p>",
)
AWAY = _PAGE.format(
    title="The desk cannot answer this now",
    head="",
    text="<p>Its store does not answer. Please ask again in a minute.</p>",
)


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
