"""Read feeds natively, normalize and sanitize them, beside feedparser alone, on one core.

::

    PYTHONPATH=. python benchmarks/reading.py [CAPTURES …] [--feeds 100] [--entries 30]

The documents are the farm's XML feeds and, where given, every well-formed feed
under the folders named. feedparser is measured as it comes (it sanitizes and
resolves links) and bare (it does neither, as the desk calls it). The desk's
figures are its native reader alone; with normalizing and sanitizing; and with
credit read too, which feedparser has nothing to set against; and, whole with
signatures, where each document stands as it did at the last poll but for two
entries, as most that have changed do. The best of three rounds counts.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import feedparser
import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.farm import START, Plan, kind, render
from syndicator.compare import judge, remembered
from syndicator.compare.memory import ROW
from syndicator.credit import Context, Houses
from syndicator.credit import read as read_credit
from syndicator.errors import ReadError
from syndicator.ingest import read, understand
from syndicator.ingest.native import read_native
from syndicator.ingest.normalize import normalize
from syndicator.ingest.profile import Profile
from syndicator.model.credit import Fact
from syndicator.model.entry import Document, Feed
from syndicator.model.ids import SourceId
from syndicator.settings.houses import built_in_houses

ROUNDS = 3


class Timed:
    """Reads credit, and knows how long that took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, text: str, context: Context) -> tuple[Fact, ...]:
        """Read as the desk does."""
        began = time.process_time()
        facts = read_credit(text, context)
        self.seconds += time.process_time() - began
        return facts


def farm(feeds: int, entries: int) -> list[Document]:
    """Return the XML feeds of a farm."""
    plan = Plan(feeds, entries, 3000, 2026, 1.0, 0.05, 0.0, 0.0, 0.0, gzip=False)
    url = "http://farm.example"
    return [
        Document(url=f"{url}/feed/{number}", body=render(plan, number, 0, url))
        for number in range(feeds)
        if kind(number) != "json"
    ]


def captures(folders: Iterable[Path]) -> list[Document]:
    """Return the documents under these folders that the native reader takes."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            document = Document(url="https://capture.example/feed", body=path.read_bytes())
            try:
                taken = read_native(document)
            except ReadError:
                continue
            if taken is not None:
                found.append(document)
    return found


def remembered_but_two(documents: list[Document], houses: Houses) -> list[Profile]:
    """Return for each document a source that knows it, two entries apart."""
    profiles = []
    for document in documents:
        fresh = Profile(source=SourceId("s"), publisher="s")
        reading = read(document, fresh, START, houses)
        known = remembered(reading.candidates, judge(reading.candidates, {}, START), b"")
        profiles.append(
            msgspec.structs.replace(fresh, memory=known[2 * ROW :], marks=reading.marks)
        )
    return profiles


def best(work: Callable[[], object]) -> float:
    """Return the least CPU seconds of three rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def measure(name: str, documents: list[Document]) -> None:
    """Print the table of one set of documents."""
    houses = Houses(built_in_houses())
    feeds = [feed for one in documents if (feed := read_native(one)) is not None]
    entries = sum(len(feed.entries) for feed in feeds)

    def parsed(**how: bool) -> None:
        for one in documents:
            feedparser.parse(BytesIO(one.body), **how)  # noqa: TID251 - what is measured against

    def normalized(feed: Feed) -> None:
        normalize(feed, Profile(source=SourceId("s"), publisher="s"), START, houses)

    timed = Timed()
    vars(understand)["read"] = timed
    rounds = []
    for _ in range(ROUNDS):
        timed.seconds = 0.0
        began = time.process_time()
        for feed in feeds:
            normalized(feed)
        whole = time.process_time() - began
        rounds.append((whole - timed.seconds, whole))
    vars(understand)["read"] = read_credit
    bare, whole = min(rounds)
    reading = best(lambda: [read_native(one) for one in documents])
    profiles = remembered_but_two(documents, houses)
    again = best(
        lambda: [
            read(one, profile, START, houses)
            for one, profile in zip(documents, profiles, strict=True)
        ]
    )
    theirs = best(parsed)
    unsafe = best(lambda: parsed(sanitize_html=False, resolve_relative_uris=False))
    size = sum(len(one.body) for one in documents) / 1e6
    print(f"{name}: {len(documents)} feeds, {entries} entries, {size:.1f} MB")
    for what, seconds in (
        ("feedparser", theirs),
        ("feedparser, bare", unsafe),
        ("native reader", reading),
        ("… normalized, sanitized", reading + bare),
        ("… and credit read", reading + whole),
        ("again, two entries new", again),
    ):
        each = seconds / max(entries, 1) * 1e6
        print(f"  {what:<26} {seconds:>8.2f} s {each:>8.0f} µs/entry {theirs / seconds:>7.1f}x")


def main() -> None:
    """Measure the farm, and what was captured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("captures", type=Path, nargs="*", help="folders of captured feeds")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=30)
    options = parser.parse_args()
    measure("farm", farm(options.feeds, options.entries))
    if options.captures:
        measure("captures", captures(options.captures))


if __name__ == "__main__":
    main()
