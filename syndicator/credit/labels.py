"""A fact in the flat vocabulary of labelled credit lines: a kind, and its labels."""

from typing import Any

from syndicator.model.credit import (
    KILLS,
    Advisory,
    Assistance,
    Byline,
    CreditLine,
    Dateline,
    Embargo,
    Fact,
    Republication,
)


def labelled(fact: Fact | None) -> dict[str, Any]:
    """Return ``{"kind", "labels"}``; ``none`` where nothing was read."""
    kind, labels = _kind(fact)
    return {"kind": kind, "labels": {key: value for key, value in labels.items() if value}}


def _kind(fact: Fact | None) -> tuple[str, dict[str, Any]]:
    if isinstance(fact, Byline):
        return "byline", {
            "authors": fact.authors, "organization": fact.organization, "role": fact.role, "location": fact.location,
            "contributors": fact.contributors, "others": fact.others, "date": fact.date,
        }  # fmt: skip
    if isinstance(fact, Dateline):
        return "dateline", {
            "dateline": fact.raw, "location": fact.locations, "agency": fact.agency, "date": fact.date, "byline": ", ".join(fact.authors),
        }  # fmt: skip
    if isinstance(fact, Assistance):
        return "assistance", {
            "contributors": fact.contributors, "editors": fact.editors, "reporters": fact.reporters, "writers": fact.writers,
            "organizations": fact.organizations, "locations": fact.locations,
        }  # fmt: skip
    if isinstance(fact, CreditLine):
        return "credit", {
            "copyright_year": fact.year, "copyright_holder": fact.holder, "visit": fact.site, "distributor": fact.distributor or fact.agent,
            "rights_statement": fact.statement, "agency": ", ".join(fact.agencies), "scope": fact.scope.value, "creator": fact.creator,
            "year_from": fact.year_from,
        }  # fmt: skip
    if isinstance(fact, Republication):
        return "republish", {
            "licence": fact.license, "original_publisher": fact.publisher, "source_url": fact.link, "requirements": fact.requirements,
            "republisher": fact.republisher, "inferred_licence": fact.inferred, "scope": fact.scope.value,
        }  # fmt: skip
    return _message(fact)


def _message(fact: Fact | None) -> tuple[str, dict[str, Any]]:
    if isinstance(fact, Embargo):
        first = fact.moments[0] if fact.moments else None
        return "embargo", {
            "until": first.until if first else None, "medium": first.medium if first else None, "relative": fact.relative,
            "territory_exclude": fact.territories, "trouble": fact.trouble.value if fact.trouble else None,
        }  # fmt: skip
    if isinstance(fact, Advisory) and fact.action in KILLS:
        return "kill", {"action": fact.action}
    if isinstance(fact, Advisory):
        return "correction", {
            "type": fact.action,
            "date": fact.date,
            "reader_facing": fact.for_readers,
        }
    return "none", {}
