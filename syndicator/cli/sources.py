"""``syndicator sources``: list, show, add, remove, pause, resume, test, import, export."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from syndicator.cli.common import (
    FAILURES,
    Context,
    ago,
    all_or_nothing,
    json_option,
    run,
    show_json,
    show_table,
    speaks,
)
from syndicator.compare import is_noisy
from syndicator.errors import ReadError, SourceError
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.source import SourceState


@click.group()
def sources() -> None:
    """List, add, test and edit upstream sources."""


def describe(
    key: SourceId, settings: Settings, state: SourceState | None, due: datetime | None
) -> dict[str, Any]:
    """Sum up one source for a listing, moments and all; ``spoken`` puts it in words."""
    source = settings.sources[key]
    known = state or SourceState(source=key)
    return {
        "source": key,
        "title": source.title or known.title,
        "url": source.url,
        "license": source.license,
        "state": _state(known, paused=source.paused),
        "entries": known.entries,
        "last_polled": known.last_polled,
        "last_success": known.last_success,
        "next_poll": None if source.paused or known.gone else due,
        "failures": known.failures,
        "kind": known.error_kind,
        "error": known.last_error,
        "warnings": known.warnings,
        "dates": "untrusted" if known.habits.untrusted else "trusted",
        "noisy": is_noisy(known.habits, known.last_polled),
    }


def _state(known: SourceState, *, paused: bool) -> str:
    """Return what a listing says of a source in one word."""
    if paused:
        return "paused"
    return known.alarm or known.last_status or "new"


def spoken(row: dict[str, Any], now: datetime) -> dict[str, str]:
    """Put a row of ``describe`` in words, for people."""
    return {
        "source": row["source"],
        "title": row["title"] or "",
        "license": row["license"] or "none: stays in",
        "state": ", ".join((row["state"], *flags(row))),
        "entries": str(row["entries"]),
        "polled": ago(row["last_polled"], now),
        "next": ago(row["next_poll"], now),
        "error": row["error"] or "",
    }


def flags(row: dict[str, Any]) -> tuple[str, ...]:
    """Return what an operator should know of how a source treats its own articles."""
    noisy = ("noisy",) if row["noisy"] else ()
    return (*noisy, "dates: untrusted") if row["dates"] == "untrusted" else noisy


@sources.command("list")
@json_option
@click.pass_obj
@speaks
def list_sources(context: Context, as_json: bool) -> None:
    """List every source with its licence and health."""
    from syndicator.adapters.clock import SystemClock

    settings = context.load()
    rows = run(_rows(settings))
    if as_json:
        show_json(rows)
        return
    now = SystemClock().now()
    columns = ["source", "title", "license", "state", "entries", "polled", "next", "error"]
    show_table(
        columns,
        [[spoken(row, now)[column] for column in columns] for row in rows],
        empty="no sources; add one with `syndicator sources add URL`",
    )


async def _rows(settings: Settings) -> list[dict[str, Any]]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        states = await library.source_states()
        due = await library.due_times()
    return [describe(key, settings, states.get(key), due.get(key)) for key in settings.sources]


@sources.command()
@click.argument("key", metavar="SOURCE")
@json_option
@click.pass_obj
@speaks
def show(context: Context, key: str, as_json: bool) -> None:
    """Tell all about one source: its next poll, why then, and what the last answers were."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.cli.desk import named
    from syndicator.cli.source_sheet import lines, pushing, sheet
    from syndicator.wiring import open_library

    settings = context.load()
    (name,) = named("source", (key,), settings.sources)

    async def ask() -> dict[str, Any]:
        async with open_library(settings) as library:
            source = SourceId(name)
            state = (await library.source_states()).get(source)
            due = (await library.due_times()).get(source)
            push = await pushing(library, settings, state)
        return sheet(source, settings, state, due, push)

    found = run(ask())
    if as_json:
        show_json(found)
        return
    for line in lines(found, SystemClock().now()):
        click.echo(line)


async def find(settings: Settings, url: str) -> tuple[str, Any]:
    """Find the feed at an address or of a web page: (address, reading).

    Raises:
        SourceError: there is none; the message says what was there.
    """
    from syndicator.adapters.clock import SystemClock
    from syndicator.cli.desk import fetch_once
    from syndicator.credit import Houses
    from syndicator.ingest import Profile, read
    from syndicator.ingest.discover import feed_links

    name = SourceId("preview")
    profile = Profile(source=name, publisher=name)
    document = await fetch_once(settings, url)
    now, houses = SystemClock().now(), Houses(settings.houses)
    try:
        return (document.url if url.startswith("http") else url), read(
            document, profile, now, houses
        )
    except ReadError:
        links = feed_links(document.body, document.url, document.content_type)
    for link in links:
        try:
            found = await fetch_once(settings, link.url)
            return found.url, read(found, profile, now, houses)
        except SourceError:
            continue
    raise SourceError("not-a-feed", f"{url}: no feed there, and the page links to none")


