"""What pages are furnished with: the names and words by which boxes around a story are known.

Names are matched whole, between the separators of class names, for
"has-sidebar" on the body of a page says nothing of the story in it. Words are
matched against a whole block, never inside a paragraph.
"""

import re
from functools import lru_cache

_BOXES = frozenset(
    """
    share sharing sharebar sharetools sharethis addthis social socials
    related recirc recirculation recommend recommended recommendations more-on more-from
    more-stories readmore read-more see-also also-read trending most-read most-popular
    most-viewed most-shared most-commented popular teaser teasers promo promos
    outbrain taboola zergnet plista
    newsletter newsletters signup sign-up subscribe subscription login
    ad ads adv advert adverts advertisement advertising advertorial adsense adslot dfp
    sponsor sponsored sponsors partner-content werbung anzeige publicite
    comment comments commenting disqus livefyre kommentar kommentare replies
    breadcrumb breadcrumbs crumbs pagination pager toolbar tools toolbox utility
    nav navigation navbar menu menubar masthead sidebar side-bar rail footer
    tags taglist tag-list topics topic-list keywords schlagworte
    bio author-bio author-box author-info about-author author-card
    caption captions figcaption gallery slideshow carousel lightbox photo-credit image-credit
    img-credit image-caption media-caption
    widget widgets popup modal overlay cookie cookies consent gdpr
    player jwplayer brightcove podcast listen tts readaloud read-aloud
    skip skip-link sr-only visually-hidden visuallyhidden screen-reader hidden
    print-only copy-link feedback rating votes poll quiz survey embed-more-topic timestamp
    byline bylines author-line pullquote pull-quote
    """.split()  # noqa: SIM905
)
_HIDDEN = frozenset(
    """
    sr-only visually-hidden visuallyhidden screen-reader share sharing ad ads advert advertisement
    caption captions image-credit photo-credit print-only timestamp
    """.split()  # noqa: SIM905
)
_GATES = frozenset(
    ["paywall", "regwall", "piano", "meter", "metered", "premium", "subscriber", "subscribers"]
)
_PICTURES = frozenset(
    ["image", "images", "photo", "photos", "picture", "img", "foto", "bild", "media"]
)
_DENIALS = frozenset(["has", "no", "non", "with", "without", "is", "not", "hide", "show"])
_PARTS = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 3
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MAX_NAMES = 600

