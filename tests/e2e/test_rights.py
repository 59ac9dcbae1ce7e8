"""Rights over time, with the daemon running and a reader asking over HTTP."""

from urllib.error import HTTPError

from tests.builders import a_feed
from tests.e2e.conftest import Desk, Upstream, wait_for


def item(title: str, guid: str, first: str = "") -> str:
    """Write an item without a date, so published when first seen; ``first`` is a paragraph on top."""
    body = f"<p>{first}</p><p>The ferry sails on Monday, the harbour master said.</p>"
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>https://harbour.example/{guid}</link><description><![CDATA[{body}]]></description></item>"
    )


def feed(desk: Desk) -> str:
    try:
        return desk.get("/feeds/world.rss")
    except HTTPError:  # nothing is published yet
        return ""


def shows(desk: Desk, title: str) -> bool:
    return f"<title>{title}</title>" in feed(desk)


def test_an_embargo_lifts_and_a_window_closes_by_themselves(desk: Desk, upstream: Upstream) -> None:
    desk.write(
        "licenses.yaml",
        "licenses:\n"
        "  waiting: {text: full, release_after: 4s}\n"
        "  short: {text: full, expires: 6s}\n"
        "  stub: {text: full, expires: 6s, at_expiry: stub}\n",
    )
    desk.write(
        "sources.yaml",
        "sources:\n"
        + "".join(
            f"  {name}: {{url: '{upstream.url}/{name}.xml', license: {name}, topics: [world]}}\n"
            for name in ("waiting", "short", "stub")
        ),
    )
    held = item("Held", "held", "EMBARGOED UNTIL NOBODY KNOWS WHEN")
    upstream.pages["/waiting.xml"] = (200, {}, a_feed(held))
    upstream.pages["/short.xml"] = (200, {}, a_feed(item("Short", "short")))
    upstream.pages["/stub.xml"] = (200, {}, a_feed(item("Stub", "stub")))
    process = desk.run()
    desk.until(process, "event=poll", 3)
    wait_for("the short one", lambda: shows(desk, "Short"), 5)
    assert not shows(desk, "Held")
    wait_for("the embargo's end", lambda: shows(desk, "Held"), 10)
    wait_for("the window's end", lambda: not shows(desk, "Short"), 10)
    wait_for("the stub", lambda: feed(desk).count("on Monday") == 2, 10)  # Held: short, whole
    assert shows(desk, "Stub")
    assert upstream.count("/short.xml") == 1  # no poll was needed


def test_a_saved_licence_takes_hold_at_once(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(item("Ferry", "1")))
    desk.sources(poll="min: 1h", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "event=poll", 1)
    wait_for("the article", lambda: "on Monday" in feed(desk), 5)
    desk.write("licenses.yaml", "licenses:\n  open: {text: headline}\n")
    wait_for("the headline alone", lambda: "on Monday" not in feed(desk), 10)
    assert shows(desk, "Ferry")
    desk.write("licenses.yaml", "licenses:\n  open: {text: nothing}\n")
    wait_for("nothing", lambda: not shows(desk, "Ferry"), 10)
    assert upstream.count("/a.xml") == 1
