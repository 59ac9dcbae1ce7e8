"""What counts as a change, and what becomes of the words that were replaced."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from syndicator.compare import differences, is_noisy, material
from syndicator.ingest import Profile, read
from syndicator.model.arrival import Revised, Unchanged
from syndicator.model.credit import Advisory
from syndicator.model.entry import Person
from syndicator.model.ids import SourceId
from syndicator.model.version import MOST_VERSIONS, Piece
from tests.builders import HOUSES, a_document, an_item
from tests.replay import HOUR, LONG, OTHER, Replay, an_entry, said

FURNITURE = [
    "Updated 3 minutes ago",
    "(Updated: 22 Aug 2026 04:06AM)",
    "Last updated on Friday, 21 August 2026 at 10:31 pm BST",
    "12 comments",
    "Comments (1,204)",
    "1.2K views",
    "5 min read",
    "Reading time: 7 minutes",
    "Advertisement",
    "Share",
    "WhatsApp",
    "vor 5 Minuten",
    "il y a 2 heures",
    "Lesezeit: 4 Minuten",
    "3分前",
    "2026年8月21日 10時31分",
    "Aktualisiert am 21.08.2026 um 10:31 Uhr",
    "Publié le 21/08/2026 à 10:31",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_clocks_counters_and_buttons_are_no_change(line: str) -> None:
    first, then = an_entry()[0], an_entry(text=f"{line}\n\n{LONG}")[0]
    assert first.fingerprint != then.fingerprint
    assert material(first, then) is None
    assert material(then, an_entry(text=f"{LONG}\n\n{FURNITURE[0]}")[0]) is None


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} Updated 3 minutes ago",
        LONG.replace("The", "the").replace(",", ""),
        LONG.replace(" ", "  \n"),
        LONG.replace("road", '[USN:L6N3X1120 TEXT:"road"]'),
    ],
)
def test_case_punctuation_space_and_marks_of_links_are_no_change(text: str) -> None:
    assert material(an_entry()[0], an_entry(text=text)[0]) is None


@pytest.mark.parametrize(
    ("changes", "why", "counts"),
    [
        ({"headline": "Night ferry to sail again"}, ("headline",), (0, 0)),
        ({"text": LONG.replace("six to three", "seven to two")}, ("text",), (2, 2)),
        ({"text": f"{LONG} It was full."}, ("text",), (0, 3)),
        ({"text": LONG.replace("18", "19")}, ("text",), (1, 1)),
        ({"authors": (Person(name="Bo Lindqvist"),)}, ("authors",), (0, 0)),
    ],
)
def test_what_a_person_sees_is_a_change(
    changes: dict[str, object], why: tuple[str, ...], counts: tuple[int, int]
) -> None:
    change = material(an_entry()[0], an_entry(**changes)[0])  # type: ignore[arg-type]
    assert change is not None
    assert (change.why, (change.removed, change.added)) == (why, counts)


def test_a_line_of_figures_that_tells_no_time_is_a_change() -> None:
    assert material(an_entry(text="Final: 3-1")[0], an_entry(text="Final: 3-2")[0])
    assert material(an_entry(text="Dead: 12")[0], an_entry(text="Dead: 15")[0])


def test_a_teaser_cut_at_another_place_is_no_change() -> None:
    one, two = an_entry(text=f"{LONG[:120]}…")[0], an_entry(text=f"{LONG[:150]}...")[0]
    assert material(one, two) is None
    assert material(one, an_entry(text=f"{OTHER[:150]}…")[0]) is not None


def test_names_in_another_order_are_no_change() -> None:
    names = (Person(name="Ines Calloway"), Person(name="Bo Lindqvist"))
    one, two = an_entry(authors=names)[0], an_entry(authors=names[::-1])[0]
    assert one.fingerprint != two.fingerprint
    assert material(one, two) is None


async def test_markup_alone_is_the_same_fingerprint() -> None:
    desk = Replay()
    profile = Profile(source=SourceId("harbour"), publisher="harbour")

    async def polled(body: str) -> list[str]:
        document = a_document(an_item("Ferry", "g1", body=body))
        found = read(document, profile, desk.now, HOUSES).candidates
        return said(await desk.take(found, profile.source))

    assert await polled(f"<p>{LONG}</p>") == ["new"]
    ad = "<img src='https://ads.example/x.gif?123' width='1' height='1'>"
    assert await polled(f"<div class='x'><b>{LONG}</b>{ad}</div>") == ["unchanged guid same"]
    assert await polled(f"<p>Updated 3 minutes ago</p><p>{LONG}</p>") == [
        "unchanged guid immaterial"
    ]


async def test_only_a_material_change_moves_updated() -> None:
    desk = Replay()
    await desk.poll(an_entry(text=f"2 comments\n\n{LONG}"))
    (first,) = await desk.articles()
    for count in range(3, 9):
        noise = an_entry(text=f"{count} comments\n\n{LONG}", updated=desk.now + HOUR)
        assert said(await desk.poll(noise)) == ["unchanged guid immaterial"]
    assert await desk.articles() == [first]
    (arrival,) = await desk.poll(an_entry(text=f"9 comments\n\n{LONG} It was full."))
    assert isinstance(arrival, Revised)
    assert (arrival.article.version, arrival.article.updated) == (2, desk.now)


async def test_after_an_upgrade_of_the_fingerprint_nothing_is_revised() -> None:
    desk = Replay()
    entries = [
        an_entry(f"Story {n} of the harbour", f"{n} {LONG}", f"g{n}", f"https://h.example/{n}/x")
        for n in range(9)
    ]
    old = [(replace(one, fingerprint=f"old {one.fingerprint}"), guid) for one, guid in entries]
    await desk.poll(*old)
    assert set(said(await desk.poll(*entries))) == {"unchanged guid immaterial"}


async def test_versions_keep_words_times_and_reasons() -> None:
    desk = Replay()
    await desk.poll(an_entry(guid="g1"))
    fixed = LONG.replace("six to three", "seven to two")
    await desk.poll(an_entry("Night ferry to sail again", fixed, "g2"))
    (article,) = await desk.library.articles(await desk.library.newest(limit=9))
    history = await desk.library.history(article.id)
    (version,) = history.versions
    assert (version.number, version.headline, version.text) == (1, "Night ferry sails again", LONG)
    assert (version.why, version.by, version.until) == (("headline", "text"), "url", desk.now)
    (sighting,) = history.sightings
    assert (sighting.verdict, sighting.by, sighting.guid) == ("revised", "url", "g2")
    (shown,) = differences(article, history)
    assert [piece for piece in shown.paragraphs[0] if piece.sign] == [
        Piece("-", "six"),
        Piece("+", "seven"),
        Piece("-", "three"),
        Piece("+", "two"),
    ]
    assert [piece for piece in shown.headline if piece.sign] == [
        Piece("-", "sails"),
        Piece("+", "to sail"),
    ]


async def test_churn_is_capped_for_the_day_and_the_source_is_noisy() -> None:
    desk = Replay()
    desk.now = desk.now.replace(hour=0)
    await desk.poll(an_entry())

    def state(n: int) -> str:
        return f"{LONG} Ticket {n}."

    minute = timedelta(minutes=1)
    for n in range(MOST_VERSIONS):
        assert said(await desk.poll(an_entry(text=state(n)), after=minute)) == ["revised guid"]
    (capped,) = await desk.poll(an_entry(text=state(99)), after=minute)
    assert isinstance(capped, Unchanged)
    assert capped.why == "churn"
    (known,) = (await desk.library.source_states()).values()
    assert is_noisy(known.habits, desk.now)
    assert not is_noisy(known.habits, desk.now + timedelta(days=9))
    (article,) = await desk.articles()
    assert article.version == MOST_VERSIONS + 1
    assert said(await desk.poll(an_entry(text=state(99)), after=24 * HOUR)) == ["revised guid"]
    versions = (await desk.library.history(article.id)).versions
    assert [one.number for one in versions] == [1, *range(3, MOST_VERSIONS + 2)]


async def test_an_order_to_hold_is_never_capped() -> None:
    desk = Replay()
    await desk.poll(an_entry())
    for n in range(MOST_VERSIONS):
        await desk.poll(an_entry(text=f"{LONG} Ticket {n}."), after=timedelta(minutes=1))
    order = Advisory(
        action="hold", raw="stat:withheld", start=0, end=0, rule="pubstatus", confidence=1.0
    )
    article, guid = an_entry(text=f"{LONG} Ticket 99.", facts=(order,))
    (arrival,) = await desk.poll((article, guid), after=timedelta(minutes=1))
    assert isinstance(arrival, Revised)
    assert arrival.replaced is not None
    assert "orders" in arrival.replaced.why


async def test_many_small_revisions_make_a_source_noisy_and_few_do_not() -> None:
    async def noisy(texts: Sequence[str]) -> bool:
        desk = Replay()
        desk.now = desk.now.replace(hour=0)
        for text in texts:
            await desk.poll(an_entry(text=text), after=timedelta(minutes=9))
        (known,) = (await desk.library.source_states()).values()
        return is_noisy(known.habits, desk.now)

    assert await noisy([f"{LONG} Ticket {n}." for n in range(16)])
    assert not await noisy([f"{LONG} Ticket {n}." for n in range(5)])
    assert not await noisy([" ".join((LONG, *[OTHER] * n)) for n in range(16)])


async def revised(before: str, after: str) -> list[tuple[Piece, ...]]:
    desk = Replay()
    await desk.poll(an_entry(text=before))
    await desk.poll(an_entry(text=after))
    (article,) = await desk.library.articles(await desk.library.newest(limit=9))
    (shown,) = differences(article, await desk.library.history(article.id))
    return list(shown.paragraphs)


async def test_differences_of_scripts_without_spaces_are_shown_sign_by_sign() -> None:
    assert await revised("港で6人死亡", "港で15人死亡") == [
        (Piece("", "港で"), Piece("-", "6"), Piece("+", "15"), Piece("", "人死亡"))
    ]


async def test_a_paragraph_that_came_or_went_stands_alone() -> None:
    assert await revised("One two.\n\nOld words here.", "One two.\n\nNew thing.") == [
        (Piece("-", "Old words here."),),
        (Piece("+", "New thing."),),
    ]


async def test_a_paragraph_of_a_megabyte_is_shown_whole() -> None:
    long = " ".join(f"w{n}" for n in range(150_000))
    (shown,) = await revised(long, f"{long} end")
    assert [piece.sign for piece in shown] == ["-", "+"]