_FURNITURE = re.compile(
    r"""(?:
    advertisement(?:\s*\d+)?|advertising|article\ content|anzeige|werbung|publicit[ée]|publicidad|
    pubblicità|advertentie|annons|mainos|sponsored(?:\ content)?|promoted|
    story\ continues\ (?:below|after).*|(?:article|post|content)\ continues\ (?:below|after).*|
    (?:this\ )?advertisement\ has\ not\ loaded.*|.*your\ article\ continues\ below.*|
    we\ apologi[sz]e,\ but\ this\ video\ has\ failed.*|loading\W*|
    skip\ (?:past|to)\b.*|after\ newsletter\ promotion|
    sign\ up\ (?:to|for|here|now|with|today)\b.*|subscribe\b.*|get\ (?:our|the|all)\b.*\bnewsletters?\b.*|
    (?:jetzt\ )?(?:newsletter\ )?abonnieren\b.*|register\ (?:now|to)\b.*|create\ an\ account\b.*|
    this\ content\ is\ reserved\ for.*|to\ (?:continue|keep)\ reading\b.*|
    already\ (?:a\ subscriber|have\ an\ account)\b.*|unlock\ (?:more|this)\b.*|
    (?:don'?t|do\ not)\ have\ an\ account\b.*|(?:log|sign)\ in\b.{0,80}|
    share|share\ (?:this|on|via|with|article|story)\b.{0,80}|tweet(?:\ this)?|(?:link|digg|pin|email|
    e-mail|print|save|copy)\ (?:this|link|article|page|story)\b.{0,40}|print|email|e-?mail|pin\ it|
    copy\ link|facebook|twitter|whatsapp|linkedin|reddit|telegram|reprints?|reuse\ this\ content|
    teilen|drucken|artikel\ (?:anhören|drucken|teilen|merken).{0,30}|kommentare?|partager|imprimer|
    compartir|imprimir|condividi|stampa|delen|
    comments?\W*\d*|\d+\s*comments?|join\ the\ conversation.*|view\ (?:all\ )?comments.*|
    (?:leave|post|add)\ a\ comment.*|please\ read\ our\ comment\ policy.*|
    share\ your\ thoughts\ and\ join.*|blog\ comments\ powered\ by\b.*|click\ to\ (?:read|hide)\b.*|
    follow\ (?:us|him|her|them|the\ author|@\w+)\b.{0,40}\bon\ .{1,80}|folgen\ auf\W*|filed\ under\W*.{0,120}|
    related(?:\ (?:stories|articles|content|coverage|topics|news|links|video))?\W*|
    recommended(?:\ (?:for\ you|stories|reading|videos))?\W*|more\ (?:stories|on\ this|from|for\ you|
    like\ this)\b.{0,80}|trending(?:\ (?:now|on\b.*))?\W*|most\ (?:read|popular|viewed)\W*|
    you\ (?:may|might)\ also\ (?:like|be\ interested).*|read\ next\W*|up\ next\W*|
    mehr\ zum\ thema\W*|zum\ thema\W*|das\ könnte\ sie\ auch.*|lesen\ sie\ auch\W*|à\ lire\ aussi\W*|
    lire\ aussi\W*|te\ puede\ interesar\W*|
    (?:schlagw[oö]rter?|schlagworte|tags?|topics?|keywords)\s*:.{0,200}|tags|topics|
    listen(?:\ to\ (?:this|the)\ (?:article|story))?\b.{0,40}|text\ vorlesen\b.*|
    \d+[\s-]*min(?:ute|uten|s)?\.?(?:\ read)?|lesedauer\W.{0,40}|
    (?:click|tap)\ (?:here|on)\b.{0,80}|close|menu|search|home|back\ to\ top|top|next|previous|
    view\ (?:image|photos?|gallery).{0,40}|show\ caption|hide\ caption|enlarge.{0,30}|
    você\ (?:pode|também)\b.{0,60}|leia\ (?:mais|também)\W*.{0,120}|veja\ (?:mais|também)\W*|
    explore\ further|(?:our\ |the\ )?(?:latest|top)(?:\ (?:stories|news|videos?|headlines))?\W*|image\ \d+\ of\ \d+|something\ to\ consider|like\ this\ story\?.*|
    toggle\ caption|image\ source.{0,80}|buy\ (?:this\ )?photo.{0,40}
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# Of these whole sentences are furniture; the rest is so only where it is short.
_OFFER = re.compile(
    r"(?:this )?advertisement|we apologi|please read|create an|sign up|subscribe|already|unlock|"
    r"get (?:our|the|all)|this content|share your|to (?:continue|keep)|(?:story|article|post|"
    r"content) continues|.{0,40}your article continues|join the|filed under|schlagw|tags?:|"
    r"topics?:|register|\w+ abonnieren|view|click",
    re.IGNORECASE,
)
_SHORT = 90
_OTHER_WORDS = 3
_TEASER = re.compile(
    r"(?:see\ also|read\ more|read\ also|also\ read|read|related|more|watch|listen|explainer|"
    r"lesen\ sie\ (?:auch|mehr)|mehr\ dazu|lire\ aussi|à\ lire|lee\ también|leggi\ anche|"
    r"lees\ ook|läs\ (?:också|mer)|don'?t\ miss|in\ pictures|analysis)\s*[:|>»-].{1,250}".replace(
        r"\ ", " "
    ),
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(
    r"(?:\(?(?:photo|photograph|foto|image|picture|bild|credit|illustration|video)s?"
    r"(?: (?:by|credit|von|courtesy))?\s*[:/]|photo by\b|\(ap photo|\(foto:).{0,200}|"
    r"\S+\.(?:jpe?g|png|gif|webp)|.{0,120}/(?:getty images|afp|reuters|ap|epa)\)?",
    re.IGNORECASE | re.DOTALL,
)
_SIGN_OFF = (
    r"\W{0,3}(?:(?:additional |further )?report(?:ing|ed) by\b|writing by|editing by|"
    r"with (?:assistance|files|reporting|additional reporting|contributions?)\b|compiled by|"
    r"distributed by|provided by\b|(?:source|quelle|quellen|fuente|fonte|bron|källa|kilde)\s*:|"
    r"(?:this|the) (?:article|story|report|piece|post|commentary)\b.{0,40}\b(?:first|originally|"
    r"appeared|published|produced|republished|written)\b|"
    r"(?:first|originally) (?:published|appeared)|re-?printed|re-?published|adapted from|"
    r"read the original|mit material (?:von|der)|(?:©|\(c\)|copyright).{0,200}\bdistributed by|"
    r".{0,160}\bcontributed (?:reporting )?to this (?:report|story|article)|"
    r".{0,100}\breported from\b|.{0,100}\bhelped with this)"
)
_CREDIT = re.compile(
    _SIGN_OFF + r".{0,600}|\W{0,3}(?:copyright\b|©|\(c\)|visit\b.{3,60}\bat\b|"
    r"(?:the )?associated press\b|ap\b.{0,60}\bwriter|correction\b|clarification\b|"
    r"editor'?s'? note).{0,600}",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(_SIGN_OFF + r".{0,600}", re.IGNORECASE | re.DOTALL)
_DATE_WORDS = frozenset(
    """
    jan january januar janvier feb february februar février mar march märz mars apr april avril may
    mai mayo jun june juni juin jul july juli juillet aug august août sep sept september septembre
    oct october oktober octobre okt nov november novembre dec december dezember décembre dez enero
    febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio
    aprile maggio giugno luglio settembre ottobre dicembre maart mei
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun
    sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi
    vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
    uhr h am pm a p m et est edt ct cst pt pst gmt utc bst cet cest ist at um à de the st nd rd th
    ago hour hours minute minutes day days min mins
    """.split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[^\W\d_]+")
_PROMO = re.compile(
    r"\b(?:sign up|subscribe|bookmark|newsletters?|download (?:the|our)|follow (?:us|our)|"
    r"support our|become a member|our (?:app|podcast|website))\b",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified|created)|veröffentlicht|"
    r"aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato)\b.{0,80}",
    re.IGNORECASE | re.DOTALL,
)
_DATELINE = re.compile(r"[^\W\d_][\w.,'’/ -]{1,60}(?:\([^()]{1,40}\)\s*)?[—–-]{1,2}\s*")
_FOOTER = re.compile(
    r"(?:©|\(c\)\s|copyright\b|all (?:site )?contents?\b.{0,6}©).{8,240}", re.IGNORECASE | re.DOTALL
)
_DECK = re.compile(
    r"(?:sub-?(?:title|head|headline|heading)|deck|dek|standfirst|kicker|eyebrow|overline|"
    r"dachzeile|summary|abstract|description|excerpt)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"lead|lede|intro|teaser|vorspann|chapo|chapeau|sapo|entradilla|bajada|sommario|ingress",
    re.IGNORECASE,
)
_KICKER = re.compile(r"(?:kicker|eyebrow|overline|dachzeile|label|category|topic)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bylines?|by-line|authors?|autor(?:en)?|auteurs?|autore|signature|writer|"
    r"contributor|article-author|story-author|post-author|author-name|reporter)(?=$|[\s_-])",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def names_a_box(names: str) -> bool:
    """Say whether an element's class and id name it as furniture of the page."""
    return _named(names, _BOXES)


@lru_cache(maxsize=4096)
def names_a_hidden(names: str) -> bool:
    """Say whether names mark words inside a sentence as no part of it."""
    return _named(names, _HIDDEN)


@lru_cache(maxsize=4096)
def names_a_gate(names: str) -> bool:
    """Say whether names speak of a paywall, which may be the offer or the text behind it."""
    return _named(names, _GATES)


def _named(names: str, known: frozenset[str]) -> bool:
    """Look for the known names among the parts of each name ("story-ad_box": ad)."""
    for name in _CAMEL.sub("-", names[:_MAX_NAMES]).lower().split():
        parts = [part for part in _PARTS.split(name) if part]
        if parts and parts[0] in _DENIALS:
            continue
        for start in range(len(parts)):
            for stop in range(start + 1, min(start + _LONGEST_NAME, len(parts)) + 1):
                if "-".join(parts[start:stop]) in known:
                    return True
    return False


@lru_cache(maxsize=4096)
def names_a_picture(names: str) -> bool:
    """Say whether names mark the frame of a picture."""
    return _named(names, _PICTURES)


def names_a_deck(names: str) -> bool:
    """Say whether names mark a line under or over the headline."""
    return bool(_DECK.search(names[:_MAX_NAMES]))


def names_a_lead_in(names: str) -> bool:
    """Say whether names mark a first paragraph set in a way of its own."""
    return bool(_LEAD_IN.search(names[:_MAX_NAMES]) or _DECK.search(names[:_MAX_NAMES]))


def names_a_kicker(names: str) -> bool:
    """Say whether names mark a line over the headline."""
    return bool(_KICKER.search(names[:_MAX_NAMES]))


def names_a_byline(names: str) -> bool:
    """Say whether names mark a byline."""
    return bool(_BYLINE.search(_CAMEL.sub("-", names[:_MAX_NAMES])))


def is_furniture(words: str) -> bool:
    """Say whether a whole block is words of the page ("Share", "Advertisement")."""
    if len(words) >= 400 or (len(words) > _SHORT and not _OFFER.match(words)):  # noqa: PLR2004
        return False
    return _FURNITURE.fullmatch(words) is not None


def is_teaser(words: str) -> bool:
    """Say whether a whole block points to another story ("Read more: …")."""
    return len(words) < 300 and _TEASER.fullmatch(words) is not None  # noqa: PLR2004


def is_picture_line(words: str) -> bool:
    """Say whether a whole block is the credit or file name of a picture."""
    return len(words) < 260 and _PICTURE.fullmatch(words) is not None  # noqa: PLR2004


def is_credit(words: str) -> bool:
    """Say whether a block may be a sign-off or credit, which closes a story."""
    return len(words) < 900 and _CREDIT.fullmatch(words) is not None  # noqa: PLR2004


def is_sign_off(words: str) -> bool:
    """Say whether a block is a sign-off or credit beyond doubt, wherever it stands."""
    return len(words) < 900 and _SIGNED.fullmatch(words) is not None  # noqa: PLR2004


def is_promo(words: str) -> bool:
    """Say whether a block at the end praises the site's own newsletter, app or offers."""
    return len(words) < 500 and _PROMO.search(words) is not None  # noqa: PLR2004


def is_stamp(words: str) -> bool:
    """Say whether a whole block tells when the page was published or changed."""
    if len(words) >= 120 or not any(one.isdigit() for one in words):  # noqa: PLR2004
        return False
    others = [one for one in _TOKEN.findall(words.casefold()) if one not in _DATE_WORDS]
    return not others or (len(others) <= _OTHER_WORDS and _STAMPED.fullmatch(words) is not None)


def is_dateline(words: str) -> bool:
    """Say whether a block is a dateline on a line of its own."""
    return len(words) < 90 and _DATELINE.fullmatch(words) is not None  # noqa: PLR2004


def is_notice(words: str) -> bool:
    """Say whether a block is a copyright notice."""
    return len(words) < 400 and _FOOTER.match(words) is not None  # noqa: PLR2004
