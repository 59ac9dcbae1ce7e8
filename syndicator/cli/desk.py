"""Commands about the desk as a whole: run, poll, release, check, status."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from syndicator.cli.common import (
    FAILURES,
    Context,
    complain,
    json_option,
    run,
    show_json,
    show_table,
    speaks,
)
from syndicator.errors import SourceError
from syndicator.model.clearance import Form
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, TopicId


@click.command("run")
@click.pass_obj
@speaks
def run_command(context: Context) -> None:
    """Run the desk: poll, release and serve, until stopped (Ctrl-C or SIGTERM).

    SIGHUP, or saving a file under the settings folder, reloads the settings.
    """
    from syndicator.daemon import run_desk
    from syndicator.logs import set_up
    from syndicator.watching import written

    as_of = written(context.config)
    settings = context.load()
    set_up(settings.desk.log)
    title = settings.desk.title
    run(
        run_desk(
            settings,
            context.load,
            lambda url: click.echo(f"{title}: read it at {url}/", err=True),
            as_of,
        )
    )


def named(kind: str, wanted: tuple[str, ...], known: Any) -> list[str]:
    """Return the wanted names, all there are when none are wanted; refuse unknown ones."""
    unknown = [name for name in wanted if name not in known]
    if unknown:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], list(known), 1)
        hint = (
            f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(known) or 'none'}"
        )
        raise click.UsageError(f"there is no {kind} {unknown[0]}{hint}")
    return list(wanted) or list(known)


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@json_option
@click.pass_obj
@speaks
def poll(context: Context, names: tuple[str, ...], as_json: bool) -> None:
    """Poll sources now, due or not, and release what changed. Exit 1 if any failed."""
    from syndicator.logs import set_up

    settings = context.load()
    set_up(settings.desk.log)
    active = [key for key, one in settings.sources.items() if not one.paused]
    wanted = named("source", names, settings.sources) if names else active
    results, unpublished = run(_poll(settings, [SourceId(one) for one in wanted], quiet=as_json))
    if as_json:
        show_json(results)
    failed = [one for one in results if one.error]
    waiting = [one for one in results if one.status == "waiting"]
    if not as_json:
        new = sum(one.new for one in results)
        revised = sum(one.revised for one in results)
        click.echo(
            f"{len(results) - len(failed) - len(waiting)} of {len(results)} sources polled: "
            f"{new} new, {revised} revised",
        )
        for one in waiting:
            click.echo(f"{one.source} waits until {one.next_poll:%Y-%m-%d %H:%M} UTC: {one.why}")
    for text in unpublished:
        complain(text)
    if failed or unpublished:
        sys.exit(FAILURES)


async def _poll(
    settings: Settings, sources: list[SourceId], *, quiet: bool
) -> tuple[list[Any], list[str]]:
    from rich.console import Console
    from rich.progress import Progress

    from syndicator import work
    from syndicator.wiring import open_parts

    console = Console(stderr=True)
    async with open_parts(settings) as parts:
        await work.apply_settings(parts, settings)
        with Progress(
            console=console, transient=True, disable=quiet or not console.is_terminal
        ) as bar:
            task = bar.add_task("polling", total=len(sources))
            results = await work.poll_named(parts, sources, settings, lambda _: bar.advance(task))
        made = await work.release_due(parts, settings)
        return sorted(results, key=lambda one: one.source), list(made.failed.values())


@click.command()
@click.argument("names", nargs=-1, metavar="[TOPIC]...")
@json_option
@click.pass_obj
@speaks
def release(context: Context, names: tuple[str, ...], as_json: bool) -> None:
    """Rebuild feeds from the library, all topics or those named."""
    from syndicator.logs import set_up

    settings = context.load()
    set_up(settings.desk.log)
    wanted = [TopicId(one) for one in named("topic", names, settings.topics)]
    made = run(_release(settings, wanted))
    done = [one for one in made.done if one.topic in wanted]
    if as_json:
        show_json(done)
    for one in () if as_json else done:
        wrote = f"{len(one.written)} files written" if one.written else "unchanged"
        click.echo(f"{one.topic}: {one.entries} entries, {one.refused} kept in, {wrote}")
        for text in one.problems:
            click.echo(f"note: {text}", err=True)
    for text in made.failed.values():
        complain(text)
    if made.failed:
        sys.exit(FAILURES)


async def _release(settings: Settings, topics: list[TopicId]) -> Any:
    from syndicator import work
    from syndicator.model.archive import shelf_of
    from syndicator.wiring import open_parts

    async with open_parts(settings) as parts:
        await work.apply_settings(parts, settings)
        shelves = map(shelf_of, topics)
        await parts.library.mark([*topics, *shelves], parts.clock.now())
        return await work.release_due(parts, settings)


@click.command()
@click.pass_obj
@speaks
def check(context: Context) -> None:
    """Say whether the settings are sound, or where they are not."""
    settings = context.load()
    unlicensed = [key for key, one in settings.sources.items() if one.license is None]
    for key in unlicensed:
        click.echo(f"note: source {key} has no licence; nothing from it will be published")
    for key, one in settings.sources.items():
        terms = settings.licenses.get(one.license) if one.license else None
        if one.fulltext and terms is not None and terms.text is not Form.FULL:
            click.echo(
                f"note: source {key} wants full texts, and {one.license} lets none out; "
                "no page will be fetched"
            )
    click.echo(
        f"settings are sound: {len(settings.sources)} sources, {len(settings.licenses)} licences, "
        f"{len(settings.topics)} topics"
    )


@click.command()
@json_option
@click.pass_obj
@speaks
def status(context: Context, as_json: bool) -> None:
    """Show sources, topics, the store and the last errors."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.cli.sources import spoken

    settings = context.load()
    report = run(_status(settings))
    if as_json:
        show_json(report)
        return
    now = SystemClock().now()
    click.echo(f"{report['articles']} articles in {report['store']}")
    if any(report["listening"].values()):
        click.echo(
            "{listeners} listeners and {hubs} other hubs are told of {topics} topics; "
            "{failing} do not take it".format(**report["listening"])
        )
    show_table(
        ["topic", "articles"],
        [[name, str(count)] for name, count in report["topics"].items()],
        empty="no topics",
    )
    click.echo()
    columns = ["source", "state", "entries", "polled", "next", "error"]
    show_table(
        columns,
        [[spoken(row, now)[column] for column in columns] for row in report["sources"]],
        empty="no sources; add one with `syndicator sources add URL`",
    )


