"""An agreement with a hub: drawn up, asked for, verified, renewed, given up (WebSub §5).

Each function returns the agreement as it is then; where something is to be done
later, also when.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Mode, Offer
from syndicator.model.source import PollBounds
from syndicator.polling.chance import lot
from syndicator.polling.patience import back_off

ASKED_LEASE = timedelta(days=10)
LONGEST_LEASE, SHORTEST_LEASE = timedelta(days=14), timedelta(minutes=10)
"""A longer lease is taken to end here; a shorter one is not worth its renewals, and refused."""
ASSUMED_LEASE = timedelta(days=1)  # of hubs of PubSubHubbub 0.3, which may not say
RENEW_FROM, RENEW_TO = 0.6, 0.8  # share of the lease after which it is renewed, by lot
VERIFY_WITHIN = timedelta(minutes=10)
RETRY = PollBounds(min=timedelta(minutes=5), max=timedelta(hours=12))
DENIED_FOR = timedelta(days=7)
TRIES = 3  # in a row, before another hub is tried, or a hub is left without good-bye
LONGEST_TROUBLE = 200
Step = Mode | Literal["forget"]


def draw_up(
    source: SourceId,
    offer: Offer,
    *,
    token: str,
    secret: str,
    callback: str,
    before: Agreement | None = None,
) -> Agreement:
    """Return a new agreement with the first hub offered, or with the next after ``before``'s.

    ``callback`` is the whole address the hub is to call; ``token`` its last part.
    """
    tried = (*before.tried, before.hub) if before else ()
    left = [hub for hub in offer.hubs if hub not in tried]
    return Agreement(
        token=token,
        source=source,
        hub=left[0] if left else offer.hubs[0],
        topic=offer.topic,
        secret=secret,
        callback=callback,
        hubs=offer.hubs,
        tried=tried if left else (),
        wait=before.wait if before else 0.0,
    )


def has_another(agreement: Agreement) -> bool:
    """Say whether the feed offers a hub that has not been tried in vain."""
    return bool({*agreement.hubs} - {*agreement.tried, agreement.hub})


def is_turned_away(agreement: Agreement) -> bool:
    """Say whether its hub will not, or cannot: it denied, or three requests came to nothing."""
    return agreement.denied is not None or agreement.failures >= TRIES


def is_standing(agreement: Agreement, now: datetime) -> bool:
    """Say whether the hub has agreed and the lease runs."""
    return agreement.until is not None and now < agreement.until


def settle(
    agreements: Iterable[Agreement], offer: Offer | None, place: str, now: datetime
) -> tuple[Agreement | None, Sequence[Agreement]]:
    """Compare what was agreed for one source with what its feed offers now.

    Return the agreement that stays, if one fits, and those that are to be given
    up: of another topic, with a hub no longer offered, or called back at
    another address than below ``place``.
    """
    wanted = [one for one in agreements if one.wanted]
    fit = [
        one
        for one in wanted
        if offer is not None
        and (one.topic, one.hub in offer.hubs) == (offer.topic, True)
        and one.callback.startswith(place)
    ]
    kept = max(fit, key=lambda one: (is_standing(one, now), one.token), default=None)
    past = [one for one in wanted if one is not kept]
    if kept is not None and offer is not None and kept.hubs != offer.hubs:
        kept = replace(kept, hubs=offer.hubs)
    return kept, past


def given_up(agreement: Agreement) -> Agreement:
    """Return an agreement that is no longer wanted."""
    return replace(agreement, wanted=False, pending=None, failures=0, wait=0.0)


def step(agreement: Agreement, now: datetime) -> Step:
    """Return what is to be done about an agreement whose moment has come.

    One given up is unsubscribed while the hub still holds to it, and left to end
    by itself if that fails three times.
    """
    if agreement.wanted:
        return "subscribe"
    standing = is_standing(agreement, now) and agreement.failures < TRIES
    return "unsubscribe" if standing else "forget"


def asking(agreement: Agreement, mode: Mode, now: datetime) -> tuple[Agreement, datetime]:
    """Return the agreement while its hub is asked, and when an answer should have come.

    To be kept before the hub is asked: it may verify before it answers.
    """
    return replace(agreement, pending=mode, asked=now), now + VERIFY_WITHIN


def failed(
    agreement: Agreement, now: datetime, trouble: str, *, retry_at: datetime | None = None
) -> tuple[Agreement, datetime]:
    """Record a request that came to nothing; return also when to try again.

    After five minutes, then anything up to three times the longest wait so far,
    twelve hours at most; not before ``retry_at``. A hub that has denied it is left
    alone for a week each time.
    """
    wait = back_off(timedelta(seconds=agreement.wait), RETRY, now, seed=agreement.token)
    kept = replace(
        agreement,
        pending=None,
        failures=agreement.failures + 1,
        wait=max(agreement.wait, wait.total_seconds()),
        trouble=trouble[:LONGEST_TROUBLE],
    )
    again = now + (wait if agreement.denied is None else DENIED_FOR)
    return kept, max(again, retry_at or now)


def confirmed(
    agreement: Agreement, mode: str, topic: str, lease: str | None, now: datetime
) -> tuple[Agreement, datetime] | None:
    """Record that a hub verified an intent (WebSub §5.3); ``None``: the intent is not ours.

    It is ours if it was asked for and not yet verified, of the same topic. A
    subscription that stands may be verified again: the hub makes sure, or has not
    heard us. ``lease`` is ``hub.lease_seconds`` as sent. Return also when to renew,
    or, after an end, that it can be forgotten now.
    """
    if topic != agreement.topic:
        return None
    if mode == "unsubscribe":
        if agreement.wanted or agreement.pending != mode:
            return None
        return replace(agreement, pending=None, since=None, until=None), now
    standing = is_standing(agreement, now)
    if mode != "subscribe" or not agreement.wanted or not (agreement.pending == mode or standing):
        return None
    length = _length(lease)
    if length < SHORTEST_LEASE:
        return None
    kept = replace(
        agreement,
        pending=None,
        tried=(),
        since=agreement.since if standing else now,
        until=now + length,
        failures=0,
        wait=0.0,
        trouble=None,
        denied=None,
    )
    return kept, renew_at(now, length, agreement.token)


def _length(lease: str | None) -> timedelta:
    text = (lease or "").strip()
    if not text.isascii() or not text.isdigit():
        return ASSUMED_LEASE
    most = int(LONGEST_LEASE.total_seconds())
    return timedelta(seconds=min(int(text[:9]), most))


def renew_at(start: datetime, lease: timedelta, seed: str) -> datetime:
    """Return when to renew: after 60 to 80 % of the lease, by lot, so not all at once."""
    share = RENEW_FROM + (RENEW_TO - RENEW_FROM) * lot(seed, start, "renew")
    return start + lease * share


def denied(
    agreement: Agreement, topic: str, reason: str | None, now: datetime
) -> tuple[Agreement, datetime] | None:
    """Record that a hub refuses (WebSub §5.2), which ends what stood; ``None``: of another topic.

    It is asked once more a week later.
    """
    if topic != agreement.topic:
        return None
    said = " ".join((reason or "").split())
    kept = replace(
        agreement,
        pending=None,
        since=None,
        until=None,
        denied=now,
        trouble=(f"the hub denied it: {said}" if said else "the hub denied it")[:LONGEST_TROUBLE],
    )
    return kept, now + DENIED_FOR
