"""Six parties of one article, kept apart: who wrote, owns, sells, passes on, carries, reprints it."""

import msgspec

from syndicator.credit.copyright import read_copyright
from syndicator.credit.form import Context
from syndicator.model.credit import Byline, CreditLine, Dateline, Fact, Republication, Scope
from syndicator.model.entry import Rights
from syndicator.model.house import HouseKind


class Parties(msgspec.Struct, frozen=True, kw_only=True):
    """The parties of one article; absent ones are ``None``.

    ``organization`` is the house its authors write for; ``holder`` owns the
    copyright, since ``year``; ``agent`` sells reprint rights; ``distributor``
    passes the copy on; ``carrier`` is whose feed or page it came by;
    ``republisher`` printed another publisher's copy.
    """

    organization: str | None = None
    holder: str | None = None
    year: int | None = None
    agent: str | None = None
    distributor: str | None = None
    carrier: str | None = None
    republisher: str | None = None


def parties(
    facts: tuple[Fact, ...],
    rights: Rights,
    context: Context,
    *,
    names: tuple[str, ...] = (),
    provider: str | None = None,
    carrier: str | None = None,
) -> Parties:
    """Settle who is who from the facts, then from what metadata says.

    ``names`` are authors by metadata, which often name the house; ``provider``
    is the supplier by metadata. A line of a site, a picture or a distributor
    never gives the holder.
    """
    lines = [one for one in facts if isinstance(one, CreditLine) and one.scope is Scope.ITEM]
    notice = read_copyright(rights.notice, context) if rights.notice else None
    first = _first(facts)
    owned = next((one for one in (*lines, notice) if one is not None and one.holder), None)
    holder, year = (owned.holder, owned.year) if owned else (None, None)
    if owned is None and first is not None and first.year:
        holder, year = first.publisher, first.year
    return Parties(
        organization=_organization(facts, lines, first, context, names, provider),
        holder=holder or rights.holder,
        year=year
        or next((one.year for one in lines if one.year), None)
        or (notice.year if notice else None),
        agent=next((one.agent for one in lines if one.agent), None),
        distributor=_distributor(facts, lines, context),
        carrier=carrier,
        republisher=first.republisher if first else None,
    )


def _first(facts: tuple[Fact, ...]) -> Republication | None:
    found = (one for one in facts if isinstance(one, Republication))
    return next((one for one in found if one.scope is Scope.ITEM), None)


def _organization(
    facts: tuple[Fact, ...],
    lines: list[CreditLine],
    first: Republication | None,
    context: Context,
    names: tuple[str, ...],
    provider: str | None,
) -> str | None:
    for byline in facts:
        if isinstance(byline, Byline) and byline.organization:
            return byline.organization
    for name in names:
        if context.houses.find(name, near=context.near):
            return name
    if first is not None and first.publisher:
        return first.publisher
    for dateline in facts:
        if isinstance(dateline, Dateline) and (house := _house(dateline.agency, context)):
            return house
    for line in lines:
        if line.agencies:
            return line.agencies[0]
    if provider:
        return provider
    for line in lines:
        if line.holder:
            house_found = context.houses.find(line.holder, near=context.near)
            return house_found.name if house_found else line.holder
    return None


def _house(agency: str | None, context: Context) -> str | None:
    """Name the agency of a dateline; of two that share one, the first. A release wire wrote nothing."""
    if agency is None:
        return None
    near = context.near
    house = context.houses.find(agency, near=near)
    house = house or context.houses.find(agency.split("/")[0], near=near)
    if house is None:
        return agency.split()[0]
    return None if house.kind is HouseKind.RELEASE else house.name


def _distributor(facts: tuple[Fact, ...], lines: list[CreditLine], context: Context) -> str | None:
    named = next((one.distributor for one in lines if one.distributor), None)
    if named is not None:
        return named
    for dateline in facts:
        if isinstance(dateline, Dateline) and dateline.agency:
            house = context.houses.find(dateline.agency, near=context.near)
            if house is not None and house.kind is HouseKind.RELEASE:
                return dateline.agency
    return None
