"""What publishers take back, through the wire room over a library in memory."""

from datetime import timedelta

import msgspec
import pytest

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.compare import identify, judge
from syndicator.ingest import Profile, Reading
from syndicator.model.article import Article, Body
from syndicator.model.credit import Advisory
from syndicator.model.entry import Deletion, Feed
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.ports import Admission
from syndicator.questions import open_questions
from syndicator.rights.rulings import ruled
from syndicator.wire import AMBIGUOUS, Obeyed, Wire, rule_out
from tests.builders import NOW
from tests.unit.compare.test_targets import a_message, a_story, an_order

HARBOUR = SourceId("harbour")
PROFILE = Profile(source=HARBOUR, publisher="harbour")


class Desk:
    """A library, and the part of a poll between reading and storing."""

    def __init__(self) -> None:
        self.library = MemoryLibrary()
        self.now = NOW

    async def poll(self, *articles: Article, deleted: tuple[Deletion, ...] = ()) -> Obeyed:
        self.now += timedelta(seconds=1)
        candidates = identify([(one, one.guid) for one in articles])
        keys = [key for one in candidates for key in one.keys]
        arrivals = judge(candidates, await self.library.lookup(keys), NOW)
        reading = Reading(feed=Feed(format="x", deleted=deleted), candidates=candidates)
        done = await Wire(self.library).obey(reading, arrivals, PROFILE, self.now)
        (claim,) = await self.library.claim([HARBOUR], NOW, timedelta(minutes=3))
        filed = {one.article.id: frozenset({TopicId("world")}) for one in candidates}
        admission = Admission(
            claim=claim, arrivals=arrivals, topics=filed, state=claim.state, next_poll=NOW, now=NOW
        )
        assert (await self.library.admit(admission)).outcome == "stored"
        return done

    async def ruled(self) -> dict[str, list[tuple[str, str]]]:
        """Kinds and authors of rulings, by headline."""
        found = await self.library.all_rulings()
        stored = {one.id: one.headline async for one in self.library.every_article()}
        return {stored[a]: [(r.kind.value, r.by) for r in many] for a, many in found.items()}

    async def id_of(self, headline: str) -> ArticleId:
        (found,) = [o.id async for o in self.library.every_article() if o.headline == headline]
        return found


@pytest.fixture
async def desk() -> Desk:
    one = Desk()
    await one.poll(a_story(1, "Night ferry sails again"), a_story(2, "Council approves its budget"))
    return one


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("kill", "kill"),
        ("withdraw", "kill"),
        ("tombstone", "kill"),
        ("takedown", "takedown"),
        ("hold", "hold"),
    ],
)
async def test_a_message_rules_out_the_one_story_it_means(
    desk: Desk, action: str, kind: str
) -> None:
    message = a_message("Night ferry sails again", facts=(an_order(action),))
    assert (await desk.poll(message)).rulings == 1
    assert await desk.ruled() == {"Night ferry sails again": [(kind, "wire")]}
    assert (await desk.poll(message)).rulings == 0
    assert await open_questions(desk.library, NOW) == []


async def test_several_are_held_and_a_person_is_asked(desk: Desk) -> None:
    await desk.poll(a_story(3, "Night ferry sails again", fingerprint="other"))
    done = await desk.poll(a_message("Night ferry sails again"))
    (alert,) = done.alerts
    assert AMBIGUOUS in alert
    rulings = await desk.library.all_rulings()
    assert [(one.kind, one.by) for (one,) in rulings.values()] == [(RulingKind.HOLD, "wire")] * 2
    (question,) = await open_questions(desk.library, NOW)
    assert "2 articles" in question
    for article in rulings:
        await desk.library.rule(
            Ruling(article=article, kind=RulingKind.RESTORE, at=NOW, by="ada", reason="looked")
        )
    assert await open_questions(desk.library, NOW) == []


async def test_what_fits_nothing_is_noted(desk: Desk) -> None:
    done = await desk.poll(a_message("Something else altogether"))
    assert (done.rulings, done.alerts) == (0, ())
    assert "no article of ours" in done.notes[0]


