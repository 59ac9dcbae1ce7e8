from datetime import timedelta
from typing import Any

import msgspec
import pytest

from syndicator.model.clearance import Cleared, Embargoed, Form, Refused
from syndicator.model.credit import (
    Advisory,
    CreditLine,
    Embargo,
    Moment,
    Republication,
    Scope,
    Trouble,
)
from syndicator.model.ids import LicenseId
from syndicator.model.license import License
from syndicator.rights import clear
from tests.builders import NOW, an_article

ID = LicenseId("harbour")
OWN = CreditLine(
    start=0,
    end=1,
    raw="©2025 Harbour Co. Visit harbour.example.",
    confidence=1,
    rule="r",
    holder="Harbour Co.",
    year=2025,
    site="harbour.example",
)


def test_without_a_licence_an_article_stays_in() -> None:
    verdict = clear(an_article(), None, None, "Harbour", NOW)
    assert isinstance(verdict, Refused)
    assert "no licence" in verdict.reasons[-1].text


def test_an_unknown_licence_never_leaves() -> None:
    assert isinstance(clear(an_article(), ID, None, "Harbour", NOW), Refused)


def test_the_default_is_a_headline() -> None:
    verdict = clear(an_article(), ID, License(), "Harbour", NOW)
    assert isinstance(verdict, Cleared)
    assert verdict.form is Form.HEADLINE


def test_a_window_ends_at_its_moment() -> None:
    rules = License(text=Form.FULL, expires=timedelta(days=30))
    before = clear(an_article(), ID, rules, "H", NOW + timedelta(days=30, seconds=-1))
    assert isinstance(before, Cleared)
    assert before.until == NOW + timedelta(days=30)
    assert isinstance(clear(an_article(), ID, rules, "H", NOW + timedelta(days=30)), Refused)


def test_a_template_is_filled() -> None:
    rules = License(
        credit="©{year} {holder}. Distributed by {distributor}.",
        holder="Harbour Co.",
        distributor="Agency, LLC",
    )
    verdict = clear(an_article(), ID, rules, "H", NOW)
    assert isinstance(verdict, Cleared)
    assert verdict.credit == "©2026 Harbour Co. Distributed by Agency, LLC."


def test_a_credit_that_cannot_be_built_refuses() -> None:
    verdict = clear(an_article(), ID, License(credit="©{year} {holder}. Visit {site}."), "H", NOW)
    assert isinstance(verdict, Refused)
    assert "holder, site" in verdict.reasons[-1].text


def test_the_copys_own_line_leaves_verbatim() -> None:
    verdict = clear(an_article(facts=(OWN,)), ID, License(credit="{source}"), "H", NOW)
    assert isinstance(verdict, Cleared)
    assert verdict.credit == OWN.raw


PLACE: dict[str, Any] = {"start": 0, "end": 1, "raw": "the words", "confidence": 1.0, "rule": "r"}


@pytest.mark.parametrize("action", ["kill", "hold", "withdraw", "takedown", "tombstone"])
def test_what_the_wire_takes_away_stays_in(action: str) -> None:
    article = an_article(facts=(Advisory(action=action, **PLACE),))
    verdict = clear(article, ID, License(), "Harbour", NOW)
    assert isinstance(verdict, Refused)
    assert verdict.reasons[-1].rule == action


def test_a_correction_leaves_with_its_article() -> None:
    article = an_article(facts=(Advisory(action="correction", **PLACE),))
    assert isinstance(clear(article, ID, License(), "Harbour", NOW), Cleared)


def test_an_embargo_lifts_at_its_moment() -> None:
    until = NOW + timedelta(hours=1)
    facts = (Embargo(moments=(Moment(until=until.isoformat()),), **PLACE),)
    verdict = clear(an_article(facts=facts), ID, License(), "Harbour", NOW)
    assert isinstance(verdict, Embargoed)
    assert verdict.until == until
    assert isinstance(clear(an_article(facts=facts), ID, License(), "Harbour", until), Cleared)


@pytest.mark.parametrize(
    "embargo",
    [
        Embargo(trouble=Trouble.UNPARSED, **PLACE),
        Embargo(moments=(Moment(until="2015-01-01T10:00:00"),), trouble=Trouble.ZONELESS, **PLACE),
        Embargo(territories=("US",), **PLACE),
    ],
)
def test_an_embargo_that_cannot_be_kept_holds(embargo: Embargo) -> None:
    verdict = clear(an_article(facts=(embargo,)), ID, License(), "Harbour", NOW)
    assert isinstance(verdict, Refused)
    assert verdict.reasons[-1].rule == "embargo"


def test_a_line_on_the_first_publisher_leaves_verbatim() -> None:
    raw = "This story was originally published by Grist."
    first = Republication(publisher="Grist", **{**PLACE, "raw": raw})
    rules = License(text=Form.FULL, credit="From {source}.")
    verdict = clear(an_article(facts=(first,)), ID, rules, "Harbour", NOW)
    assert isinstance(verdict, Cleared)
    assert verdict.credit == raw


def test_the_line_of_a_site_is_no_credit() -> None:
    site = msgspec.structs.replace(OWN, scope=Scope.SITE)
    rules = License(text=Form.FULL, credit="From {source}.")
    verdict = clear(an_article(facts=(site,)), ID, rules, "Harbour", NOW)
    assert isinstance(verdict, Cleared)
    assert verdict.credit == "From Harbour."
