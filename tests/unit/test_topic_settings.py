"""What a topic's settings change in its feeds, and that the audit reads them the same way."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError

from syndicator import work
from syndicator.audit import audit, documents_in, stock
from syndicator.compare import knowledge
from syndicator.editing import compose
from syndicator.model.article import Article, Body
from syndicator.model.clearance import Form
from syndicator.model.credit import Advisory
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, StoryId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.story import Story, face_of
from syndicator.model.topic import Topic, Window
from syndicator.topics import route
from tests.builders import NOW, an_article
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")
SEA = TopicId("sea")
ATOM = "{http://www.w3.org/2005/Atom}"


def with_topics(desk: Settings, **topics: dict[str, Any]) -> Settings:
    made = {TopicId(name): Topic(title=name.title(), **more) for name, more in topics.items()}
    source = desk.sources[A].model_copy(update={"topics": tuple(made), "title": "Harbour News"})
    return desk.model_copy(update={"topics": made, "sources": {A: source}})


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def publish(bench: Bench, desk: Settings, *lines: str) -> None:
    if lines:
        bench.shelf.put(desk.sources[A].url, *lines)
        (claim,) = await bench.library.claim([A], bench.clock.now(), timedelta(minutes=3))
        await bench.poller.poll(claim, desk)
    else:
        await bench.library.mark(list(desk.topics), bench.clock.now())
    assert (await work.release_due(bench.parts, desk)).failed == {}


async def assert_sound(bench: Bench, desk: Settings) -> None:
    documents, found = documents_in(bench.feeds)
    now = bench.clock.now()
    known = await stock(bench.library, desk, documents, now)
    assert [str(one) for one in (*found, *audit(documents, known, desk, now))] == []


def entries(bench: Bench, topic: str = "world") -> list[dict[str, str]]:
    """Read a feed three times; return its entries, the same in each format."""
    rss = ET.fromstring((bench.feeds / f"{topic}.rss").read_text())
    atom = ET.fromstring((bench.feeds / f"{topic}.atom").read_text())
    data = json.loads((bench.feeds / f"{topic}.json").read_text())["items"]
    found = [
        {"id": one.findtext("guid") or "", "title": one.findtext("title") or ""}
        for one in rss.iter("item")
    ]
    assert [one["title"] for one in data] == [one["title"] for one in found]
    assert [one["id"] for one in data] == [one["id"] for one in found]
    titles = [one.findtext(f"{ATOM}title") for one in atom.iter(f"{ATOM}entry")]
    assert titles == [one["title"] for one in found]
    return found


def a_ruling(article: ArticleId, kind: str, at: Any = NOW, **more: Any) -> Ruling:
    fields = {"by": "ada", "reason": "The ferry is green.", "public": True, **more}
    return Ruling(article=article, kind=RulingKind(kind), at=at, **fields)


async def test_ids_are_the_same_in_every_feed_unless_a_topic_wants_its_own(
    bench: Bench, desk: Settings
) -> None:
    desk = with_topics(desk, world={}, sea={"guid_scope": "feed"}, ice={"guid_scope": "feed"})
    await publish(bench, desk, "g1|Ferry sails", "g2|Port opens")
    ids = {topic: {one["id"] for one in entries(bench, topic)} for topic in desk.topics}
    assert ids[WORLD] == {"g1", "g2"}
    assert all(one.startswith("urn:uuid:") for one in ids[SEA])
    assert len(ids[WORLD] | ids[SEA] | ids[TopicId("ice")]) == 6
    before = (bench.feeds / "sea.atom").read_bytes()
    await publish(bench, desk)
    assert (bench.feeds / "sea.atom").read_bytes() == before
    await assert_sound(bench, desk)


async def test_a_notice_stands_under_the_id_of_its_feed(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, sea={"guid_scope": "feed"})
    await publish(bench, desk, "g1|Ferry sails", "g2|Port opens")
    (mine,) = [one["id"] for one in entries(bench, "sea") if one["title"] == "Ferry sails"]
    ids = await bench.library.newest(limit=9)
    (victim,) = [
        one.id for one in await bench.library.articles(ids) if one.headline == "Ferry sails"
    ]
    await bench.library.rule(a_ruling(victim, "kill"))
    await publish(bench, desk)
    assert f'ref="{mine}"' in (bench.feeds / "sea.atom").read_text()
    assert f">{mine}</guid>" in (bench.feeds / "sea.rss").read_text()
    await assert_sound(bench, desk)


async def test_a_prefix_names_the_source_before_each_headline(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={"prefix": "[{source}] "}, sea={})
    await publish(bench, desk, "g1|Ferry sails")
    assert [one["title"] for one in entries(bench)] == ["[Harbour News] Ferry sails"]
    assert [one["title"] for one in entries(bench, "sea")] == ["Ferry sails"]
    await assert_sound(bench, desk)


@pytest.mark.parametrize("form", list(Form))
async def test_the_audit_knows_a_prefix_in_every_form(
    bench: Bench, desk: Settings, form: Form
) -> None:
    desk = with_topics(desk, world={"prefix": "{source}: "})
    desk = desk.model_copy(update={"licenses": {OPEN: License(text=form)}})
    await publish(bench, desk, "g1|Ferry sails")
    await assert_sound(bench, desk)


@pytest.mark.parametrize(
    "text", ["{title}: ", "{source", "{0}", "{source.x}", "{source:>9}", "{source!r}"]
)
def test_a_prefix_with_other_fields_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="may hold"):
        Topic(title="World", prefix=text)


def test_a_summary_is_as_long_as_the_topic_wants(desk: Settings) -> None:
    text = "The night ferry sails again after eleven years in port. " * 20
    article = an_article(source=A, body=Body(html=f"<p>{text}</p>", text=text))
    desk = with_topics(desk, world={"summary": 12}, sea={})
    lengths = [
        len(compose(topic, [article], desk, NOW).edition.items[0].summary.split())
        for topic in desk.topics
    ]
    assert 0 < lengths[0] <= 12 < lengths[1] <= 60


async def test_a_topic_is_published_in_the_formats_it_wants(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={})
    await publish(bench, desk, "g1|Ferry sails")
    assert (bench.feeds / "world.rss").is_file()
    desk = with_topics(desk, world={"formats": "json"})
    await publish(bench, desk)
    await work.release_site(bench.parts, desk)
    names = {one.name for one in bench.feeds.rglob("*") if one.is_file()}
    assert {one for one in names if one.startswith("world.")} == {
        f"world.json{ending}" for ending in ("", ".gz")
    }
    assert (bench.feeds / "world/index.html").is_file()
    assert "world.json" in (bench.feeds / "topics.opml").read_text()
    assert "world.atom" not in (bench.feeds / "topics.opml").read_text()


def test_a_topic_needs_a_format() -> None:
    with pytest.raises(ValidationError, match="one format at least"):
        Topic(title="World", formats=())


@pytest.mark.parametrize("text", ["English", "en_GB", "e", "", "en-"])
def test_a_language_that_would_match_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="no language tag"):
        Topic(title="World", languages=("de", text))
    assert Topic(title="World", languages=("en", "zh-Hans-CN", "ckb")).languages


@pytest.mark.parametrize(
    ("tongue", "filed"), [("en-GB", True), ("de", False), (None, True), ("eng", False)]
)
def test_a_topic_of_one_language(desk: Settings, tongue: str | None, filed: bool) -> None:
    desk = with_topics(desk, world={"languages": "en"})
    article = an_article(source=A, language=tongue)
    assert (WORLD in route(article, desk.sources[A], desk.topics)) is filed


async def test_a_correction_is_told_in_place_and_by_a_notice(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={"corrections": "notice"}, sea={})
    await publish(bench, desk, "g1|Ferry sails")
    (article,) = await bench.library.newest(limit=9)
    at = bench.clock.forward(minutes=1)
    await bench.library.rule(a_ruling(article, "correct", at))
    await publish(bench, desk)
    told, plain = entries(bench), entries(bench, "sea")
    assert [one["title"] for one in plain] == ["Ferry sails"]
    assert [one["title"] for one in told] == ["Ferry sails", "Correction: Ferry sails"]
    assert told[1]["id"] not in {"g1", ""}
    for name in ("world.rss", "world.atom", "world.json"):
        assert (bench.feeds / name).read_text().count("The ferry is green.") >= 2
    await assert_sound(bench, desk)
    bench.clock.forward(days=30)
    await publish(bench, desk)
    assert [one["title"] for one in entries(bench)] == ["Ferry sails"]


async def test_a_correction_of_what_has_left_the_feed_is_told_in_the_feed(
    bench: Bench, desk: Settings
) -> None:
    narrow = {"corrections": "notice", "window": Window(entries=1, hours=1)}
    desk = with_topics(desk, world=narrow)
    await publish(bench, desk, "g1|Ferry sails", "g2|Port opens")
    (shown,) = [one["title"] for one in entries(bench)]
    for _ in range(2):
        bench.clock.forward(minutes=2)
        assert (await work.release_due(bench.parts, desk)).failed == {}
    ids = await bench.library.newest(limit=9)
    (old,) = [one.id for one in await bench.library.articles(ids) if one.headline != shown]
    await bench.library.rule(a_ruling(old, "correct", bench.clock.now()))
    await publish(bench, desk)
    assert len(entries(bench)) == 2
    assert "Correction: " not in (bench.feeds / "world/archive/1.atom").read_text()
    await assert_sound(bench, desk)


async def test_a_killed_article_takes_its_notices_with_it(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={"corrections": "notice"})
    await publish(bench, desk, "g1|Ferry sails")
    (article,) = await bench.library.newest(limit=9)
    await bench.library.rule(a_ruling(article, "correct", bench.clock.now()))
    await publish(bench, desk)
    await bench.library.rule(a_ruling(article, "kill", bench.clock.now(), reason="Wrong."))
    await publish(bench, desk)
    assert "Ferry" not in (bench.feeds / "world.rss").read_text()
    await assert_sound(bench, desk)


async def test_a_planted_notice_is_found(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={"corrections": "notice"})
    await publish(bench, desk, "g1|Ferry sails")
    (article,) = await bench.library.newest(limit=9)
    await bench.library.rule(a_ruling(article, "correct", bench.clock.now()))
    await publish(bench, desk)
    page = bench.feeds / "world.atom"
    text = page.read_text()
    plain = '<content type="text">The ferry is green.'
    assert plain in text
    page.write_text(text.replace(plain, plain.replace("green", "red")))
    documents, _ = documents_in(bench.feeds)
    now = bench.clock.now()
    known = await stock(bench.library, desk, documents, now)
    assert {one.kind for one in audit(documents, known, desk, now)} == {"correction"}


def test_a_publishers_own_correction_is_told_when_it_came_with_a_revision() -> None:
    from syndicator.model.clearance import Cleared, Form
    from syndicator.model.edition import Item
    from syndicator.model.license import License
    from syndicator.rights.corrections import correction_notices

    said = "CORRECTION: An earlier version gave a wrong year."
    fact = Advisory(
        start=0, end=9, raw=said, action="correction", for_readers=True, confidence=1, rule="x"
    )

    def notices(**changes: Any) -> tuple[str, ...]:
        item = Item(
            article=an_article(facts=(fact,), updated=NOW, **changes),
            cleared=Cleared(form=Form.FULL, license="open", version="1", credit=None, reasons=()),
            license=License(text="full"),
            source_title="Harbour News",
            html="<p>x</p>",
            summary="x",
        )
        return tuple(one.text for one in correction_notices(WORLD, item, (), NOW))

    assert notices(version=2) == (said,)
    assert notices(version=1) == ()


async def test_a_correction_said_twice_is_one_notice(bench: Bench, desk: Settings) -> None:
    desk = with_topics(desk, world={"corrections": "notice"})
    await publish(bench, desk, "g1|Ferry sails")
    (article,) = await bench.library.newest(limit=9)
    for _ in range(2):
        at = bench.clock.forward(minutes=5)
        await bench.library.rule(a_ruling(article, "correct", at))
    await publish(bench, desk)
    assert [one["title"] for one in entries(bench)] == ["Ferry sails", "Correction: Ferry sails"]
    await assert_sound(bench, desk)


def test_notices_lead_to_sound_addresses_only(desk: Settings) -> None:
    from syndicator.model.edition import Site
    from syndicator.model.entry import Rights
    from syndicator.render import render_topic
    from tests.unit.render.editions import faults_of

    desk = with_topics(desk, world={"corrections": "notice"})
    odd = an_article(
        source=A,
        link="https://harbour.example/a b[1]?q=\x01",
        rights=Rights(licenses=("no address at all",)),
    )
    at = NOW - timedelta(minutes=1)
    found = compose(WORLD, [odd], desk, NOW, {odd.id: (a_ruling(odd.id, "correct", at),)})
    made = render_topic(
        found.edition, Site(title="Desk", base_url="https://desk.example", generator="test")
    )
    assert len(found.edition.corrected) == 1
    assert faults_of(made) == []
    assert all(b"Correction: " in one.body for one in made.outputs if "html" not in one.path)


async def test_a_document_held_back_keeps_no_notice_of_what_was_killed(
    bench: Bench, desk: Settings
) -> None:
    narrow = {"corrections": "notice", "window": Window(entries=1, hours=1)}
    desk = with_topics(desk, world=narrow)
    await publish(bench, desk, "g1|Ferry sails", "g2|Port opens")
    (shown,) = [one["title"] for one in entries(bench)]
    ids = await bench.library.newest(limit=9)
    (old,) = [one for one in await bench.library.articles(ids) if one.headline != shown]
    await bench.library.rule(a_ruling(old.id, "correct", bench.clock.now()))
    await publish(bench, desk)
    assert len(entries(bench)) == 2
    odd = desk.desk.model_copy(update={"public_url": "https://desk.example/our feeds"})
    broken = desk.model_copy(update={"desk": odd})  # no document passes the gate
    at = bench.clock.forward(minutes=1)
    await bench.library.rule(a_ruling(old.id, "kill", at, reason="Wrong."))
    await publish(bench, broken)
    for name in ("world.rss", "world.atom", "world.json"):
        assert old.headline not in (bench.feeds / name).read_text()


def test_a_copy_that_never_led_its_story_has_no_correction_to_tell(desk: Settings) -> None:
    desk = with_topics(desk, world={"corrections": "notice"})
    full = Body(html="<p>Words and more.</p>", text="Words and more.")
    lead = an_article(id=ArticleId("1" * 20), source=A, guid="g1", body=full)
    other = an_article(id=ArticleId("2" * 20), source=A, guid="g2", body=Body())
    story = Story(id=StoryId(lead.id), face=face_of(knowledge(lead)), members=(lead.id, other.id))

    def told(corrected: Article) -> list[str]:
        rulings = {corrected.id: (a_ruling(corrected.id, "correct"),)}
        stories = dict.fromkeys(story.members, story)
        made = compose(WORLD, [lead, other], desk, NOW, rulings, stories=stories)
        assert [one.article.id for one in made.edition.items] == [lead.id]
        return [one.article for one in made.edition.corrected]

    assert told(lead) == [lead.id]
    assert told(other) == []
