"""Why two entries were or were not taken as one, asked with the real command."""

import json

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream
from tests.replay import LONG, OTHER

LINK = "https://harbour.example/2026/11/24/night-ferry"


def test_versions_and_identity_are_told(desk: Desk, upstream: Upstream) -> None:
    desk.sources(a=f"{upstream.url}/a.xml")
    first = an_item("Ferry sails", "g1", link=LINK, body=f"<p>{LONG}</p>")
    upstream.pages["/a.xml"] = (200, {}, a_feed(first))
    desk.do("poll")
    noise = an_item("Ferry sails", "g1", link=LINK, body=f"<p>12 comments</p><p>{LONG}</p>")
    upstream.pages["/a.xml"] = (200, {}, a_feed(noise))
    assert "0 revised" in desk.do("poll")
    fixed = LONG.replace("six to three", "seven to two")
    second = an_item("Ferry sails late", "g2", link=LINK, body=f"<p>{fixed}</p>")
    other = an_item("Herring falls", "g3", body=f"<p>{OTHER}</p>")
    upstream.pages["/a.xml"] = (200, {}, a_feed(second, other))
    desk.do("poll")
    ids = {one["guid"]: one["id"] for one in desk.listing()}
    assert set(ids) == {"g1", "g3"}

    shown = desk.do("articles", "show", ids["g1"], "--versions")
    assert "version 1 replaced: headline, text" in shown
    assert "voted [-six-] {+seven+} to [-three-] {+two+}" in shown
    data = json.loads(desk.do("articles", "show", ids["g1"], "--versions", "--json"))
    assert [one["headline"] for one in data["versions"]] == ["Ferry sails"]
    assert "nothing was ever revised" in desk.do("articles", "show", ids["g3"], "--versions")

    told = desk.do("articles", "explain", ids["g1"])
    assert "identity: first came from a" in told
    assert f"g2 ({LINK}) from a was taken for a revision of it, by its url" in told
    assert "key url: leads here" in told
    apart = desk.do("articles", "compare", ids["g1"], ids["g3"])
    assert "keys: none shared" in apart
    assert "by these: two articles" in apart
