"""What stands in copy and is no part of the story: clocks, counters, advertisements, buttons. Pure.

Used only where two texts of one article differ, to see whether a person would
see a change; nothing is taken out of what is published.
"""

import re

from syndicator.model.patterns import pattern_of

SHORT, END = 90, 45
"""A line as long as that or longer is prose, whatever words it holds."""
LONGEST = 60_000
"""A text longer than this, in characters, is no article's; looking through it takes too long."""

_LINK = pattern_of(r'\[[A-Z]{3}:\w+ TEXT:"([^"\]]*)"\]')
"""How wires mark words that lead to another of their articles."""
_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|"
    r"sekunden?|minuten?|stunden?|tage?n?|wochen?|secondes?|heures?|jours?|semaines?|mois|"
    r"segundos?|minutos?|horas?|d[ií]as?|dias?|semanas?|meses|secondi|minuti|ore|giorni|uur|"
    r"dagen)\b"
)
_AGO = (
    rf"(?:(?:an?|one|\d+)\s+{_UNIT}\s+(?:ago|geleden|fa)|(?:vor|il y a|hace|há)\s+\d+\s+{_UNIT}|"
    r"\d+\s*(?:秒|分|時間|日|小时|小時|分钟|分鐘|天|초|분|시간|일)\s*(?:前|전)|"
    r"just now|gerade eben)"
)
_COUNTED = (
    r"(?:comments?|repl(?:y|ies)|shares?|views?|likes?|reads|retweets?|reactions?|votes?|"
    r"kommentare?n?|commentaires?|comentarios?|coment[áa]rios?|commenti|reacties|vues|aufrufe|"
    r"コメント|件のコメント|评论|댓글)"
)
_COUNT = rf"(?:\d[\d.,]*\s*[kKmM]?\s*{_COUNTED}\b|{_COUNTED}\s*[:(]\s*\d[\d.,]*\s*[kKmM]?\)?)"
_READ = (
    r"(?:\d+\s*-?\s*min(?:ute)?s?\.?\s+read\b|(?:reading|read) time\W{0,3}\d+\s*min\w*|"
    r"lesezeit\W{0,3}\d+\s*min\w*|temps de lecture\W{0,3}\d+\s*min\w*|"
    r"(?:tiempo de lectura|tempo de leitura)\W{0,3}\d+\s*min\w*)"
)
_INLINE = pattern_of(
    rf"\(?(?:(?:last\s+)?(?:updated|published|posted|modified|aktualisiert|mis à jour|actualizado)"
    rf"\W{{0,3}})?{_AGO}\)?|{_COUNT}|{_READ}",
    re.IGNORECASE,
)
_STAMP_WORD = pattern_of(
    r"[\d:.,/apm年月日時分秒년월일시分]+|"
    r"(?:last|first|updated?|published|posted|modified|revised|on|at|of|the|as|am|pm|"
    r"\d+(?:st|nd|rd|th)|gmt|utc|bst|est|edt|cst|cdt|pst|pdt|cet|cest|ist|sgt|jst|hkt|aest|aedt|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"aktualisiert|veröffentlicht|stand|uhr|um|am|vom|den|publié|mis|à|jour|le|"
    r"publicado|actualizado|el|de|a|las|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember|"
    r"janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"更新|公開|配信|最終更新|発表|입력|수정)",
    re.IGNORECASE,
)
_BUTTONS = pattern_of(
    r"(?:advertisement|advert|ads?|sponsored(?: content)?|"
    r"story continues below.*|continue reading.*|"
    r"anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|広告|广告|광고|"
    r"share(?: this)?(?: (?:article|story|on \w+))?|teilen|partager|compartir|bookmark|saved?|"
    r"print|copy link|link copied.*|e-?mail|whatsapp|telegram|facebook|twitter|x|linkedin|"
    r"reddit|pinterest|"
    r"flipboard|bluesky|threads|messenger|tumblr|line|wechat|weibo|like|follow(?: us.*)?|"
    r"listen|play|pause|mute|unmute|comments?|read more|see also|sign up.*|subscribe.*|"
    r"loading\W*|view all.*|show more|more|close|menu|skip)",
    re.IGNORECASE,
)
_MAY_COUNT = pattern_of(r"\d|\bago\b|just now|gerade eben", re.IGNORECASE)
_WORD = pattern_of(r"\S+")
_TELLS_TIME = pattern_of(r"\d[:h]\d\d|\d\D{1,2}\d\d?\D{1,2}\d|\d.*[^\W\d]|[^\W\d].*\d")
"""A figure alone may be a score: a stamp has an hour, three parts, or a word beside it."""
_EDGE = "()[]|•·-–—,;:. "  # noqa: RUF001 - stamps are set apart by dashes of both lengths


def bare(text: str) -> str:
    """Return a text without lines that only tell time, count, sell or offer a button."""
    if len(text) > LONGEST:
        return text
    text = _LINK.sub(r"\1", text) if "[" in text else text
    kept = [shown for line in text.splitlines() if (shown := _of_line(line.strip()))]
    return "\n".join(kept)


def _of_line(line: str) -> str:
    if not line:
        return ""
    counts = _MAY_COUNT.search(line) is not None
    if len(line) >= SHORT:  # prose; what is furniture in it stands at an end
        if not counts:
            return line
        head, tail = line[:END], line[max(END, len(line) - END) :]
        middle = line[END : max(END, len(line) - END)]
        return _INLINE.sub(" ", head) + middle + _INLINE.sub(" ", tail)
    if _BUTTONS.fullmatch(line.strip(_EDGE)):
        return ""
    left = _INLINE.sub(" ", line).strip(_EDGE) if counts else line
    if _TELLS_TIME.search(left):
        parts = [part for one in _WORD.findall(left) if (part := one.strip(_EDGE))]
        if all(_STAMP_WORD.fullmatch(part) for part in parts):
            return ""
    return left
