"""What podcast clients need of a recording leaves with it, and only with it."""

import json

import pytest
from msgspec import structs

from syndicator.model.entry import Companion, Enclosure, Episode
from syndicator.render import render_topic
from tests.unit.render.editions import SITE, a_piece, an_edition, document, faults_of, parsed, tree

SOUND = Enclosure(url="https://harbour.example/a.mp3", type="audio/mpeg", length=9, duration=297)
EPISODE = Episode(
    season=2,
    number=14,
    kind="bonus",
    explicit=False,
    chapters=Companion(url="https://harbour.example/c.json", type="application/json+chapters"),
    transcripts=(
        Companion(url="https://harbour.example/t 1.vtt", type="text/vtt", language="en-GB"),
        Companion(url="ftp://harbour.example/t.vtt"),
        Companion(url="https://harbour.example/t", type="no type", language="<en>"),
    ),
)
HEARD = an_edition(a_piece(enclosures=(SOUND,), episode=EPISODE))
SPACES = {
    "i": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "p": "https://podcastindex.org/namespace/1.0",
}


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_an_episode_in_xml(kind: str) -> None:
    root = tree(HEARD, kind)

    def said(name: str) -> list[str]:
        return [one.text for one in root.iterfind(f".//i:{name}", SPACES)]

    names = ("duration", "explicit", "season", "episode", "episodeType")
    assert [said(one) for one in names] == [["297"], ["false"], ["2"], ["14"], ["bonus"]]
    assert [dict(one.attrib) for one in root.iterfind(".//p:transcript", SPACES)] == [
        {"url": "https://harbour.example/t%201.vtt", "type": "text/vtt", "language": "en-GB"},
        {"url": "https://harbour.example/t", "type": "application/octet-stream"},
    ]
    (chapters,) = root.iterfind(".//p:chapters", SPACES)
    assert chapters.get("url") == "https://harbour.example/c.json"
    (entry,) = parsed(HEARD, kind).entries
    assert (entry["itunes_duration"], entry["itunes_season"]) == ("297", "2")


def test_an_episode_in_json() -> None:
    (item,) = json.loads(document(HEARD, "json"))["items"]
    assert item["attachments"][0]["duration_in_seconds"] == 297
    episode = item["_syndicator"]["episode"]
    assert [one["type"] for one in episode.pop("transcripts")] == [
        "text/vtt",
        "application/octet-stream",
    ]
    assert episode == {
        "season": 2,
        "number": 14,
        "type": "bonus",
        "explicit": False,
        "chapters": {
            "url": "https://harbour.example/c.json",
            "type": "application/json+chapters",
        },
    }


def test_its_documents_are_sound() -> None:
    assert faults_of(render_topic(HEARD, SITE)) == []


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_without_the_recording_nothing_is_said_of_it(kind: str) -> None:
    bare = an_edition(a_piece(episode=EPISODE))
    assert not list(tree(bare, kind).iterfind(".//i:*", SPACES))
    assert not list(tree(bare, kind).iterfind(".//p:*", SPACES))


def test_json_says_nothing_of_a_recording_that_has_no_address_on_the_web() -> None:
    away = structs.replace(SOUND, url="mailto:a@harbour.example")
    (item,) = json.loads(
        document(an_edition(a_piece(enclosures=(away,), episode=EPISODE)), "json")
    )["items"]
    assert "attachments" not in item
    assert "episode" not in item["_syndicator"]


def test_a_recording_of_which_only_the_length_is_known() -> None:
    item = tree(an_edition(a_piece(enclosures=(SOUND,))), "rss").find("channel/item")
    assert [one.tag.rpartition("}")[2] for one in item.iterfind("i:*", SPACES)] == ["duration"]
    unsaid = structs.replace(SOUND, duration=None)
    assert not list(
        tree(an_edition(a_piece(enclosures=(unsaid,))), "rss").iterfind(".//i:*", SPACES)
    )
