"""HTML inside an entry: what readers strip or must not run, and addresses that lead nowhere.

Tags are read as a browser's tokenizer would, in one pass over the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

import msgspec

SAFE = frozenset(
    """a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
    fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins
    kbd label legend li main map mark menu meter nav noscript ol optgroup option output p picture
    pre progress q rp rt ruby s samp section select small source span strike strong sub summary sup
    table tbody td template textarea tfoot th thead time tr track tt u ul var video wbr""".split()
)
KNOWN = SAFE | frozenset(
    """applet base basefont body embed frame frameset head html iframe isindex link listing math
    meta noembed noframes object param plaintext script slot style svg title xmp""".split()
)
VOID = frozenset(
    """area base br col embed frame hr img input link meta param source track wbr basefont
    isindex""".split()
)
OPTIONAL = frozenset(
    "body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split()
)
"""Elements whose end need not be said."""
RAW = frozenset("script style xmp iframe noembed noframes textarea title".split())
_TAG = re.compile(
    r"<(/?)([A-Za-z][^\s/>]*+)((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)>"
)
_NEXT = re.compile(r"<(?=[/!?A-Za-z])")
_LETTER = re.compile(r"</?[A-Za-z]")
_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+"
)
_ADDRESSES = {
    "a": ("href",),
    "img": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src",),
    "track": ("src",),
}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_STYLE = re.compile(r"\s*([-\w]+)\s*:\s*([^:;]*)(?:;|$)")
_STYLE_VALUE = re.compile(r"[^\\<>@{}]*")
_RUNNABLE = re.compile(r"\s*(?:javascript|vbscript|livescript|mocha)\s*:", re.IGNORECASE)
PROPERTIES = frozenset(
    """azimuth background background-color border border-bottom border-bottom-color
    border-bottom-style border-bottom-width border-collapse border-color border-left
    border-left-color border-left-style border-left-width border-right border-right-color
    border-right-style border-right-width border-spacing border-style border-top border-top-color
    border-top-style border-top-width border-width clear color cursor direction display elevation
    float font font-family font-size font-style font-variant font-weight height letter-spacing
    line-height list-style-type margin margin-bottom margin-left margin-right margin-top overflow
    padding padding-bottom padding-left padding-right padding-top pause pause-after pause-before
    pitch pitch-range richness speak speak-header speak-numeral speak-punctuation speech-rate
    stress text-align text-decoration text-indent unicode-bidi vertical-align voice-family volume
    white-space width""".split()
)
"""Properties of CSS that sanitizers of readers let pass; those that move or cover do not."""
_WORDS = frozenset(
    """aqua auto black block blue bold both bottom brown center collapse dashed dotted fuchsia gray
    green !important italic left lime maroon medium none navy normal nowrap olive pointer purple red
    right solid silver teal top transparent underline white yellow""".split()
)
_SIZES = re.compile(
    r"#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d?\.?\d?\d(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?"
)


class Breach(msgspec.Struct, frozen=True):
    """One thing wrong in a piece of HTML. ``line`` counts the lines above it in the piece."""

    rule: str
    value: str
    line: int


@lru_cache(maxsize=8)  # the formats of one entry say the same
def breaches(html: str) -> tuple[Breach, ...]:
    """Return what is wrong in a piece of HTML: one of each kind and value, first places first."""
    found: dict[tuple[str, str], int] = {}
    open_now: list[str] = []
    position = 0
    while (at := html.find("<", position)) >= 0:
        tag = _TAG.match(html, at)
        if tag is None:
            position = _beyond(html, at)
            if html[at : at + 8].lower() == "<?import":
                found.setdefault(("SecurityRisk", "?import"), at)
            continue
        position, name, attributes = tag.end(), tag[2].lower(), tag[3]
        if tag[1]:
            if open_now and open_now[-1] == name:
                open_now.pop()
                continue
        elif attributes or name not in SAFE:
            for rule, value in _of_tag(name, attributes):
                found.setdefault((rule, value[:200]), at)
            if name in RAW:
                closed = _end_of(name).search(html, position)
                position = closed.start() if closed else len(html)
        wrong = _nest(open_now, name, closing=bool(tag[1]), empty=attributes.endswith("/"))
        if wrong:
            found.setdefault(("NotHtml", wrong), at)
    for name in open_now:
        if name not in OPTIONAL:
            found.setdefault(("NotHtml", f"<{name}> is never closed"), len(html))
    return tuple(Breach(*key, html.count("\n", 0, at)) for key, at in found.items())


def _beyond(html: str, at: int) -> int:
    """Return where to read on behind a ``<`` that begins no whole tag."""
    if html.startswith("<!--", at):
        end = html.find("-->", at + 4)
        return end + 3 if end >= 0 else len(html)
    if html[at + 1 : at + 2] in {"!", "?"}:
        end = html.find(">", at)
        return end + 1 if end >= 0 else len(html)
    # A letter would begin a tag, and this one has no end: a browser drops the rest.
    if _LETTER.match(html, at):
        return len(html)
    following = _NEXT.search(html, at + 1)
    return following.start() if following else len(html)


@lru_cache(maxsize=16)
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _of_tag(name: str, attributes: str) -> Iterator[tuple[str, str]]:
    if name not in SAFE:
        if name in KNOWN or name == "?import":
            yield "SecurityRisk", name
        else:
            yield "NotHtml", f"<{name}> is no element of HTML"
    if not attributes or attributes == "/":
        return
    yield from judged(name, pairs(attributes))


def judged(name: str, attributes: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Judge the attributes of an element that may itself stand."""
    wanted = _ADDRESSES.get(name, ())
    for key, value in attributes:
        if key.startswith("on"):
            yield "SecurityRiskAttr", key
        elif key == "style":
            for evil in dangers(value):
                yield "DangerousStyleAttr", evil
        elif key in wanted:
            if _RUNNABLE.match(value):
                yield "SecurityRiskAttr", f"{key}={value[:60]}"
            elif name in {"a", "img"} and not _ABSOLUTE.match(value.strip()):
                yield "ContainsRelRef", value.strip()


