"""A document of pieces is the document; what was rendered once is not rendered again."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from syndicator.model.clearance import Cleared, Form
from syndicator.model.edition import Also
from syndicator.model.entry import Image, Person
from syndicator.model.ids import ArticleId
from syndicator.model.license import License
from syndicator.render.common import ATOM_TYPE
from syndicator.render.pieces import Memory, atom_entry, entry_of, rss_entry
from syndicator.render.xml import _feed, render_xml
from tests.builders import NOW
from tests.unit.render.editions import RICH, SITE, a_piece, an_edition, many


def test_a_document_of_pieces_is_the_document() -> None:
    strange = a_piece(
        headline="Ünïcode ]]> & <b> “quotes”",
        guid="strange",
        html="<p>Text ]]> with &amp; and 漢字</p>",
        images=(Image(url="https://harbour.example/a.jpg", credit="Ké"),),
    )
    items = (
        replace(a_piece(**RICH), also=(Also(title="Coast", link="https://c.example/"),)),
        strange,
        *many(3),
    )
    edition = an_edition(*items)
    rss, atom = _feed(edition, SITE), _feed(edition, SITE)
    for item in items:
        rss.add_entry(entry_of(item, rss_entry), order="append")
        atom.add_entry(entry_of(item, atom_entry), order="append")
    made = [Memory().pieces(one) for one in items]
    outputs = [one.output for one in render_xml(edition, SITE, made)]
    assert [one.trouble for one in made] == [None] * len(items)
    found = {one.media_type: one.body for one in outputs}
    assert found.pop(ATOM_TYPE) == atom.atom_str()
    assert list(found.values()) == [rss.rss_str()]


@pytest.mark.parametrize(
    "change",
    [
        {"html": "<p>Other.</p>"},
        {"summary": "Other."},
        {"source_title": "Other"},
        {"corrections": ("Other.",)},
        {"also": (Also(title="Other"),)},
        {"entry": ArticleId("f" * 20)},
        {"license": License(url="https://other.example/terms", text=Form.FULL)},
        {"cleared": Cleared(form=Form.FULL, credit="Other.")},
    ],
    ids=lambda one: next(iter(one)),
)
def test_what_says_otherwise_is_rendered_anew(change: dict[str, object]) -> None:
    memory, item = Memory(), a_piece(guid="not a uri")
    first = memory.pieces(item)
    assert memory.pieces(replace(item)) is first
    other = memory.pieces(replace(item, **change))
    assert other is not first
    assert other == Memory().pieces(replace(item, **change))


def test_every_field_of_the_article_counts_but_its_body() -> None:
    memory, item = Memory(), a_piece()
    first = memory.pieces(item)
    changes: list[dict[str, object]] = [
        {"headline": "Other"},
        {"updated": NOW + timedelta(hours=1)},
        {"authors": (Person(name="Other"),)},
        {"language": "de"},
    ]
    for change in changes:
        changed = replace(item, article=replace(item.article, **change))
        assert memory.pieces(changed) != first


def test_no_more_is_remembered_than_allowed() -> None:
    one, other = many(2)
    size = Memory().pieces(one).size
    memory = Memory(most=size + size // 2)
    first = memory.pieces(one)
    memory.pieces(other)
    assert memory.pieces(other) is memory.pieces(other)
    assert memory.pieces(one) is not first
    assert memory.pieces(one) == first
