"""What ``syndicator sources show`` tells of one source."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from syndicator.cli.common import ago
from syndicator.cli.sources import describe
from syndicator.hubs import Hubs, Service
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.source import SourceState
from syndicator.polling.rhythm import rate
from syndicator.polling.when import spoken
from syndicator.ports import Library

UNTRUSTED = "untrusted: they move while the words stay; ours are used"
NOISY = "revises by a few words again and again; see `syndicator articles show ID --versions`"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sheet(
    key: SourceId,
    settings: Settings,
    state: SourceState | None,
    due: datetime | None,
    push: Service | None = None,
) -> dict[str, Any]:
    """Return everything known of one source; moments are aware UTC."""
    known = state or SourceState(source=key)
    source = settings.sources[key]
    taught = known.rhythm.as_of is not None
    return {
        **describe(key, settings, state, due),
        "why": None if source.paused else known.next_why,
        "address": known.address or source.url,
        "moving_to": known.move and {"address": known.move.to, "sightings": known.move.times},
        "articles_a_day": round(rate(known.rhythm), 2) if taught else None,
        "rhythm": spoken(known.rhythm) if taught else None,
        "wishes": msgspec.to_builtins(known.wishes),
        "push": _push(known, push or Service(), on=settings.desk.public_url is not None),
        "alarm": known.alarm,
        "last_new": known.last_new,
        "last_full": known.last_full,
        "lies": known.lies,
        "answers": [
            {"at": one.at, "outcome": one.outcome, "status": one.status, "new": one.new}
            for one in reversed(known.answers)
        ],
    }


async def pushing(library: Library, settings: Settings, state: SourceState | None) -> Service:
    """Return what push does for a source.

    Raises:
        LibraryError: the store failed.
    """
    return Service() if state is None else await Hubs(library).service(state, settings)


def _push(state: SourceState, service: Service, *, on: bool) -> dict[str, Any] | None:
    """Return what there is to tell of push; ``None``: the feed names no hub."""
    agreement, offer, pushed = service.agreement, state.offer, state.pushed
    if offer is None and agreement is None:
        return None
    share = service.score.first + service.score.missed
    return {
        "on": on,
        "hub": agreement.hub if agreement else offer.hubs[0] if offer else None,
        "topic": agreement.topic if agreement else offer.topic if offer else None,
        "since": agreement and agreement.since,
        "until": agreement and agreement.until,
        "asked": agreement and agreement.asked,
        "trouble": agreement and agreement.trouble,
        "last": pushed and pushed.last,
        "first": pushed.first if pushed else 0,
        "missed": pushed.missed if pushed else 0,
        "row": pushed.row if pushed else 0,
        "hub_score": round(service.score.first / share, 2) if share else None,
    }


def _pushed(push: dict[str, Any] | None, now: datetime) -> str | None:
    if push is None:
        return None
    if not push["on"]:
        return f"offered by {push['hub']}; off, because public_url is not set"
    if push["until"] is not None and now < push["until"]:
        heard = f"last delivery {ago(push['last'], now)}" if push["last"] else "nothing yet"
        trouble = f"; {push['trouble']}" if push["trouble"] else ""
        return f"by {push['hub']} until {push['until']:%Y-%m-%d %H:%M} UTC; {heard}{trouble}"
    said = push["trouble"] or ("asked for" if push["asked"] else "not asked for")
    return f"not yet by {push['hub']}: {said}"


def _score(push: dict[str, Any] | None) -> str | None:
    if push is None or not push["on"] or not (push["first"] or push["missed"]):
        return None
    hub = (
        ""
        if push["hub_score"] is None
        else f"; the hub, for all its sources: {push['hub_score']:.0%}"
    )
    return f"news first by push {push['first']} times, missed {push['missed']}{hub}"


def lines(found: dict[str, Any], now: datetime) -> Iterator[str]:
    """Put a :func:`sheet` in words, a line each."""
    rows = [
        ("title", found["title"] or "none"),
        ("address", _address(found)),
        ("licence", found["license"] or "none: stays in"),
        ("state", found["state"]),
        ("next poll", _next(found, now)),
        ("because", found["why"]),
        ("rhythm", (found["rhythm"] or "not known yet").removeprefix("its rhythm: ")),
        ("news", f"last {ago(found['last_new'], now)}" if found["last_new"] else "none yet"),
        ("asks", _wishes(found["wishes"])),
        ("push", _pushed(found["push"], now)),
        ("score", _score(found["push"])),
        ("note", "its 304s were caught lying; asked for everything" if found["lies"] else None),
        ("note", _moving(found["moving_to"])),
        ("dates", UNTRUSTED if found["dates"] == "untrusted" else None),
        ("noisy", NOISY if found["noisy"] else None),
        ("error", found["error"]),
        *(("warning", one) for one in found["warnings"][:3]),
    ]
    yield from (f"{name:<10} {text}" for name, text in rows if text)
    for number, one in enumerate(found["answers"]):
        yield f"{'' if number else 'answers':<10} {_answer(one)}"


def _address(found: dict[str, Any]) -> str:
    moved = found["address"] != found["url"]
    return f"{found['address']} (moved for good from {found['url']})" if moved else found["url"]


def _next(found: dict[str, Any], now: datetime) -> str:
    at = found["next_poll"]
    return f"{at:%Y-%m-%d %H:%M} UTC ({ago(at, now)})" if at else "none"


def _wishes(wishes: dict[str, Any]) -> str | None:
    said = [
        f"{name} {wishes[key] // 60} min"
        for name, key in (("ttl", "ttl"), ("sy:updatePeriod", "period"))
        if wishes.get(key)
    ]
    if wishes.get("skip_hours"):
        said.append(f"not at {', '.join(f'{hour:02}' for hour in wishes['skip_hours'])} UTC")
    if wishes.get("skip_days"):
        said.append(f"not on {', '.join(DAYS[day] for day in wishes['skip_days'])}")
    return "; ".join(said) or None


def _moving(move: dict[str, Any] | None) -> str | None:
    if move is None:
        return None
    return f"redirected for good to {move['address']}, seen {move['sightings']} times"


def _answer(one: dict[str, Any]) -> str:
    status = f" {one['status']}" if one["status"] else ""
    new = f", {one['new']} changed" if one["new"] else ""
    return f"{one['at']:%Y-%m-%d %H:%M}{status} {one['outcome']}{new}"