def pairs(attributes: str) -> Iterator[tuple[str, str]]:
    """Read the attributes of a tag as they stand; names in lower case, values unescaped."""
    for found in _ATTRIBUTE.finditer(attributes):
        value = found[2] or found[3] or found[4] or ""
        yield found[1].lower(), unescape(value) if "&" in value else value


@lru_cache(maxsize=1024)
def dangers(style: str) -> tuple[str, ...]:
    """Return what in a ``style`` readers' sanitizers do not know to be harmless."""
    whole = style.strip()
    if len(whole) > 4000 or not _STYLE_VALUE.fullmatch(whole):  # noqa: PLR2004 - a whole sheet
        return (whole[:200],)
    found: dict[str, None] = {}
    position = 0
    while position < len(whole):
        one = _STYLE.match(whole, position)
        if one is None or not one[0]:
            return (whole,) if whole[position:].strip() else tuple(found)
        position = one.end()
        key, value = one[1].lower(), one[2].lower()
        if "url(" in value or "expression" in value:
            found[value.strip()] = None
        elif key not in PROPERTIES:
            found[key] = None
        elif key.partition("-")[0] in {"background", "border", "margin", "padding"}:
            for word in value.split():
                if word not in _WORDS and not _SIZES.fullmatch(word):
                    found[word] = None
    return tuple(found)


def _nest(open_now: list[str], name: str, *, closing: bool, empty: bool) -> str | None:
    """Keep the elements that are open; say what closes that was not open."""
    if name in VOID or name not in KNOWN:
        return None
    if closing and open_now and open_now[-1] == name:
        open_now.pop()
        return None
    if not closing:
        if not empty and len(open_now) < 500:  # noqa: PLR2004 - deeper, nobody counts
            open_now.append(name)
        return None
    if name not in open_now[-50:]:
        return None if name == "p" else f"</{name}> closes nothing"
    while open_now:
        last = open_now.pop()
        if last == name:
            return None
        if last not in OPTIONAL:
            return f"<{last}> is still open at </{name}>"
    return None


_END_TAG = re.compile(r"</(\w+)>")
_ENTITY = re.compile(r"&(#?\w+)")
_CHARACTER_DATA = re.compile(r"&#[x0-9]|<[/a-zA-Z]")


def markup_in(text: str) -> str | None:
    """Return what looks like HTML in a text that is plain: an end tag, or an escape of HTML's."""
    if "<" not in text and "&" not in text:
        return None
    for name in _END_TAG.findall(text):
        if name.lower() in KNOWN:
            return f"</{name}>"
    for name in _ENTITY.findall(text):
        if not name.isalpha() or unescape(f"&{name};") != f"&{name};":
            return f"&{name}"
    return None


def looks_marked_up(text: str) -> bool:
    """Whether a plain text holds what a reader may take for a tag or an escape."""
    return _CHARACTER_DATA.search(text) is not None


__all__ = ["Breach", "breaches", "dangers", "judged", "looks_marked_up", "markup_in", "pairs"]