async def _status(settings: Settings) -> dict[str, Any]:
    from syndicator.cli.listeners import summed_up
    from syndicator.cli.sources import describe
    from syndicator.wiring import open_library

    url = settings.desk.redis.url
    async with open_library(settings) as library:
        states = await library.source_states()
        due = await library.due_times()
        rows = [describe(key, settings, states.get(key), due.get(key)) for key in settings.sources]
        return {
            "store": f"Redis at {urlsplit(url).netloc.rpartition('@')[2] or url}"
            if url
            else str(settings.desk.data),
            "articles": await library.count(),
            "topics": {topic: await library.count(topic) for topic in settings.topics},
            "sources": rows,
            "listening": summed_up(await library.listeners()),
        }


def address_of(settings: Settings, target: str) -> str:
    """Return the address of what a person typed: a web address, ``file:`` as in the YAML, a path.

    Raises:
        SourceError: it is an address of a kind the desk does not read.
    """
    from syndicator.settings.checks import file_url

    if target.startswith("file:"):
        return file_url(target, settings.config)
    if target.startswith(("http://", "https://")):
        return target
    if "://" in target:
        raise SourceError("bad-address", f"{target}: only http:, https: and file: can be read")
    return Path(target).resolve().as_uri()


async def fetch_once(settings: Settings, target: str) -> Any:
    """Fetch one document from an address or a file."""
    from syndicator import __version__
    from syndicator.adapters.clock import SystemClock
    from syndicator.adapters.fetcher import SourceFetcher
    from syndicator.model.source import Source, SourceState
    from syndicator.ports import Fetched

    url = address_of(settings, target)
    fetcher = SourceFetcher(settings.desk.fetch, contact=settings.desk.contact, version=__version__)
    try:
        answer = await fetcher.fetch(
            Source(url=url), SourceState(source=SourceId("preview")), SystemClock().now()
        )
    finally:
        await fetcher.close()
    if not isinstance(answer, Fetched) or not answer.documents:
        raise SourceError("empty", f"{target}: there is no document there")
    return answer.documents[-1]
