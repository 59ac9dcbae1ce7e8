"""Messages about the copy: kills and holds, corrections and updates, notes to editors and to readers."""

import re

from syndicator.credit.form import Context, place, unwrap
from syndicator.credit.moments import read_day
from syndicator.model.credit import Advisory

_PIECE = r"(?:story|article|post|column|report|piece|item|video|headline|summary|photo caption|caption|essay|dispatch|editorial|interview|review|page|listing|podcast|episode|newsletter|obituary|graphic|chart|list)"
_KILLS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (action, rule, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for action, rule, pattern in (
        ("hold", "hold", r"^\W*(?:[\w/-]+\n)?\W*hold\W+hold\b|^\W*please hold (?:the )?(?:item|story|article)\b|^\W*(?:bc|eds)\W.{0,60}\bhold\b[^a-z]{0,6}$"),
        ("kill", "kill", r"^\W*(?:[\w/-]+\n)?\W*kill\W+kill\b|^\W*please kill\b|^\W*(?:mandatory |bulletin )?kill(?:/takedown)?(?: notice\b|\W*(?:~|$)|ed\W*$)|^\W*kill[-/ ]?takedown\b|^\W*this kill(?:/takedown)? is mandatory|^\W*(?:BC|AP|EDS)\b.{0,80}\bKILL\b\W*$|"
         r"^\W*(?:advisory|urgent|bulletin)\W+kill\b|^\W*(?:eds?|editors?)\b.{0,30}\bkill (?:the|this|story|bc)\b|^\W*a (?:replacement|substitute) story will|^\W*(?:the )?(?:above |following )?story .{0,60}(?:has been|is) killed|^\W*kill (?:the )?(?:story|item|article)\b"),
        ("kill", "kill-abroad", r"^\W*(?:annul(?:e|ation|ée?)\b\W|à annuler|merci de ne pas (?:utiliser|publier)|achtung,? redaktionen\W.{0,120}(?:nicht (?:mehr )?(?:verwenden|nutzen)|zurück)|bitte verwenden sie (?:die|den|diese).{0,80}nicht|(?:die |diese )?meldung .{0,60}(?:wird|ist) (?:zurückgezogen|hinfällig)|"
         r"anulación\b|anula(?:da|ción)?\s*[:-]|eliminar (?:la )?(?:nota|noticia)|annullamento\b|annullare\b|снимается с ленты|аннулир|全件削除|記事取り消し|기사 ?삭제|撤稿|撤销)"),
        ("takedown", "takedown", r"requests? that you (?:immediately )?(?:remove|take down|delete)|^\W*take ?down (?:notice|order|request)\b|(?:must|should) be removed (?:immediately )?from all (?:media|platforms|websites)|remove (?:the above|this) (?:story|article) from (?:any|all)"),
        ("withdraw", "withdraw", rf"^\W*(?:[\w ]{{2,40}}\W+)?(?:story|alert|item|article|report)\b.{{0,60}}\b(?:is|are|has been|have been|being)\s+(?:being\s+)?(?:withdrawn|retracted)|^\W*(?:withdrawn|withdrawal|retraction|retracted)\s*[:—–-]|(?:{_PIECE}|alert) .{{0,200}}\bis being withdrawn|^\W*(?:reuters|ap|afp) (?:is )?withdr(?:aws|awing|ew)"),
        ("tombstone", "removed", rf"^\W*(?:this|the) {_PIECE} (?:has been|was|is) (?:removed|deleted|taken down|unpublished|retracted|no longer available)\b|^\W*{_PIECE} removed\W*$|^\W*dieser (?:artikel|beitrag) (?:wurde|ist) (?:gelöscht|entfernt|nicht mehr verfügbar)|^\W*cet article (?:a été|n’est plus|n'est plus) (?:supprimé|retiré|disponible)|"
         r"^\W*este (?:artículo|artigo) (?:ha sido|foi) (?:eliminado|retirado|removido)"),
    )
)  # fmt: skip
_NOT_KILL = re.compile(
    r"['‘\"“]kill['’\"”]|so-called|kill it\b|\bcorps?\b|hours after|décidé d", re.IGNORECASE
)
_NOTES: tuple[tuple[str, str, bool, re.Pattern[str]], ...] = tuple(
    (action, rule, readers, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for action, rule, readers, pattern in (
        ("trim_mark", "trim-mark", False, r"^\W*(?:story|article|copy) (?:can|may) end here|^\W*\(?(?:optional (?:trim|material|cut|add|end)\b|(?:begin|end) optional)|^\W*optional material follows|^\W*(?:more|end trim)\W*$(?<=\))"),
        ("refile", "refile", False, r"^\W*(?:re-?file|resend(?:ing)?|re-?sends?|repeat(?:ing|s)?(?= (?:for|to|story|item|with|earlier|without))|repeats|retransmit(?:ting|s)?|wiederholung|wdh|répétition|repite|repetición)\b(?!\s+(?:offender|buyers))"),
        ("writethru", "writethru-label", False, r"^\W*(?:(?:\d+(?:st|nd|rd|th)|urgent|eds?|new)\W+)?(?:write-?thru|writethrough|ld-writethru|\d+(?:st|nd|rd|th) ld\b)|^[^.!?\n]{3,60}\b\d+(?:st|nd|rd|th) (?:ld-)?(?:writethru|lead)\b|\bgrafs? (?:pvs|previous|\d)|\b\d+(?:st|nd|rd|th) grafs? pvs"),
        ("writethru", "update-number", False, r"^\W*(?:wrapup|update|rpt|analysis-update)\s?\d+\s?[-–—:]\s?\S|^\W*\(?(?:lead|leads|topnews)\s*\d*\s*-\s*[A-Z]"),
        ("correction", "slug-corrected", False, r"^[A-Z0-9 /&-]{4,40}/?\s*\([^()]*\bcorrect(?:ed|ion)\b[^()]*\)\s*$"),
        ("correction", "corrected-prefix", True, r"^\W*(?:corrected|correction|rectified|clarified|official correction|correction et mise à jour|korrektur|berichtigung|berichtigt|corrección|corregida|correção|rettelse|rättelse|rectificatif|corrigé|rettifica|errata corrige)\s*[-–—]\s?\S"),
        ("writethru", "adds", False, r"^\W*\(?\s*(?:eds?:?\s*)?(?:updates?:?\s+)?(?:adds?|updates?|recasts?|rewrites?|restores?|incorporates?|changes|inserts?|subs|fixes|leads? with|releads?|ergänzt|neu:|aktualisiert mit|(?:new|changes) throughout|with (?:more|details))\b(?!\s+(?:to (?:the|his|her|their)|up\b))(?=[^.]{0,200}(?:\)|\.|,|detail|quote|comment|background|throughout|graf|para|byline|lead|photo|context|reaction|analyst|share|statement|dateline|number|figure|headline|toll)).{3,}"),
        ("writethru", "note-to-editors", False, r"^\W*#*\s*(?:notes? to editors?|hinweis(?:e)? an (?:die )?redaktion(?:en)?|note aux rédactions|nota a (?:los )?editores|redaktionelle hinweise|redaktionshinweis)\b"),
        ("writethru", "replaces", False, r"^\W*(?:n i e u w|n e u|nieuw) bericht|^\W*(?:vervangt|ersetzt|remplace|sustituye|replaces|erstattet|ersätter)\b.{3,}|bericht, vervangt"),
        ("advisory", "eds", False, r"^\W*\(?\s*eds?\s*(?:note)?\s*[:,—–_-]"),
        ("usage_note", "attention-editors", False, r"^\W*(?:attention|att\.?|advisory to|note to|achtung,?|à l.attention des|atención) (?:all )?(?:editors?|redaktion(?:en)?|rédactions|editores|subscribers|users)\b|^\W*editors?,? (?:please )?(?:note|do not)\b|^\W*(?:for use|available) only (?:by|to)\b|^\W*(?:only for|nur für) (?:subscribers|clients|abonnenten)"),
        ("clarification", "clarification", True, r"^\W*(?:clarif(?:ication|ies|ied)|klarstellung|précision|aclaración|esclarecimento|precisazione|presisering|förtydligande|präzisierung|verduidelijking)\b\s*(?:[:—–_(,-]|\d|$)|\bupdated\b.{0,40}\bto clarify\b|has been (?:updated )?(?:to )?clarif"),
        ("correction", "correction", True, r"^\W*(?:corrections?|corrects?|correction/clarification|korrekturen|korrektur|berichtigung|richtigstellung|corrigendum|errat(?:um|a)|fe de errat[ae]s?|corrección|correcciones|correção|rectification|rectificación|rectificatif|rectification|rettelse|rättelse|oikaisu|korjaus|rettifica|errata corrige|correctie|rectificatie|sprostowanie|исправление|поправка|訂正|更正|정정(?:보도)?|勘误)\s*"
         r"(?:[:：—–_(,!\]]|-\s|\d|appended|to (?:this|an?) |(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d|$)"),
        ("correction", "earlier-version", True, rf"\b(?:an?|the|this)?\s*(?:earlier|previous|original|prior|initial)\s+(?:version|edition|headline|photo caption|post)\b.{{0,120}}?\b(?:{_PIECE}|of this|with this)|\b(?:this|the) {_PIECE} (?:has been|was|originally|incorrectly|mistakenly|previously|earlier|initially)\s*(?:been )?(?:corrected|misidentified|misstated|misspelled|incorrectly|mistakenly|erroneously|amended|revised|stated|said|reported|gave)"
         r"|\b(?:erroneously|incorrectly|mistakenly|wrongly) (?:reported|stated|identified|attributed|said|named|spelled|referred|described|listed)\b.{3,}(?:\b(?:his|her|its|the|their|it) .{2,60}\b(?:is|was|are|were)\b|correct)|in einer früheren version|une version (?:précédente|antérieure)|en una versión (?:anterior|previa)|una versión (?:anterior|previa)|uma versão anterior|in una versione precedente|in een eerdere versie|korjasi tietojaan|we regret the error|apologi[sz]e for the (?:error|mistake)"),
        ("update", "updated", True, rf"^\W*(?:\w+\W+)?(?:this|the) {_PIECE} (?:has been|was|is being|will be|is) (?:updated|revised|developing)\b|^\W*(?:update|updated|aktualisiert|mise à jour|actualización|actualizado|atualização|atualizado|aggiornamento|opdatering|uppdatering)\s*(?:[:：—–(-]|\d|\w+ \d).{{0,}}|^\W*(?:this is a (?:breaking|developing)|more (?:details )?to (?:follow|come))|^\W*dieser (?:artikel|beitrag|text) wurde (?:aktualisiert|ergänzt)|^\W*cet article (?:a été|est) (?:mis à jour|actualisé|modifié)"),
        ("editors_note", "editors-note", True, r"^\W*(?:editor[’'`]?s?[’'`]?|editorial|publisher[’'`]?s|author[’'`]?s|writer[’'`]?s|producer[’'`]?s) (?:note|disclosure|disclaimer)\b|^\W*(?:anm(?:erkung|\.)? (?:der|d\.) (?:redaktion|red)|hinweis der redaktion|note de la rédaction|ndlr|nota del editor|nota de la redacción|nota da redação|n\. ?del e\.|nota della redazione|noot van de redactie|redaktionens (?:not|anmärkning)|編集部注|编者按|編者按|편집자 ?주)"),
    )
)  # fmt: skip
_NOTE = re.compile(
    r"^\W*(?:note|hinweis|note à nos lecteurs|nota|disclaimer|disclosure)\s*[:—–_-]\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_COPY = re.compile(
    rf"\b(?:this|the|our) (?:\w+ )?{_PIECE}\b|satir|spoof|apologi[sz]e|parody|machine|artificial intelligence|\bAI\b|automat|lifeline|hotline|helpline|pressemitteilung|updated|corrected|paid|sponsored",
    re.IGNORECASE,
)
_REGRET = re.compile(r"\b(?:apologi[sz]e|mistake|error|we got|correct(?:ed|ion))\b", re.IGNORECASE)
_ED_NOTE_OUT = re.compile(
    r"^\W*(?:eds?|editors?)\b[^.]{0,30}(?:adds|updates|with (?:ap )?photos|for (?:global|use)|moving|minor edits|restores|stands|resend)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:national suicide|suicide prevention|crisis (?:text )?line|samaritans|lifeline|helpline|telefonseelsorge|sos amitié|hotline|988\b).{0,200}|"
    r"(?:this (?:article|story|text|report) (?:was|is|has been) (?:written|generated|produced|created|translated|compiled) (?:automatically |partly |in part )?(?:by|with|using) (?:an? |the )?(?:ai\b|artificial|machine|automat|software|computer|bot|algorithm|chatgpt|automated insights))|"
    r"(?:automatically|machine)[- ](?:generated|translated)|^\W*(?:paid|sponsored|advertisement feature|paid content|press release|pressemitteilung|anzeige|advertorial|partner content)\W*$|this is (?:a )?(?:satire|satirical)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"^(?:the |a )?corrections? (?:department|officers?|facility|territory)|into correction",
    re.IGNORECASE,
)
MAX_NOTE = 900


def read_advisory(line: str, context: Context) -> Advisory | None:
    """Read a kill, a correction or a note. Prose that only uses such words is none."""
    text = unwrap(line.strip())
    if not 3 <= len(text) <= MAX_NOTE:  # noqa: PLR2004 - no shorter form exists
        return None
    for action, rule, pattern in _KILLS:
        if pattern.search(text) and not _NOT_KILL.search(text):
            return Advisory(action=action, **place(line, rule, 0.9))
    if _PROSE.search(text):
        return None
    for action, rule, readers, pattern in _NOTES:
        if pattern.search(text) and not _misleads(rule, text):
            return _note(line, text, action, rule, readers=readers)
    return _plain_note(line, text)


def _misleads(rule: str, text: str) -> bool:
    if rule == "correction":  # "Correction: Making a Mockery of Money" is a headline
        _, colon, rest = text.partition(":")
        return bool(colon) and len(rest.split()) < 9 and rest.istitle()  # noqa: PLR2004
    if rule == "earlier-version":
        return text.rstrip().endswith("?")
    if rule == "updated":
        return bool(re.match(r"\W*update[sd]?\s+\w+", text, re.IGNORECASE)) and not re.search(
            rf"\d|{_PIECE}", text
        )
    return False


def _note(line: str, text: str, action: str, rule: str, *, readers: bool) -> Advisory:
    if action == "editors_note" and _ED_NOTE_OUT.search(text):
        readers = False
    if rule == "adds" and re.match(
        r"\W*eds?\b(?!.{0,20}(?:updates|adds|recasts))", text, re.IGNORECASE
    ):
        action = "advisory"
    if rule == "earlier-version" and re.search(r"\bclarif", text, re.IGNORECASE):
        action = "clarification"
    day = read_day(text[:200])
    date = f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else None
    # What is said to readers stands with the story; the words to editors do not.
    return Advisory(
        action=action, for_readers=readers, date=date, **place(line, rule, 0.9, cut=not readers)
    )


def _plain_note(line: str, text: str) -> Advisory | None:
    found = _NOTE.match(text)
    if found and _ABOUT_COPY.search(found["rest"]):
        action = "editors_note"
        if re.search(r"\bclarif", text, re.IGNORECASE):
            action = "clarification"
        elif re.search(r"\b(?:updated)\b", text, re.IGNORECASE):
            action = "update"
        elif _REGRET.search(text):
            action = "correction"
        return Advisory(action=action, for_readers=True, **place(line, "note", 0.75, cut=False))
    if len(text) < 400 and _SERVICE.search(text):  # noqa: PLR2004 - a note, not a paragraph
        return Advisory(
            action="editors_note", for_readers=True, **place(line, "service-note", 0.7, cut=False)
        )
    return None
