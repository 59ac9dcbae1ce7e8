"""Subjects in their vocabularies, and places, in every format."""

import json

import msgspec
import pytest

from syndicator.model.clearance import Form
from syndicator.model.credit import Dateline
from syndicator.model.edition import Edition
from syndicator.model.entry import Category, Point
from syndicator.render import render_topic
from syndicator.render.subjects import scheme_of
from tests.unit.render.editions import SITE, a_piece, an_edition

MEDIATOPIC = "http://cv.iptc.org/newscodes/mediatopic/"


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("medtop", MEDIATOPIC),
        ("MedTop:", MEDIATOPIC),
        ("http://cv.iptc.org/newscodes/mediatopic", "http://cv.iptc.org/newscodes/mediatopic"),
        ("https://cv.iptc.org/newscodes/mediatopic/20000587", MEDIATOPIC),
        ("subj", "http://cv.iptc.org/newscodes/subjectcode/"),
        ("iptc-subject", "http://cv.iptc.org/newscodes/subjectcode/"),
        ("http://reuters.example/topics", "http://reuters.example/topics"),
        ("own", "own"),
        (None, None),
    ],
)
def test_a_vocabulary_has_its_address(said: str | None, scheme: str | None) -> None:
    assert scheme_of(Category(term="20000587", scheme=said)) == scheme


def documents(form: Form = Form.FULL) -> dict[str, str]:
    dateline = Dateline(
        start=0, end=9, raw="MERROW, Nov 24", locations=("MERROW",), confidence=1, rule="x"
    )
    item = a_piece(
        categories=(Category(term="20000587", scheme="medtop", label="elections"),),
        point=Point(latitude=51.5, longitude=-0.125),
        facts=(dateline,),
    )
    cleared = msgspec.structs.replace(item.cleared, form=form)
    edition: Edition = an_edition(msgspec.structs.replace(item, cleared=cleared))
    return {one.path: one.body.decode() for one in render_topic(edition, SITE).outputs}


def test_subjects_and_places_stand_in_every_format() -> None:
    made = documents()
    assert f'<category domain="{MEDIATOPIC}">elections</category>' in made["world.rss"]
    atom = f'term="20000587" scheme="{MEDIATOPIC}" label="elections"'
    assert atom in made["world.atom"]
    for name in ("world.rss", "world.atom"):
        assert "<georss:point>51.5 -0.125</georss:point>" in made[name]
        assert "<dcterms:spatial>MERROW</dcterms:spatial>" in made[name]
    ours = json.loads(made["world.json"])["items"][0]["_syndicator"]
    assert ours["point"] == {"latitude": 51.5, "longitude": -0.125}
    assert ours["dateline"] == ["MERROW"]
    assert ours["subjects"] == [{"code": "20000587", "scheme": MEDIATOPIC, "name": "elections"}]


def test_a_headline_alone_does_not_say_where_it_was_written() -> None:
    assert not any("MERROW" in one for one in documents(Form.HEADLINE).values())
