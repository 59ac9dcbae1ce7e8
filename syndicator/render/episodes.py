"""What is said of a recording: Apple's elements, Podcasting 2.0's, and JSON Feed's own words."""

from typing import Any

from lxml import etree

from syndicator.lint import is_language, is_web
from syndicator.model.edition import Item
from syndicator.model.entry import Companion, Episode
from syndicator.render.common import address_of, files_of, media_type

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_NOTHING = Episode()


def add_episode(entry: Any, item: Item) -> None:
    """Append how long the entry's first file is, and what the entry says as an episode."""
    files = files_of(item)
    if not files:
        return
    said = item.article.episode or _NOTHING
    for name, value in (
        ("duration", files[0].duration),
        ("explicit", None if said.explicit is None else str(said.explicit).lower()),
        ("season", said.season),
        ("episode", said.number),
        ("episodeType", said.kind),
    ):
        if value is not None:
            etree.SubElement(entry, f"{{{ITUNES}}}{name}").text = str(value)
    if chapters := _sound(said.chapters):
        etree.SubElement(entry, f"{{{PODCAST}}}chapters", _told(chapters))
    for transcript in map(_sound, said.transcripts):
        if transcript is not None:
            etree.SubElement(entry, f"{{{PODCAST}}}transcript", _told(transcript))


def episode_of(item: Item) -> dict[str, Any]:
    """Return the same for JSON Feed, which has a word for the duration alone."""
    said = item.article.episode
    if said is None or not files_of(item):
        return {}
    chapters = _sound(said.chapters)
    found = {
        "season": said.season,
        "number": said.number,
        "type": said.kind,
        "explicit": said.explicit,
        "chapters": _told(chapters) if chapters else None,
        "transcripts": [_told(one) for one in map(_sound, said.transcripts) if one] or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _sound(one: Companion | None) -> Companion | None:
    url = address_of(one.url) if one else None
    if one is None or url is None or not is_web(url):
        return None
    return Companion(url=url, type=one.type, language=one.language)


def _told(one: Companion) -> dict[str, str]:
    told = {"url": one.url, "type": media_type(one.type)}
    if one.language and is_language(one.language):
        told["language"] = one.language
    return told
