"""Whole sentences of a text. Pure."""

import re

_SENTENCE = re.compile(r"(?:(?<=[.!?。！？…])|(?<=[.!?。！？…][\"”’»)\]]))(?=\s|$)")  # noqa: RUF001 - ends of sentences


def excerpt(text: str, limit: int, *, whole: bool = False) -> str:
    """Return whole sentences of ``text``, at most ``limit`` words.

    A first sentence longer than that is cut at a word and closed with "…";
    with ``whole`` it is left out, for a licence's excerpt ends at a sentence.
    """
    parts = text.split(None, limit)
    head = " ".join(parts[:limit])
    if len(parts) <= limit:
        return head
    ends = [match.start() for match in _SENTENCE.finditer(head) if match.start()]
    if ends:
        return head[: ends[-1]].rstrip()
    return "" if whole else head + "…"
