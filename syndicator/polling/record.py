"""What one poll leaves in a source's state: counts, alarms, the last answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from syndicator.model.host import HostRule
from syndicator.model.polling import Answer, Rhythm
from syndicator.model.source import Source, SourceState
from syndicator.polling.alarm import SUCCESSES, is_failing, is_mended, quiet_from
from syndicator.polling.chance import lot
from syndicator.polling.floors import first_open
from syndicator.polling.moved import is_settled, sighted
from syndicator.polling.patience import GONE_AFTER, LONGEST, back_off, is_gone
from syndicator.polling.rhythm import learn
from syndicator.polling.when import Appointment

KEPT_ANSWERS = 8
FULL_EVERY, FULL_SPREAD = timedelta(days=8), timedelta(hours=12)
DISTRUST_EVERY = timedelta(hours=1)
GONE = 410
LOOK_AGAIN = timedelta(hours=1)
LOST_TRIES = 3


class Noted(msgspec.Struct, frozen=True):
    """A source's new state, and what an operator should hear: alarms, and good news."""

    state: SourceState
    alarms: tuple[str, ...] = ()
    news: tuple[str, ...] = ()


def to_ask(state: SourceState, now: datetime) -> SourceState:
    """Return the state to ask with: without validators where a whole answer is due.

    Every eight days, give or take six hours, so that a server whose 304s lie is
    found out; and every hour from one that was.
    """
    if not state.etag and not state.last_modified:
        return state
    full = state.last_full or state.last_changed
    if full is not None:
        spread = FULL_SPREAD * (lot(state.source, full, "full") - 0.5)
        if now - full < (DISTRUST_EVERY if state.lies else FULL_EVERY + spread):
            return state
    return msgspec.structs.replace(state, etag=None, last_modified=None)


def answered(
    state: SourceState, source: Source, now: datetime, *, status: int | None, new: int | None
) -> Noted:
    """Record a good answer; ``new`` counts new articles, ``None``: nothing had changed."""
    successes = min(state.successes + 1, SUCCESSES)
    alarm, news = _relieved(state, successes, new=bool(new))
    alarms: tuple[str, ...] = ()
    last_new = state.last_new
    if new and (last_new is None or state.last_success is not None):
        last_new = now  # a first document says itself when its newest came
    quiet_at = None
    if new and last_new is not None:  # reckoned where news came, so that silence costs nothing
        quiet_at = quiet_from(state.rhythm, last_new, now, source.alarm.quiet)
    elif alarm is None and last_new is not None:
        quiet_at = _quiet_at(state, source, last_new, now)
        if quiet_at <= now:
            alarm = "quiet"
            alarms = (f"{state.source}: nothing new since {last_new:%Y-%m-%d %H:%M} UTC",)
    outcome = "not-modified" if new is None else "ok"
    noted = msgspec.structs.replace(
        state,
        last_polled=now,
        last_success=now,
        last_changed=state.last_changed if new is None else now,
        last_new=last_new,
        quiet_at=quiet_at,
        last_status=outcome,
        last_error=None,
        error_kind=None,
        failures=0,
        failing_since=None,
        successes=successes,
        gone_since=None,
        gone=False,
        wait=0.0,
        retry_at=None,
        turn=None,
        alarm=alarm,
        answers=_kept(state, Answer(now, outcome, status, new or 0)),
    )
    return Noted(noted, alarms, news)


def _quiet_at(state: SourceState, source: Source, last_new: datetime, now: datetime) -> datetime:
    """Return when silence is too long at the earliest; it is reckoned anew when that has come."""
    own = source.alarm.quiet
    if own is None and state.quiet_at is not None and now < state.quiet_at:
        return state.quiet_at
    return quiet_from(state.rhythm, last_new, now, own)


def _relieved(
    state: SourceState, successes: int, *, new: bool
) -> tuple[str | None, tuple[str, ...]]:
    """Return the alarm that still stands after a good answer, and what to say if it does not."""
    if state.alarm == "gone" or (state.alarm == "failing" and is_mended(successes)):
        return None, (f"{state.source}: it answers again",)
    if state.alarm == "quiet" and new:
        return None, (f"{state.source}: it brings news again",)
    return state.alarm, ()


def delivered(state: SourceState, now: datetime, *, new: int) -> Noted:
    """Record a document that was pushed, with ``new`` new articles.

    It is no answer to us, so it says nothing of whether the source can be asked.
    """
    if not new:
        return Noted(state)
    quiet = state.alarm == "quiet"
    kept = msgspec.structs.replace(
        state,
        last_new=now,
        quiet_at=None,
        last_changed=now,
        alarm=None if quiet else state.alarm,
    )
    return Noted(kept, (), (f"{state.source}: it brings news again",) if quiet else ())


