"""``syndicator run``: signals, saved settings, and the end."""

import json
import signal
import threading
from time import monotonic
from urllib.error import HTTPError

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Answer, Desk, Upstream, wait_for

FEED: Answer = (200, {}, a_feed(an_item("One", "1")))


def test_the_daemon_serves_reloads_and_drains(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources(a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=1")
    assert "One" in desk.get("/feeds/world.rss")
    assert json.loads(desk.get("/readyz"))["ready"] is True
    desk.write("topics.yaml", "topics:\n  world: {titel: World}\n")
    refused = desk.until(process, "did you mean")[-1]
    assert "topics.yaml:2:11" in refused
    assert "Traceback" not in refused
    with pytest.raises(HTTPError, match="503"):
        desk.get("/readyz")
    assert "(and 1 more: `syndicator check`)" in desk.ready()[1]
    desk.write("topics.yaml", "topics:\n  world: {title: The World}\n")
    desk.until(process, "event=release")
    assert "The World" in desk.get("/feeds/world/")
    wait_for("readiness", lambda: desk.ready() == (200, ""))
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "event=stopped" in err


def test_a_signal_with_broken_settings_changes_nothing(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=1")
    page = desk.get("/feeds/world/")
    (desk.config / "sources.yaml").write_text("sources: [")
    process.send_signal(signal.SIGHUP)
    desk.until(process, "status=refused")
    assert "sources.yaml" in desk.ready()[1]
    asked = upstream.count("/a.xml")
    wait_for("another poll", lambda: upstream.count("/a.xml") > asked)
    assert desk.get("/feeds/world/") == page
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")  # as they were
    desk.until(process, "sound again")
    desk.sources("min: 1s, max: 1s", b=f"{upstream.url}/a.xml")
    process.send_signal(signal.SIGHUP)
    desk.until(process, "source=b")
    wait_for("readiness", lambda: desk.ready() == (200, ""))


def test_a_saved_source_is_polled_and_a_removed_one_no_more(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    upstream.pages["/b.xml"] = (200, {}, a_feed(an_item("Two", "2")))
    desk.sources()
    process = desk.run()
    desk.until(process, "event=serving")
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(process, "entries=1")
    desk.sources("min: 1s, max: 1s", b=f"{upstream.url}/b.xml")
    wait_for("the other article", lambda: "Two" in desk.get("/feeds/world.rss"))
    assert "One" not in desk.get("/feeds/world.rss")  # no source, no licence
    asked = upstream.count("/b.xml")
    wait_for("more polls", lambda: upstream.count("/b.xml") > asked + 1)
    assert upstream.count("/a.xml") == 1


def test_what_needs_a_restart_is_said(desk: Desk) -> None:
    desk.sources()
    process = desk.run()
    desk.until(process, "event=serving")
    desk.settings(more="title: Another\n")
    assert "restart needed" in desk.until(process, "syndicator.yaml changed")[-1]


def test_a_hanging_upstream_does_not_hold_the_end(desk: Desk, upstream: Upstream) -> None:
    hanging, release = threading.Event(), threading.Event()

    def hang() -> Answer:
        hanging.set()
        release.wait(60)
        return FEED

    upstream.pages["/a.xml"] = hang
    desk.settings(timeout="60s")
    desk.sources(a=f"{upstream.url}/a.xml")
    process = desk.run()
    assert hanging.wait(30)
    began = monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    release.set()
    assert monotonic() - began < 10
    assert process.returncode == 0
    assert "event=stopped" in err
    assert "Traceback" not in err
    upstream.pages["/a.xml"] = FEED
    assert "1 new" in desk.do("poll")  # its claim was given back


def test_the_metrics_count_what_was_done(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    upstream.pages["/b.xml"] = (500, {}, b"")
    desk.sources("min: 1h", a=f"{upstream.url}/a.xml", b=f"{upstream.url}/b.xml")
    process = desk.run()
    desk.until(process, "entries=1")
    wait_for("the count of it all", lambda: _counted(desk.get("/metrics")))


def _counted(text: str) -> bool:
    wanted = (
        'syndicator_polls_total{status="ok"} 1.0',
        'syndicator_polls_total{status="failed"} 1.0',
        'syndicator_articles_total{verdict="new"} 1.0',
        'syndicator_releases_total{status="ok"} ',
        "syndicator_store_up 1.0",
    )
    return all(one in text for one in wanted)