def _summary(url: str, reading: Any) -> list[str]:
    feed = reading.feed
    newest = max((one.article.published for one in reading.candidates), default=None)
    rights = feed.origin.rights.notice or next(
        (one.article.rights.notice for one in reading.candidates if one.article.rights.notice), None
    )
    return [
        f"title    {feed.origin.title or 'none'}",
        f"address  {url}",
        f"format   {feed.format}",
        f"entries  {len(reading.candidates)}",
        f"newest   {newest:%Y-%m-%d %H:%M} UTC" if newest else "newest   none",
        f"rights   {rights or 'none stated'}",
        *(f"note     {line}" for line in (*feed.warnings, *reading.dropped)),
    ]


def _guess(typed: str) -> str:
    """Take a bare name for a file where there is one, else for a host on the web."""
    if "://" in typed or typed.startswith("file:"):
        return typed
    return Path(typed).resolve().as_uri() if Path(typed).exists() else "https://" + typed


@sources.command()
@click.argument("url")
@click.option("--id", "key", help="Key in sources.yaml; default: made from the title.")
@click.option("--license", "license_id", help="Key in licenses.yaml.")
@click.option("--topic", "topics", multiple=True, help="Always file here; may be repeated.")
@click.pass_obj
@speaks
def add(
    context: Context, url: str, key: str | None, license_id: str | None, topics: tuple[str, ...]
) -> None:
    """Find the feed at URL (or of that web page) and add it to sources.yaml."""
    from syndicator.settings.edit import add_source
    from syndicator.settings.opml import slug

    settings = context.load()
    _check_names(settings, license_id, topics)
    address, reading = run(find(settings, _guess(url)))
    if address in {one.url for one in settings.sources.values()}:
        raise click.UsageError(f"{address} is a source already")
    name = key or slug(
        reading.feed.origin.title or urlsplit(address).hostname or "source", set(settings.sources)
    )
    fields: dict[str, Any] = {"url": address}
    if license_id:
        fields["license"] = license_id
    if topics:
        fields["topics"] = list(topics)
    with all_or_nothing(context, "sources.yaml"):
        add_source(context.config, SourceId(name), fields)
    for line in _summary(address, reading):
        click.echo(line)
    click.echo(f"added as {name} to {context.config.name}/sources.yaml")
    if not license_id:
        click.echo("it has no licence yet, so nothing from it is published: add `license:` there")


def _check_names(settings: Settings, license_id: str | None, topics: tuple[str, ...] = ()) -> None:
    """Refuse names that are not in the settings before anything is written."""
    from syndicator.cli.desk import named

    if license_id:
        named("licence", (license_id,), settings.licenses)
    named("topic", topics, settings.topics)


@sources.command()
@click.argument("key", metavar="SOURCE")
@click.pass_obj
@speaks
def remove(context: Context, key: str) -> None:
    """Take a source out of sources.yaml. What it brought stays in the library, unpublished."""
    from syndicator.settings.edit import remove_source

    remove_source(context.config, SourceId(key))
    click.echo(f"removed {key}")


@sources.command()
@click.argument("key", metavar="SOURCE")
@click.pass_obj
@speaks
def pause(context: Context, key: str) -> None:
    """Stop asking a source; what it brought stays published."""
    from syndicator.settings.edit import set_paused

    set_paused(context.config, SourceId(key), paused=True)
    click.echo(f"paused {key}")


@sources.command()
@click.argument("key", metavar="SOURCE")
@click.pass_obj
@speaks
def resume(context: Context, key: str) -> None:
    """Ask a paused source again."""
    from syndicator.settings.edit import set_paused

    set_paused(context.config, SourceId(key), paused=False)
    click.echo(f"resumed {key}")


@sources.command()
@click.argument("url", metavar="SOURCE|URL")
@click.pass_obj
@speaks
def test(context: Context, url: str) -> None:
    """Fetch and read a source without storing anything; say what is there."""
    settings = context.load()
    source = settings.sources.get(SourceId(url))
    address, reading = run(find(settings, source.url if source else _guess(url)))
    for line in _summary(address, reading):
        click.echo(line)
    if not reading.candidates:
        sys.exit(FAILURES)


@sources.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--license", "license_id", help="Licence of all of them.")
@click.pass_obj
@speaks
def import_opml(context: Context, file: Path, license_id: str | None) -> None:
    """Add every feed of an OPML file that is not a source yet."""
    from syndicator.settings.edit import add_source
    from syndicator.settings.opml import parse_opml, slug

    settings = context.load()
    _check_names(settings, license_id)
    taken = set(settings.sources)
    known = {one.url for one in settings.sources.values()}
    feeds = parse_opml(file.read_bytes())
    added = 0
    with all_or_nothing(context, "sources.yaml"):
        for title, url, _ in feeds:
            if url in known:
                continue
            known.add(url)
            name = slug(title or urlsplit(url).hostname or "source", taken)
            taken.add(name)
            fields: dict[str, Any] = {"url": url} | ({"title": title} if title else {})
            if license_id:
                fields["license"] = license_id
            add_source(context.config, name, fields)
            added += 1
    click.echo(f"added {added} sources")
    if added and not license_id:
        click.echo("they have no licence yet, so nothing from them is published")


@sources.command()
@click.pass_obj
@speaks
def export(context: Context) -> None:
    """Print the sources as OPML."""
    from syndicator.settings.opml import sources_to_opml

    click.echo(sources_to_opml(context.load()).decode(), nl=False)
