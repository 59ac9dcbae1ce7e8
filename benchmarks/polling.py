"""How long articles wait to be seen, at equal numbers of requests: three ways to poll.

::

    python benchmarks/polling.py [CORPUS]

replays moments of publication: those of the captures and poll sequences in
CORPUS (default: ``../shared/corpus`` beside the checkout), and generated ones.
Each source's first third is history, of which the first document shows the
last fifty; the rest is played. Compared are a fixed interval for all, an
interval of one over the rate, and the desk's own rule, each with the one
figure that sets its budget fitted so that all make as many requests. The
second and third go by the same learned rate and the same bounds; none sees a
moment before it has come.

Rates and shapes were chosen on one half of the real sources; the other half,
``held out``, was looked at afterwards only. A delay counts from the stated
date, so the time between that and the feed's showing it is everyone's alike.
"""

import math
import random
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from statistics import fmean

import msgspec

from syndicator.errors import SourceError
from syndicator.ingest.read import parse
from syndicator.model.entry import Document
from syndicator.model.polling import Rhythm
from syndicator.model.source import PollBounds
from syndicator.polling import appoint
from syndicator.polling.rhythm import learn, rate

HERE = Path(__file__).parents[1]
BUDGETS = (6, 12, 24, 36)
BOUNDS = PollBounds()
WINDOW = timedelta(days=42)
SHOWN, LEAST = 50, 8
DAY = timedelta(days=1)
Policy = Callable[[Rhythm, datetime, str], datetime]


class Past(msgspec.Struct, frozen=True):
    """One source: when it published, and the moment from which that is played."""

    name: str
    moments: tuple[datetime, ...]
    start: datetime


class Outcome(msgspec.Struct, frozen=True):
    """What a policy came to: requests, and the delay of each article in minutes, by source."""

    requests: int
    delays: dict[str, list[float]]

    def all(self) -> list[float]:
        return sorted(one for many in self.delays.values() for one in many)


def past(name: str, moments: Sequence[datetime]) -> Past | None:
    """Return a source to replay, or ``None`` if its moments tell too little."""
    ordered = sorted(at for at in moments if at.year > 1990)
    ordered = [at for at in ordered if ordered[-1] - at <= WINDOW]
    if len(set(ordered)) < LEAST or ordered[-1] - ordered[0] < DAY / 8:
        return None
    return Past(name, tuple(ordered), ordered[0] + (ordered[-1] - ordered[0]) / 3)


def documents(corpus: Path) -> Iterator[tuple[str, Path]]:
    """Yield every capture, and every poll under the name of its sequence."""
    for path in sorted((corpus / "captures").iterdir()):
        yield path.stem, path
    for path in sorted((corpus / "polls").glob("*/*")):
        yield path.parent.name, path


def captured(corpus: Path) -> list[Past]:
    """Return the sources of a corpus, those with the same moments once."""
    moments: dict[str, dict[str, datetime]] = {}
    for name, path in documents(corpus):
        try:
            feed = parse(Document(url="https://corpus.example/", body=path.read_bytes()))
        except SourceError:
            continue
        seen = moments.setdefault(name, {})
        for entry in feed.entries:
            at, key = entry.published or entry.updated, entry.guid or entry.link
            if at is not None and key:
                seen.setdefault(key, at)
    found = [past(name, list(seen.values())) for name, seen in moments.items()]
    distinct = {one.moments: one for one in found if one is not None}
    return list(distinct.values())


def generated(count: int = 60, days: int = 35, seed: int = 5) -> list[Past]:
    """Invent sources: rates over three decades, hours and weekdays of their own, some in batches."""
    chance, start = random.Random(seed), datetime(2026, 3, 2, tzinfo=UTC)
    found = []
    for number in range(count):
        often = min(math.exp(chance.gauss(math.log(3.4), 1.6)), 150.0)
        peak, width = chance.uniform(0, 24), chance.uniform(2, 8)
        weekend = chance.choice([0.2, 0.5, 1.0])
        batch = chance.randint(3, 8) if number % 7 == 0 else 1
        moments = []
        for hour in range(days * 24):
            apart = min((hour - peak) % 24, (peak - hour) % 24)
            shape = 0.1 + 3 * math.exp(-((apart / width) ** 2) / 2)
            shape *= weekend if hour // 24 % 7 > 4 else 1.0
            expected = often / 24 / batch * shape
            while expected > 0 and chance.random() < 1 - math.exp(-expected):
                moments += [start + timedelta(hours=hour + chance.random())] * batch
                expected -= 1
        one = past(f"generated {number}", moments)
        found += [one] if one is not None else []
    return found


