"""``syndicator stories list|show|join|part``: copies of one text, and a person's word on them."""

from datetime import datetime
from typing import Any

import click
import msgspec

from syndicator.cli.articles import one_article
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
from syndicator.errors import SyndicatorError
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.story import Story


class Told(msgspec.Struct, frozen=True):
    """A story, its articles as far as the library still holds them, and where they are filed."""

    story: Story
    articles: tuple[Article, ...]
    filed: dict[ArticleId, frozenset[TopicId]]


@click.group()
def stories() -> None:
    """Copies of one text by several publishers, which a topic shows as one entry."""


@stories.command("list")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 10_000))
@json_option
@click.pass_obj
@speaks
def list_stories(context: Context, limit: int, as_json: bool) -> None:
    """List the stories that grew or changed last."""
    found = run(_newest(context.load(), limit))
    if as_json:
        show_json([_plain(one) for one in found])
        return
    rows = [
        [
            one.story.id[:10],
            str(len(one.story.members)),
            ", ".join(dict.fromkeys(article.source for article in one.articles)),
            one.articles[0].headline if one.articles else "",
        ]
        for one in found
    ]
    show_table(["id", "copies", "sources", "headline"], rows, empty="no copies were found yet")


@stories.command()
@click.argument("prefix", metavar="ID")
@json_option
@click.pass_obj
@speaks
def show(context: Context, prefix: str, as_json: bool) -> None:
    """Show the story of an article: its copies, and why each was taken for one.

    ID is that of any article of it, or its beginning.
    """
    article, told = run(_one(context.load(), prefix))
    if told is None:
        if as_json:
            show_json(None)
            return
        click.echo(f"{article.id[:10]} stands alone: no copy of it by another publisher is known")
        return
    if as_json:
        show_json(_plain(told))
        return
    click.echo(f"story {told.story.id}, published under {told.story.face.guid}")
    why = {tie.article: f"{tie.by}: {tie.why}" for tie in told.story.ties}
    held = {one.id: one for one in told.articles}
    rows = []
    for member in told.story.members:
        one = held.get(member)
        rows.append(
            [
                member[:10],
                f"{one.first_seen:%Y-%m-%d %H:%M}" if one else "",
                one.source if one else "no longer held",
                one.headline if one else "",
                ", ".join(sorted(told.filed.get(member, ()))),
                why.get(member, "the first" if member == told.story.face.article else ""),
            ]
        )
    show_table(["id", "first seen", "source", "headline", "topics", "why"], rows, empty="")


@stories.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@json_option
@click.pass_obj
@speaks
def join(context: Context, one: str, other: str, as_json: bool) -> None:
    """Make one story of two articles, and of all that is joined to either.

    A topic then shows them as one entry, under the id of the one first seen.
    """
    _done("joined", run(_change(context.load(), one, other)), as_json)


@stories.command()
@click.argument("prefix", metavar="ID")
@json_option
@click.pass_obj
@speaks
def part(context: Context, prefix: str, as_json: bool) -> None:
    """Take an article out of its story, for good; the rest stays together."""
    _done("parted", run(_change(context.load(), prefix, None)), as_json)


def _plain(told: Told) -> dict[str, Any]:
    held = {one.id: one for one in told.articles}
    ties = {tie.article: tie for tie in told.story.ties}
    copies = [
        {
            "id": member,
            "source": one.source if one else None,
            "headline": one.headline if one else None,
            "link": one.link if one else None,
            "first_seen": one.first_seen.isoformat() if one else None,
            "topics": sorted(told.filed.get(member, ())),
            "by": ties[member].by if member in ties else None,
            "why": ties[member].why if member in ties else None,
        }
        for member in told.story.members
        for one in (held.get(member),)
    ]
    return {"id": told.story.id, "guid": told.story.face.guid, "copies": copies}


async def _told(library: Any, story: Story) -> Told:
    articles = await library.articles(list(story.members), bodies=False)
    filed = {one: await library.topics_of(one) for one in story.members}
    return Told(story, tuple(articles), filed)


async def _newest(settings: Settings, limit: int) -> list[Told]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        return [await _told(library, one) for one in await library.stories(limit)]


async def _one(settings: Settings, prefix: str) -> tuple[Article, Told | None]:
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        article, _ = await one_article(library, prefix)
        story = (await library.stories_of([article.id])).get(article.id)
        return article, await _told(library, story) if story else None


class _Changed(msgspec.Struct, frozen=True):
    article: Article
    at: datetime
    topics: tuple[str, ...]
    failed: tuple[str, ...]


async def _change(settings: Settings, one: str, other: str | None) -> _Changed:
    """Join or part, and rebuild at once what that changes, whether or not a desk is running."""
    from syndicator import work
    from syndicator.logs import set_up
    from syndicator.wiring import open_parts

    set_up(settings.desk.log)
    async with open_parts(settings) as parts:
        library, now = parts.library, parts.clock.now()
        article, _ = await one_article(library, one)
        if other is None:
            if article.id not in await library.stories_of([article.id]):
                raise SyndicatorError(f"article {article.id[:10]} stands alone already")
            topics = await library.part(article.id, now)
        else:
            second, _ = await one_article(library, other)
            if second.id == article.id:
                raise click.UsageError("these are the same article; name two")
            topics = await library.join(article.id, second.id, now)
        done = await work.release_due(parts, settings)
        failed = tuple(text for name, text in done.failed.items() if name in topics)
        return _Changed(article, now, tuple(sorted(topics)), failed)


def _done(word: str, changed: _Changed, as_json: bool) -> None:
    if as_json:
        show_json({"article": changed.article.id, "topics": changed.topics})
    else:
        topics = f"; rebuilt: {', '.join(changed.topics)}" if changed.topics else ""
        click.echo(f"{word}: {changed.article.id[:10]} {changed.article.headline}{topics}")
    for text in changed.failed:
        complain(text)
    if changed.failed:
        raise SystemExit(FAILURES)
