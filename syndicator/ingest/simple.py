"""Markup so simple that no tree need be built of it: read and sanitized in one pass.

Nearly every article is paragraphs, links, pictures and lists, each closed
where it should be. Such markup is read here from its tags alone; whatever else
there is goes the long way round (``ingest/markup.py``), and what comes out is
the same either way, letter for letter. Nothing is copied through: each tag is
written anew from an allow-list, so what this file does not know cannot pass it.
"""

import re
from html import escape, unescape
from typing import NamedTuple

from syndicator.model.address import absolute, is_pixel, untracked

_LINE, _BLOCK = "\x00", "\x01"  # legal text holds neither


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRIPPED = _names("font big tt strike article aside footer header main nav section")
_INLINE = _names(
    "a abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
    " font big tt strike"
)
_POINTS = _names("br img wbr")
_FLOW = _names("div blockquote figure figcaption article aside footer header main nav section")
_LINES = _names("p pre h1 h2 h3 h4 h5 h6")
_LISTS = _names("ul ol")
_HOLDERS = _FLOW | {"li", ""}
"""What may hold blocks; ``""`` is the body itself."""
_PAIRS = _INLINE | _FLOW | _LINES | _LISTS | {"li"}
_KEPT_EVERYWHERE = _names("lang dir title")
_KEPT = {
    "a": _KEPT_EVERYWHERE | _names("href hreflang"),
    "img": _KEPT_EVERYWHERE | _names("src alt width height"),
    "time": _KEPT_EVERYWHERE | _names("datetime"),
    "blockquote": _KEPT_EVERYWHERE | _names("cite"),
    "q": _KEPT_EVERYWHERE | _names("cite"),
    "ol": _KEPT_EVERYWHERE | _names("start"),
}
_SAFE_REST = r"(?:\s+[a-zA-Z_:][\w:.-]*(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[\w.%#-]+))?)*\s*/?>"
_BLOCK_TAG = re.compile(
    rf"</?(?:p|br|div|li|[uo]l|h[1-6]|blockquote|section|figure|figcaption){_SAFE_REST}",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    rf"</?(?:a|abbr|b|cite|code|del|em|font|i|img|ins|q|small|span|strong|su[bp]|time|u){_SAFE_REST}",
    re.IGNORECASE,
)
_ADDRESSES = {"a": "href", "img": "src", "blockquote": "cite", "q": "cite"}

# No possessive repeats: Python before 3.11.5 misreads one inside another (gh-106052).
_GONE = (
    r"<!--(?!>|->)[^-]*(?:-[^-]+)*-->|<script\b[^<>]*>[^<]*</script>|<style\b[^<>]*>[^<]*</style>"
    r"|<iframe\b[^<>]*>[^<]*</iframe>"
)
_TAG = re.compile(rf"({_GONE}|<[^<>]*>)", re.IGNORECASE)
_BARE_TAG = re.compile("(<[^<>]*>)")
_GONE_OPENS = re.compile("<(?:!--|script|style|iframe)", re.IGNORECASE)
_GONE_WHOLE = re.compile(rf"(?:{_GONE})", re.IGNORECASE)
_QUOTE = '"'
_VALUE = r"(?:\"([^\"]*)\"|'([^']*)'|([\w.%#-]+))"
_PARTS = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)"
    r"((?:\s+[a-zA-Z_:][\w:.-]*(?:=(?:\"[^\"]*\"|'[^']*'|[\w.%#-]+))?)*)\s*(/?)>"
)
# Nearly every link: an address with nothing to resolve or to drop, and attributes that go.
_LINK = re.compile(
    r'<a(?: (?:target|rel|class|style|id|data-\w+)="[^"]{0,200}")*'
    r" href=\"(https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9%/:=~+!$,;@()*._-]*)?)\""
    r'(?: (?:target|rel|class|style|id|data-\w+)="[^"]{0,200}")*>'
)
_WRITTEN = re.compile(r' (\w+)="([^"]*)"')
_ATTRIBUTE = re.compile(rf"([a-zA-Z_:][\w:.-]*)(?:={_VALUE})?")
# References that every parser takes for the same one character.
_ODD_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|[lr][sd]quo|[mn]dash|hellip|bull|copy|reg|euro|pound|raquo|laquo"
    r"|[aeiouAEIOU](?:uml|acute|grave|circ)|[cC]cedil|[aonAON]tilde|szlig|[oO]slash|a(?:ring|elig)"
    r"|middot|apos|trade|[lr]arr|deg|times|prime|shy|thinsp|[lr]saquo|sect|para|ordf|ordm|frac12"
    r"|#0*(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[6-9]\d|[2-9]\d\d|[1-9]\d{3}|1[2-9]\d{4})"
    r"|#[xX]0*(?:[2-6][\da-fA-F]|[aA-fF][\da-fA-F]|[1-9a-cA-C][\da-fA-F]{2}"
    r"|[1-9a-cA-C][\da-fA-F]{3}|1[fF][\da-fA-F]{3}));)"
)
_EMPTY_LINES = re.compile("\n{3,}")
_DEEPEST = 100
_MOST_KNOWN = 4096
_LONGEST_KNOWN = 300
_LONGEST = 100_000


