"""Laws of clearing: nothing leaves that may not, and a narrower licence never lets more leave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.article import Article, Body
from syndicator.model.clearance import Clearance, Cleared, Form, Refused
from syndicator.model.credit import Advisory, Byline, CreditLine, Embargo, Moment, Trouble
from syndicator.model.entry import Image
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.license import ImagePolicy, License
from syndicator.model.outlet import Outlet
from syndicator.model.topic import Audience
from syndicator.rights import clear, shape
from tests.builders import NOW, an_article

PLACE: dict[str, Any] = {
    "start": 0,
    "end": 1,
    "raw": "words of the copy",
    "confidence": 1.0,
    "rule": "r",
}
HOURS = st.integers(-2000, 2000).map(lambda n: NOW + timedelta(hours=n))
COUNTRIES = st.lists(st.sampled_from(["US", "GB", "DE", "JP", "AU"]), max_size=3, unique=True).map(
    tuple
)
SENTENCES = (
    "The ferry sails.",
    "It came back in the rain.",
    "Nobody waited.",
    "The fare is nine crowns!",
)


def mostly(usual: Any, other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw ``usual`` three times in four, so that enough is cleared to say something."""
    return st.one_of(st.just(usual), st.just(usual), st.just(usual), other)


FACTS = st.lists(
    st.one_of(
        st.sampled_from(["kill", "hold", "correction", "update"]).map(
            lambda a: Advisory(action=a, **PLACE)
        ),
        HOURS.map(lambda m: Embargo(moments=(Moment(until=m.isoformat()),), **PLACE)),
        st.just(Embargo(trouble=Trouble.ZONELESS, **PLACE)),
        COUNTRIES.filter(bool).map(lambda c: Embargo(territories=c, **PLACE)),
        st.sampled_from(["Reuters", "Harbour News"]).map(
            lambda h: Byline(organizations=(h,), **PLACE)
        ),
        st.sampled_from(["Reuters", "Harbour News"]).map(lambda h: CreditLine(holder=h, **PLACE)),
    ),
    max_size=3,
).map(tuple)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=30).map(" ".join)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(TEXTS)
    published = draw(HOURS)
    return an_article(
        facts=draw(mostly((), FACTS)),
        body=Body(html=f"<p>{text}</p><img src='https://x.example/i'>" if text else "", text=text),
        images=(Image(url="https://x.example/a", credit="Ines"), Image(url="https://x.example/b")),
        link=draw(st.sampled_from(["https://harbour.example/one", None])),
        language=draw(st.sampled_from(["en", "de", None])),
        published=published, updated=published, first_seen=published,
    )  # fmt: skip


PERIODS = st.sampled_from([{"since": "2026-11-20"}, {"until": "2026-12-01"}])


@st.composite
def licenses(draw: st.DrawFn) -> License:
    return License.model_validate(
        {
            "text": draw(mostly("full", st.sampled_from(["excerpt", "headline", "nothing"]))),
            "excerpt_words": draw(st.integers(1, 40)),
            "credit": draw(st.sampled_from([None, "©{year} {holder}", "From {source}"])),
            "holder": draw(st.sampled_from([None, "Harbour Co."])),
            "expires": draw(st.sampled_from([None, "1d", "30d"])),
            "effective": draw(mostly({}, PERIODS)),
            "at_expiry": draw(st.sampled_from(["remove", "stub"])),
            "territories": {
                "allow": draw(mostly((), COUNTRIES)),
                "deny": draw(mostly((), COUNTRIES)),
            },
            "commercial": draw(mostly(True, st.just(False))),  # noqa: FBT003 - the usual value
            "paywall": draw(mostly(True, st.just(False))),  # noqa: FBT003 - the same
            "automatic": draw(mostly(True, st.just(False))),  # noqa: FBT003 - the same
            "own_copy_only": draw(st.booleans()),
            "images": draw(st.sampled_from(["none", "credited", "all"])),
            "credit_position": draw(st.sampled_from(["top", "bottom", "both", "byline"])),
        }
    )


OUTLETS = st.builds(
    Outlet,
    topic=st.just(TopicId("world")),
    audience=st.sampled_from(list(Audience)),
    territories=COUNTRIES,
    commercial=st.booleans(),
    paywall=st.booleans(),
)
ASKED = st.tuples(articles(), licenses(), OUTLETS, HOURS, st.booleans())


def verdict(
    article: Article, rules: License, outlet: Outlet, now: datetime, *, approved: bool
) -> Clearance:
    return clear(
        article, LicenseId("l"), rules, "Harbour News", now, outlet=outlet, approved=approved,
        own_names=("Harbour News",),
    )  # fmt: skip


