"""Messages about the copy: kills and holds, corrections and updates, notes to editors and to readers."""

import re

from syndicator.credit.form import Context, Parted, place, unwrap
from syndicator.credit.moments import read_day
from syndicator.model.credit import Advisory
from syndicator.model.patterns import pattern_of

_PIECE = r"(?:story|article|post|column|report|piece|item|video|headline|summary|photo caption|caption|essay|dispatch|editorial|interview|review|page|listing|podcast|episode|newsletter|obituary|graphic|chart|list)"
_GONE_ALL = r"(?=\s*(?:[.!\n]|$|because|since|due|pending|following|after|as\b|at (?:the|their)|on \w+|from (?:this|our|the (?:web)?site|publication)|for (?:violating|legal|review|breach)|by (?:the (?:author|publisher)|our|request)))"
_STEMS = {
    "kill-abroad": "annuler|achtung|снимается|削除|消し|삭제|撤",
    "takedown": "remove|take down|delete",
    "withdraw": "withdr",
    "earlier-version": "earlier|previous|original|prior|initial|corrected|misidentified|misstated|misspelled|incorrect|mistaken|erroneous|wrongly|amended|revised|stated|said|reported|gave|früheren|précédente|antérieure|anterior|previa|precedente|eerdere|korjasi|regret|apolog",
    "writethru-label": "graf",
    "replaces": "vervangt",
    "clarification": "clarif",
}
"""What the parts of a rule hold that need not open the line."""


