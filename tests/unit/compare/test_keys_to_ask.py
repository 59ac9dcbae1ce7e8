"""Entries that the last document had are looked up by one key, and judged as if by all."""

from msgspec.structs import replace

from syndicator.compare import (
    identify,
    judge,
    keys_to_ask,
    keys_to_ask_after_all,
    known_of,
    with_keys_not_asked,
)
from syndicator.model.arrival import Candidate, Key, Known, New, Unchanged
from tests.builders import NOW
from tests.replay import an_entry


def both() -> tuple[Candidate, Candidate]:
    old, new = identify(
        [an_entry(), an_entry("Another", "Other words.", "g2", "https://harbour.example/b")]
    )
    return replace(old, seen=True), new


def ledger(*candidates: Candidate) -> dict[Key, Known]:
    found: dict[Key, Known] = {}
    for arrival in judge(candidates, {}, NOW):
        assert isinstance(arrival, New)
        found |= dict.fromkeys(arrival.keys, known_of(arrival))
    return found


def test_what_was_seen_is_asked_by_its_first_key_and_what_is_new_by_all() -> None:
    old, new = both()
    assert keys_to_ask([old, new]) == [old.keys[0], *new.keys]


def test_the_verdict_is_that_of_all_keys() -> None:
    old, new = both()
    whole = ledger(old)
    asked = {key: whole[key] for key in keys_to_ask([old, new]) if key in whole}
    assert keys_to_ask_after_all([old, new], asked) == []
    found = judge([old, new], with_keys_not_asked([old, new], asked), NOW)
    assert found == judge([old, new], whole, NOW)
    assert isinstance(found[0], Unchanged)
    assert found[0].keys == ()  # nothing is written of what is as it was


def test_a_store_that_lost_the_first_key_is_asked_for_the_rest() -> None:
    old, _ = both()
    whole = {key: one for key, one in ledger(old).items() if key != old.keys[0]}
    rest = keys_to_ask_after_all([old], {})
    assert rest == list(old.keys[1:])
    found = {key: whole[key] for key in rest if key in whole}
    (arrival,) = judge([old], with_keys_not_asked([old], found), NOW)
    assert isinstance(arrival, Unchanged)
    assert old.keys[0] in arrival.keys


def test_a_first_key_that_leads_to_other_words_does_not_speak_for_the_rest() -> None:
    """An entry at a page that another article has is known by another key, each time."""
    old, _ = both()
    (page,) = identify([an_entry("A brief", "Short.", None, "https://harbour.example/b")])
    there = ledger(page)
    elsewhere = {key: one for key, one in ledger(old).items() if key.kind == "headline"}
    asked = replace(old, keys=(page.keys[0], *elsewhere), seen=True)
    first = {page.keys[0]: there[page.keys[0]]}
    assert keys_to_ask_after_all([asked], first) == list(elsewhere)
    assert with_keys_not_asked([asked], first) == first
