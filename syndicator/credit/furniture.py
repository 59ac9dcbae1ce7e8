"""Words of the page, not of the story: breadcrumbs, comment boxes, share bars, rule lines."""

import re

from syndicator.credit.moments import CLOCK, DATE
from syndicator.model.patterns import pattern_of

_RULE = pattern_of(
    r"[\s\-–—_=*•·~#/|>»«+.]{2,}|[_*•~#|>»/\-–—]|end(?:s|it|e)?|\(?(?:end|ends|fin|ende|more|end item)\)?|-\s*30\s*-|-?\s*0\s*-|# # #",
    re.IGNORECASE,
)
_SEPARATOR = pattern_of(r"[/|>»›→]")
_PAGE = pattern_of(
    r"(?:\d* ?comments?(?: \(\d+\)| on this (?:article|story))?|blog comments powered by \w+|(?:view|show|leave|add|post|read|see|join)(?: a| all| the)? (?:\d+ )?(?:comments?|conversation|discussion)|"
    r"advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|annons|reklame|share(?: this(?: article| story| post| page)?)?(?: on (?:facebook|twitter|x|linkedin|whatsapp|reddit|email))?|"
    r"tweet(?: this)?|pin it|print(?: this(?: page| article)?)?|e-?mail(?: this(?: page| article)?)?|save(?: article)?|copy link|facebook|twitter|whatsapp|linkedin|reddit|telegram|flipboard|"
    r"read more|read full (?:article|story)|continue reading|click here(?: to .{0,40})?|more (?:on|from|in|about) .{2,60}|most (?:read|popular)|trending(?: now)?|recommended(?: for you| stories| reading)?|"
    r"sign up (?:for|to) .{3,80}|subscribe(?: (?:to|for|now|today).{0,60})?|(?:get|download) (?:the|our) .{3,40}(?:app|newsletter).{0,30}|follow (?:us|\S+(?: \S+){0,3}) on (?:twitter|x|facebook|instagram|linkedin|youtube|threads|bluesky|mastodon|telegram)(?: and \w+)?(?: @\w+)?|like us on .{3,40}|"
    r"related(?: articles?| stories| content| topics| coverage| links| news)?:?|you (?:may|might) also (?:like|be interested in).{0,20}|see also|also read|skip to (?:main )?content|loading|back to top|"
    r"topics?:?|tags?:?|filed under:?|article content|story continues below.{0,30}|after newsletter promotion|skip past newsletter promotion|reuse this content|reprints|"
    r"please read our comment policy.{0,40}|(?:view|show) (?:gallery|more|caption|slideshow)|photos?|video|watch|listen(?: to this article)?|audio|hide caption|enlarge(?: this image)?|toggle caption|"
    r"to add symbols:?|these symbols will be available.{0,60}|cookie (?:settings|policy)|(?:terms|privacy) (?:of (?:use|service)|policy)|contact us|about us|home|menu|search|log ?in|sign in|register|"
    r"artikel (?:anhören|drucken|teilen|merken)|folgen auf:?|teilen|drucken|kommentare|mehr zum thema|lesen sie auch|partager|imprimer|commentaires|lire aussi|à lire aussi|compartir|imprimir|comentarios|leer también|"
    r"lea también|leia (?:também|mais)|condividi|stampa|commenti|leggi anche|delen|lees ook|dela|läs också|скрыть|поделиться|читайте также)[.:!…»>]*",
)
_TEASER = pattern_of(
    r"(?:see also|also read|read also|read more|more|related|watch|don['’]t miss|recommended|lesen sie (?:auch|mehr)|mehr dazu|lire aussi|à lire(?: aussi)?|lea también|leia também|leggi anche|lees ook|now read|next)\s*[:：>»]\s*\S.{0,160}",
)
_DISCLAIMER = pattern_of(
    r"the (?:views|opinions)(?: and (?:views|opinions))? expressed (?:herein|here|in this|above|by).{0,240}|(?:the )?opinions expressed (?:herein|here|in this).{0,240}|"
    r"(?:this|the) (?:material|information|content) (?:is|has been) (?:provided|prepared) for (?:informational|information) purposes.{0,240}|"
    r"(?:reporter|author|editor|journalist) (?:may|can) be (?:reached|contacted).{0,120}|follow (?:him|her|them|the author) (?:on|at) .{2,80}|for more (?:news|stories|information),? (?:visit|go to|see) .{2,80}",
)
_SECTION = pattern_of(
    r"(?:published|posted|filed|veröffentlicht|publié|publicado|publicada)\s+(?:in|under|dans|en|em)\s*:?\s+(?P<name>\S.{0,60})",
    re.IGNORECASE,
)
_LABEL = pattern_of(
    r"(?:written|reported|posted|story|words|text) by:?|by:?|author\(?s?\)?:?|von:?|par:?|por:?|autor(?:in|es|en)?:?",
    re.IGNORECASE,
)
_STAMP = pattern_of(
    rf"(?:{DATE})(?:[\s,|·•—–-]+(?:at )?{CLOCK}(?:\s*[A-Z]{{2,4}})?)?", re.IGNORECASE
)
_RELEASE = pattern_of(
    r"(?:media|press|news) release(?: (?:no\.? ?)?[A-Z]{0,4}\d+)?|pressemitteilung|communiqué de presse|comunicado de prensa",
    re.IGNORECASE,
)
_TIME = pattern_of(
    r"(?:(?:last )?(?:updated|published|posted|modified|aktualisiert|publié le|mis à jour|actualizado|publicado|stand)\b.{0,60}\d.{0,30}|\d{1,2}:\d{2}.{0,30}|\d+ (?:min(?:ute)?s?|hours?|days?) (?:ago|read))",
    re.IGNORECASE,
)


