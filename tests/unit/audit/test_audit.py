"""Breaches planted by hand in published files are found, each by its kind; honest files have none."""

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from syndicator import work
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.audit import Breach, Document, audit, audit_lines, documents_in, stock
from syndicator.compare import identify, judge
from syndicator.model.article import Article, Body
from syndicator.model.credit import Advisory, Byline, CreditLine, Embargo, Moment
from syndicator.model.desk import Settings
from syndicator.model.entry import Enclosure, Image
from syndicator.model.ids import ArticleId, LicenseId, SourceId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.source import Source
from syndicator.model.subscriber import Reader, Subscriber
from syndicator.model.topic import Audience, Topic, Window
from syndicator.ports import Admission
from syndicator.render import minted
from syndicator.subscription import Subscriptions
from tests.builders import NOW, an_article
from tests.unit.parts import WORLD, Bench
from tests.unit.parts import settings as base_settings

SENTENCE = "The night ferry sails again after eleven years in port. "
TEXT = SENTENCE * 12
BODY = Body(html=f"<p>{TEXT}</p>", text=TEXT.strip())
URL = "https://harbour.example/licence"
BY = License.model_validate(
    {
        "text": "full",
        "url": URL,
        "credit": "From {source}.",
        "expires": "30d",
        "images": "credited",
        "pixel": "https://count.example/p?link={link}",
    }
)
SHORT = License.model_validate({"text": "excerpt", "excerpt_words": 20, "credit": "© {source}"})
BARE = License.model_validate({"text": "headline", "credit": "{source}"})
KINDS = {"full": BY, "short": SHORT, "bare": BARE}
OWN = CreditLine(
    start=0, end=9, raw="©2026 Harbour Co.", holder="Harbour Co.", confidence=1, rule="x"
)


def a_desk(root: Path) -> Settings:
    """A desk with one source a licence, all in one topic."""
    plain = base_settings(root)
    return plain.model_copy(
        update={
            "licenses": {LicenseId(name): one for name, one in KINDS.items()},
            "sources": {
                SourceId(name): Source(
                    url=f"https://{name}.example/f",
                    license=LicenseId(name),
                    title="Harbour News",
                    topics=(WORLD,),
                )
                for name in KINDS
            },
        }
    )


def articles() -> list[Article]:
    """One article a licence, and one with its own credit line."""
    picture = Image(url="https://harbour.example/1.jpg", credit="Jo Marsh")
    sound = Enclosure(url="https://harbour.example/1.mp3", type="audio/mpeg", length=9)
    made = [
        an_article(
            source=SourceId(name),
            publisher=name,
            guid=f"https://{name}.example/1",
            link=f"https://{name}.example/1",
            headline=f"Ferry {name}",
            body=BODY,
            fingerprint=name,
            images=(picture,),
            enclosures=(sound,),
        )
        for name in KINDS
    ]
    own = msgspec.structs.replace(
        made[0], guid="own 1", link="https://full.example/2", headline="Ferry own",
        facts=(OWN,), fingerprint="own",
    )  # fmt: skip
    return [*made, own]


class Stand:
    """A desk that has published, and its auditor."""

    def __init__(self, root: Path) -> None:
        self.bench = Bench(root)
        self.desk = a_desk(root)
        self.library = self.bench.library

    async def fill(self, *found: Article) -> None:
        for article in found:
            (claim,) = await self.library.claim([article.source], NOW, timedelta(minutes=3))
            (candidate,) = identify([(article, article.guid)])
            arrivals = judge([candidate], {}, NOW)
            await self.library.admit(
                Admission(
                    claim=claim,
                    arrivals=arrivals,
                    state=claim.state,
                    next_poll=NOW,
                    now=NOW,
                    topics={candidate.article.id: frozenset({WORLD})},
                )
            )
        await work.release_due(self.bench.parts, self.desk)

    def path(self, kind: str) -> Path:
        names = {"html": "world/index.html", "index": "index.html"}
        return self.bench.feeds / names.get(kind, f"world.{kind}")

    def plant(self, kind: str, old: str, new: str) -> None:
        """Change a published file behind the desk's back."""
        path = self.path(kind)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path.name}:\n{text}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        path.with_name(f"{path.name}.gz").unlink(missing_ok=True)

    async def breaches(self, **changes: Any) -> list[Breach]:
        desk = self.desk.model_copy(update=changes)
        documents, found = documents_in(self.bench.feeds)
        now = self.bench.clock.now()
        shelf = await stock(self.library, desk, documents, now)
        return found + audit(documents, shelf, desk, now)

    async def kinds(self, **changes: Any) -> set[str]:
        return {one.kind for one in await self.breaches(**changes)}

    async def id_of(self, headline: str) -> ArticleId:
        (found,) = [o.id async for o in self.library.every_article() if o.headline == headline]
        return found


