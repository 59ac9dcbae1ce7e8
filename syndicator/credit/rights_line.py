"""Lines of rights without a mark: a bare statement, a distributor, a place to visit."""

import re

from syndicator.credit.copyright import OWNER, STATEMENT, VISIT, party, scope_of, statement_of
from syndicator.credit.form import Context, place, undash, unwrap
from syndicator.model.credit import CreditLine, Scope
from syndicator.model.house import HouseKind
from syndicator.model.patterns import pattern_of

_RIGHTS_ONLY = pattern_of(
    r"(?:all ri(?:gh|g)ths? reserved|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
    r"todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|все права защищены|reproduction interdite|"
    r"版权所有|版權所有|未经授权[，,]?.{0,10}|禁止转载|無断転載(?:を)?禁(?:止|ず|じます)?|禁無断転載|무단\s*전재\s*(?:및|-|,)?\s*재배포\s*금지)"
    r"(?:\s+worldwide)?[\s.!。,;©|]*",
    re.IGNORECASE,
)
_USE_ONLY = pattern_of(
    r"(?:use|for use|usage|to be used) only (?:with|by|in|after|under)\b.{3,80}|(?:editorial|non-?commercial) use only\b.{0,120}|"
    r"nur (?:für|mit|zur)\b.{3,60}(?:verwendung|verwenden|gestattet|vereinbarung\b.{0,40})",
    re.IGNORECASE,
)
_PASSED = pattern_of(
    r"(?:(?:this|the) (?:story|column|article|content|report|feature|comic|material|cartoon)s? (?:is|was|are|has been) |^)"
    r"(?:distributed|syndicated|provided)(?: to [\w.& ]{2,40}?)? (?:exclusively |nationally )?by\s+(?P<who>[A-ZThe].{2,100})",
    re.IGNORECASE,
)
_VISIT_LINE = pattern_of(
    r"visit (?:[^.!?\n]{2,80}? (?:at|on|online at) )?(?P<site>(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)[\s.]*(?:for more.{0,40})?",
    re.IGNORECASE,
)
_MORE_OF = pattern_of(
    r"(?:to (?:find out|read|learn|know) more|for more)\b.{3,220}?\bvisit\b.{0,80}?(?P<site>(?:www\.)?(?:[\w-]{1,40}\.){1,3}[a-z]{2,8})\b",
    re.IGNORECASE,
)
_PROVIDED = pattern_of(r"©?\s*provided by\s+(?P<who>[A-Z].{1,60})", re.IGNORECASE)


def read_rights_line(line: str, context: Context) -> CreditLine | None:
    """Read a line without a mark: a bare statement of rights, a distributor, a place to visit."""
    text = unwrap(undash(line))
    alone = _RIGHTS_ONLY.match(text)
    if (
        alone and (alone.end() == len(text) or STATEMENT.match(text, alone.end()))
    ) or _USE_ONLY.fullmatch(text):
        return CreditLine(statement=text.rstrip(" ."), **place(line, "rights-statement", 0.8))
    owner = OWNER.search(text)
    if owner and STATEMENT.search(text):
        scope = scope_of(text, "", None)
        return CreditLine(
            holder=owner[1].strip(),
            statement=statement_of(text),
            scope=scope,
            **place(line, "rights-owner", 0.85),
        )
    more = _MORE_OF.match(text)
    if more and (house := context.houses.at(more["site"])) and house.kind is HouseKind.DISTRIBUTOR:
        return CreditLine(site=more["site"].rstrip(".,"), **place(line, "syndicate-site", 0.8))
    visit = _VISIT_LINE.fullmatch(text)
    if visit:
        return CreditLine(site=visit["site"].rstrip("."), **place(line, "visit", 0.6))
    bare = re.match(r"(?:distributed|syndicated) by\s", text, re.IGNORECASE)
    passed = _PASSED.search(text)
    if (
        passed
        and (bare or not text.startswith(passed["who"]))
        and _about_copy(text, passed, context)
    ):
        site = VISIT.search(passed["who"])
        return CreditLine(
            distributor=party(passed["who"]),
            site=site[1].rstrip(".,;") if site else None,
            **place(line, "distributed-by", 0.85),
        )
    given = _PROVIDED.fullmatch(text)
    if given and text[0] == "©":
        return CreditLine(
            distributor=party(given["who"]), scope=Scope.IMAGE, **place(line, "provided-by", 0.7)
        )
    return None


def _about_copy(text: str, passed: re.Match[str], context: Context) -> bool:
    """Only a line of its own, or a sentence about this copy, tells who distributes it."""
    starts = passed.start() == 0 or text[: passed.start()].rstrip().endswith((".", ")", ":"))
    capital = passed["who"][:4].lower() != "the " or passed["who"][4:5].isupper()
    known = context.houses.find(party(passed["who"]) or "") is not None
    return starts and passed["who"][0].isupper() and capital and (known or len(text) < 120)  # noqa: PLR2004 - a line, not a paragraph
