"""``syndicator listeners``: list, remove."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from syndicator.cli.common import Context, ago, json_option, run, show_json, show_table, speaks
from syndicator.model.desk import Settings
from syndicator.model.listener import Hearing, Listener


@click.group()
def listeners() -> None:
    """List and remove those who are told of news by the desk's own hub (WebSub)."""


def describe(listener: Listener, hearing: Hearing) -> dict[str, Any]:
    """Sum up one listener for a listing: all but its secret and the path of its callback.

    Whoever knows the whole callback can pose as its hub.
    """
    return {
        "listener": listener.id,
        "host": listener.callback.split("/")[2],
        "kind": "hub" if listener.hub else "listener",
        "topic": listener.document.rpartition(".")[0],
        "format": listener.document.rpartition(".")[2],
        "signed": bool(listener.secret),
        "since": listener.since.isoformat(),
        "until": listener.until.isoformat() if listener.until else None,
        "last": hearing.last.isoformat() if hearing.last else None,
        "failures": hearing.failures,
        "error": hearing.trouble,
    }


def summed_up(known: Iterable[tuple[Listener, Hearing]]) -> dict[str, int]:
    """Count listeners for ``status``."""
    rows = list(known)
    return {
        "listeners": sum(not one.hub for one, _ in rows),
        "hubs": len({one.callback for one, _ in rows if one.hub}),
        "topics": len({one.document.rpartition(".")[0] for one, _ in rows}),
        "failing": sum(hearing.failures > 0 for _, hearing in rows),
    }


@listeners.command("list")
@json_option
@click.pass_obj
@speaks
def list_listeners(context: Context, as_json: bool) -> None:
    """List everyone who is told of news, with the end of the lease and how telling goes."""
    from syndicator.adapters.clock import SystemClock

    settings = context.load()
    known = run(_known(settings))
    rows = [describe(*one) for one in known]
    if as_json:
        show_json(rows)
        return
    now = SystemClock().now()
    shown = [
        {
            **row,
            "until": _ends(listener.until, now),
            "last": ago(hearing.last, now),
            "failures": str(hearing.failures or ""),
            "error": hearing.trouble or "",
        }
        for row, (listener, hearing) in zip(rows, known, strict=True)
    ]
    columns = ["listener", "host", "topic", "format", "until", "last", "failures", "error"]
    where = settings.desk.hubs[0] if settings.desk.hubs else "a hub: set `public_url`"
    show_table(
        columns,
        [[str(row[column]) for column in columns] for row in shown],
        empty=f"nobody listens; readers can ask {where}",
    )


def _ends(until: datetime | None, now: datetime) -> str:
    return ago(until, now) if until else "a hub of yours"


async def _known(settings: Settings) -> list[tuple[Listener, Hearing]]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        known = await library.listeners()
        return sorted(known, key=lambda one: (one[0].document, one[0].host, one[0].id))


@listeners.command()
@click.argument("names", nargs=-1, required=True, metavar="LISTENER|HOST...")
@click.pass_obj
@speaks
def remove(context: Context, names: tuple[str, ...]) -> None:
    """End listeners by their id, or all of a host, as `listeners list` shows them.

    They are told nothing more, this neither; one that still wants news can ask again.
    """
    settings = context.load()
    gone = run(_remove(settings, names))
    unknown = [name for name in names if name not in gone]
    if unknown:
        raise click.UsageError(
            f"there is no listener or host {unknown[0]}; see `syndicator listeners list`"
        )
    count = len(set().union(*gone.values()))
    click.echo(f"removed {count} listener{'' if count == 1 else 's'}")


async def _remove(settings: Settings, names: tuple[str, ...]) -> dict[str, set[str]]:
    from syndicator.wiring import open_library

    gone: dict[str, set[str]] = {}
    async with open_library(settings) as library:
        for one, _ in await library.listeners():
            for name in {one.id, describe(one, Hearing())["host"]} & {*names}:
                gone.setdefault(name, set()).add(one.id)
        if len(gone) == len({*names}):
            for one_id in set().union(*gone.values()):
                await library.end_listener(one_id)
    return gone
