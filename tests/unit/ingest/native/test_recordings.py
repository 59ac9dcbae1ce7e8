"""Podcasts and films: durations, episodes, transcripts and chapters; by both readers of feeds."""

from collections.abc import Callable

import pytest

from syndicator.ingest.episodes import seconds
from syndicator.ingest.explicit import read_explicit
from syndicator.ingest.xmlfeed import read_xml
from syndicator.model.entry import Companion, Enclosure, Entry, Episode
from tests.unit.ingest.feeds import SPACES, document, item, native, rss

SOUND = "<enclosure url='https://h.example/1.mp3' type='audio/mpeg' length='9'/>"


def loose(inside: str) -> Entry:
    """Read an item by feedparser."""
    body = f"<rss version='2.0' {SPACES}><channel><item>{inside}</item></channel></rss>"
    (one,) = read_xml(document(body)).entries
    return one


READERS = pytest.mark.parametrize("read", [item, loose], ids=["native", "feedparser"])


@pytest.mark.parametrize(
    ("said", "lasts"),
    [
        ("297", 297),
        ("04:57", 297),
        ("4:57", 297),
        ("1:02:03", 3723),
        ("01:02:03.5", 3723),
        ("75:00", 4500),
        (" 297 ", 297),
        ("297.4", 297),
        ("0", None),
        ("00:00:00", None),
        ("211200000", None),  # milliseconds
        ("", None),
        ("long", None),
        ("-5", None),
        ("1:2:3:4", None),
        ("٣", None),
        (None, None),
    ],
)
def test_a_duration_is_read_as_people_write_it(said: str | None, lasts: int | None) -> None:
    assert seconds(said) == lasts


@READERS
def test_an_episode_says_how_long_it_is_and_which(read: Callable[[str], Entry]) -> None:
    one = read(
        f"{SOUND}<itunes:duration>04:57</itunes:duration><itunes:explicit>yes</itunes:explicit>"
        "<itunes:season>2</itunes:season><itunes:episode>14</itunes:episode>"
        "<itunes:episodeType>Bonus</itunes:episodeType>"
        "<podcast:transcript url='https://h.example/1.vtt' type='text/vtt' language='en'/>"
        "<podcast:chapters url='https://h.example/1.json' type='application/json+chapters'/>"
    )
    (file,) = one.enclosures
    assert (file.length, file.duration) == (9, 297)
    assert one.episode == Episode(
        season=2,
        number=14,
        kind="bonus",
        explicit=True,
        chapters=Companion(url="https://h.example/1.json", type="application/json+chapters"),
        transcripts=(Companion(url="https://h.example/1.vtt", type="text/vtt", language="en"),),
    )


@READERS
def test_an_entry_that_says_nothing_of_it_is_no_episode(read: Callable[[str], Entry]) -> None:
    assert read(f"{SOUND}<title>T</title>").episode is None


def test_what_a_feed_says_of_all_its_recordings_holds_for_each() -> None:
    feed = rss(
        "<itunes:explicit>true</itunes:explicit>"
        f"<item>{SOUND}</item><item>{SOUND}<itunes:explicit>no</itunes:explicit></item>"
    )
    assert [one.episode for one in feed.entries] == [
        Episode(explicit=True),
        Episode(explicit=False),
    ]


def test_every_transcript_counts_and_addresses_are_made_absolute() -> None:
    one = item(
        f"{SOUND}<podcast:transcript url='t.vtt' type='text/vtt'/><podcast:transcript/>"
        "<podcast:transcript url='t.vtt' type='text/vtt'/><podcast:transcript url='/t.html'/>"
    )
    assert one.episode is not None
    assert [each.url for each in one.episode.transcripts] == [
        "https://harbour.example/news/t.vtt",
        "https://harbour.example/t.html",
    ]


def test_episodes_of_podcasting_2_count_where_apple_says_nothing() -> None:
    one = item(
        f"{SOUND}<podcast:season name='North'>3</podcast:season><podcast:episode>7</podcast:episode>"
        "<itunes:episodeType>clip</itunes:episodeType>"
    )
    assert one.episode == Episode(season=3, number=7)


def test_a_duration_is_of_the_recording_and_not_of_its_picture() -> None:
    one = item(
        "<enclosure url='https://h.example/1.jpg' type='image/jpeg'/>"
        f"{SOUND}<itunes:duration>60</itunes:duration>"
    )
    assert [file.duration for file in one.enclosures] == [None, 60]


def test_a_film_of_media_rss_is_a_file_in_the_form_meant_for_all() -> None:
    one = item(
        "<media:group><media:content url='https://h.example/low.mp4' type='video/mp4'/>"
        "<media:content url='https://h.example/f.mp4' type='video/mp4' isDefault='true' "
        "fileSize='900' duration='61'/></media:group>"
        "<media:content url='https://h.example/1.jpg' type='image/jpeg'/>"
    )
    film = Enclosure(url="https://h.example/f.mp4", type="video/mp4", length=900, duration=61)
    assert one.enclosures == (film,)
    assert [picture.url for picture in one.images] == ["https://h.example/1.jpg"]


