"""``syndicator preview`` and ``syndicator credit``: what the desk understands, nothing stored."""

import sys
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from syndicator.cli.common import Context, complain, json_option, run, show_json, speaks
from syndicator.errors import ReadError, SettingsError
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.house import House
from syndicator.model.ids import SourceId


@click.command()
@click.argument("target", metavar="FILE|URL")
@json_option
@click.pass_obj
@speaks
def preview(context: Context, target: str, as_json: bool) -> None:
    """Show how a feed or an article would be understood, without storing it.

    Reads feeds, article pages, news XML, wire text and plain text; --json
    prints one article a line.
    """
    settings = context.load()
    reading = run(look(settings, target))
    for candidate in reading.candidates:
        if as_json:
            row = flat(candidate.article, settings.houses)
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
        else:
            _show(candidate.article)
    feed = reading.feed
    if not as_json:
        click.echo(
            f"\n{feed.origin.title or target}: {feed.format}, {len(reading.candidates)} entries"
        )
    for line in (*feed.warnings, *reading.dropped):
        click.echo(f"note: {line}", err=as_json)


def _show(article: Article) -> None:
    click.echo(f"\n{article.headline}")
    by = ", ".join(person.name for person in article.authors) or "no author"
    click.echo(f"  {article.published:%Y-%m-%d %H:%M} UTC · {by} · {article.link or article.guid}")
    click.echo(f"  {len(article.body.text.split())} words")
    for line in fact_lines(article.facts):
        click.echo(f"  {line}")


def fact_lines(facts: Iterable[Any]) -> list[str]:
    """Say each fact in a line: its kind, what was understood, and the words it was read from."""
    lines = []
    for fact in facts:
        known = {
            key: value
            for key, value in msgspec.to_builtins(fact).items()
            if value and key not in {"type", "start", "end", "raw", "confidence", "rule", "cut"}
        }
        said = "; ".join(f"{key} {_plain(value)}" for key, value in known.items())
        raw = " / ".join(fact.raw.splitlines())
        name = fact.__struct_config__.tag
        lines.append(f"{name}: {said} ← {raw}" if said else f"{name}: {raw}")
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(f"{_plain(one)}" for one in value.values() if one)
    return str(value)


def flat(article: Article, houses: tuple[House, ...]) -> dict[str, Any]:
    """Put an article and its parties into one flat record."""
    from syndicator.ingest.understand import only
    from syndicator.model.credit import Advisory, Embargo

    return {
        "id": article.guid,
        "link": article.link,
        "headline": article.headline,
        "abstract": article.abstract,
        **_signed(article, houses),
        "rights": article.rights,
        "embargo": only(article.facts, Embargo),
        "advisories": only(article.facts, Advisory),
        "language": article.language,
        "published": article.published,
        "updated": article.updated,
        "categories": [one.label or one.term for one in article.categories],
        "images": article.images,
        "files": article.enclosures,
        "episode": article.episode,
        "body": article.body.text,
        "body_html": article.body.html,
        "facts": article.facts,
    }


def _signed(article: Article, houses: tuple[House, ...]) -> dict[str, Any]:
    """Say who made an article, whose it is and by whose leave it is here."""
    from syndicator.credit.byline import names_person
    from syndicator.credit.form import Context as Place
    from syndicator.credit.houses import Houses
    from syndicator.credit.parties import parties
    from syndicator.ingest.understand import only, sign_offs
    from syndicator.model.credit import Section
    from syndicator.model.entry import Rights
    from syndicator.rights import own_line

    came = article.body.received
    known = Houses(houses)
    who = parties(
        article.facts,
        Rights(notice=article.rights.notice),  # whose line is printed, not what metadata adds
        Place(houses=known),
        names=tuple(person.name for person in article.authors),
        provider=came.provider if came else None,
    )
    helped, first = sign_offs(article.facts), article.republication
    return {
        "authors": [one.name for one in article.authors if names_person(one.name, known)],
        "organization": who.organization,
        "section": next((one.name for one in only(article.facts, Section)), None),
        "dateline": article.dateline,
        "contributors": [name for one in helped for name in one.contributors],
        "reporters": [name for one in helped for name in one.reporters],
        "writers": [name for one in helped for name in one.writers],
        "editors": [name for one in helped for name in one.editors],
        "credit": own_line(article),
        "copyright_holder": who.holder,
        "copyright_year": who.year,
        "distributor": who.distributor,
        "rights_agent": who.agent,
        "republisher": who.republisher,
        "licence": first.license if first else None,
        "original_publisher": first.publisher if first else None,
    }


async def look(settings: Settings, target: str) -> Any:
    """Fetch and read a document without storing anything.

    Raises:
        SyndicatorError: it cannot be fetched or read.
    """
    from syndicator.adapters.clock import SystemClock
    from syndicator.adapters.reader_pool import ReaderPool
    from syndicator.cli.desk import fetch_once
    from syndicator.ingest import Profile

    document = await fetch_once(settings, target)
    reader = ReaderPool(
        workers=1,
        timeout=settings.desk.read.timeout,
        memory_mb=settings.desk.read.memory_mb,
        houses=settings.houses,
    )
    try:
        name = SourceId("preview")
        profile = Profile(source=name, publisher=name, articles=True)
        return await reader.read(document, profile, SystemClock().now())
    finally:
        await reader.close()


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@json_option
@click.option(
    "--jsonl",
    "as_lines",
    is_flag=True,
    help='Read {"id", "text", "lang"} a line, print {"kind", "labels"} a line.',
)
@click.pass_obj
@speaks
def credit(context: Context, file: Any, as_json: bool, as_lines: bool) -> None:
    """Show what the desk understands of a credit line, a credit block or a whole text.

    With --jsonl each line is read alone, as if nothing were known of where it
    stood, and answered in order.
    """
    from syndicator.credit import Context as Place
    from syndicator.credit import Houses, read

    houses = Houses(_houses(context))
    if as_lines:
        _answer_lines(file, houses)
        return
    text = file.read().decode("utf-8", "replace")
    facts = read(text, Place(houses=houses))
    if as_json:
        show_json({"facts": facts, "body": _left(text, facts)})
        return
    for line in fact_lines(facts):
        click.echo(line)
    if not facts:
        click.echo("no credit facts found")


def _houses(context: Context) -> tuple[House, ...]:
    """Return the desk's houses; where there is no desk, those of the package."""
    from syndicator.settings.houses import built_in_houses

    try:
        return context.load().houses if context.config.is_dir() else built_in_houses()
    except SettingsError as error:
        complain(f"{error.problems[0]}: read with the houses of the package")
        return built_in_houses()


def _left(text: str, facts: Iterable[Any]) -> str:
    for fact in reversed([one for one in facts if one.cut]):
        text = text[: fact.start] + text[fact.end :]
    return text.strip()


def _answer_lines(file: Any, houses: Any) -> None:
    from syndicator.credit import Context as Place
    from syndicator.credit import labelled, read_line

    for number, raw in enumerate(file, 1):
        if not raw.strip():
            continue
        try:
            asked = msgspec.json.decode(raw.decode("utf-8", "replace").encode())
            text, tongue = str(asked["text"]), asked.get("lang")
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            raise ReadError(
                "bad-line", f"line {number}: not an object with a text ({error})"
            ) from error
        said = labelled(read_line(text, Place(houses=houses, language=tongue)))
        sys.stdout.write(msgspec.json.encode(said).decode() + "\n")