_KILLS: tuple[tuple[str, str, Parted], ...] = tuple(
    (action, rule, Parted(pattern, re.IGNORECASE, _STEMS.get(rule, "")))
    for action, rule, pattern in (
        ("hold", "hold", (r"^\W{0,9}(?:[\w/-]{1,40}\n)?\W{0,9}hold\W{1,9}hold\b|^\W{0,9}(?:(?:hold|eds?|editors?|advisory|attention)\W{1,9}){0,2}please (?:with)?hold (?:the |this |our )?(?:item|story|stories|article|bc-|dispatch|report|column)|^\W{0,9}(?:bc|eds)\W[^\n]{0,60}\bhold\b[^a-z]{0,6}$|"
         r"^\W{0,9}(?:bitte )?(?:die|diese) meldung[^.]{0,80}(?:vorerst )?nicht (?:verwenden|veröffentlichen)")),
        ("kill", "kill", (r"^\W{0,9}(?:[\w/-]{1,40}\n)?\W{0,9}kill\W{1,9}kill\b|^\W{0,9}please kill\b|^\W{0,9}(?:mandatory |bulletin )?kill(?:/takedown)?(?: notice\b|\W{0,9}(?:~|$)|ed\W{0,9}$)|^\W{0,9}story killed\W{0,3}$|^\W{0,9}kill[-/ ]?takedown\b|^\W{0,9}this kill(?:/takedown)? is mandatory|(?-i:^\W{0,9}(?:BC|AP|EDS|URGENT|US|EU)\b[^\n]{0,80}\bKILL\b)\W{0,9}(?:$|\n)|"
         r"^\W{0,9}(?:advisory|urgent|bulletin)\W{1,9}kill\b|^\W{0,9}(?:eds?|editors?)\b.{0,30}\bkill (?:the|this|story|bc)\b|^\W{0,9}a (?:replacement|substitute) story will|^\W{0,9}(?:the )?(?:above |following )?story .{0,60}(?:has been|is) killed|^\W{0,9}kill (?:the )?(?:story|item|article)\b")),
        ("kill", "kill-abroad", (r"(?-i:^\W{0,9}(?:ANNUL(?:E|ATION|ÉE?)|ANULACIÓN|ANULADA|ANNULLAMENTO|STORNO|INTREKKING|KYTKIN))\s*[-–—:]|^\W{0,9}(?:annuler?|annulez|prière d.annuler) (?:la|notre|cette|et supprimer)\b.{0,20}(?:dépêche|dépèche|information|alerte|note|article)|à annuler\W{0,3}$|^\W{0,9}(?:merci de|veuillez|prière de) ne pas (?:utiliser|publier|tenir compte|diffuser)|"
         r"^\W{0,9}(?:(?:achtung,? redaktionen|storno|achtung|eil)\W{1,9})?bitte verwenden sie (?:die|den|diese)\b.{0,100}\bnicht\b|achtung,? redaktionen\W.{0,120}(?:nicht (?:mehr )?(?:verwenden|nutzen)|zurückgezogen)|^\W{0,9}(?:(?:achtung|hinweis)\W{1,9})?(?:die |diese )?meldung .{0,60}(?:wird|ist) (?:zurückgezogen|hinfällig)|"
         r"^\W{0,9}(?:rogamos|por favor,?) (?:anulen|anular|eliminen|no (?:utilicen|publiquen))|^\W{0,9}anula(?:da|ción)?\s*[:—–-]|^\W{0,9}eliminar (?:la )?(?:nota|noticia)|^\W{0,9}(?:efe|afp|europa press) anula (?:la|su)\b|^\W{0,9}annullare (?:la notizia|il lancio|il servizio)|^\W{0,9}(?:favor|por favor) (?:anular|cancelar|desconsiderar)\b|"
         r"снимается с ленты|^\W{0,9}аннулир|全件削除|記事(?:の)?取り?消し|기사 ?삭제|撤稿|撤销")),
        ("takedown", "takedown", r"requests? that you (?:immediately )?(?:remove|take down|delete)|^\W{0,9}take ?down (?:notice|order|request)\b|(?:must|should) be removed (?:immediately )?from all (?:media|platforms|websites)|remove (?:the above|this) (?:story|article) from (?:any|all)"),
        ("withdraw", "withdraw", (rf"^\W{{0,9}}(?:[\w ]{{2,40}}\W{{1,9}})?(?:story|alert|item|article|report)\b.{{0,60}}\b(?:is|are|has been|have been|being)\s+(?:being\s+)?(?:withdrawn|retracted)|^\W{{0,9}}(?:withdrawn|withdrawal|retraction|retracted|story (?:withdrawn|retracted))\s*[:—–-]|(?:{_PIECE}|alert) .{{0,200}}\bis being withdrawn|^\W{{0,9}}(?:reuters|ap|afp) (?:is )?withdr(?:aws|awing|ew) (?:its|the|this|a) |"
         r"^\W{0,9}(?:advisory|attention editors|editors|eds)\W{1,9}[^.]{0,120}\b(?:withdrawn|retracted)\W{0,9}$|^\W{0,9}(?:\(reuters\)\W{1,5})?(?:the|this|our) [^.]{0,60}\b(?:story|alert|item|report)\b[^.]{0,80}\b(?:is|has been) withdrawn\b")),
        ("tombstone", "removed", (rf"^\W{{0,9}}(?:this|the) {_PIECE} (?:has been|was|is) (?:(?:removed|deleted|taken down|unpublished|retracted){_GONE_ALL}|no longer available)|^\W{{0,9}}{_PIECE} removed\W{{0,9}}$|^\W{{0,9}}dieser (?:artikel|beitrag|text) (?:wurde|ist) (?:gelöscht|entfernt|nicht (?:mehr|länger) verfügbar)|^\W{{0,9}}cet article (?:a été|n.est plus) (?:supprimé|retiré|disponible)|"
         r"^\W{0,9}est[ea] (?:artículo|artigo|nota|noticia|notícia|matéria) (?:ha sido|foi|fue) (?:eliminad|retirad|removid|borrad|apagad)[oa]|^\W{0,9}questo articolo è stato (?:rimosso|cancellato)|^\W{0,9}dit artikel is (?:verwijderd|niet meer beschikbaar)")),
    )
)  # fmt: skip
_NOT_KILL = pattern_of(
    r"['‘\"“]kill['’\"”]|so-called|kill it\b|\bcorps?\b|hours after|décidé d", re.IGNORECASE
)
_MORE_IN = r"(?:details?|quotes?|background|comments?|bylines?|shares?|analysts?|grafs?|para(?:graph)?s?|context|reactions?|headline|throughout|lead|dateline|share move|milestones|graphics?|link|market|prices)"
_ADDED = (
    r"(?:adds?|updates|recasts?|rewrites?|restores?|incorporates?|changes|inserts?|subs|fixes|drops|trims|clarifies|leads? with|releads?|ergänzt|neu(?=:)|aktualisiert mit|new throughout|changes throughout|with (?:more|details)|"
    r"actualis[eé] avec|ajoute|précise|agrega|añade|amplía|actualiza(?:\s+y\s+\w+)? con|atualiza com|acrescenta|aggiorna con|aggiunge|voegt toe|met reacties|tilføjer|legger til|oppdatert med|lägger till|uppdaterad med|lisää)\b"
)
_FOR_COPY = rf"(?:spelling|typo|name|date|day|year|title|headline|lead|paragraph|para|graf|byline|dateline|figure|number|to say|to read|to show|to make|to remove|to clarify|to fix|reference|attribution|slug|style|first|second|last|in {_PIECE}|\d)"
_NOTES: tuple[tuple[str, str, bool, Parted], ...] = tuple(
    (action, rule, readers, Parted(pattern, re.IGNORECASE | re.DOTALL, _STEMS.get(rule, "")))
    for action, rule, readers, pattern in (
        ("trim_mark", "trim-mark", False, r"^\W{0,9}(?:(?:eds?|editors?)\W{1,4})?(?:(?:story|article|copy) (?:can|may) end here|optional (?:trim|material|cut|add|end)\b|(?:begin|end|start|stop) optional|end (?:of )?optional)|^\W{0,9}(?:more|end trim)\W{0,9}$(?<=\))"),
        ("refile", "refile", False, (rf"^\W{{0,9}}(?:re-?fil(?:e[sd]?|ing)|resend(?:ing)?|re-?sends?|(?:repeat(?:ing|s)?|rpt)(?= (?:for|to (?!offend)|story|item|with|earlier|without|from|{_PIECE}|(?-i:[A-Z]{{3}}))|\s*[-:(]|\W{{0,9}}$)|retransmit(?:ting|s)?|(?:wiederholung|wdh|répétition|repite|repetición|ripetizione|repetição|herhaling)(?=\s*(?:[:(-]|aus|von|ohne|sans|sin|senza|sem|con|avec|$)))\b|"
         rf"^\W{{0,9}}(?:this|the)\s+(?:[\w.,]{{1,12}}\s+){{0,4}}?{_PIECE}\s+(?:has been |was |is )?re-?filed\b")),
        ("writethru", "writethru-label", False, r"^\W{0,9}(?:(?:\d{1,2}(?:st|nd|rd|th)|urgent|eds?|new)\W{1,9})?(?:write-?thru|writethrough|ld-writethru|\d{1,2}(?:st|nd|rd|th) ld\b)|^[^.!?\n]{3,60}\b\d{1,2}(?:st|nd|rd|th) (?:ld-)?(?:ld|writethru|lead)\b|\bgrafs? (?:pvs|previous|\d)|\b\d{1,2}(?:st|nd|rd|th) grafs? pvs"),
        ("writethru", "update-number", False, r"^\W{0,9}(?-i:WRAPUP|UPDATE|RPT|ANALYSIS-UPDATE)\s?\d{1,2}\s?[-–—:]\s?\S|^\W{0,9}\(?(?:lead|leads|topnews)\s{0,3}\d{0,2}\s?-\s?[A-Z]"),
        ("correction", "slug-corrected", False, r"^[A-Z0-9 /&-]{4,40}/?\s*\([^()]{0,80}\bcorrect(?:ed|ion)\b[^()]{0,80}\)\s*$"),
        ("correction", "corrected-prefix", True, r"^\W{0,9}(?:corrected|correction|rectified|clarified|official correction|correction et mise à jour|korrektur|berichtigung|berichtigt|corrección|corregida|correção|rettelse|rättelse|rectificatif|corrigé|rettifica|errata corrige)\s*[-–—]\s?\S"),
        ("correction", "corrects", False, (rf"^\W{{0,9}}(?:this|the)\s+(?:[\w.,]{{1,12}}\s+){{0,4}}?(?:{_PIECE}|version of the (?:story|article))\s+(?:(?:has been |was |is )?(?:corrected|changed|edited|amended|fixed) (?:to (?:say|fix|show|reflect|correct|remove|read|make|add|clarify)|in (?:the|para)|throughout|headline)|corrects\b)|^\W{{0,9}}\(?(?:eds?\W{{1,4}})?corrects\b(?=.{{0,80}}\b{_FOR_COPY})|"
         r"^\W{0,9}\(?(?:corrige|corregge|korrigiert|corrigeert|corrige y)\b(?=.{0,120}\b(?:paragraphe|párrafo|parágrafo|paragrafo|absatz|alinea|titre|título|titolo|titel|chapeau|nom|nombre|nome|date|fecha|data))")),
        ("writethru", "adds", False, rf"^\W{{0,9}}(?:eds?\b:?\s*)?(?:updates:?\s+)?{_ADDED}(?!\s+(?:to (?:the|his|her|their)|up\b))(?=[^.]{{0,200}}(?:\)|\.|,|detail|quote|comment|background|throughout|graf|para|byline|lead|photo|context|reaction|analyst|share|statement|dateline|number|figure|headline|toll|de[ct]l?ara|dichiara|rea[cçk][ct]?i|réaction|detal|détail|dettagl|einzelheit|zitat)).{{3,}}"),
        ("writethru", "note-to-editors", False, r"^\W{0,9}(?:notes? to editors?|hinweis(?:e)? an (?:die )?redaktion(?:en)?|note aux rédactions|nota a (?:los )?editores|redaktionelle hinweise|redaktionshinweis)\b"),
        ("writethru", "replaces", False, r"^\W{0,9}(?:n i e u w|n e u|nieuw) bericht|^\W{0,9}(?:vervangt|ersetzt|remplace|annule et remplace|sustituye|replaces|erstattet|ersätter)\b.{3,}|bericht, vervangt"),
        ("advisory", "eds", False, r"^\W{0,9}eds?\s*(?:note)?\s*[:,—–_-]"),
        ("usage_note", "attention-editors", False, r"^\W{0,9}(?:attention|att\.?|advisory to|note to|achtung,?|à l.attention des|atención) (?:all )?(?:editors?|redaktion(?:en)?|rédactions|editores|subscribers|users)\b|^\W{0,9}editors?,? (?:please )?(?:note|do not)\b|^\W{0,9}(?:for use|available) only (?:by|to)\b|^\W{0,9}(?:only for|nur für) (?:subscribers|clients|abonnenten)"),
        ("clarification", "clarification", True, r"^\W{0,9}(?:clarif(?:ication|ies|ied)|klarstellung|précision|aclaración|esclarecimento|precisazione|presisering|förtydligande|präzisierung|verduidelijking)s?\b\s*(?:[:—–_(,-]|\d|$)|\bupdated\b.{0,40}\bto clarify\b|has been (?:updated )?(?:to )?clarif"),
        ("correction", "correction", True, (r"^\W{0,9}(?:corrections?|corrects?|corrections?(?: and |/| & )(?:clarification|amplification)s?|korrekturen|korrektur|berichtigung|richtigstellung|corrigendum|errat(?:um|a)|fe de errat[ae]s?|corrección|correcciones|correção|rectification|rectificación|rectificatif|rectification|rettelse|rättelse|oikaisu|korjaus|rettifica|errata corrige|correctie|rectificatie|sprostowanie|исправление|поправка|訂正|更正|정정(?:보도)?|勘误)\s*"
         r"(?:[:：—–_(,!\]】]|-\s|\d|appended|(?:vom|du|del|van|of|from) [^:]{3,24}:|to (?:this|an?) |(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d|$)")),
        ("correction", "earlier-version", True, (rf"\b(?:earlier|previous|original|prior|initial)\s+(?:version|edition|headline|photo caption|post)\b.{{0,120}}?\b(?:{_PIECE}|of this|with this)\b|\b(?:this|the) {_PIECE} (?:has been|was|originally|incorrectly|mistakenly|previously|earlier|initially)\s*(?:been )?(?:corrected|misidentified|misstated|misspelled|incorrectly|mistakenly|erroneously|amended|revised|stated|said|reported|gave)"
         r"|\b(?:erroneously|incorrectly|mistakenly|wrongly) (?:reported|stated|identified|attributed|said|named|spelled|referred|described|listed)\b.{3,}(?:\b(?:his|her|its|the|their|it) .{2,60}\b(?:is|was|are|were)\b|correct)|^in (?:a|an|some) (?:story|stories|article|dispatch)\b.{0,300}\breported (?:erroneously|incorrectly|mistakenly)|"
         r"in einer früheren (?:version|fassung)|une version (?:précédente|antérieure)|en una versión (?:anterior|previa)|una versión (?:anterior|previa)|uma versão anterior|in una versione precedente|in een eerdere versie|korjasi tietojaan|we regret the error|apologi[sz]e for the (?:error|mistake)")),
        ("update", "updated", True, (rf"^\W{{0,9}}(?:\w{{1,20}}\W{{1,9}})?(?:this|the) {_PIECE} (?:has been|was|is being|will be|is) (?:updated|revised|developing)\b|^\W{{0,9}}(?:last )?(?:update|updated|aktualisiert|mise à jour|actualización|actualizado|atualização|atualizado|aggiornamento|opdatering|uppdatering|oppdatert)\s*(?:[:：,—–(-]|\d|\w{{1,10}}\s+\d)|^\W{{0,9}}(?:this is a (?:breaking|developing)|more (?:details )?to (?:follow|come))|^\W{{0,9}}dieser (?:artikel|beitrag|text) wurde (?:aktualisiert|ergänzt)|^\W{{0,9}}cet article (?:a été|est) (?:mis à jour|actualisé|modifié)|"
         r"^\W{0,9}\(?(?:matéria|texto|reportagem|nota|artículo|artikel|articolo|saken|artikeln) (?:foi |fue |è stato |er |är )?(?:atualizad[oa]|actualizad[oa]|aggiornato|oppdatert|uppdaterad|opdateret)")),
        ("editors_note", "editors-note", True, r"^\W{0,9}(?:editor[’'`]?s?[’'`]?|editorial|publisher[’'`]?s|author[’'`]?s|writer[’'`]?s|producer[’'`]?s) (?:note|disclosure|disclaimer)\b|^\W{0,9}(?:anm(?:erkung|\.)? (?:der|d\.) (?:redaktion|red)|hinweis der redaktion|note de la rédaction|ndlr|nota del editor|nota de la redacción|nota da redação|nota do editor|n\. ?del e\.|nota della redazione|nota di redazione|ndr\b|noot van de redactie|redaktionens (?:not|anmärkning|kommentar)|toimituksen huomautus|編集部注|编者按|編者按|편집자 ?주)"),
    )
)  # fmt: skip
_NOTE = pattern_of(
    r"^\W*(?:note|hinweis|transparenzhinweis|note à nos lecteurs|note to readers|nota|disclaimer|disclosure)\s*[:—–_-]\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_COPY = pattern_of(
    rf"\b(?:this|the|our) (?:\w+ )?{_PIECE}\b|satir|spoof|apologi[sz]e|parody|machine|artificial intelligence|\bAI\b|automat|lifeline|hotline|helpline|pressemitteilung|updated|corrected|paid|sponsored",
    re.IGNORECASE,
)
_FEED = pattern_of(
    r"not been edited|auto-?generated|(?:syndicated|wire|agency) feed", re.IGNORECASE
)
_REGRET = pattern_of(r"\b(?:apologi[sz]e|mistake|error|we got|correct(?:ed|ion))\b", re.IGNORECASE)
_ED_NOTE_OUT = pattern_of(
    r"^\W*(?:eds?|editors?)\b[^.]{0,30}(?:adds|updates|with (?:ap )?photos|for (?:global|use)|moving|minor edits|restores|stands|resend)",
    re.IGNORECASE,
)
_SERVICE = Parted(
    r"(?:national suicide|suicide prevention|crisis (?:text )?line|samaritans|lifeline|helpline|telefonseelsorge|sos amitié|hotline|\b988\b(?! [a-z])).{0,200}|"
    r"(?:this (?:article|story|text|report) (?:was|is|has been) (?:written|generated|produced|created|translated|compiled) (?:automatically |partly |in part )?(?:by|with|using) (?:an? |the )?(?:(?:help|aid|assistance|support) of (?:an? )?)?(?:ai\b|artificial|machine|automat|software|computer|bot|algorithm|chatgpt|automated insights))|"
    r"(?:automatically|machine)[- ](?:generated|translated)|^\W*(?:paid|sponsored|advertisement feature|paid content|press release|pressemitteilung|anzeige|advertorial|partner content)\W*$|this is (?:a )?(?:satire|satirical)",
    re.IGNORECASE,
    "suicide|crisis |samaritans|lifeline|helpline|telefonseelsorge|sos amiti|hotline|988|written|generated|produced|created|translated|compiled|automatic|machine|satir",
)
_PROSE = Parted(
    r"^(?:the |a )?corrections? (?:department|officers?|facility|territory)|into correction",
    re.IGNORECASE,
    "into correction",
)
MAX_NOTE = 900


