"""``syndicator articles``: list, show, search, explain, reread; rulings stand in ``rulings``."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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
from syndicator.model.ids import ArticleId, SourceId, SubscriberId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader
from syndicator.model.text import words
from syndicator.model.version import History
from syndicator.ports import Library

if TYPE_CHECKING:
    from syndicator.editing import Composed
    from syndicator.explain import Explanation


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
@click.option("--held", is_flag=True, help="Only those a ruling keeps in, and why.")
@click.option("--waiting", is_flag=True, help="Only those that wait for `articles approve`.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 100_000))
@json_option
@click.pass_obj
@speaks
def list_articles(
    context: Context, topic: str | None, held: bool, waiting: bool, limit: int, as_json: bool
) -> None:
    """List the newest articles."""
    settings = context.load()
    if held and waiting:
        raise click.UsageError("--held and --waiting ask two questions; ask one at a time")
    if topic and topic not in settings.topics:
        raise click.UsageError(
            f"there is no topic {topic}; there are: {', '.join(settings.topics)}"
        )
    if held:
        _show_held(run(_held(settings, topic))[:limit], as_json)
    elif waiting:
        found = run(_waiting(settings, topic))[:limit]
        _show_rows(found, as_json, "no article waits for approval")
    else:
        found = run(_newest(settings, topic, limit))
        _show_rows(found, as_json, "no articles yet; `syndicator poll`")


async def _newest(settings: Settings, topic: str | None, limit: int) -> list[Article]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        ids = await library.newest(topic=TopicId(topic) if topic else None, limit=limit)
        return await library.articles(ids, bodies=False)


def _show_held(found: list[tuple[Article, Ruling]], as_json: bool) -> None:
    from syndicator.rights.rulings import said

    if as_json:
        show_json([{**_row(one), "ruling": msgspec.to_builtins(ruling)} for one, ruling in found])
        return
    show_table(
        ["id", "kept in by", "headline", "why"],
        [[one.id[:10], ruling.kind.value, one.headline, said(ruling)] for one, ruling in found],
        empty="no ruling keeps an article in",
    )


async def _held(settings: Settings, topic: str | None) -> list[tuple[Article, Ruling]]:
    """Return what rulings keep in now, the latest ruling first."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.rights.rulings import ruled
    from syndicator.wiring import open_library

    now = SystemClock().now()
    async with open_library(settings) as library:
        rulings = await library.all_rulings()
        kept = {one: last for one, all_of in rulings.items() if (last := ruled(all_of, now).kept)}
        stored = await library.articles(list(kept), bodies=False)
        found = [
            (one, kept[one.id])
            for one in stored
            if topic is None or topic in await library.topics_of(one.id)
        ]
    return sorted(found, key=lambda pair: pair[1].at, reverse=True)


