"""Entries that are taken from the documents that stand are those that would be rendered."""

import msgspec
import pytest

from syndicator.model.edition import Edition, Item
from syndicator.render import pieces as room
from syndicator.render import render_topic
from syndicator.render.pieces import Memory, Pieces
from tests.unit.render.editions import RICH, SITE, a_piece, an_edition, many

MADE: list[str] = []


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with a memory that holds next to nothing, and count what is rendered."""
    monkeypatch.setattr("syndicator.render._MEMORY", Memory(most=1))
    MADE.clear()
    whole = room._made  # noqa: SLF001 - counted, not replaced

    def counted(item: Item, key: bytes | None = None) -> Pieces:
        MADE.append(item.article.guid)
        return whole(item, key)

    monkeypatch.setattr(room, "_made", counted)


def released(edition: Edition, files: dict[str, bytes]) -> dict[str, bytes]:
    outputs = render_topic(edition, SITE, files.get).outputs
    files.update({one.path: one.body for one in outputs})
    return dict(files)


def plain(edition: Edition) -> dict[str, bytes]:
    return {one.path: one.body for one in render_topic(edition, SITE).outputs}


def test_only_what_is_new_is_rendered() -> None:
    files: dict[str, bytes] = {}
    old = (a_piece(**RICH), *many(20))
    released(an_edition(*old), files)
    MADE.clear()
    new = many(24)[20:]
    edition = an_edition(*new, *old[:-3])
    made = released(edition, files)
    assert sorted(MADE) == sorted(item.article.guid for item in new)
    assert made == plain(edition)


def test_what_says_something_else_is_rendered_anew() -> None:
    files: dict[str, bytes] = {}
    (one, two) = many(2)
    released(an_edition(one, two), files)
    MADE.clear()
    other = msgspec.structs.replace(two, html="<p>Other words.</p>")
    edition = an_edition(one, other)
    assert released(edition, files) == plain(edition)
    assert other.article.guid in MADE
    assert MADE[0] == other.article.guid


@pytest.mark.parametrize("path", ["world.rss", "world.atom", "world.json"])
@pytest.mark.parametrize("change", ["edited", "gone", "cut"])
def test_a_document_that_is_another_says_nothing(path: str, change: str) -> None:
    files: dict[str, bytes] = {}
    edition = an_edition(*many(3))
    released(edition, files)
    body = files[path]
    changed = {"edited": body.replace(b"Ferry", b"Ferrz"), "cut": body[:-1]}
    if change == "gone":
        del files[path]
    else:
        files[path] = changed[change]
    MADE.clear()
    assert released(edition, files) == plain(edition)
    assert len(MADE) == 6  # three for each


def test_an_entry_left_out_of_a_format_is_judged_again() -> None:
    files: dict[str, bytes] = {}
    good, bad = many(2)
    bad = msgspec.structs.replace(
        bad, article=msgspec.structs.replace(bad.article, guid="\x00\x01", headline="\ud800")
    )
    edition = an_edition(good, bad)
    first = render_topic(edition, SITE, files.get)
    files.update({one.path: one.body for one in first.outputs})
    again = render_topic(edition, SITE, files.get)
    assert again.problems == first.problems
    assert {one.path: one.body for one in again.outputs} == files


def test_a_topic_in_one_format_is_rendered() -> None:
    files: dict[str, bytes] = {}
    edition = an_edition(*many(2), formats=("json",))
    released(edition, files)
    assert released(edition, files) == plain(edition)


def test_entries_beside_one_that_is_left_out_are_found_where_they_stand() -> None:
    files: dict[str, bytes] = {}
    one, bad, two, new = many(4)
    bad = msgspec.structs.replace(
        bad, article=msgspec.structs.replace(bad.article, guid="\x00\x01", headline="\ud800")
    )
    released(an_edition(one, bad, two), files)
    MADE.clear()
    edition = an_edition(new, one, bad, two)
    made = released(edition, files)
    assert new.article.guid in MADE
    assert len(MADE) == 2  # that, and the one that was left out
    assert made == plain(edition)
