"""``syndicator lint``: would readers and validators accept this feed?"""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from syndicator.cli.common import FAILURES, Context, json_option, run, show_json, speaks
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId

if TYPE_CHECKING:
    from syndicator.lint import Finding, Place

KINDS = frozenset({".rss", ".atom", ".json"})


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A document to judge: what it is called, its bytes, and how they came.

    ``again`` is the same document, built or fetched a second time.
    """

    name: str
    body: bytes
    address: str | None = None
    content_type: str | None = None
    own: bool = False
    again: bytes | None = None


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="FILE|URL|TOPIC...")
@json_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--again", is_flag=True, help="Fetch or build twice: the same bytes must come.")
@click.pass_obj
@speaks
def lint(
    context: Context, targets: tuple[str, ...], as_json: bool, strict: bool, again: bool
) -> None:
    """Say whether readers and validators would accept a feed. Exit 1 on errors.

    Judged are RSS, Atom and JSON Feed, by the rules of docs/lint.md; `-` is standard
    input. Of a topic every published document is read, and held to docs/feeds.md too.
    """
    from syndicator.adapters.clock import SystemClock
    from syndicator.lint import Level, compare
    from syndicator.lint import lint as judge

    now = SystemClock().now()
    given = [one for target in targets for one in _given(context, target, again=again)]
    judged = [
        (
            one,
            judge(
                one.body,
                address=one.address,
                content_type=one.content_type,
                now=now,
                own=one.own,
            )
            + (compare(one.body, one.again) if one.again is not None else ()),
        )
        for one in given
    ]
    if as_json:
        show_json([{"document": one.name, "findings": found} for one, found in judged])
    for one, found in () if as_json else judged:
        _show(one.name, found)
    levels = {finding.level for _, found in judged for finding in found}
    if Level.ERROR in levels or (strict and Level.WARNING in levels):
        sys.exit(FAILURES)


def _given(context: Context, target: str, *, again: bool) -> list[Given]:
    """Return the documents a target stands for."""
    if target == "-" or Path(target).is_file():
        if again:
            raise click.UsageError(f"{target} is one build; --again needs a URL or a TOPIC")
        body = sys.stdin.buffer.read() if target == "-" else Path(target).read_bytes()
        return [Given(name="standard input" if target == "-" else target, body=body)]
    settings = context.load()
    if "://" in target:
        return [run(_fetched(settings, target, again=again))]
    if target not in settings.topics:
        from syndicator.cli.desk import named

        if any(sign in target for sign in "./\\"):
            raise click.UsageError(f"there is no file {target}")
        named("topic", (target,), settings.topics)
    return _published(settings, TopicId(target), again=again)


async def _fetched(settings: Settings, target: str, *, again: bool) -> Given:
    from syndicator.cli.desk import fetch_once

    document = await fetch_once(settings, target)
    second = await fetch_once(settings, target) if again else None
    return Given(
        name=target,
        body=document.body,
        address=document.url,
        content_type=document.content_type,
        own=document.url.startswith(f"{settings.desk.base_url}/feeds/"),
        again=second.body if second is not None else None,
    )


def _published(settings: Settings, topic: TopicId, *, again: bool) -> list[Given]:
    """Read what stands in the folder of feeds for a topic."""
    feeds = settings.desk.feeds
    paths = [
        path
        for path in (*sorted(feeds.glob(f"{topic}.*")), *sorted((feeds / topic).rglob("*")))
        if path.suffix in KINDS and path.is_file()
    ]
    if not paths:
        raise click.UsageError(f"nothing is published of {topic}; run `syndicator release {topic}`")
    built = run(_built(settings, topic)) if again else {}
    documents = []
    for path in paths:
        name = path.relative_to(feeds).as_posix()
        documents.append(
            Given(
                name=name,
                body=path.read_bytes(),
                address=f"{settings.desk.base_url}/feeds/{name}",
                own=True,
                again=built.get(name),
            )
        )
    return documents


async def _built(settings: Settings, topic: TopicId) -> dict[str, bytes]:
    """Build a topic anew, nothing remembered; the result by path. Nothing is published."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.editing import edit_stock
    from syndicator.model.edition import Site
    from syndicator.render import render_topic
    from syndicator.stock import stock_of
    from syndicator.wiring import GENERATOR, open_library

    now, desk = SystemClock().now(), settings.desk
    site = Site(title=desk.title, base_url=desk.base_url, generator=GENERATOR)
    async with open_library(settings) as library:
        stock = await stock_of(library, topic, settings, now)
        made = edit_stock(topic, stock, settings, now)
    return {one.path: one.body for one in render_topic(made.edition, site).outputs}


def _show(name: str, found: "tuple[Finding, ...]") -> None:
    if not found:
        click.echo(f"{name}: no findings")
        return
    counts = Counter(one.level for one in found)
    said = ", ".join(f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in counts)
    click.echo(f"{name}: {said}")
    for one in found:
        times = f", {one.count} times" if one.count > 1 else ""
        click.echo(f"  {one.level} {one.rule}{times}: {_line(one.what)}")
        for place in one.places[:3]:
            click.echo(f"    {_where(one.path, place)}")
        if one.count > len(one.places[:3]):
            click.echo(f"    and {one.count - len(one.places[:3])} more")
        click.echo(f"    → {_line(one.todo)}")


def _where(path: str, place: "Place") -> str:
    parts: list[Any] = [
        f"line {place.line}" + (f", column {place.column}" if place.column else "")
        if place.line
        else "",
        path,
        f"in {place.entry}" if place.entry else "",
    ]
    where = " · ".join(_line(one) for one in parts if one) or "the document"
    return f"{where}: {_line(place.value)}" if place.value else where


def _line(text: str) -> str:
    """Show a value that came from outside: whatever it holds, it stays on its line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


__all__ = ["lint"]