class _Tag(NamedTuple):
    """A tag understood: whether it opens (1), closes (-1) or stands alone (0).

    ``mark`` stands for it in the text, ``html`` is how it is written anew.
    """

    name: str
    step: int
    mark: str
    html: str


_NOTHING = _Tag("", 0, "", "")
_known: dict[str, _Tag] = {}


def simple(source: str, base: str | None, *, pixels: bool = False) -> tuple[str, str] | None:
    """Return text and sanitized HTML of legal characters; ``None`` unless it is simple.

    References resolve against ``base`` and lose their tracking. Counting
    pictures are left out unless ``pixels`` says to keep them.
    """
    if "\r" in source or ("&" in source and _ODD_REFERENCE.search(source)):
        return None
    parts = (_TAG if _GONE_OPENS.search(source) else _BARE_TAG).split(source)
    tags: list[_Tag] = []
    for written in parts[1::2]:
        tag = _known.get(written) or _understand(written, base, pixels=pixels)
        if tag is None:
            return None
        tags.append(tag)
    if _unwritten(parts, source) or not _well_nested(tags, parts):
        return None
    html = parts
    if "&" in source:
        parts = [unescape(one) if "&" in one else one for one in parts]
        html = [
            escape(one, quote=False) if "&" in raw else one
            for raw, one in zip(html, parts, strict=True)
        ]
    if not parts[0].strip():  # white space before everything, such as is written &nbsp; too
        parts[0], html = "", ["", *html[1:]]
    parts[1::2] = [tag.mark for tag in tags]
    text = _folded("".join(parts))
    html[1::2] = [tag.html for tag in tags]
    return text, "".join(html).replace("\u00a0", "&nbsp;").strip()


def bare(source: str) -> str | None:
    """Return markup without its tags, a blank for each of a block; ``None`` unless it is simple.

    References stay. How tags nest does not matter here: no parser moves the words of these.
    """
    if "&" in source and _ODD_REFERENCE.search(source):
        return None
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", source))
    return None if "<" in text else text


def _well_nested(tags: list[_Tag], parts: list[str]) -> bool:
    """Whether each element is closed in its order and stands where every parser leaves it."""
    stack = [""]
    here = ""
    for number, (name, step, _, _) in enumerate(tags):
        if step < 0:
            if name != here or not name:
                return False
            stack.pop()
            here = stack[-1]
        elif name:
            if here in _LISTS:
                if name != "li":
                    return False
            elif name in _INLINE:
                if name == "a" and "a" in stack:
                    return False
            elif name not in _POINTS and (name == "li" or here not in _HOLDERS):
                return False
            if step:
                if name == "pre" and parts[2 * number + 2][:1] == "\n":
                    return False  # it may count or not
                if len(stack) > _DEEPEST:
                    return False
                stack.append(name)
                here = name
        if here in _LISTS and parts[2 * number + 2].strip(" \n\t"):
            return False
    return len(stack) == 1


