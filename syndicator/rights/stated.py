"""Licences that copy states of itself: in its metadata, its words, its feed, its site. Pure.

Precedence (contract, item metadata, item text, feed, site footer): the first level that
says anything speaks; within a level the stricter wins, and terms that exclude
each other hold the article.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from syndicator.model.article import Article
from syndicator.model.credit import Republication, Scope
from syndicator.model.entry import Rights
from syndicator.model.ids import LicenseId
from syndicator.model.license import Alteration, ImagePolicy, License
from syndicator.model.text import squeeze

_CREATIVE = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>\d\.\d)(?:/(?P<port>[a-z]{2}))?|publicdomain/(?P<public>zero|mark))",
    re.IGNORECASE,
)
RESERVED, CUSTOM = "all-rights-reserved", "custom"  # as the credit room names them
LONGEST = 80  # of terms quoted in a reason
_SPDX = re.compile(
    r"CC-(?P<kind>BY(?:-NC)?(?:-ND|-SA)?)(?:-(?P<version>\d\.\d))?(?:-(?P<port>[A-Z]{2}))?"
)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What one level says: the licence that speaks, or why none can be chosen."""

    level: str
    license: LicenseId | None = None
    trouble: str | None = None


def stated(article: Article, licenses: Mapping[LicenseId, License]) -> Stated | None:
    """Return what the first level that says anything says; ``None`` where none does."""
    first = article.republication
    levels: tuple[tuple[str, Iterable[str]], ...] = (
        ("item metadata", _named(article.rights)),
        ("item text", [first.license] if first is not None and first.license else []),
        ("feed", _named(article.origin.rights)),
        ("site footer", _footer(article)),
    )
    for level, said in levels:
        words = list(said)
        if words:
            return _choose(level, words, licenses)
    return None


def _footer(article: Article) -> list[str]:
    """Return what a line about the whole site says, which is no word about this item."""
    return [
        fact.license
        for fact in article.facts
        if isinstance(fact, Republication) and fact.scope is Scope.SITE and fact.license
    ]


def _named(rights: Rights) -> list[str]:
    """Return all that metadata says of a licence: its links, its notice, its terms of use.

    Terms of use that name no licence are terms all the same, which only a person can weigh.
    """
    usage = squeeze(rights.usage or "")[:LONGEST]
    said = [*rights.licenses, *(usage if one == CUSTOM else one for one in rights.named)]
    return list(dict.fromkeys(said))


def _choose(level: str, said: list[str], licenses: Mapping[LicenseId, License]) -> Stated:
    if RESERVED in said:
        return Stated(level=level, trouble=f"{level} reserves all rights")
    found = {word: preset_of(word) for word in said}
    unknown = [word for word, name in found.items() if name is None or name not in licenses]
    if unknown:
        return Stated(
            level=level, trouble=f"{level} names terms the desk does not know: {unknown[0]}"
        )
    names = sorted(
        {name for name in found.values() if name is not None},
        key=lambda one: strictness(licenses[one]),
    )
    kinds = {name.split("-")[-2] if name[-1].isdigit() else name for name in names}
    if {"sa", "nd"} <= kinds:
        return Stated(
            level=level,
            trouble=f"{level} names licences that exclude each other: {', '.join(names)}",
        )
    return Stated(level=level, license=names[-1])


def strictness(one: License) -> tuple[int, ...]:
    """Order licences by how little they let leave."""
    return (
        -one.text.rank,
        int(not one.automatic),
        [Alteration.FREE, Alteration.TRIM, Alteration.TRIM_AT_MARK, Alteration.NONE].index(
            one.alter
        ),
        int(not one.commercial),
        [ImagePolicy.ALL, ImagePolicy.CREDITED, ImagePolicy.NONE].index(one.images),
    )


def preset_of(said: str) -> LicenseId | None:
    """Return the preset that an address or an SPDX-like id means; ``None`` for any other terms.

    A Creative Commons licence without a version is taken for the strictest
    reading of the same kind that the desk has: version 4.0.
    """
    found = _CREATIVE.search(said)
    if found and found["public"]:
        return LicenseId("cc0-1.0" if found["public"].lower() == "zero" else "public-domain")
    found = found or _SPDX.match(said)
    if found:
        kind, port = found["kind"].lower(), found["port"]
        tail = f"-{port.lower()}" if port and f"{kind}-{found['version']}" == "by-nc-nd-3.0" else ""
        return LicenseId(f"cc-{kind}-{found['version'] or '4.0'}{tail}")
    if said.casefold() in {"public-domain", "cc0-1.0"}:
        return LicenseId(said.casefold())
    return None
