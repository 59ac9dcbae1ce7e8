"""Schemas, OPML and the documentation of settings."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from syndicator.errors import SettingsError
from syndicator.model.desk import Desk, FetchSettings, HostPace, ReadSettings, RedisSettings
from syndicator.model.house import House
from syndicator.model.license import License
from syndicator.model.source import AlarmBounds, PollBounds, Source
from syndicator.model.subscriber import Subscriber
from syndicator.model.topic import Condition, Match, Topic, Window
from syndicator.settings import load
from syndicator.settings.opml import parse_opml, slug, sources_to_opml
from syndicator.settings.schemas import FOLDER, NAMES, schema, text

ROOT = Path(__file__).parents[3]
MODELS: list[type[BaseModel]] = [
    Desk, RedisSettings, FetchSettings, HostPace, ReadSettings, Source, PollBounds, AlarmBounds, License, Topic,
    Match, Condition, Window, House, Subscriber,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_the_models(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text(name)
    assert schema(name)["additionalProperties"] is False
    first = (ROOT / f"config/{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../syndicator/settings/schemas/{name}.json"


def test_schemas_speak_yaml() -> None:
    assert '"PT' not in "".join(json.dumps(schema(name)) for name in NAMES)


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_documented(model: type[BaseModel]) -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert [name for name in model.model_fields if f"`{name}`" not in page] == []


def test_every_key_of_a_source_is_shown_with_an_example() -> None:
    page = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    for name in Source.model_fields:
        _, found, after = page.partition(f"**`{name}`**")
        assert found, name
        example = after.partition("**`")[0].partition("```yaml")[2].partition("```")[0]
        assert f"    {name}:" in example, name
    inner = (*PollBounds.model_fields, *AlarmBounds.model_fields)
    assert [name for name in inner if f"`{name}`" not in page] == []


def test_opml_goes_round() -> None:
    settings = load(ROOT / "config", {})
    found = parse_opml(sources_to_opml(settings))
    wanted = [one for one in settings.sources.values() if one.url.startswith("http")]
    assert [(title, url) for title, url, _ in found] == [(one.title, one.url) for one in wanted]


def test_opml_of_others() -> None:
    data = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <opml version="1.0"><body><outline text="&x;Group"><outline text="A" xmlUrl="https://a.example/f"
    htmlUrl="https://a.example/"/></outline><outline title="again" xmlUrl="https://a.example/f"/>
    <outline text="odd" xmlUrl="javascript:1"/></body></opml>"""
    assert parse_opml(data) == [("A", "https://a.example/f", "https://a.example/")]


@pytest.mark.parametrize("data", [b"", b"   ", b"<html/>", b"\x00\x01", b"{}"])
def test_what_is_not_opml_is_said_so(data: bytes) -> None:
    with pytest.raises(SettingsError, match="OPML"):
        parse_opml(data)


def test_slugs_are_ids_and_free() -> None:
    assert slug("Café  News!", ()) == "cafe-news"
    assert slug("Café News", {"cafe-news", "cafe-news-2"}) == "cafe-news-3"
    assert slug("新聞", ()) == "source"
