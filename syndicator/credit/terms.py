"""The terms that a rights statement of metadata names in words. Pure."""

import re
from functools import lru_cache

from syndicator.credit.republish import license_id
from syndicator.model.patterns import pattern_of

RESERVED, CUSTOM = "all-rights-reserved", "custom"
LONGEST = 2000
_ADDRESS = pattern_of(r"(?:https?://)?creativecommons\.org/[a-z0-9./-]+", re.IGNORECASE)
# "CC by email" is no licence: the short form counts in capitals, or where it is all that is said.
_COMMONS = pattern_of(r"(?i:creative\s*commons|\(cc\))|\bCC[ -]?BY|^\s*(?i:cc[ -]by)\S*\s*$")
_ZERO = pattern_of(r"\bCC[ -]?(?:0|Zero)\b|^\s*(?i:cc[ -]?0)\S*\s*$")
_PUBLIC = pattern_of(r"\bpublic domain\b|\bgemeinfrei\b|\bdomaine public\b", re.IGNORECASE)
_NOT_PUBLIC = pattern_of(r"\bnot\s+(?:in\s+)?the\s+public domain\b", re.IGNORECASE)
_RESERVED = pattern_of(
    r"all rights (?:are )?reserved|alle rechte vorbehalten|tous droits réservés|"
    r"(?:todos )?(?:los )?derechos reservados|todos os direitos reservados|"
    r"tutti i diritti (?:sono )?riservati|alle rechten voorbehouden|alla rättigheter förbehåll|"
    r"все права защищены|無断転載|版权所有|无断转载|무단\s?전재|جميع الحقوق محفوظة",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a feed says the same of every entry
def terms_named(statement: str | None) -> tuple[str, ...]:
    """Return the terms that a statement names, as ``Republication.license`` does, in no order.

    An address of Creative Commons is returned as it stands; ``all-rights-reserved``
    stands for the refusal of any licence in a dozen languages. A statement that
    only says whose it is names none.
    """
    text = (statement or "")[:LONGEST]
    found = [one.group().rstrip(".") for one in _ADDRESS.finditer(text)]
    words = _ADDRESS.sub(" ", text)
    said = license_id(words) if _COMMONS.search(words) else None
    if said is not None:
        found.append(said)
    if _ZERO.search(words):
        found.append("CC0-1.0")
    if _PUBLIC.search(words) and not _NOT_PUBLIC.search(words):
        found.append("public-domain")
    if _RESERVED.search(words):
        found.append(RESERVED)
    return tuple(dict.fromkeys(found))
