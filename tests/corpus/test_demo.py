"""Real captures, where they are at hand: they belong to their publishers and are not kept here."""

from pathlib import Path

import pytest

from syndicator.ingest import Profile, read
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
DEMO = CORPUS / "demo12.txt"
NAMES = DEMO.read_text().split() if DEMO.is_file() else []
ENTRIES = [100, 17, 20, 57, 33, 25, 141, 100, 2, 129, 38, 26]


@pytest.mark.parametrize(("name", "count"), list(zip(NAMES, ENTRIES, strict=False)))
def test_every_entry_a_person_sees_is_there(name: str, count: int) -> None:
    document = Document(url="https://capture.example/feed", body=(CORPUS / name).read_bytes())
    profile = Profile(source=SourceId("s"), publisher="s")
    reading = read(document, profile, NOW, HOUSES)
    assert len(reading.candidates) == count
    assert not reading.dropped
    for one in reading.candidates:
        assert one.article.headline
        assert one.article.link
        assert one.article.published <= NOW
    again = read(document, profile, NOW, HOUSES)
    assert [one.keys for one in again.candidates] == [one.keys for one in reading.candidates]
