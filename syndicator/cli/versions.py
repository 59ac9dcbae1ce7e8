"""``syndicator articles show --versions`` and ``articles compare``: what changed, what is one."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from syndicator.cli.articles import one_article
from syndicator.cli.common import Context, json_option, run, show_json, speaks

if TYPE_CHECKING:
    from syndicator.model.article import Article
    from syndicator.model.desk import Settings
    from syndicator.model.version import Difference, Piece

_MARKS = {"": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}


def as_data(found: "Sequence[Difference]") -> list[dict[str, Any]]:
    """Return revisions for ``--json``, the newest first."""
    return [
        {**msgspec.to_builtins(one.version), "changes": msgspec.to_builtins(_changes(one))}
        for one in found
    ]


def _changes(one: "Difference") -> dict[str, Any]:
    return {"headline": one.headline, "authors": one.authors, "paragraphs": one.paragraphs}


def tell_versions(found: "Sequence[Difference]") -> None:
    """Print revisions for people, the newest first; what went in [-…-], what came in {+…+}."""
    if not found:
        click.echo("\none version; nothing was ever revised")
    for one in found:
        version = one.version
        parts = ", ".join(version.why)
        click.echo(
            f"\n{version.until:%Y-%m-%d %H:%M} UTC  version {version.number} replaced: {parts} "
            f"(words: -{version.removed} +{version.added}); from {version.source}, "
            f"known by its {version.by}"
        )
        for pieces in (one.headline, one.authors, *one.paragraphs):
            if pieces:
                click.echo(f"  {_marked(pieces)}")


def _marked(pieces: "Iterable[Piece]") -> str:
    return " ".join(piece.text.join(_MARKS[piece.sign]) for piece in pieces)


@click.command("compare")
@click.argument("prefix", metavar="ID")
@click.argument("other", metavar="ID")
@json_option
@click.pass_obj
@speaks
def compare_articles(context: Context, prefix: str, other: str, as_json: bool) -> None:
    """Say why two articles are two: what they share, and which key was believed."""
    from syndicator.identity import compared

    one, two = run(_both(context.load(), prefix, other))
    lines = compared(one, two)
    if as_json:
        show_json({"articles": [one.id, two.id], "evidence": lines})
        return
    for article in (one, two):
        click.echo(f"{article.id[:10]}  {article.source}  {article.headline}")
    for line in lines:
        click.echo(f"  {line}")


async def _both(settings: "Settings", prefix: str, other: str) -> "tuple[Article, Article]":
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        return (await one_article(library, prefix))[0], (await one_article(library, other))[0]