async def test_a_story_and_its_kill_in_one_document(desk: Desk) -> None:
    done = await desk.poll(
        a_story(4, "Bridge falls at dawn"), a_message("Kill: Bridge falls at dawn")
    )
    assert done.rulings == 1
    assert await desk.ruled() == {"Bridge falls at dawn": [("kill", "wire")]}


@pytest.mark.parametrize("fingerprint", ["f1", "f2"])
async def test_a_new_version_that_kills_itself_is_final(desk: Desk, fingerprint: str) -> None:
    story = a_story(1, "Night ferry sails again")
    status: Advisory = msgspec.structs.replace(an_order(confidence=1.0), rule="pubstatus")
    dead = msgspec.structs.replace(story, facts=(status,), fingerprint=fingerprint)
    assert (await desk.poll(dead)).rulings == 1
    assert (await desk.poll(dead)).rulings == 0
    assert (await desk.poll(msgspec.structs.replace(story, fingerprint="f3"))).rulings == 0
    assert await desk.ruled() == {"Night ferry sails again": [("kill", "wire")]}


async def test_what_a_person_restored_is_not_killed_by_the_same_message(desk: Desk) -> None:
    story = a_story(1, "Night ferry sails again")
    message = msgspec.structs.replace(story, facts=(an_order(),))
    await desk.poll(message)
    one = await desk.id_of("Night ferry sails again")
    await desk.library.rule(
        Ruling(article=one, kind=RulingKind.RESTORE, at=NOW, by="ada", reason="a mistake")
    )
    assert (await desk.poll(message)).rulings == 0


async def test_a_deletion_in_a_feed_kills_unless_the_entry_stands_anew(desk: Desk) -> None:
    gone = Deletion(ref="story-1", when=NOW - timedelta(hours=1), comment="Not ours")
    assert (await desk.poll(a_story(1), deleted=(gone,))).rulings == 0
    done = await desk.poll(deleted=(gone, Deletion(ref="story-9")))
    assert done.rulings == 1
    assert await desk.ruled() == {"Night ferry sails again": [("kill", "feed")]}
    assert (await desk.poll(deleted=(gone,))).rulings == 0


async def test_stored_copies_of_the_words_go_and_come_back_with_their_story() -> None:
    desk = Desk()
    text = "the night ferry sails again after eleven years in port " * 3
    said = Body(html=f"<p>{text}</p>", text=text)
    story = a_story(1, body=said)
    twin = a_story(2, body=said, fingerprint="other byline")
    same_title = a_story(3, fingerprint="f3")
    await desk.poll(story, twin, same_title)
    stored = {one.guid: one.id async for one in desk.library.every_article()}
    kill = Ruling(article=stored["story-1"], kind=RulingKind.KILL, at=NOW, by="ada", reason="wrong")
    assert await rule_out(desk.library, kill) == {"world"}
    assert set(await desk.library.all_rulings()) == {stored["story-1"], stored["story-2"]}
    await rule_out(desk.library, msgspec.structs.replace(kill, kind=RulingKind.RESTORE))
    for rulings in (await desk.library.all_rulings()).values():
        assert ruled(rulings, NOW).kept is None


async def test_a_hold_of_its_own_ends_with_a_usable_version_and_no_other_hold_does() -> None:
    desk = Desk()
    story = a_story(1)
    withheld = msgspec.structs.replace(
        story, facts=(an_order("hold", raw="stat:withheld"),), fingerprint="w"
    )

    async def kept(*versions: Article) -> str | None:
        for one in versions:
            await desk.poll(one)
        (rulings,) = (await desk.library.all_rulings()).values()
        found = ruled(rulings, NOW).kept
        return found.by if found else None

    assert await kept(story, withheld) == "wire"
    assert await kept(msgspec.structs.replace(story, fingerprint="u1")) is None
    assert await kept(withheld) == "wire"
    assert await kept(msgspec.structs.replace(story, fingerprint="u2")) is None
    one = await desk.id_of(story.headline)
    await desk.library.rule(
        Ruling(article=one, kind=RulingKind.HOLD, at=NOW, by="ada", reason="asking")
    )
    assert await kept(msgspec.structs.replace(story, fingerprint="u3")) == "ada"