def _unwritten(parts: list[str], source: str) -> bool:
    """Whether there is a sign in the text that opens or closes no tag."""
    count = len(parts) // 2
    if source.count("<") == count and source.count(">") == count:
        return False
    return any("<" in one or ">" in one for one in parts[::2])


def _folded(text: str) -> str:
    """Return the words: folded white space, a line for a ``br``, a blank line between blocks."""
    for white in "\t\n\f\v\u00a0":
        if white in text:
            text = text.replace(white, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    blocks = [_lines(one) if _LINE in one else one.strip(" ") for one in text.split(_BLOCK)]
    return "\n\n".join([one for one in blocks if one])


def _lines(block: str) -> str:
    """Return the lines of a block: where two ends of a line meet, they part blocks."""
    lines = "\n".join([one.strip(" ") for one in block.split(_LINE)]).strip("\n")
    return _EMPTY_LINES.sub("\n\n", lines) if "\n\n" in lines else lines


def _understand(written: str, base: str | None, *, pixels: bool) -> _Tag | None:
    """Read a tag; one that means the same everywhere is remembered."""
    link = _LINK.fullmatch(written) if len(written) <= _LONGEST_KNOWN else None
    if link is not None and "/." not in link[1]:
        return _remember(written, _Tag("a", 1, "", f'<a href="{link[1]}">'))
    found = _PARTS.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        return _NOTHING if _GONE_WHOLE.fullmatch(written) else None
    closing, said, alone = found[1], found[3], found[4]
    name = found[2].lower()
    if name in _PAIRS and not alone:
        step = -1 if closing else 1
    elif (name in _POINTS or name == "hr") and not closing:
        step = 0
    else:
        return _NOTHING if closing and name in {"img", "hr", "wbr"} else None
    attributes = _attributes(name, said, base)
    if attributes is None or (closing and said.strip()):
        return None
    kept, lasting = attributes
    unseen = name == "img" and _is_unseen(kept)
    lasting = lasting and not unseen  # whether it goes depends on who asks
    if name == "img" and (' src="' not in kept or (unseen and not pixels)):
        tag = _NOTHING
    else:
        mark = "" if name in _INLINE or name in _POINTS - {"br"} else _BLOCK
        html = "" if name in _STRIPPED else f"<{closing}{name}{kept}>"
        tag = _Tag(name, step, _LINE if name == "br" else mark, html)
    return _remember(written, tag) if lasting and len(written) <= _LONGEST_KNOWN else tag


def _remember(written: str, tag: _Tag) -> _Tag:
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[written] = tag
    return tag


def _is_unseen(kept: str) -> bool:
    """Whether a picture only counts who looks."""
    found: dict[str, str] = dict(_WRITTEN.findall(kept))
    return is_pixel(unescape(found.get("src", "")), found.get("width"), found.get("height"))


def _attributes(name: str, said: str, base: str | None) -> tuple[str, bool] | None:
    """Write the attributes that stay, and say whether they are the same for any base."""
    if not said:
        return "", True
    wanted = _KEPT.get(name, _KEPT_EVERYWHERE)
    address = _ADDRESSES.get(name)
    kept: dict[str, str | None] = {}
    lasting = True
    for found in _ATTRIBUTE.finditer(said):
        key = found[1].lower()
        if key not in wanted:
            continue
        value = found[2] if found[2] is not None else found[3] or found[4]
        if value is None or key in kept:
            return None
        value = unescape(value) if "&" in value else value
        if "<" in value or ">" in value:
            return None
        if key == address:
            lasting = lasting and value.startswith(("https://", "http://"))
            url = absolute(value, base)
            value = untracked(url) if url is not None else None
        kept[key] = value
    written = [
        f' {key}="{value.replace("&", "&amp;").replace(_QUOTE, "&quot;")}"'
        for key, value in kept.items()
        if value is not None
    ]
    return "".join(written), lasting