def read_advisory(line: str, context: Context) -> Advisory | None:  # noqa: ARG001 - every form is asked alike
    """Read a kill, a correction or a note. Prose that only uses such words is none."""
    text = unwrap(line.strip())
    if not 3 <= len(text) <= MAX_NOTE:  # noqa: PLR2004 - no shorter form exists
        return None
    for action, rule, pattern in _KILLS:
        if pattern.found(text) and not _NOT_KILL.search(text):
            return Advisory(action=action, **place(line, rule, 0.9))
    if _PROSE.found(text):
        return None
    for action, rule, readers, pattern in _NOTES:
        if pattern.found(text) and not _misleads(rule, line, text):
            return _note(line, text, action, rule, readers=readers)
    return _plain_note(line, text)


_SHOWN = pattern_of(
    r"(?:^\W{0,9}|\b)(?:this|these) (?:images?|pictures?|photos?|videos?|handouts?)\b",
    re.IGNORECASE,
)
_CORRECTS = pattern_of(
    r"\d|\b(?:version|story|article|headline|caption|not|incorrect\w*|inaccurate\w*|mis(?:spel|stat|identif|attribut)\w+|should|wrong\w*|error|was|is|are|were|has|have|gave|said|updated|amended)\b",
    re.IGNORECASE,
)
_MARKED = pattern_of(r"\W{0,9}(?:[Ee][Dd][Ss]?\b|[A-ZÀ-Þ]{4,}\b)")
_NEWSROOM = pattern_of(
    rf"\W{{0,9}}\w+\s+(?:with\s+)?(?:[\w'’-]+\s+){{0,2}}{_MORE_IN}\b", re.IGNORECASE
)


