"""``syndicator articles kill|takedown|hold|correct|restore|approve``: rulings by a person."""

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from syndicator.cli.articles import one_article
from syndicator.cli.common import FAILURES, Context, complain, json_option, run, show_json, speaks
from syndicator.errors import SyndicatorError
from syndicator.model.desk import Settings
from syndicator.model.ruling import Ruling, RulingKind

DONE_WORDS = {
    RulingKind.KILL: "killed",
    RulingKind.TAKEDOWN: "taken down",
    RulingKind.HOLD: "held",
    RulingKind.CORRECT: "corrected",
    RulingKind.RESTORE: "restored",
    RulingKind.APPROVE: "approved",
}


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a command came to."""

    ruling: Ruling
    headline: str
    topics: tuple[str, ...]
    failed: tuple[str, ...]


def _command(kind: RulingKind, told: str, *options: Callable[..., Any]) -> click.Command:
    """Make the command for one kind of ruling; all take an article, a reason and who rules."""

    def rule(
        context: Context,
        prefix: str,
        reason: str,
        by: str | None,
        as_json: bool,
        public: bool = False,
        until: datetime | None = None,
        despite: bool = False,
    ) -> None:
        settings = context.load()
        if not reason.strip():
            raise click.UsageError("--reason is empty; say in a line why, for those who ask later")
        end = until.replace(tzinfo=UTC) if until else None
        wish = Wish(kind, reason.strip(), by or _user(), public, end, despite)
        _tell(run(_rule(settings, prefix, wish)), as_json)

    rule.__doc__ = told
    wrapped: Callable[..., Any] = click.pass_obj(speaks(rule))
    default = {"default": "approved"} if kind is RulingKind.APPROVE else {"required": True}
    for option in (
        json_option,
        *options,
        click.option("--by", help="Who rules; default: the name of the user."),
        click.option("--reason", help="Why, in a line.", **default),
        click.argument("prefix", metavar="ID"),
    ):
        wrapped = option(wrapped)
    return click.command(kind.value)(wrapped)


class Wish(msgspec.Struct, frozen=True):
    """What a person asked for."""

    kind: RulingKind
    reason: str
    by: str
    public: bool
    until: datetime | None
    despite: bool


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "operator"


async def _rule(settings: Settings, prefix: str, wish: Wish) -> Ruled:
    """Record the ruling and rebuild at once what it changes, whether or not a desk is running."""
    from syndicator import work
    from syndicator.logs import set_up
    from syndicator.rights.rulings import objection
    from syndicator.wire import rule_out
    from syndicator.wiring import open_parts

    set_up(settings.desk.log)
    async with open_parts(settings) as parts:
        article, _ = await one_article(parts.library, prefix)
        now = parts.clock.now()
        if wish.until is not None and wish.until <= now:
            raise click.UsageError(f"--until {wish.until:%Y-%m-%d %H:%M} UTC is over already")
        before = (await parts.library.rulings_of([article.id])).get(article.id, ())
        wrong = objection(wish.kind, before, now)
        if wrong and not wish.despite:
            raise SyndicatorError(f"article {article.id[:10]} {wrong}")
        ruling = Ruling(
            article=article.id,
            kind=wish.kind,
            at=now,
            by=wish.by,
            reason=wish.reason,
            public=wish.public,
            until=wish.until,
        )
        topics = await rule_out(parts.library, ruling)
        made = await work.release_due(parts, settings)
        return Ruled(
            ruling=ruling,
            headline=article.headline,
            topics=tuple(sorted(topics)),
            failed=tuple(made.failed.values()),
        )


def _tell(done: Ruled, as_json: bool) -> None:
    if as_json:
        show_json(done)
    else:
        where = f"rebuilt: {', '.join(done.topics)}" if done.topics else "it is in no feed"
        words = DONE_WORDS[done.ruling.kind]
        click.echo(f"{done.ruling.article[:10]} {words}: {done.headline}; {where}")
    for text in done.failed:
        complain(text)
    if done.failed:
        sys.exit(FAILURES)


_PUBLIC = click.option("--public", is_flag=True, help="Readers may see the reason.")
_UNTIL = click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]),
    help="When it ends by itself, UTC.",
)
_DESPITE = click.option(
    "--despite-publisher",
    "despite",
    is_flag=True,
    help="Also what its own publisher has killed: you know that it was a mistake.",
)

COMMANDS = (
    _command(
        RulingKind.KILL,
        """Take an article out of every feed for good.

        A notice stays where it was published for 30 days. No later poll and no
        copy of it brings it back.
        """,
        _PUBLIC,
    ),
    _command(
        RulingKind.TAKEDOWN, "Kill an article for a legal reason; works as `kill` does.", _PUBLIC
    ),
    _command(
        RulingKind.HOLD, "Keep an article in until it is restored, or until a moment.", _UNTIL
    ),
    _command(
        RulingKind.CORRECT,
        """Record a correction.

        With --public its reason stands under the article, and readers are shown
        the article again.
        """,
        _PUBLIC,
    ),
    _command(RulingKind.RESTORE, "Undo a hold or a kill.", _DESPITE),
    _command(
        RulingKind.APPROVE, "Let an article out whose licence asks for a person's word each time."
    ),
)
