"""How far push can be relied on, by what it brought and what it missed.

A source is polled less often while its hub serves it well, and as often as ever
from the first piece of news that a poll finds and the hub had not brought.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from syndicator.model.push import Agreement, Pushed, Score
from syndicator.push.terms import is_standing

CALM = 12.0
"""How many times longer a source well served by push is left between two polls."""
# Deliveries of news in a row before a source's hub is relied on: usually, and by its score.
ROW, ROW_AT_PROVEN, ROW_AT_DOUBTED = 3, 1, 10
PROVEN, PROVEN_SHARE = 20.0, 0.95
DOUBTED, DOUBTED_SHARE = 10.0, 0.5
HALF_LIFE = timedelta(days=30)
SLOWER = timedelta(minutes=10)
"""A hub that brings what a poll has found so soon after it was not asleep, only slower."""
KEPT_DIGESTS = 16


def _of(pushed: Pushed | None, hub: str) -> Pushed:
    return pushed if pushed is not None and pushed.hub == hub else Pushed(hub=hub)


def after_delivery(
    pushed: Pushed | None, agreement: Agreement, now: datetime, *, new: int, digest: str
) -> tuple[Pushed, int, int]:
    """Record a delivery with ``new`` new articles.

    The second and the third value are what to add to the hub's score: how often
    it was first, and how often it missed something.
    """
    known = _of(pushed, agreement.hub)
    row, first, missed, missed_at = known.row, 1 if new else 0, 0, known.missed_at
    soon = missed_at is not None and timedelta() <= now - missed_at <= SLOWER
    if soon and not new:  # all it brings is what the poll has found
        row, missed, missed_at = row + known.row_before, -1, None
    return (
        replace(
            known,
            row=row + first,
            first=known.first + first,
            missed=max(known.missed + missed, 0),
            missed_at=missed_at,
            row_before=0 if missed else known.row_before,
            last=now,
            digests=(*known.digests, digest)[-KEPT_DIGESTS:],
        ),
        first,
        missed,
    )


def after_poll(
    pushed: Pushed | None,
    agreement: Agreement | None,
    *,
    new: int,
    before: datetime | None,
    began: datetime,
    now: datetime,
) -> Pushed | None:
    """Record a poll with ``new`` new articles: news that push has missed, or nothing.

    ``before`` is when the source was last polled, ``began`` when this poll began.
    What came before the agreement stood could not be pushed; and a hub that
    delivered while the poll ran was not asleep.
    """
    if agreement is None or not new or before is None or not is_standing(agreement, now):
        return pushed
    if agreement.since is None or agreement.since > before:
        return pushed
    if agreement.delivered is not None and agreement.delivered >= began:
        return pushed
    known = _of(pushed, agreement.hub)
    return replace(known, row=0, row_before=known.row, missed=known.missed + 1, missed_at=now)


def scored(score: Score, now: datetime, *, first: int = 0, missed: int = 0) -> Score:
    """Return a hub's score after so many more, or fewer, of each."""
    since = max(now - score.as_of, timedelta()) if score.as_of else timedelta()
    fade = 0.5 ** (since / HALF_LIFE)
    return Score(
        first=max(score.first * fade + first, 0.0),
        missed=max(score.missed * fade + missed, 0.0),
        as_of=now if score.as_of is None else max(now, score.as_of),
    )


def is_trusted(
    pushed: Pushed | None, agreement: Agreement | None, score: Score, now: datetime
) -> bool:
    """Say whether a source may be polled less, because push serves it.

    The agreement must stand, and the last three deliveries of news have come
    without a poll finding any in between. One is enough of a hub that has proven
    itself elsewhere; of one that misses half of what it should bring to all its
    sources together ten are asked, for many publishers name a hub and never
    tell it of news, and the others should not pay for that.
    """
    if pushed is None or agreement is None or not is_standing(agreement, now):
        return False
    if pushed.hub != agreement.hub:
        return False
    total = score.first + score.missed
    share = score.first / total if total else 0.0
    needed = ROW
    if total >= PROVEN and share >= PROVEN_SHARE:
        needed = ROW_AT_PROVEN
    elif total >= DOUBTED and share < DOUBTED_SHARE:
        needed = ROW_AT_DOUBTED
    return pushed.row >= needed


def calm(pushed: Pushed | None, agreement: Agreement | None, score: Score, now: datetime) -> float:
    """Return how many times longer than by its rhythm alone a source may be left in peace."""
    return CALM if is_trusted(pushed, agreement, score, now) else 1.0