def _misleads(rule: str, line: str, text: str) -> bool:
    if (
        rule == "adds"
    ):  # "Adds Solberg: …" is a sentence; a message stands in brackets, is shouted or names its parts
        bracketed = line.lstrip()[:2].lstrip("^")[:1] in ("(", "[")
        return not (bracketed or _MARKED.match(text) or _NEWSROOM.match(text))
    if rule == "attention-editors":
        return _SHOWN.search(text) is not None  # a picture's restrictions
    if rule == "correction":  # "Correction: Making a Mockery of Money" is a headline
        label, colon, rest = text.partition(":")
        english = label.strip().casefold() in {"correction", "corrections"}
        return bool(colon) and english and len(rest.split()) < 12 and not _CORRECTS.search(rest)  # noqa: PLR2004 - a headline's length
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
    if found and _ABOUT_COPY.search(found["rest"]) and not _FEED.search(found["rest"]):
        action = "editors_note"
        if re.search(r"\bclarif", text, re.IGNORECASE):
            action = "clarification"
        elif re.search(r"\b(?:updated)\b", text, re.IGNORECASE):
            action = "update"
        elif _REGRET.search(text):
            action = "correction"
        return Advisory(action=action, for_readers=True, **place(line, "note", 0.75, cut=False))
    if len(text) < 400 and _SERVICE.found(text):  # noqa: PLR2004 - a note, not a paragraph
        return Advisory(
            action="editors_note", for_readers=True, **place(line, "service-note", 0.7, cut=False)
        )
    return None
