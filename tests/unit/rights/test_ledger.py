from datetime import timedelta

import msgspec

from syndicator.model.clearance import Cleared, Form
from syndicator.model.ids import ArticleId
from syndicator.model.publication import Publication
from syndicator.rights.ledger import changes, ended
from tests.builders import NOW
from tests.unit.render.editions import an_edition, many

LATER = NOW + timedelta(hours=1)


def standing(lines: tuple[Publication, ...]) -> dict[ArticleId, Publication]:
    return {one.article: one for one in lines if one.until is None}


def test_what_is_new_begins_and_what_stands_says_nothing() -> None:
    edition = an_edition(*many(2))
    lines = changes(edition, {}, NOW)
    assert [(one.guid, one.since, one.until) for one in lines] == [
        ("https://harbour.example/0", NOW, None),
        ("https://harbour.example/1", NOW, None),
    ]
    assert changes(edition, standing(lines), LATER) == ()


def test_what_is_gone_ends() -> None:
    first = changes(an_edition(*many(2)), {}, NOW)
    (gone,) = changes(an_edition(*many(1)), standing(first), LATER)
    assert (gone.guid, gone.since, gone.until) == ("https://harbour.example/1", NOW, LATER)
    assert ended([first[0]], NOW - timedelta(days=1))[0].until == NOW  # a clock that jumped back


def test_other_terms_end_one_line_and_begin_another() -> None:
    (item,) = many(1)
    before = standing(changes(an_edition(item), {}, NOW))
    shorter = Cleared(form=Form.EXCERPT, credit="x", license="open", version="2")
    old, new = changes(an_edition(msgspec.structs.replace(item, cleared=shorter)), before, LATER)
    assert (old.form, old.since, old.until) == ("full", NOW, LATER)
    assert (new.form, new.license_version, new.since, new.until) == ("excerpt", "2", LATER, None)