def failed(
    state: SourceState,
    source: Source,
    now: datetime,
    *,
    kind: str,
    error: str,
    status: int | None,
    rule: HostRule,
) -> Noted:
    """Record a failure. Validators and hashes stay as they were before this poll."""
    alarms, told, alarm = [], state.gone_since, state.alarm
    failures, since = state.failures + 1, state.failing_since or now
    gone = status == GONE and is_gone(told, now)
    if gone and not state.gone:
        alarm = "gone"
        alarms.append(f"{error}, twice in a day; it is asked no more")
    patience = max(source.alarm.failing, rule.patience if status in rule.passing else timedelta())
    if alarm in {None, "quiet"} and is_failing(failures, since, now, patience):
        alarm = "failing"
        alarms.append(f"failing since {since:%Y-%m-%d %H:%M} UTC: {error}")
    lost = kind in {"private-address", "gone", "bad-address"} or failures >= LOST_TRIES
    noted = msgspec.structs.replace(
        state,
        last_polled=now,
        last_status="failed",
        last_error=error,
        error_kind=kind,
        failures=failures,
        failing_since=since,
        successes=0,
        gone_since=(told or now) if status == GONE else told,
        gone=gone or state.gone,
        turn=None,
        alarm=alarm,
        address=None if lost else state.address,
        move=None if lost else state.move,
        answers=_kept(state, Answer(now, kind, status)),
    )
    return Noted(noted, tuple(f"{state.source}: {one}" for one in alarms))


def _kept(state: SourceState, answer: Answer) -> tuple[Answer, ...]:
    return (*state.answers, answer)[-KEPT_ANSWERS:]


def moved(state: SourceState, target: str | None, address: str, now: datetime) -> Noted:
    """Count a permanent redirect of ``address``; adopt it when it has stood long enough.

    ``target`` is where every hop was permanent, else ``None``. An adopted
    address is asked like any other, under the same guard, and is given up for
    the operator's own when it fails.
    """
    if target is None:
        return Noted(msgspec.structs.replace(state, move=None) if state.move else state)
    move = sighted(state.move, target, now)
    if not is_settled(move, now, address):
        return Noted(msgspec.structs.replace(state, move=move))
    told = f"{state.source}: moved for good to {target}; asked there from now on"
    return Noted(msgspec.structs.replace(state, move=None, address=target), (), (told,))


def taught(state: SourceState, published: Sequence[datetime], now: datetime) -> SourceState:
    """Teach the rhythm what came since the last poll, by its dates.

    A date outside that time is no clue; such an article is counted in the
    middle of it.
    """
    start = state.rhythm.as_of or now
    middle = start + (now - start) / 2
    moments = [at if start < at < now else middle for at in published]
    return msgspec.structs.replace(state, rhythm=learn(state.rhythm, moments, now))


def introduced(state: SourceState, published: Sequence[datetime], now: datetime) -> SourceState:
    """Teach the rhythm of a new source from the dates in its first document, if it has two.

    The oldest says since when the document tells of everything, and is not
    counted itself.
    """
    past = sorted(at for at in published if at < now)
    if len(past) <= 1:
        return state
    rhythm = learn(Rhythm(), past[1:], now, since=past[0])
    return msgspec.structs.replace(state, rhythm=rhythm, last_new=past[-1])


def caught_lying(before: SourceState, state: SourceState, *, news: bool) -> bool:
    """Say whether a whole answer shows that the server's 304s are not to be believed.

    ``before`` is the state the poll began with, ``state`` holds the validators
    that came: news under the very validators that were answered with 304.
    """
    same = (before.etag, before.last_modified) == (state.etag, state.last_modified)
    return news and same and bool(before.etag or before.last_modified)


def excuse(
    state: SourceState,
    source: Source,
    now: datetime,
    *,
    retry_at: datetime | None,
    rule: HostRule,
) -> tuple[SourceState, Appointment]:
    """Return when a source that has just failed is asked again, and the state that knows it.

    After the back-off, but never sooner than the server allows (``retry_at``),
    not in hours the feed skips; a second look at a 410 a day later.
    """
    last = state.answers[-1].status if state.answers else None
    longest = rule.retry if last in rule.passing else LONGEST
    wait = back_off(
        timedelta(seconds=state.wait), source.poll, now, seed=source.url, longest=longest
    )
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    found = Appointment(now + wait, f"it failed {times}")
    if state.gone:
        found = Appointment(now + LOOK_AGAIN, "it is gone (410) and asked no more")
    elif last == GONE:
        found = Appointment(now + max(wait, GONE_AFTER), "410; a second one in a day ends it")
    if retry_at is not None and retry_at > found.at:
        found = Appointment(retry_at, "Retry-After")
    opens = first_open(state.wishes, found.at)
    if opens is not None:
        found = Appointment(opens.at, opens.why)
    kept = msgspec.structs.replace(
        state,
        wait=max(state.wait, wait.total_seconds()),
        retry_at=retry_at,
        next_why=found.why,
    )
    return kept, found
