"""A drop folder with the daemon running."""

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, wait_for


def test_what_is_dropped_stands_in_the_feed_within_seconds(desk: Desk) -> None:
    folder = desk.root / "in"
    desk.write(
        "sources.yaml",
        f"sources:\n  wire: {{url: 'file:{folder}', drop: true, license: open, topics: [world]}}\n",
    )
    process = desk.run()
    desk.until(process, "event=serving")
    wait_for("the folder", (folder / "done").exists, 10)
    (folder / "one.part").write_bytes(a_feed(an_item("Ferry by drop", "f1")))
    (folder / "one.part").rename(folder / "one.xml")
    (folder / "two.xml").write_bytes(b"\x00 nothing")
    wait_for("the article", lambda: "Ferry by drop" in _feed(desk), 9)
    wait_for("both cleared away", lambda: not [p for p in folder.iterdir() if p.is_file()], 9)
    assert (folder / "done/one.xml").exists()
    assert "two.xml" in (folder / "failed/two.xml.why.txt").read_text()


def _feed(desk: Desk) -> str:
    path = desk.root / "feeds/world.rss"
    return path.read_text() if path.exists() else ""
