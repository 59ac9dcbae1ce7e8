"""What an edit would change, asked of the real command."""

import json

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream


def test_an_edit_is_shown_before_it_is_saved(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "1"), an_item("Fare", "2")))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    before = (desk.root / "feeds/world.atom").read_bytes()
    assert "nothing would change" in desk.do("plan", "config")
    edited = desk.root / "edited.yaml"
    edited.write_text('licenses:\n  open: {text: headline, credit: "From {source}."}\n')
    assert "full → headline" in desk.do("plan", "edited.yaml")
    edited.write_text("licenses:\n  open: {text: full, territories: {allow: AU}}\n")
    (found,) = json.loads(desk.do("plan", "edited.yaml", "--json"))
    assert (found["before"], found["after"], len(found["removed"])) == (2, 0, 2)
    assert all(one["why"].startswith("territory: open: only for AU") for one in found["removed"])
    assert (desk.root / "feeds/world.atom").read_bytes() == before


def test_an_unsound_edit_is_told_at_its_place(desk: Desk) -> None:
    desk.sources()
    edited = desk.root / "edited.yaml"
    edited.write_text("licenses:\n  open: {extends: cc-by-nd-5}\n")
    said = desk.do("plan", "edited.yaml", code=2)
    assert "licenses.yaml:2:10" in said
    assert "did you mean cc-by-nd-4.0?" in said
    edited.write_text("feeds: 1\n")
    assert "holds none of sources" in desk.do("plan", "edited.yaml", code=1)
