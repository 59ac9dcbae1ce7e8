"""The loop most people would write: requests, feedparser, redis, feedgen, one feed at a time.

The yardstick of ``make bench``. It is written as it usually is, with the usual
care: one session, conditional requests, a pipeline to the store a feed, a set
of seen ids, and RSS and Atom files of each topic's newest entries at the end
if anything changed. It sanitizes through feedparser, as everyone does.

::

    python benchmarks/plain_loop.py FARM_URL FEEDS REDIS_SOCKET [--out FOLDER] [--topics 4]

State (validators, seen ids, entries) lives in the store under ``plain:``, so
running it again is a second poll. It prints one line of JSON::

    {"feeds": …, "fetched": …, "not_modified": …, "failed": …, "entries": …, "new": …,
     "seconds": …, "cpu": …, "feeds_per_s": …, "entries_per_s": …, "peak_rss_mb": …}

``seconds`` is wall clock and ``cpu`` user and system time of this process,
both without its start-up; ``entries`` counts those read, ``new`` those
stored; ``peak_rss_mb`` is the greatest resident size in MB (10**6 bytes).
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import feedparser
import redis
import requests
from feedgen.feed import FeedGenerator

NEWEST = 100
FAILED, SAME, READ = "failed", "not_modified", "fetched"


def parse(body: bytes, content_type: str) -> list[dict[str, str]]:
    """Return a feed's entries; feedparser 6 reads no JSON, so that is read by hand."""
    if "json" in content_type:
        return [
            {
                "id": item["id"],
                "link": item.get("url", ""),
                "title": item.get("title", ""),
                "author": ", ".join(one["name"] for one in item.get("authors", [])),
                "date": item.get("date_published", ""),
                "html": item.get("content_html", ""),
            }
            for item in json.loads(body)["items"]
        ]
    found = []
    for entry in feedparser.parse(body).entries:  # noqa: TID251 - the loop everyone writes
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        content = entry.get("content") or [{"value": entry.get("summary", "")}]
        found.append(
            {
                "id": entry.get("id") or entry.get("link", ""),
                "link": entry.get("link", ""),
                "title": entry.get("title", ""),
                "author": entry.get("author", ""),
                "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else "",
                "html": content[0]["value"],
            }
        )
    return found


def poll(session: requests.Session, store: Any, url: str, topic: int) -> tuple[str, int, int]:
    """Poll one feed; return what became of it, the entries read, and those stored."""
    known = store.hgetall(f"plain:feed:{url}")
    headers = {
        name: known[key]
        for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
        if known.get(key)
    }
    try:
        response = session.get(url, headers=headers, timeout=30)
        if response.status_code == requests.codes.not_modified:
            return SAME, 0, 0
        response.raise_for_status()
        entries = parse(response.content, response.headers.get("Content-Type", ""))
    except (requests.RequestException, ValueError, KeyError):
        return FAILED, 0, 0
    seen = store.pipeline(transaction=False)
    for entry in entries:
        seen.sismember("plain:seen", entry["id"])
    fresh = [one for one, old in zip(entries, seen.execute(), strict=True) if not old]
    pipe = store.pipeline()
    for entry in fresh:
        pipe.hset(f"plain:entry:{entry['id']}", mapping=entry)
        pipe.sadd("plain:seen", entry["id"])
        pipe.lpush(f"plain:topic:{topic}", entry["id"])
    pipe.ltrim(f"plain:topic:{topic}", 0, NEWEST - 1)
    etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    pipe.hset(f"plain:feed:{url}", mapping={"etag": etag, "modified": modified})
    pipe.execute()
    return READ, len(entries), len(fresh)


def write(store: Any, topic: int, out: Path) -> None:
    """Write one topic's newest entries as RSS and as Atom."""
    feed = FeedGenerator()
    feed.id(f"urn:topic:{topic}")
    feed.title(f"Topic {topic}")
    feed.link(href="http://localhost/", rel="alternate")
    feed.description(f"Topic {topic}")
    for guid in store.lrange(f"plain:topic:{topic}", 0, NEWEST - 1):
        entry = store.hgetall(f"plain:entry:{guid}")
        added = feed.add_entry(order="append")
        added.id(entry["id"])
        added.title(entry["title"])
        added.link(href=entry["link"])
        added.content(entry["html"], type="html")
        if entry["author"]:
            added.author(name=entry["author"])
        if entry["date"]:
            added.published(entry["date"])
            added.updated(entry["date"])
    feed.rss_file(str(out / f"{topic}.rss"))
    feed.atom_file(str(out / f"{topic}.atom"))


def main() -> None:
    """Poll every feed once, write the topics that changed, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("farm")
    parser.add_argument("feeds", type=int)
    parser.add_argument("socket", help="path of the store's unix socket")
    parser.add_argument("--out", type=Path, default=Path("plain-feeds"))
    parser.add_argument("--topics", type=int, default=4)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    store = redis.Redis(unix_socket_path=options.socket, decode_responses=True)
    outcomes: Counter[str] = Counter({READ: 0, SAME: 0, FAILED: 0})
    entries = new = 0
    changed = set()
    wall, cpu = time.perf_counter(), time.process_time()
    with requests.Session() as session:
        for number in range(options.feeds):
            topic = number % options.topics
            outcome, read, fresh = poll(session, store, f"{options.farm}/feed/{number}", topic)
            outcomes[outcome] += 1
            entries, new = entries + read, new + fresh
            if fresh:
                changed.add(topic)
    for topic in sorted(changed):
        write(store, topic, options.out)
    seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there, KiB elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    figures = {
        "feeds": options.feeds,
        **outcomes,
        "entries": entries,
        "new": new,
        "seconds": round(seconds, 3),
        "cpu": round(cpu, 3),
        "feeds_per_s": round(options.feeds / seconds, 1),
        "entries_per_s": round(entries / seconds, 1),
        "peak_rss_mb": round(peak / 1e6, 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
