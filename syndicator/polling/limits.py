"""How far a rate limit reaches: one address, its host, or the whole registrable domain.

A refusal (429, or 503 with ``Retry-After``) always binds the address that was
refused. What else it binds is learned:

- a first 429 holds the host back for an hour at most; then another address of
  it is tried. A second address refused within a day holds the host for as long
  as was asked; an answer to one says that the limit is the address's alone,
  which is remembered for thirty days;
- two hosts of one registrable domain refused within an hour hold the domain;
- a 503 says a server is down, not that we ask too often: it takes two
  addresses to hold the host.

What stands inside, on private addresses or bare names, is never held beyond the
address: there one machine serves many that have nothing to do with each other.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from syndicator.model.polling import Limit
from syndicator.polling.chance import lot
from syndicator.polling.floors import Floor
from syndicator.polling.hosts import domain_of, host_of, is_inside, mark_of

TRY_ANOTHER = timedelta(hours=1)
HOST_WINDOW, DOMAIN_WINDOW = timedelta(hours=24), timedelta(hours=1)
NARROW_FOR = timedelta(days=30)
MOST_MEMBERS = 8
RETURN_OVER = timedelta(minutes=10)


def refuse(
    limits: Mapping[str, Limit], url: str, until: datetime, now: datetime, *, busy: bool = False
) -> dict[str, Limit]:
    """Return the limits that change when ``url`` is refused until then.

    ``busy`` for a 503, which alone says nothing of the host.
    """
    host, domain = host_of(url), domain_of(url)
    if not host or is_inside(host):
        return {}
    at_once = None if busy else min(until, now + TRY_ANOTHER)
    changed = {host: _refuse(limits.get(host), mark_of(url), until, at_once, now, HOST_WINDOW)}
    if domain and domain != host and not busy:
        changed[domain] = _refuse(limits.get(domain), host, until, None, now, DOMAIN_WINDOW)
    return changed


def _refuse(
    limit: Limit | None,
    member: str,
    until: datetime,
    at_once: datetime | None,
    now: datetime,
    window: timedelta,
) -> Limit:
    known = limit or Limit()
    narrow = known.narrow if known.narrow and now - known.narrow < NARROW_FOR else None
    horizon = max(now - window, narrow or now - window)
    fresh = {name: at for name, at in known.members.items() if at > horizon}
    fresh = dict(sorted(fresh.items(), key=lambda one: one[1])[-MOST_MEMBERS + 1 :])
    fresh[member] = now
    if len(fresh) > 1:
        held: datetime | None = until
        narrow = None
    else:
        held = None if narrow else at_once
    kept = known.until if known.until and known.until > now else None
    return Limit(
        until=max((one for one in (held, kept) if one), default=None), members=fresh, narrow=narrow
    )


def answer(limits: Mapping[str, Limit], url: str, now: datetime) -> dict[str, Limit]:
    """Return the limits that narrow because ``url`` was answered while another was refused."""
    names = {host_of(url): mark_of(url), domain_of(url) or "": host_of(url)}
    changed = {}
    for name, member in names.items():
        limit = limits.get(name)
        if limit is None or limit.narrow or member in limit.members:
            continue
        if any(now - at < HOST_WINDOW for at in limit.members.values()):
            changed[name] = Limit(members=limit.members, narrow=now)
    return changed


def held(limits: Mapping[str, Limit], url: str, now: datetime) -> Floor | None:
    """Return until when ``url`` must wait for the sake of its host or domain, if it must."""
    if not limits:  # as a rule, and knowing domains costs a list of all of them
        return None
    found = [
        Floor(limit.until, f"{name} asked us to wait")
        for name in dict.fromkeys((host_of(url), domain_of(url) or ""))
        if (limit := limits.get(name)) is not None and limit.until and limit.until > now
    ]
    return max(found, key=lambda one: one.at, default=None)


def spread(floor: Floor, seed: str, now: datetime) -> datetime:
    """Return when one of those held by ``floor`` comes back: not all in the same moment."""
    return floor.at + RETURN_OVER * lot(seed, now, "return")


def is_over(limit: Limit, now: datetime) -> bool:
    """Say whether nothing is left to remember of a limit."""
    past = limit.until is None or limit.until <= now
    old = all(now - at >= HOST_WINDOW for at in limit.members.values())
    return past and old and (limit.narrow is None or now - limit.narrow >= NARROW_FOR)


def merge(ours: Limit, theirs: Limit | None) -> Limit:
    """Join what two processes learned of one name: the later wait, and everyone refused."""
    if theirs is None or ours.narrow:
        return ours
    untils = [one.until for one in (ours, theirs) if one.until]
    return msgspec.structs.replace(
        ours,
        until=max(untils, default=None),
        members={**theirs.members, **ours.members},
    )