@given(ASKED)
def test_what_leaves_may_leave(asked: tuple[Article, License, Outlet, datetime, bool]) -> None:
    article, rules, outlet, now, approved = asked
    found = verdict(article, rules, outlet, now, approved=approved)
    assert found.reasons
    if not isinstance(found, Cleared):
        return
    assert found.form.rank <= rules.text.rank
    assert rules.automatic or approved
    assert not (outlet.commercial and not rules.commercial)
    assert not (outlet.paywall and not rules.paywall)
    here = set(outlet.territories)
    assert not rules.territories.allow or (here and here <= set(rules.territories.allow))
    assert not rules.territories.deny or (here and not here & set(rules.territories.deny))
    assert rules.expires is None or found.stub or now < article.published + rules.expires
    assert rules.credit is None or found.credit
    for fact in article.facts:
        assert not (isinstance(fact, Advisory) and fact.action in {"kill", "hold"})
        if isinstance(fact, Embargo):
            assert fact.trouble is None
            assert all(datetime.fromisoformat(one.until) <= now for one in fact.moments)
            assert not fact.territories or (here and not here & set(fact.territories))


CREDITS = st.sampled_from([None, "©2026 Harbour Co.", "From Harbour & Co."])


@given(articles(), licenses(), OUTLETS, CREDITS)
def test_the_form_is_exact(
    article: Article, rules: License, outlet: Outlet, credit: str | None
) -> None:
    found = Cleared(form=rules.text, credit=credit)
    if rules.text is Form.NOTHING:
        return
    item = shape(article, found, rules, "Harbour News", outlet)
    if found.credit:
        assert item.html.count(found.credit.replace("&", "&amp;")) >= 1
    if found.form is Form.FULL:
        assert article.body.text in item.html  # word for word
    if found.form is Form.EXCERPT:
        assert len(item.summary.split()) <= rules.excerpt_words
        assert item.summary == "" or item.summary[-1] in ".!"
    if found.form is Form.HEADLINE:
        assert not item.summary
        assert "ferry sails" not in item.html
        assert item.article.images == ()
    if rules.images is not ImagePolicy.ALL:
        assert "<img" not in item.html
        assert all(one.credit for one in item.article.images)


@given(ASKED, st.sampled_from(["text", "expires", "commercial", "automatic", "images", "deny"]))
def test_narrowing_never_lets_more_leave(
    asked: tuple[Article, License, Outlet, datetime, bool], term: str
) -> None:
    article, rules, outlet, now, approved = asked
    narrowings: dict[str, dict[str, Any]] = {
        "text": {"text": Form.HEADLINE if rules.text is not Form.NOTHING else Form.NOTHING},
        "expires": {"expires": timedelta(hours=1), "at_expiry": "remove"},
        "commercial": {"commercial": False, "paywall": False},
        "automatic": {"automatic": False},
        "images": {"images": "none"},
        "deny": {
            "territories": {
                "allow": rules.territories.allow,
                "deny": (*rules.territories.deny, "US"),
            }
        },
    }
    narrow = License.model_validate({**rules.model_dump(), **narrowings[term]})
    before = verdict(article, rules, outlet, now, approved=approved)
    after = verdict(article, narrow, outlet, now, approved=approved)
    if isinstance(after, Cleared):
        assert isinstance(before, Cleared)
        assert after.form.rank <= before.form.rank


@given(ASKED)
def test_a_verdict_holds_until_its_moment(
    asked: tuple[Article, License, Outlet, datetime, bool],
) -> None:
    article, rules, outlet, now, approved = asked
    found = verdict(article, rules, outlet, now, approved=approved)
    if found.until is None:
        later = now + timedelta(days=4000)
    else:
        assert found.until > now
        later = found.until - timedelta(seconds=1)
    again = verdict(article, rules, outlet, later, approved=approved)
    assert type(again) is type(found)
    if isinstance(found, Cleared) and isinstance(again, Cleared):
        assert msgspec.structs.replace(again, reasons=found.reasons) == found


@given(articles(), licenses(), OUTLETS, HOURS, HOURS)
def test_a_kill_is_final_at_every_moment(
    article: Article, rules: License, outlet: Outlet, now: datetime, other: datetime
) -> None:
    killed = msgspec.structs.replace(
        article, facts=(*article.facts, Advisory(action="kill", **PLACE))
    )
    for moment in (now, other, datetime(2100, 1, 1, tzinfo=UTC)):
        assert isinstance(verdict(killed, rules, outlet, moment, approved=True), Refused)
