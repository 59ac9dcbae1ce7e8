"""The real command, end to end."""

import shutil
from pathlib import Path

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream

ROOT = Path(__file__).parents[2]


def test_a_first_poll_stores_and_a_second_stores_nothing(desk: Desk, upstream: Upstream) -> None:
    body = a_feed(an_item("One", "1"), an_item("Two", "2"))
    upstream.pages["/a.xml"] = (200, {"ETag": '"v1"'}, body)
    desk.sources(a=f"{upstream.url}/a.xml")
    assert "2 new" in desk.do("poll")
    first = (desk.root / "feeds/world.atom").read_bytes()
    assert "0 new" in desk.do("poll")
    assert upstream.asked[1][1]["If-None-Match"] == '"v1"'
    assert (desk.root / "feeds/world.atom").read_bytes() == first
    assert "unchanged" in desk.do("release")


def test_a_headline_fix_under_a_new_guid_is_one_article(desk: Desk, upstream: Upstream) -> None:
    desk.sources(a=f"{upstream.url}/a.xml")
    link = "https://harbour.example/one"
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "g1", link=link)))
    desk.do("poll")
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry late", "g2", link=link)))
    assert "1 revised" in desk.do("poll")
    (article,) = desk.listing()
    assert (article["headline"], article["guid"], article["version"]) == ("Ferry late", "g1", 2)


def test_killed_at_any_moment_nothing_is_lost_or_doubled(desk: Desk, upstream: Upstream) -> None:
    count = 200
    for n in range(count):
        items = [an_item(f"Story {n} {i}", f"{n}-{i}") for i in range(3)]
        upstream.pages[f"/{n}.xml"] = (200, {"ETag": f'"{n}"'}, a_feed(*items))
    desk.sources(**{f"s{n}": f"{upstream.url}/{n}.xml" for n in range(count)})
    for kill in range(10):
        process = desk.run()
        desk.until(process, "serving" if kill == 0 else "event=poll", 1 + kill)
        process.kill()
        process.communicate()
    desk.do("poll")
    found = desk.listing()
    assert len(found) == count * 3
    assert len({one["guid"] for one in found}) == count * 3


def test_the_default_desk_publishes_its_sample_without_a_network(desk: Desk) -> None:
    shutil.rmtree(desk.config)
    shutil.copytree(ROOT / "config", desk.config)
    desk.do("poll", "sample")
    atom = (desk.root / "feeds/world.atom").read_text()
    assert atom.count("<entry") >= 1
    assert "Distributed by Lighthouse Content Agency, LLC" in atom
    listed = [one["headline"] for one in desk.listing()]
    assert len(listed) == len(set(listed))
