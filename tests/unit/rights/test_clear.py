from datetime import timedelta

from syndicator.model.clearance import Cleared, Form, Refused
from syndicator.model.credit import CreditLine
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
