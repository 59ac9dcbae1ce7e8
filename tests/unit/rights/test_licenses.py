"""Each term of a licence, asked of one article at a time."""

from datetime import timedelta
from typing import Any

import pytest

from syndicator.model.article import Body
from syndicator.model.clearance import Clearance, Cleared, Embargoed, Form, Refused
from syndicator.model.credit import Byline, CreditLine, Dateline, Embargo, Fact, Scope, Trouble
from syndicator.model.entry import Image
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.license import License
from syndicator.model.outlet import Outlet
from syndicator.model.topic import Audience
from syndicator.rights import clear, shape
from tests.builders import NOW, an_article

PLACE: dict[str, Any] = {"start": 0, "end": 1, "raw": "words", "confidence": 1.0, "rule": "r"}
WORLD = Outlet(topic=TopicId("world"))


def asked(terms: dict[str, Any], *facts: Fact, outlet: Outlet = WORLD, **changes: Any) -> Clearance:
    article = an_article(
        facts=facts, **{key: changes.pop(key) for key in ("language", "link") if key in changes}
    )
    rules = License.model_validate({"text": "full", **terms})
    return clear(
        article,
        LicenseId("wire"),
        rules,
        "Harbour News",
        changes.pop("now", NOW),
        outlet=outlet,
        **changes,
    )


def rule_of(verdict: Clearance) -> str:
    return verdict.reasons[-1].rule


@pytest.mark.parametrize(
    ("terms", "outlet", "rule"),
    [
        ({"text": "nothing"}, WORLD, "text"),
        ({"effective": {"until": "2026-11-24"}}, WORLD, "effective"),
        ({"available": {"until": "2026-11-24"}}, WORLD, "available"),
        ({"exclusive": "sea"}, WORLD, "exclusive"),
        ({"commercial": False}, Outlet(topic=TopicId("world"), commercial=True), "commercial"),
        ({"paywall": False}, Outlet(topic=TopicId("world"), paywall=True), "paywall"),
        ({"territories": {"allow": "AU"}}, WORLD, "territory"),
        ({"territories": {"allow": "AU"}}, Outlet(topic=TopicId("w"), territories=("AU", "NZ")), "territory"),
        ({"territories": {"deny": "JP"}}, WORLD, "territory"),
        ({"territories": {"deny": "JP"}}, Outlet(topic=TopicId("w"), territories=("JP",)), "territory"),
        ({"languages": ["de"]}, WORLD, "language"),
        ({"automatic": False}, WORLD, "approval"),
    ],
)  # fmt: skip
def test_a_term_that_is_not_met_keeps_an_article_in(
    terms: dict[str, Any], outlet: Outlet, rule: str
) -> None:
    verdict = asked(terms, outlet=outlet, language="en")
    assert isinstance(verdict, Refused)
    assert rule_of(verdict) == rule
    assert verdict.reasons[-1].text.startswith("wire: ")


@pytest.mark.parametrize(
    ("terms", "outlet"),
    [
        ({"effective": {"since": "2026-01-01", "until": "2027-01-01"}}, WORLD),
        ({"exclusive": "world"}, WORLD),
        ({"commercial": False}, WORLD),
        ({"territories": {"allow": ["AU", "NZ"]}}, Outlet(topic=TopicId("w"), territories=("AU",))),
        ({"territories": {"deny": "JP"}}, Outlet(topic=TopicId("w"), territories=("AU",))),
        ({"languages": ["en"]}, WORLD),
    ],
)
def test_a_term_that_is_met_lets_it_leave(terms: dict[str, Any], outlet: Outlet) -> None:
    verdict = asked(terms, outlet=outlet, language="en-GB")
    assert isinstance(verdict, Cleared)
    assert (verdict.license, len(verdict.version)) == ("wire", 12)


def test_a_contract_of_the_future_lifts_by_itself() -> None:
    verdict = asked({"effective": {"since": "2026-12-01"}})
    assert isinstance(verdict, Embargoed)
    assert verdict.until.isoformat() == "2026-12-01T00:00:00+00:00"


def test_a_word_of_a_person_releases_what_is_not_automatic() -> None:
    assert isinstance(asked({"automatic": False}, approved=True), Cleared)


def test_a_window_ends_in_a_stub_where_the_licence_says_so() -> None:
    verdict = asked({"expires": "1d", "at_expiry": "stub"}, now=NOW + timedelta(days=2))
    assert isinstance(verdict, Cleared)
    assert (verdict.form, verdict.stub, verdict.until) == (Form.HEADLINE, True, None)