async def _waiting(settings: Settings, topic: str | None) -> list[Article]:
    """Return what would leave but for a person's approval, newest first."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.questions import waiting
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        wanted = TopicId(topic) if topic else None
        return await waiting(library, settings, wanted, SystemClock().now())


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


async def one_article(library: Library, prefix: str) -> tuple[Article, frozenset[TopicId]]:
    """Return the one article whose id starts so, and where it is filed.

    Raises:
        click.UsageError: it is no id.
        SyndicatorError: none fits, or several do.
    """
    if not (prefix.isascii() and prefix.isalnum()):
        raise click.UsageError(
            f"{prefix!r} is no article id; `syndicator articles list` shows them"
        )
    ids = await library.find_ids(prefix)
    if not ids:
        raise SyndicatorError(f"no article starts with {prefix}; `syndicator articles list`")
    if len(ids) > 1:
        raise SyndicatorError(f"{prefix} fits several articles: {', '.join(ids)}")
    article = await library.article(ArticleId(ids[0]))
    if article is None:
        raise SyndicatorError(f"article {ids[0]} is listed but not stored")
    return article, await library.topics_of(article.id)


class _Found(msgspec.Struct, frozen=True):
    """An article with all the library knows of it."""

    article: Article
    topics: frozenset[TopicId]
    rulings: tuple[Ruling, ...]
    published: tuple[Publication, ...]
    history: History
    identity: tuple[str, ...]


async def _one(settings: Settings, prefix: str, *, ledger: bool = False) -> _Found:
    from syndicator.identity import identity_of
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        article, topics = await one_article(library, prefix)
        rulings = (await library.rulings_of([article.id])).get(article.id, ())
        lines = [
            line async for line in library.publications() if ledger and line.article == article.id
        ]
        history = await library.history(article.id)
        identity = await identity_of(library, article) if ledger else ()
        return _Found(article, topics, rulings, tuple(lines), history, identity)


@articles.command()
@click.argument("prefix", metavar="ID")
@click.option("--versions", is_flag=True, help="Also what each revision changed, newest first.")
@json_option
@click.pass_obj
@speaks
def show(context: Context, prefix: str, versions: bool, as_json: bool) -> None:
    """Show one article whole. ID may be shortened."""
    from syndicator.cli.copy import fact_lines
    from syndicator.cli.versions import as_data, tell_versions
    from syndicator.compare import differences
    from syndicator.rights.rulings import said

    found = run(_one(context.load(), prefix))
    article, topics = found.article, found.topics
    if as_json:
        rulings = msgspec.to_builtins(found.rulings)
        extra = {"topics": sorted(topics), "rulings": rulings}
        if versions:
            extra["versions"] = as_data(differences(article, found.history))
        show_json({**msgspec.to_builtins(article), **extra})
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
    for one in found.rulings:
        click.echo(f"{one.kind.value:<10} {said(one)}")
    for line in fact_lines(article.facts):
        click.echo(line)
    click.echo(f"\n{article.said or '(no text)'}")
    if versions:
        tell_versions(differences(article, found.history))


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
    from syndicator.reread import reread_articles
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        return await reread_articles(
            library, settings, SourceId(source) if source else None, SystemClock()
        )


def _reader(settings: Settings, subscriber: str, topic: str | None) -> Reader:
    from syndicator.cli.desk import named

    named("subscriber", (subscriber,), settings.subscribers)
    if topic is None:
        raise click.UsageError("--subscriber asks about a feed; say which with --topic")
    key = SubscriberId(subscriber)
    return Reader(id=key, terms=settings.subscribers[key])


async def _made(
    settings: Settings, topic: TopicId, at: datetime, reader: Reader | None
) -> "Composed":
    from syndicator.explain import composed_at
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        return await composed_at(library, topic, settings, at, reader)


@articles.command()
@click.argument("prefix", metavar="ID")
@click.option("--at", type=click.DateTime(), help="The moment to ask about, UTC; default: now.")
@click.option("--topic", help="The feed to ask about; default: none in particular.")
@click.option("--subscriber", help="Who would get it; with --topic.")
@json_option
@click.pass_obj
@speaks
def explain(
    context: Context,
    prefix: str,
    at: datetime | None,
    topic: str | None,
    subscriber: str | None,
    as_json: bool,
) -> None:
    """Say why an article is, was or will be in a feed, or not."""
    from syndicator.adapters.clock import SystemClock
    from syndicator.cli.desk import named
    from syndicator.explain import explain as why

    settings = context.load()
    if topic:
        named("topic", (topic,), settings.topics)
    reader = _reader(settings, subscriber, topic) if subscriber else None
    moment = at.replace(tzinfo=UTC) if at else SystemClock().now()
    feed = TopicId(topic) if topic else None
    found = run(_one(settings, prefix, ledger=True))
    made = run(_made(settings, feed, moment, reader)) if feed else None
    # Of a moment that is past, only what had been ruled by then is told.
    rulings = [one for one in found.rulings if at is None or one.at <= moment]
    answer = why(
        found.article,
        found.topics,
        settings,
        moment,
        topic=feed,
        reader=reader,
        rulings=rulings,
        published=found.published,
        made=made,
        identity=found.identity,
    )
    if as_json:
        show_json(answer)
    else:
        _tell(answer)


def _tell(answer: "Explanation") -> None:
    """Print an explanation for people."""
    form = f" in form {answer.form}" if answer.form else ""
    click.echo(f"{answer.headline}\n{answer.verdict}{form} at {answer.at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"topics: {', '.join(answer.topics) or 'none'}")
    for reason in answer.reasons:
        click.echo(f"  {reason.rule}: {reason.text}")
    if answer.credit:
        click.echo(f"credit line: {answer.credit}")
    for line in (*answer.rulings, *answer.published):
        click.echo(f"  {line}")
    for line in answer.identity:
        click.echo(f"  identity: {line}")
    for fact in answer.facts:
        click.echo(f"  read {fact}")
