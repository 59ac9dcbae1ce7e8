"""Wild markup made harmless before any parser sees it. Linear in its length, whatever it holds.

Parsers of HTML take time with the square of the depth of a nest, or of the
number of attributes of a tag. Neither is prose.
"""

import re

from syndicator.ingest.tags import VOID

MAX_DEPTH = 100
_LONG = 16_000  # no tag that is meant to be read is longer
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]*)[^<>]{{{_LONG},}}>?")
# Tags that open or close a level: none that is void, none that closes itself.
_TAG = re.compile(rf"<(/?)(?!(?i:{'|'.join(sorted(VOID))})(?![a-zA-Z0-9]))[a-zA-Z][^<>]*(?<!/)>")
_ANY_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")


def tame(source: str) -> str:
    """Return markup in which no tag is endless and no nest is deep: such a nest loses its tags."""
    if len(source) > _LONG and max(map(len, source.split("<"))) > _LONG:
        source = _LONG_TAG.sub(r"<\1>", source)
    if source.count("<") - source.count("</") > MAX_DEPTH and too_deep(source):
        return _ANY_TAG.sub("\n\n", source)
    return source


def too_deep(source: str) -> bool:
    """Whether elements nest more than a hundred deep."""
    steps = _TAG.findall(source)
    if steps.count("") <= MAX_DEPTH:
        return False
    depth = 0
    for closing in steps:
        if closing:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False