LONGEST_MARK = 10
"""No mark in letters is longer: ``end item)``."""


def is_rule(line: str) -> bool:
    """Say whether a line is drawn of dashes, or is a mark that the copy ends here."""
    if len(line) > LONGEST_MARK and line[:1].isalpha():
        return False
    return _RULE.fullmatch(line) is not None


def is_separator(line: str) -> bool:
    """Say whether a line is the mark between two breadcrumbs, alone."""
    return _SEPARATOR.fullmatch(line) is not None


def page_words(line: str) -> str | None:
    """Return the rule by which a line is words that only a page says."""
    if len(line) > 280:  # noqa: PLR2004 - page words are short
        return None
    lower = line.lower()  # these patterns are in small letters: to ignore case takes thrice as long
    if _PAGE.fullmatch(lower):
        return "page-words"
    if _TEASER.fullmatch(lower):
        return "teaser"
    return "disclaimer" if _DISCLAIMER.fullmatch(lower) else None


def section(line: str) -> str | None:
    """``Published in News & Features`` → ``News & Features``."""
    found = _SECTION.fullmatch(line) if len(line) < 90 else None  # noqa: PLR2004 - a section's name
    if found is None or re.match(r"(?:the|a|an|print|\d)\b", found["name"]):
        return None
    return found["name"].strip(" .")


def is_time(line: str) -> bool:
    """Say whether a line is a page's own time stamp."""
    short = len(line) < 90  # noqa: PLR2004 - a stamp is short
    return short and (_TIME.fullmatch(line) is not None or _STAMP.fullmatch(line) is not None)


def is_byline_label(line: str) -> bool:
    """Say whether a line only announces the name on the next one."""
    return len(line) < 20 and _LABEL.fullmatch(line) is not None  # noqa: PLR2004 - two words


def is_release_label(line: str) -> bool:
    """Say whether a line only says that a paid release follows."""
    return len(line) < 60 and _RELEASE.fullmatch(line) is not None  # noqa: PLR2004 - a label