def play(source: Past, policy: Policy, *, phase: float) -> tuple[int, list[float]]:
    """Poll one source to its end; the first poll falls anywhere in its interval (``phase``)."""
    moments, end = source.moments, source.moments[-1]
    place = bisect_right(moments, source.start)
    shown = moments[max(0, place - SHOWN) : place]
    rhythm = learn(Rhythm(), shown[1:], source.start, shown[0])
    now, requests, delays = source.start, 0, []
    while now < end:
        due = policy(rhythm, now, source.name)
        due, phase = now + (due - now) * phase, 1.0
        after = bisect_right(moments, due, place)
        delays += [(due - at).total_seconds() / 60 for at in moments[place:after]]
        rhythm = learn(rhythm, moments[place:after], due)
        requests += due < end or after > place
        place, now = after, due
    return requests, delays


def run(sources: Sequence[Past], policy: Policy) -> Outcome:
    """Poll all sources by one policy."""
    played = {
        one.name: play(one, policy, phase=random.Random(one.name).random()) for one in sources
    }
    return Outcome(
        sum(requests for requests, _ in played.values()),
        {name: delays for name, (_, delays) in played.items()},
    )


def fixed(a_day: float) -> Policy:
    """The same interval for every source."""
    return lambda _, now, __: now + DAY / a_day


def inverse(a_day: float) -> Policy:
    """An interval of one over the rate: so many polls for each article expected."""

    def policy(rhythm: Rhythm, now: datetime, _: str) -> datetime:
        interval = DAY / min(max(rate(rhythm) * a_day, 0.01), 1000)
        return now + min(max(interval, BOUNDS.min), BOUNDS.max)

    return policy


def ours(a_day: float) -> Policy:
    """The desk's own rule, jitter and all."""
    return lambda rhythm, now, name: appoint(rhythm, BOUNDS, now, seed=name, eagerness=a_day).at


def fitted(sources: Sequence[Past], make: Callable[[float], Policy], wanted: int) -> Outcome:
    """Find the figure with which a policy makes as many requests as wanted, within 1 %."""
    low, high = 0.001, 1000.0
    for _ in range(18):
        figure = math.sqrt(low * high)
        outcome = run(sources, make(figure))
        if abs(outcome.requests - wanted) <= wanted / 100:
            break
        low, high = (figure, high) if outcome.requests < wanted else (low, figure)
    return outcome


def row(name: str, outcome: Outcome, base: Outcome) -> str:
    """Write one line of the table."""
    delays, before = outcome.all(), fmean(base.all())
    cut = 100 * (1 - fmean(delays) / before)
    pairs = [(fmean(outcome.delays[one]), fmean(many)) for one, many in base.delays.items() if many]
    worse = [(a - b) for a, b in pairs if a > b]
    late = delays[int(0.95 * len(delays))]
    return (
        f"  {name:<14}{outcome.requests:>9}{fmean(delays):>9.1f}{late:>9.1f}{cut:>8.0f} %"
        f"{len(worse):>6} of {len(pairs):<4}{fmean(worse) if worse else 0:>8.0f}"
    )


def table(title: str, sources: Sequence[Past]) -> None:
    """Print the comparison for one set of sources."""
    articles = sum(len(one.moments) - bisect_right(one.moments, one.start) for one in sources)
    print(f"\n{title}: {len(sources)} sources, {articles} articles")
    print("  polls a day      requests     mean      p95       cut   slower for     by min")
    for a_day in BUDGETS:
        base = run(sources, fixed(a_day))
        print(row(f"{a_day}: fixed", base, base))
        print(row("    1/rate", fitted(sources, inverse, base.requests), base))
        best = fitted(sources, ours, base.requests)
        print(row("    ours", best, base))
    losers(best, base, sources)


def losers(best: Outcome, base: Outcome, sources: Sequence[Past]) -> None:
    """Say at the last budget where ours loses: by how often a source publishes."""
    kinds: dict[str, list[tuple[float, float]]] = {}
    for one in sources:
        if not base.delays[one.name]:
            continue
        a_day = len(one.moments) / ((one.moments[-1] - one.moments[0]) / DAY)
        kind = next(name for least, name in KINDS if a_day >= least)
        both = fmean(best.delays[one.name]), fmean(base.delays[one.name])
        kinds.setdefault(kind, []).append(both)
    print(f"  by source, at {BUDGETS[-1]} a day (mean delay of ours, of fixed):")
    for _, kind in KINDS:
        if kind in kinds:
            mine, theirs = zip(*kinds[kind], strict=True)
            print(f"    {kind:<26}{len(mine):>4}{fmean(mine):>9.1f}{fmean(theirs):>9.1f}")


KINDS = (
    (24.0, "24 articles a day or more"),
    (4.0, "4 to 24"),
    (1.0, "1 to 4"),
    (0.0, "less than one"),
)


if __name__ == "__main__":
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "shared" / "corpus"
    if corpus.exists():
        real = captured(corpus)
        halves: tuple[list[Past], list[Past]] = ([], [])
        for source in real:
            halves[md5(source.name.encode(), usedforsecurity=False).digest()[0] % 2].append(source)
        table("real, developed on", halves[0])
        table("real, held out", halves[1])
        table("real, all", real)
    else:
        print(f"no captures in {corpus}: generated sources only")
    table("generated", generated())
