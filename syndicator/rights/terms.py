"""Public licences, and their refusal, as a rights statement names them in words. Pure."""

import re

RESERVED = "all-rights-reserved"
_URL = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/[a-z0-9./-]+", re.IGNORECASE)
_SHORT = re.compile(
    r"\bCC[ -]?(?P<zero>0|Zero)\b|\bCC[ -]?BY(?P<kinds>(?:[ -](?:NC|ND|SA)){0,2})(?![ -]?\w*[a-z])"
    r"(?:[ -]v?(?P<version>[1-4]\.\d))?",
)
_ALONE = re.compile(r"cc[ -]?(?:0|zero|by[a-z0-9. -]*)", re.IGNORECASE)
_LONG = re.compile(
    r"creative\s+commons\s+(?:\(?cc\)?\s+)?attribution"
    r"(?P<kinds>(?:[\s,\u2013-]+(?:non-?\s?commercial|no-?\s?deriv(?:ative)?s?(?:\s+works)?|share-?\s?alike))*)"
    r"(?:[\s,\u2013-]+v?(?P<version>[1-4]\.\d))?",
    re.IGNORECASE,
)
_ANY_COMMONS = re.compile(r"creative\s+commons", re.IGNORECASE)
_PUBLIC = re.compile(r"\bpublic domain\b|\bgemeinfrei\b|\bdomaine public\b", re.IGNORECASE)
_NOT_PUBLIC = re.compile(r"\bnot\s+(?:in\s+)?the\s+public domain\b", re.IGNORECASE)
_RESERVED = re.compile(
    r"all rights (?:are )?reserved|alle rechte vorbehalten|tous droits réservés|"
    r"(?:todos )?(?:los )?derechos reservados|todos os direitos reservados|"
    r"tutti i diritti (?:sono )?riservati|alle rechten voorbehouden|alla rättigheter förbehåll|"
    r"все права защищены|無断転載|版权所有|无断转载|무단\s?전재|جميع الحقوق محفوظة",
    re.IGNORECASE,
)
LONGEST = 2000


def licenses_in(statement: str | None) -> tuple[str, ...]:
    """Return the terms that a rights statement names, as ids like ``CC-BY-ND-4.0``, in no order.

    An address of Creative Commons is returned as it stands; ``all-rights-reserved``
    stands for the refusal of any licence in a dozen languages, and ``CC`` for a
    Creative Commons licence that is not said. A statement that only says whose
    it is names none.
    """
    text = (statement or "")[:LONGEST].strip()
    if _ALONE.fullmatch(text):
        text = text.upper()  # an id, as ``cc-by-4.0``
    found = [one.group().rstrip(".") for one in _URL.finditer(text)]
    found += [_id(one) for one in _SHORT.finditer(text)]
    found += [_id(one) for one in _LONG.finditer(text)]
    if not found and _ANY_COMMONS.search(text):
        found.append("CC")
    if _PUBLIC.search(text) and not _NOT_PUBLIC.search(text):
        found.append("public-domain")
    if _RESERVED.search(text):
        found.append(RESERVED)
    return tuple(dict.fromkeys(found))


def _id(found: re.Match[str]) -> str:
    if found.re is _SHORT and found["zero"]:
        return "cc0-1.0"
    said = (found["kinds"] or "").upper()
    squeezed = re.sub(r"[\W_]+", "", said)
    kinds = [
        short
        for short, signs in (
            ("NC", ("NC", "NONCOMMERCIAL")),
            ("ND", ("ND", "NODERIV")),
            ("SA", ("SA", "SHAREALIKE")),
        )
        if any(sign in squeezed for sign in signs)
    ]
    version = f"-{found['version']}" if found["version"] else ""
    return "-".join(["CC-BY", *kinds]) + version


__all__ = ["RESERVED", "licenses_in"]
