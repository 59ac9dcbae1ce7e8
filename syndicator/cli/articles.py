"""``syndicator articles``: list, show, search, explain, reread."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from syndicator.cli.common import (
    Context,
    json_option,
    run,
    show_json,
    show_table,
    speaks,
)
from syndicator.errors import SyndicatorError
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.text import words


@click.group()
def articles() -> None:
    """Look at what the library holds."""


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "published": article.published.isoformat(),
        "source": article.source,
        "headline": article.headline,
        "authors": [person.name for person in article.authors],
        "link": article.link,
        "guid": article.guid,
        "version": article.version,
    }


def _show_rows(found: list[Article], as_json: bool, empty: str) -> None:
    if as_json:
        show_json([_row(article) for article in found])
        return
    show_table(
        ["id", "published", "source", "headline"],
        [[a.id[:10], f"{a.published:%Y-%m-%d %H:%M}", a.source, a.headline] for a in found],
        empty=empty,
    )


@articles.command("list")
@click.option("--topic", help="Only those filed here.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_obj
@speaks
def list_articles(context: Context, topic: str | None, limit: int, as_json: bool) -> None:
    """List the newest articles."""
    settings = context.load()
    if topic and topic not in settings.topics:
        raise click.UsageError(
            f"there is no topic {topic}; there are: {', '.join(settings.topics)}"
        )
    _show_rows(run(_newest(settings, topic, limit)), as_json, "no articles yet; `syndicator poll`")


async def _newest(settings: Settings, topic: str | None, limit: int) -> list[Article]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        ids = await library.newest(topic=TopicId(topic) if topic else None, limit=limit)
        return await library.articles(ids, bodies=False)


@articles.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_obj
@speaks
def search(context: Context, text: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find articles whose headline, abstract or authors hold all these words."""
    settings = context.load()
    wanted = words(" ".join(text)).split()
    _show_rows(run(_search(settings, wanted, limit)), as_json, "nothing found")


async def _search(settings: Settings, wanted: list[str], limit: int) -> list[Article]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        found = [one async for one in _matching(library.every_article(), wanted)]
    found.sort(key=lambda one: one.published, reverse=True)
    return found[:limit]


async def _matching(every: AsyncIterator[Article], wanted: list[str]) -> AsyncIterator[Article]:
    async for article in every:
        names = " ".join(person.name for person in article.authors)
        text = words(f"{article.headline} {article.abstract or ''} {names}").split()
        if all(any(word.startswith(one) for word in text) for one in wanted):
            yield article


async def _one(settings: Settings, prefix: str) -> tuple[Article, frozenset[TopicId]]:
    from syndicator.wiring import open_library

    if not (prefix.isascii() and prefix.isalnum()):
        raise click.UsageError(
            f"{prefix!r} is no article id; `syndicator articles list` shows them"
        )
    async with open_library(settings) as library:
        ids = await library.find_ids(prefix)
        if not ids:
            raise SyndicatorError(f"no article starts with {prefix}; `syndicator articles list`")
        if len(ids) > 1:
            raise SyndicatorError(f"{prefix} fits several articles: {', '.join(ids)}")
        article = await library.article(ArticleId(ids[0]))
        if article is None:
            raise SyndicatorError(f"article {ids[0]} is listed but not stored")
        return article, await library.topics_of(article.id)


@articles.command()
@click.argument("prefix", metavar="ID")
@json_option
@click.pass_obj
@speaks
def show(context: Context, prefix: str, as_json: bool) -> None:
    """Show one article whole. ID may be shortened."""
    from syndicator.cli.copy import fact_lines

    article, topics = run(_one(context.load(), prefix))
    if as_json:
        show_json({**msgspec.to_builtins(article), "topics": sorted(topics)})
        return
    lines = {
        "headline": article.headline,
        "authors": ", ".join(person.name for person in article.authors),
        "source": article.source,
        "link": article.link,
        "guid": article.guid,
        "published": f"{article.published:%Y-%m-%d %H:%M} UTC",
        "updated": f"{article.updated:%Y-%m-%d %H:%M} UTC (version {article.version})",
        "language": article.language,
        "topics": ", ".join(sorted(topics)),
        "rights": article.rights.notice,
    }
    for name, value in lines.items():
        if value:
            click.echo(f"{name:<10} {value}")
    for line in fact_lines(article.facts):
        click.echo(line)
    click.echo(f"\n{article.body.text or article.abstract or '(no text)'}")


@articles.command()
@click.option("--source", help="Only those from here.")
@json_option
@click.pass_obj
@speaks
def reread(context: Context, source: str | None, as_json: bool) -> None:
    """Read the credits of stored articles again, with the rules and houses of today.

    Nothing is polled. Dates and versions stay; topics with a changed article are
    rebuilt, by a running desk within a second.
    """
    from syndicator.cli.desk import named

    settings = context.load()
    named("source", (source,) if source else (), settings.sources)
    seen, changed = run(_reread(settings, source))
    if as_json:
        show_json({"articles": seen, "changed": changed})
    else:
        click.echo(f"{seen} articles read again, {changed} understood otherwise")


async def _reread(settings: Settings, source: str | None) -> tuple[int, int]:
    from syndicator.adapters.clock import SystemClock
    from syndicator.wiring import open_library
    from syndicator.work import reread_articles

    async with open_library(settings) as library:
        return await reread_articles(
            library, settings, SourceId(source) if source else None, SystemClock()
        )


@articles.command()
@click.argument("prefix", metavar="ID")
@click.option("--at", type=click.DateTime(), help="The moment to ask about, UTC; default: now.")
@json_option
@click.pass_obj
@speaks
def explain(context: Context, prefix: str, at: datetime | None, as_json: bool) -> None:
    """Say why an article is, was or will be in a feed, or not."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.explain import explain as why

    settings = context.load()
    article, topics = run(_one(settings, prefix))
    moment = at.replace(tzinfo=UTC) if at else SystemClock().now()
    answer = why(article, topics, settings, moment)
    if as_json:
        show_json(answer)
        return
    form = f" in form {answer.form}" if answer.form else ""
    click.echo(f"{answer.headline}\n{answer.verdict}{form} at {answer.at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"topics: {', '.join(answer.topics) or 'none'}")
    for reason in answer.reasons:
        click.echo(f"  {reason.rule}: {reason.text}")
    if answer.credit:
        click.echo(f"credit line: {answer.credit}")
    for fact in answer.facts:
        click.echo(f"  read {fact}")