def test_an_embargo_nobody_can_read_holds_or_waits_as_the_licence_says() -> None:
    fact = Embargo(trouble=Trouble.UNPARSED, **PLACE)
    assert isinstance(asked({}, fact), Refused)
    waiting = asked({"release_after": "6h"}, fact)
    assert isinstance(waiting, Embargoed)
    assert waiting.until == NOW + timedelta(hours=6)
    assert isinstance(asked({"release_after": "6h"}, fact, now=waiting.until), Cleared)


def test_an_embargo_for_a_country_holds_where_it_is_read() -> None:
    fact = Embargo(territories=("US",), **PLACE)
    assert rule_of(asked({}, fact)) == "embargo"
    assert isinstance(
        asked({}, fact, outlet=Outlet(topic=TopicId("w"), territories=("AU",))), Cleared
    )


@pytest.mark.parametrize(
    "fact",
    [
        Byline(organizations=("Associated Press",), **PLACE),
        Dateline(agency="AP", **PLACE),
        CreditLine(holder="Reuters", **PLACE),
        CreditLine(agencies=("dpa",), **PLACE),
    ],
)
def test_what_a_publisher_carries_is_not_its_own_to_give(fact: Fact) -> None:
    verdict = asked({"own_copy_only": True}, fact, own_names=("Harbour News",))
    assert rule_of(verdict) == "own-copy"
    assert isinstance(asked({}, fact, own_names=("Harbour News",)), Cleared)


@pytest.mark.parametrize(
    "fact",
    [
        Byline(authors=("Ines Calloway",), organizations=("The Harbour News",), **PLACE),
        CreditLine(holder="Harbour News Co.", **PLACE),
        CreditLine(holder="Coast Papers", scope=Scope.SITE, **PLACE),
    ],
)
def test_its_own_copy_is(fact: Fact) -> None:
    assert isinstance(asked({"own_copy_only": True}, fact, own_names=("Harbour News",)), Cleared)


def formed(
    terms: dict[str, Any], form: Form = Form.FULL, outlet: Outlet = WORLD, **changes: Any
) -> str:
    rules = License.model_validate({"text": "full", **terms})
    cleared = Cleared(form=form, credit="©2026 Harbour")
    return shape(an_article(**changes), cleared, rules, "Harbour News", outlet).html


@pytest.mark.parametrize(
    ("position", "kinds"),
    [
        ("top", ["credit", "story"]),
        ("bottom", ["story", "credit"]),
        ("both", ["credit", "story", "credit"]),
        ("byline", ["byline", "story"]),
    ],
)
def test_the_credit_stands_where_the_licence_wants_it(position: str, kinds: list[str]) -> None:
    lines = formed({"credit_position": position}).splitlines()
    assert [line.split('"')[1] if "class" in line else "story" for line in lines] == kinds


def test_a_tagline_stands_last() -> None:
    assert formed({"tagline": "Harbour & Co."}).endswith('<p class="tagline">Harbour &amp; Co.</p>')


def test_a_pixel_counts_full_texts_in_public_only() -> None:
    terms = {"pixel": "https://count.example/p?u={link}"}
    assert 'src="https://count.example/p?u=https%3A%2F%2Fharbour.example%2Fone"' in formed(terms)
    assert "<img" not in formed(terms, Form.EXCERPT)
    assert "<img" not in formed(
        terms, outlet=Outlet(topic=TopicId("w"), audience=Audience.SUBSCRIBERS)
    )


def test_links_go_and_their_words_stay() -> None:
    body = Body(
        html='<p>The <a href="https://x.example/">ferry</a> sails.</p>', text="The ferry sails."
    )
    assert "<p>The ferry sails.</p>" in formed({"links": False}, body=body)
    assert "<a href" in formed({}, body=body)


def test_a_byline_by_template() -> None:
    fact = Byline(authors=("Ines Calloway",), organizations=("Harbour News",), **PLACE)
    assert "From Ines Calloway, Harbour News" in formed(
        {"byline": "From {authors}, {organization}"}, facts=(fact,)
    )


def test_a_licences_excerpt_ends_at_a_sentence_or_is_none() -> None:
    long = Body(html="<p>x</p>", text="One two three four five six seven. Eight.")
    assert "One" not in formed({"excerpt_words": 5}, Form.EXCERPT, body=long)
    assert "<p>One two three four five six seven.</p>" in formed(
        {"excerpt_words": 7}, Form.EXCERPT, body=long
    )


def test_pictures_of_others_stay_in() -> None:
    images = (
        Image(url="https://x.example/a", credit="Ines Calloway"),
        Image(url="https://x.example/b", credit="AP Photo/Odile"),
    )
    for terms, count in (
        ({"images": "all"}, 1),
        ({"images": "all", "third_party_images": True}, 2),
        ({}, 0),
    ):
        rules = License.model_validate({"text": "full", **terms})
        item = shape(
            an_article(images=images), Cleared(form=Form.FULL, credit=None), rules, "Harbour"
        )
        assert len(item.article.images) == count
