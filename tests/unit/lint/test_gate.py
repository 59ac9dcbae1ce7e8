"""The gate: an entry is judged alone, a frame without its entries, as the whole would be."""

import pytest
from msgspec.structs import asdict, replace

from syndicator.lint import Frame, entry_faults, frame_fault, gate
from syndicator.lint.gate import Sound
from syndicator.render import render_topic
from tests.unit.lint.feeds import ADDRESS, JSON_ITEM, atom, jsonfeed, rss
from tests.unit.render.editions import SITE, a_piece, an_edition, faults_of, frames_of, many


def a_frame(kind: str, body: bytes, *ids: str) -> Frame:
    return Frame(path=f"world.{kind}", kind=kind, address=ADDRESS, body=body, ids=ids)


def test_sound_frames_pass() -> None:
    assert frame_fault(a_frame("rss", rss(), "a", "b")) is None
    assert frame_fault(a_frame("json", jsonfeed(), "a")) is None


def test_a_frame_with_an_error_is_held() -> None:
    fault = str(frame_fault(a_frame("rss", rss(title=""))))
    assert "MissingTitle at rss/channel/title" in fault


def test_a_promise_of_ours_that_is_broken_holds_a_document() -> None:
    assert "MissingSelf" in str(frame_fault(a_frame("atom", atom(self=""))))
    other = rss(self='<atom:link rel="self" href="https://other.example/"/>')
    assert "SelfDoesntMatchLocation" in str(frame_fault(a_frame("rss", other)))


def test_two_entries_of_one_id_hold_a_document() -> None:
    assert "DuplicateIds" in str(frame_fault(a_frame("rss", rss(), "a", "b", "a")))


def test_a_frame_that_is_sound_is_not_judged_again_for_its_hours() -> None:
    sound = Sound(most=2)
    first = rss(lastBuildDate="<lastBuildDate>Tue, 24 Nov 2026 12:00:00 GMT</lastBuildDate>")
    assert sound.faults(a_frame("rss", first, "a")) is None
    later = first.replace(b"12:00:00", b"13:59:59")
    assert later != first
    judged: list[Frame] = []
    whole = gate._frame_faults  # noqa: SLF001 - counted, not replaced

    def counted(frame: Frame) -> str | None:
        judged.append(frame)
        return whole(frame)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_frame_faults", counted)
        assert sound.faults(a_frame("rss", later, "a", "b")) is None
        assert not judged
        assert "DuplicateIds" in str(sound.faults(a_frame("rss", later, "a", "a")))
        for broken in (b"25:00:00", b"12:60:00", b"1:00:00"):
            assert sound.faults(a_frame("rss", first.replace(b"12:00:00", broken), "a"))
        other = first.replace(b"24 Nov", b"25 Nov")  # not a Tuesday
        assert "IncorrectDOW" in str(sound.faults(a_frame("rss", other, "a")))
        assert len(judged) == 5
        replaced = Frame(**{**asdict(a_frame("rss", first, "a")), "address": f"{ADDRESS}x"})
        assert "SelfDoesntMatchLocation" in str(sound.faults(replaced))


def test_a_broken_frame_is_held() -> None:
    assert "SAXError" in str(frame_fault(a_frame("rss", b"<rss><channel>")))
    assert "InvalidJSON" in str(frame_fault(a_frame("json", b"{")))


def test_an_entry_is_judged_alone() -> None:
    assert entry_faults("rss", rss()) is None
    assert "SecurityRisk" in str(
        entry_faults("rss", rss(in_description="<description>&lt;script></description>"))
    )
    assert "InvalidFullLink" in str(entry_faults("rss", rss(in_link="<link>/x</link>")))
    assert "IdNotString" in str(entry_faults("json", b'{"id": 7, "content_text": "x"}'))
    assert (
        entry_faults(
            "json", b'{"id":"1","content_text":"x","date_published":"2026-11-24T12:00:00Z"}'
        )
        is None
    )
    assert JSON_ITEM


def test_an_entry_that_readers_would_refuse_costs_itself_alone() -> None:
    bad = a_piece(guid="bad", html="<p>x</p><script>alert(1)</script>")
    made = render_topic(an_edition(bad, *many(2)), SITE)
    (problem,) = made.problems
    assert "left out" in problem
    assert "SecurityRisk" in problem
    assert faults_of(made) == []
    for output in made.outputs[:3]:
        assert b"alert(1)" not in output.body
        assert output.body.count(b"https://harbour.example/1") > 0
    assert [len(one.ids) for one in frames_of(made)] == [2, 2, 2]


def test_frames_are_the_documents_without_their_entries() -> None:
    full = render_topic(an_edition(*many(3)), SITE)
    empty = render_topic(replace(an_edition(), updated=an_edition(*many(3)).updated), SITE)
    for frame, output in zip(frames_of(full), empty.outputs, strict=False):
        assert frame.body == output.body