def test_whose_recording_it_is_goes_with_it() -> None:
    one = item(
        "<media:group><media:credit>Reuters</media:credit>"
        "<media:content url='https://h.example/f.mp4' type='video/mp4'>"
        "<media:copyright>© Reuters</media:copyright></media:content></media:group>"
    )
    assert [(file.credit, file.rights) for file in one.enclosures] == [("Reuters", "© Reuters")]


@pytest.mark.parametrize(
    "inside",
    [
        "<media:restriction relationship='deny' type='country'>de</media:restriction>{film}",
        "<media:group><media:restriction/>{film}</media:group>",
        "<media:content url='https://h.example/f.mp4' medium='video'><media:restriction/></media:content>",
    ],
)
def test_a_film_that_not_everyone_may_see_is_no_file(inside: str) -> None:
    film = "<media:content url='https://h.example/f.mp4' medium='video'/>"
    assert item(inside.format(film=film)).enclosures == ()
    assert len(item(film).enclosures) == 1


@READERS
@pytest.mark.parametrize(
    ("files", "lasts"),
    [
        (["application/pdf", "audio/mpeg"], [None, 60]),
        (["Image/jpeg", "audio/mpeg"], [None, 60]),
        (["audio/mpeg", "application/pdf"], [60, None]),
        (["application/pdf"], [None]),
        ([""], [60]),
    ],
)
def test_a_duration_goes_to_what_can_be_played(
    read: Callable[[str], Entry], files: list[str], lasts: list[int | None]
) -> None:
    enclosures = "".join(
        f"<enclosure url='https://h.example/{n}' length='1'{f' type={kind!r}' if kind else ''}/>"
        for n, kind in enumerate(files)
    )
    one = read(f"{enclosures}<itunes:duration>60</itunes:duration>")
    assert [file.duration for file in one.enclosures] == lasts


def test_a_recording_that_says_how_long_it_is_leaves_nothing_for_the_next() -> None:
    one = item(
        f"{SOUND}<enclosure url='https://h.example/2.mp3' type='audio/mpeg'/>"
        "<media:content url='https://h.example/1.mp3' type='audio/mpeg' duration='100'/>"
        "<itunes:duration>100</itunes:duration>"
    )
    assert [file.duration for file in one.enclosures] == [100, None]


def test_endless_transcripts_end() -> None:
    many = "".join(f"<podcast:transcript url='https://h.example/{n}'/>" for n in range(1000))
    one = item(f"{SOUND}{many}")
    assert one.episode is not None
    assert len(one.episode.transcripts) == 20


@pytest.mark.parametrize(
    ("of_feed", "own", "said"),
    [
        ("true", "", True),
        ("Yes", "", True),
        ("false", "explicit", True),
        ("true", "false", False),
        ("clean", "", False),
        ("", "no", False),
        ("maybe", "", None),
    ],
)
def test_both_readers_hear_what_is_explicit(of_feed: str, own: str, said: bool | None) -> None:
    """An ill-formed feed says so as well as any: one bare ampersand must not lose the mark."""

    def mark(word: str) -> str:
        return f"<itunes:explicit>{word}</itunes:explicit>" if word else ""

    body = (
        f"<rss version='2.0' {SPACES}><channel><title>A {{}} B</title>{mark(of_feed)}"
        f"<item><title>T</title>{SOUND}{mark(own)}</item></channel></rss>"
    )
    for feed in (native(body.format("and")), read_xml(document(body.format("&")))):
        (one,) = feed.entries
        assert (one.episode.explicit if one.episode else None) is said


def test_where_entries_cannot_be_told_apart_one_mark_is_of_all() -> None:
    body = b"<item><itunes:explicit>true</itunes:explicit></item><item></item><item></item>"
    assert read_explicit(body, 3) == [True, None, None]
    assert read_explicit(body, 2) == [True, True]
    assert read_explicit(body.replace(b"true", b"no"), 2) == [None, None]


@pytest.mark.parametrize("said", ["²", "1" * 9000, "-1", "x"])
def test_a_season_that_is_no_number_costs_nothing(said: str) -> None:
    one = loose(f"{SOUND}<title>A & B</title><itunes:season>{said}</itunes:season>")
    assert (one.title, one.episode) == ("A & B", None)


def test_what_is_enclosed_is_not_enclosed_twice_but_hears_how_long_it_is() -> None:
    one = item(
        f"{SOUND}<media:content url='https://h.example/1.mp3' type='audio/mpeg' duration='75'/>"
        "<media:content url='https://h.example/2.mp4' type='video/mp4' duration='80'/>"
    )
    assert [(file.url, file.duration) for file in one.enclosures] == [
        ("https://h.example/1.mp3", 75)
    ]
