from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from syndicator.editing import compose
from syndicator.explain import explain
from syndicator.model.clearance import Clearance, Cleared, Embargoed, Form, Reason, Refused
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.subscriber import Reader, Subscriber, hashed
from syndicator.model.topic import Audience, Topic
from syndicator.rights.reader import for_reader
from syndicator.verdicts import verdict_on
from tests.builders import NOW, an_article
from tests.unit.parts import OPEN, WORLD, settings

WIRE = TopicId("wire")
FORMS = [Form.FULL, Form.EXCERPT, Form.HEADLINE]
COUNTRIES = ["AU", "NZ", "DE", "US"]
ARTICLE = an_article(source=SourceId("a"))


def a_reader(**terms: object) -> Reader:
    fields = {"token": hashed("syn_x", bytes(16)), **terms}
    return Reader(id=SubscriberId("coast"), terms=Subscriber.model_validate(fields))


def cleared(form: Form) -> Cleared:
    return Cleared(form=form, credit="c", license="open", reasons=(Reason("license", "open"),))


def test_without_a_reader_nothing_changes() -> None:
    verdict = cleared(Form.FULL)
    assert for_reader(verdict, None) is verdict
    assert for_reader(verdict, a_reader()) is verdict


def test_its_form_caps_and_says_so() -> None:
    capped = for_reader(cleared(Form.FULL), a_reader(forms="excerpt"))
    assert isinstance(capped, Cleared)
    assert (capped.form, capped.reasons[-1].text) == (Form.EXCERPT, "coast: no more than excerpt")
    small = cleared(Form.HEADLINE)
    assert for_reader(small, a_reader(forms="excerpt")) is small


def test_only_its_licences() -> None:
    assert isinstance(for_reader(cleared(Form.FULL), a_reader(licenses=["open"])), Cleared)
    refused = for_reader(cleared(Form.FULL), a_reader(licenses=["other"]))
    assert isinstance(refused, Refused)
    assert refused.reasons[-1].text == "coast: not under open"


verdicts = st.one_of(
    st.sampled_from(FORMS).map(cleared),
    st.just(Embargoed(until=NOW)),
    st.just(Refused(reasons=(Reason("kill", "killed"),), until=NOW)),
)
readers = st.builds(
    a_reader,
    forms=st.sampled_from([one.value for one in FORMS]),
    licenses=st.lists(st.sampled_from(["open", "other"]), unique=True),
)


@given(verdict=verdicts, reader=readers)
def test_terms_only_take_away(verdict: Clearance, reader: Reader) -> None:
    after = for_reader(verdict, reader)
    if not isinstance(verdict, Cleared):
        assert after is verdict
    elif isinstance(after, Cleared):
        assert after.form.rank <= min(verdict.form.rank, reader.terms.forms.rank)
        assert not reader.terms.licenses or after.license in reader.terms.licenses
        assert after.credit == verdict.credit


countries = st.lists(st.sampled_from(COUNTRIES), unique=True)


@given(allow=countries, deny=countries, topic=countries, own=countries)
def test_nothing_goes_to_a_territory_its_licence_leaves_out(
    allow: list[str], deny: list[str], topic: list[str], own: list[str]
) -> None:
    terms = License.model_validate({"text": "full", "territories": {"allow": allow, "deny": deny}})
    one = Topic.model_validate({"title": "W", "audience": "subscribers", "territories": topic})
    desk = a_desk(terms, one)
    edition = compose(WIRE, [ARTICLE], desk, NOW, reader=a_reader(territories=own)).edition
    read_in = set(own or topic)
    if edition.items:
        assert not allow or (read_in and read_in <= set(allow))
        assert not deny or (read_in and not read_in & set(deny))


def a_desk(terms: License, topic: Topic) -> Settings:
    plain = settings(Path("/nowhere"), "a")
    topics = {WORLD: Topic(title="World"), WIRE: topic}
    return plain.model_copy(update={"licenses": {OPEN: terms}, "topics": topics})


def test_what_is_for_subscribers_alone_is_in_no_public_topic() -> None:
    only = License.model_validate({"text": "full", "exclusive": "wire"})
    desk = a_desk(only, Topic(title="Wire", audience=Audience.SUBSCRIBERS))
    assert isinstance(verdict_on(ARTICLE, desk, NOW, topic=WORLD), Refused)
    assert isinstance(verdict_on(ARTICLE, desk, NOW, topic=WIRE, reader=a_reader()), Cleared)
    paid = a_desk(License(paywall=False), Topic(title="Wire", audience=Audience.SUBSCRIBERS))
    assert isinstance(verdict_on(ARTICLE, paid, NOW, topic=WIRE, reader=a_reader()), Refused)


def test_explain_answers_for_a_subscriber() -> None:
    desk = a_desk(License(text="full"), Topic(title="Wire", audience=Audience.SUBSCRIBERS))
    cases: list[tuple[dict[str, object], str, str | None]] = [
        ({}, "cleared", None),
        ({"forms": "headline"}, "cleared", "coast: no more than headline"),
        ({"licenses": "other"}, "refused", "coast: not under open"),
        ({"topics": "other"}, "refused", "coast: may not read wire"),
        ({"revoked": True}, "refused", "coast: revoked"),
        ({"expires": date(2026, 11, 24)}, "refused", "coast: expired"),
    ]
    for terms, verdict, said in cases:
        answer = explain(ARTICLE, [WIRE], desk, NOW, topic=WIRE, reader=a_reader(**terms))
        assert answer.verdict == verdict, terms
        assert said in [None, answer.reasons[-1].text]
    before = NOW - timedelta(days=1)
    early = a_reader(expires=date(2026, 11, 24))
    assert explain(ARTICLE, [WIRE], desk, before, topic=WIRE, reader=early).verdict == "cleared"