@pytest.fixture
async def stand(tmp_path: Path) -> Stand:
    one = Stand(tmp_path)
    await one.fill(*articles())
    return one


async def test_honest_files_have_no_breach(stand: Stand) -> None:
    assert [str(one) for one in await stand.breaches()] == []
    text = stand.path("rss").read_text()
    for name in ("full", "short", "bare", "own"):
        assert f"Ferry {name}" in text


CONTENT = "<content:encoded><![CDATA[<p"
PLANTS: list[tuple[str, str, str, str]] = [
    ("unknown", "rss", "https://full.example/1</guid>", "https://nowhere.example/1</guid>"),
    ("unknown", "atom", "<id>https://short.example/1</id>", "<id>tag:x,2020:9</id>"),
    ("twice", "json", '"id":"https://short.example/1"', '"id":"https://full.example/1"'),
    ("form", "atom", "sails again after eleven years in port.</summary>", f"{TEXT}</summary>"),
    ("form", "rss", "<description>Harbour News</description>", f"<description>{SENTENCE}</description>"),
    ("form", "html", "Ferry bare</a></h3>", f"Ferry bare</a></h3><p>{SENTENCE}</p>"),
    ("form", "json", '"content_html":"<p class=\\"credit\\">Harbour News</p>"', f'"content_html":"<p>{TEXT}</p>"'),
    ("credit", "rss", "From Harbour News.</p>", "</p>"),
    ("credit", "atom", "©2026 Harbour Co.", "©2026 Another Co."),
    ("rights", "rss", "<dc:rights>From Harbour News.</dc:rights>", ""),
    ("rights", "atom", "<rights>© Harbour News</rights>", ""),
    ("license-link", "rss", f'<atom:link rel="license" href="{URL}"/>', ""),
    ("license-link", "atom", URL, "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("license-link", "json", f'"license":"{URL}",', ""),
    ("byline", "rss", "<dc:creator>Ines Calloway</dc:creator>", ""),
    ("byline", "json", '"name":"Ines Calloway"', '"name":"The Desk"'),
    ("headline", "atom", ">Ferry full<", ">Ferry sinks<"),
    ("cut", "rss", f"{SENTENCE}</p>", "The night ferry sails</p>"),
    ("credit-place", "rss", '<p class="credit">From Harbour News.</p>', '<p class="credit">From Harbour News.</p><p class="credit">From Harbour News.</p>'),
    ("credit-place", "atom", "&lt;p&gt;The night", '&lt;p class="credit"&gt;From Harbour News.&lt;/p&gt;&lt;p&gt;The night'),
    ("altered", "rss", f"<p>{SENTENCE}", "<p>The night ferry sank after eleven years in port. "),
    ("images", "rss", "<p>The night", '<p><img src="https://harbour.example/2.jpg"/>The night'),
    ("images", "rss", "<media:credit>Jo Marsh</media:credit>", ""),
    ("images", "rss", ">Jo Marsh<", ">AP Photo / Jo Marsh<"),
    ("images", "html", "Ferry bare</a></h3>", 'Ferry bare</a></h3><img src="https://x.example/1.png">'),
    ("tracker", "rss", "<p>The night", '<p><img src="https://spy.example/" width="1" height="1"/>The night'),
    ("pixel", "atom", "https://count.example/p", "https://other.example/p"),
    ("enclosures", "rss", "<title>Ferry short</title>", '<title>Ferry short</title><enclosure url="https://x.example/1.mp3" length="1" type="audio/mpeg"/>'),
    ("enclosures", "rss", "<title>Ferry short</title>", '<title>Ferry short</title><podcast:transcript url="https://x.example/1.vtt" type="text/vtt"/>'),
    ("enclosures", "atom", ">Ferry short</title>", '>Ferry short</title><podcast:chapters url="https://x.example/1.json" type="application/json"/>'),
    ("enclosures", "json", '"title":"Ferry short",', '"title":"Ferry short","attachments":[{"url":"https://x.example/1.mp3","mime_type":"audio/mpeg"}],'),
    ("enclosures", "rss", 'type="audio/mpeg"', 'type="image/png"'),
    ("canonical", "atom", 'rel="alternate" href="https://full.example/1"', 'rel="alternate" href="https://desk.example/1"'),
    ("byline", "html", "By <bdi>Ines Calloway</bdi>", ""),
    ("credit", "html", "<bdi>From Harbour News.</bdi>", "<bdi>From elsewhere.</bdi>"),
    ("unknown", "index", ">Ferry full</a>", ">Ferry full, and fast</a>"),
    ("credit", "index", "<bdi>From Harbour News.</bdi>", "<bdi>From elsewhere.</bdi>"),
    ("machine-use", "json", '"train":"deny"', '"train":"allow"'),
    ("unreadable", "rss", "</rss>", ""),
    ("unreadable", "json", '"items"', '"itms"'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "where", "old", "new"), PLANTS)
async def test_a_planted_breach_is_found(
    stand: Stand, kind: str, where: str, old: str, new: str
) -> None:
    stand.plant(where, old, new)
    found = await stand.breaches()
    assert kind in {one.kind for one in found}, [str(one) for one in found]
    assert {one.where for one in found} == {
        stand.path(where).relative_to(stand.bench.feeds).as_posix()
    }


async def test_a_recording_of_others_is_a_breach(tmp_path: Path) -> None:
    stand, url = Stand(tmp_path), "https://harbour.example/film.mp4"
    film = Enclosure(url=url, type="video/mp4", credit="Reuters")
    await stand.fill(msgspec.structs.replace(articles()[0], enclosures=(film,)))
    assert url not in stand.path("rss").read_text()
    assert await stand.kinds() == set()
    title = "<title>Ferry full</title>"
    planted = f'{title}<enclosure url="{url}" length="0" type="video/mp4"/>'
    stand.plant("rss", title, planted)
    assert [one.kind for one in await stand.breaches()] == ["enclosures"]


async def test_a_directory_that_is_no_page_is_a_breach(stand: Stand) -> None:
    stand.path("index").write_bytes(b"")
    stand.path("index").with_name("index.html.gz").unlink()
    assert [(one.where, one.kind) for one in await stand.breaches()] == [
        ("index.html", "unreadable")
    ]


def with_license(name: str, **changes: Any) -> dict[str, Any]:
    """Settings in which one licence has been edited since the last release."""
    fields = {**KINDS[name].model_dump(exclude_unset=True), **changes}
    edited = License.model_validate(fields)
    return {
        "licenses": {**{LicenseId(n): one for n, one in KINDS.items()}, LicenseId(name): edited}
    }


EDITS: list[tuple[str, dict[str, Any]]] = [
    ("form", with_license("full", text="headline")),
    ("form", with_license("bare", text="nothing")),
    ("contract", with_license("full", effective={"until": "2026-11-01"})),
    ("contract", with_license("full", available={"since": "2027-11-01"})),
    ("approval", with_license("full", automatic=False)),
    ("territory", with_license("full", territories={"allow": ["AU"]})),
    ("territory", with_license("full", territories={"deny": ["AU"]})),
    ("outlet", with_license("full", exclusive=["sea"])),
    ("language", with_license("full", languages=["de"])),
    ("images", with_license("full", images="none")),
    ("credit-place", with_license("full", credit_position="top")),
    ("credit-place", with_license("short", credit_position="both")),
    ("credit-place", with_license("full", credit_position="byline")),
    ("too-long", {"topics": {WORLD: Topic(title="World", longest=60)}}),
    ("license", {"licenses": {}}),
    ("license", {"sources": {}}),
    ("stray", {"topics": {}}),
    ("subscribers-only", {"topics": {WORLD: Topic(title="World", audience=Audience.SUBSCRIBERS)}}),
    ("outlet", {"topics": {WORLD: Topic(title="World", commercial=True)}, **with_license("full", commercial=False)}),
    ("outlet", {"topics": {WORLD: Topic(title="World", paywall=True)}, **with_license("full", paywall=False)}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes"), EDITS)
async def test_an_edited_licence_shows_what_is_still_out(
    stand: Stand, kind: str, changes: dict[str, Any]
) -> None:
    assert kind in await stand.kinds(**changes)


async def test_the_clock_closes_windows(stand: Stand) -> None:
    stand.bench.clock.forward(days=31)
    assert "expired" in await stand.kinds()
    assert "stale-stub" in await stand.kinds(**with_license("full", at_expiry="stub"))


@pytest.mark.parametrize(
    ("kind", "ruling"), [("killed", "kill"), ("killed", "takedown"), ("held", "hold")]
)
async def test_what_was_ruled_out_and_is_still_there(stand: Stand, kind: str, ruling: str) -> None:
    article = await stand.id_of("Ferry full")
    await stand.library.rule(
        Ruling(article=article, kind=RulingKind(ruling), at=NOW, by="ada", reason="x")
    )
    stand.bench.clock.forward(minutes=1)
    found = await stand.breaches()
    assert {one.where for one in found if one.kind == kind} == {
        "index.html", "world.atom", "world.json", "world.rss", "world/index.html"
    }  # fmt: skip
    assert ("no-notice" in {one.kind for one in found}) == (ruling != "hold")
    await work.release_due(stand.bench.parts, stand.desk)
    assert await stand.breaches() == []
    if ruling != "hold":
        stand.plant("atom", "deleted-entry", "deleted")
        assert await stand.kinds() == {"no-notice"}


async def test_a_story_of_which_all_copies_are_killed_leaves_the_notice_of_its_face(
    tmp_path: Path,
) -> None:
    stand = Stand(tmp_path)
    full, short, *_ = articles()
    await stand.fill(
        msgspec.structs.replace(short, guid="short 1", first_seen=NOW - timedelta(hours=1)), full
    )
    first, leads = await stand.id_of("Ferry short"), await stand.id_of("Ferry full")
    await stand.library.join(first, leads, NOW)
    await work.release_due(stand.bench.parts, stand.desk)
    (line,) = (await stand.library.standing(WORLD, NOW)).now.values()
    assert (line.article, line.guid) == (leads, "short 1")
    assert await stand.breaches() == []
    for one in (first, leads):
        await stand.library.rule(
            Ruling(article=one, kind=RulingKind.KILL, at=NOW, by="ada", reason="x")
        )
    stand.bench.clock.forward(minutes=1)
    await work.release_due(stand.bench.parts, stand.desk)
    atom = (stand.bench.feeds / "world.atom").read_text()
    assert "deleted-entry" in atom
    assert (minted(first) in atom, minted(leads) in atom) == (True, False)
    assert await stand.breaches() == []


EMBARGO = Embargo(start=0, end=9, raw="EMBARGO", confidence=1, rule="x", moments=(Moment(until="2099-01-01T00:00:00+00:00"),))  # fmt: skip
AGENCY = Byline(start=0, end=9, raw="By Reuters", confidence=1, rule="x", organizations=("Reuters",))  # fmt: skip
KILL = Advisory(start=0, end=9, raw="KILL", confidence=1, rule="x", action="kill")


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("embargo", EMBARGO),
        ("embargo", msgspec.structs.replace(EMBARGO, moments=())),
        ("embargo", msgspec.structs.replace(EMBARGO, territories=("US",))),
        ("control", KILL),
    ],
)
async def test_what_its_own_words_keep_in(stand: Stand, kind: str, fact: Any) -> None:
    (article,) = await stand.library.articles([await stand.id_of("Ferry full")])
    await stand.library.rewrite([msgspec.structs.replace(article, facts=(fact,))], NOW)
    assert kind in await stand.kinds()


async def test_copy_of_another_house_under_a_licence_for_own_copy(stand: Stand) -> None:
    own = with_license("full", own_copy_only=True)
    assert "own-copy" not in await stand.kinds(**own)
    (article,) = await stand.library.articles([await stand.id_of("Ferry full")])
    await stand.library.rewrite([msgspec.structs.replace(article, facts=(AGENCY,))], NOW)
    assert "own-copy" in await stand.kinds(**own)


async def test_a_correction_that_is_not_said_in_time(stand: Stand) -> None:
    article = await stand.id_of("Ferry full")
    said = Ruling(
        article=article, kind=RulingKind.CORRECT, at=NOW, by="ada", reason="It was nine crowns.",
        public=True,
    )  # fmt: skip
    await stand.library.rule(said)
    stand.bench.clock.forward(minutes=59)
    assert await stand.kinds() == set()
    stand.bench.clock.forward(minutes=1)
    assert await stand.kinds() == {"correction"}
    await work.release_due(stand.bench.parts, stand.desk)
    assert await stand.kinds() == set()


async def test_more_in_a_day_than_the_quota(stand: Stand) -> None:
    lines = [line async for line in stand.library.publications()]
    few = stand.desk.model_copy(update=with_license("full", quota=1))
    (breach,) = audit_lines(lines, few, NOW)
    assert (breach.kind, breach.where) == ("quota", "ledger")
    assert "2 articles today, and 1 a day" in breach.text
    assert list(audit_lines(lines, few, NOW + timedelta(days=1))) == []
    enough = stand.desk.model_copy(update=with_license("full", quota=2))
    assert list(audit_lines(lines, enough, NOW)) == []


HASH = "sha256:" + "0" * 32 + ":" + "0" * 64


@pytest.mark.parametrize(
    ("kind", "edited"),
    [
        (None, {}),
        ("subscriber", {"forms": "headline"}),
        ("subscriber", {"forms": "excerpt"}),
        ("subscriber", {"licenses": ["short"]}),
        ("territory", {"territories": ["AU"]}),
    ],
)
async def test_what_a_subscriber_is_given_is_checked_by_its_own_terms(
    stand: Stand, kind: str | None, edited: dict[str, Any]
) -> None:
    name = SubscriberId("coast")
    desk = stand.desk.model_copy(
        update={
            "topics": {WORLD: Topic(title="World", audience=Audience.SUBSCRIBERS)},
            "subscribers": {name: Subscriber.model_validate({"token": HASH})},
            **with_license("full", territories={"deny": ["AU"]}),
        }
    )
    reader = Reader(id=name, terms=Subscriber.model_validate({"token": HASH, "territories": "DE"}))
    outputs = await Subscriptions(stand.library, "test").look(WORLD, reader, desk, NOW)
    documents = [
        Document(
            where=one.path, topic=WORLD, kind=one.path.rpartition(".")[2], body=one.body,
            subscriber=name,
        )
        for one in outputs
    ]  # fmt: skip
    terms = Subscriber.model_validate({"token": HASH, "territories": "DE", **edited})
    now = desk.model_copy(update={"subscribers": {name: terms}})
    found = audit(documents, await stock(stand.library, now, documents, NOW), now, NOW)
    assert {one.kind for one in found} == ({kind} if kind else set())


async def test_an_archive_is_audited_like_the_feed(stand: Stand) -> None:
    narrow = Topic(title="World", window=Window(entries=1, hours=1))
    stand.desk = stand.desk.model_copy(update={"topics": {WORLD: narrow}})
    await stand.library.mark([WORLD], NOW)
    for _ in range(3):
        await work.release_due(stand.bench.parts, stand.desk)
        stand.bench.clock.forward(minutes=2)
    page = stand.bench.feeds / "world/archive/1.atom"
    honest = page.read_text()
    assert honest.count("<entry") == 3
    assert await stand.breaches() == []
    gone = next(name for name in ("short", "bare") if f"Ferry {name}" in honest)
    page.write_text(honest.replace(f">Ferry {gone}<", ">Ferry sinks<"))
    assert await stand.kinds() == {"headline", "packed"}
    page.write_text(honest)
    closed = narrow.model_copy(update={"archive": False})
    assert await stand.kinds(topics={WORLD: closed}) == {"stray"}
    kill = Ruling(
        article=await stand.id_of(f"Ferry {gone}"),
        kind=RulingKind.KILL,
        at=stand.bench.clock.now(),
        by="ada",
        reason="Wrong.",
    )
    await stand.library.rule(kill)
    await work.release_due(stand.bench.parts, stand.desk)
    stand.bench.clock.forward(minutes=2)
    assert await stand.breaches() == []
    text = page.read_text()
    start, end = text.index("<at:deleted-entry"), text.index("</at:deleted-entry>")
    page.write_text(text[:start] + text[end + len("</at:deleted-entry>") :])
    assert await stand.kinds() == {"no-notice", "packed"}


async def test_misfiled_unrecorded_packed_and_stray(stand: Stand) -> None:
    article = await stand.id_of("Ferry full")
    await stand.library.refile({article: frozenset({TopicId("sea")})}, NOW)
    assert await stand.kinds() == {"misfiled"}
    await stand.library.refile({article: frozenset({WORLD})}, NOW)
    packed = stand.bench.feeds / "world.rss.gz"
    packed.write_bytes(gzip.compress(b"<rss>an older one</rss>"))
    assert await stand.kinds() == {"packed"}
    stand.plant("rss", "Ferry", "Ferry")
    (stand.bench.feeds / "old.rss").write_bytes(b"<rss/>")
    assert await stand.kinds() == {"stray"}
    (stand.bench.feeds / "old.rss").unlink()
    assert isinstance(stand.library, MemoryLibrary)
    stand.library._out.clear()  # noqa: SLF001 - a ledger that somebody has tampered with
    assert await stand.kinds() == {"unrecorded"}


async def test_packed_copies_that_say_more_or_outlive_their_file_are_found(stand: Stand) -> None:
    feeds = stand.bench.feeds
    for ending, pack in ((".gz", gzip.compress), (".zst", zstandard.compress)):
        packed, more = feeds / f"world.rss{ending}", pack(b"more")
        honest = pack((feeds / "world.rss").read_bytes())
        packed.write_bytes(honest + more)
        assert await stand.kinds() == {"packed"}
        packed.write_bytes(honest)
        (feeds / f"old.rss{ending}").write_bytes(honest)
        assert await stand.kinds() == {"packed"}
        (feeds / f"old.rss{ending}").unlink()
    assert await stand.breaches() == []
