"""``syndicator subscribers``: list, add, revoke, test."""

import sys
from datetime import datetime
from secrets import token_bytes, token_urlsafe
from typing import Any

import click

from syndicator.cli.common import (
    FAILURES,
    Context,
    all_or_nothing,
    json_option,
    show_json,
    show_table,
    speaks,
)
from syndicator.model.desk import Settings
from syndicator.model.ids import SubscriberId
from syndicator.model.subscriber import Subscriber, hashed, is_token

MARK = "syn_"  # so that a token in a log or a letter is known for what it is
TOKEN_BYTES, SALT_BYTES = 32, 16
FORMATS = ("rss", "atom", "json")
TERMS = (
    "name", "topics", "licenses", "territories", "forms", "commercial", "rate", "expires",
)  # fmt: skip


@click.group()
def subscribers() -> None:
    """List, add, revoke and test those who read topics that are not for everyone."""


def _state(one: Subscriber) -> str:
    from syndicator.adapters.clock import SystemClock

    return one.trouble(SystemClock().now()) or "active"


def _topics(settings: Settings, one: Subscriber) -> list[str]:
    return [key for key, topic in settings.topics.items() if one.may_read(key, topic)]


def describe(key: SubscriberId, settings: Settings) -> dict[str, Any]:
    """Sum up one subscriber for a listing: all but its hash."""
    one = settings.subscribers[key]
    return {
        "subscriber": key,
        "name": one.name or key,
        "state": _state(one),
        "topics": _topics(settings, one),
        "licenses": list(one.licenses),
        "territories": list(one.territories),
        "forms": one.forms.value,
        "commercial": one.commercial,
        "rate": one.rate,
        "expires": one.expires.isoformat() if one.expires else None,
    }


def _feeds(settings: Settings, one: Subscriber, token: str) -> list[dict[str, str]]:
    """Return each topic it may read with its addresses."""
    start = f"{settings.desk.base_url}/s/{token}/feeds"
    return [
        {"topic": topic, **{kind: f"{start}/{topic}.{kind}" for kind in FORMATS}}
        for topic in _topics(settings, one)
    ]


def _show_feeds(settings: Settings, feeds: list[dict[str, str]]) -> None:
    for feed in feeds:
        click.echo(feed["topic"])
        for kind in FORMATS:
            click.echo(f"  {feed[kind]}")
    if not feeds:
        click.echo("there is no topic for it yet: give one `audience: subscribers` in topics.yaml")
        return
    start = f"{settings.desk.base_url}/s/feeds"
    click.echo(f"or {start}/TOPIC.atom with ?token=TOKEN, or with the token as password")


@subscribers.command("list")
@json_option
@click.pass_obj
@speaks
def list_subscribers(context: Context, as_json: bool) -> None:
    """List every subscriber with its terms."""
    settings = context.load()
    rows = [describe(key, settings) for key in settings.subscribers]
    if as_json:
        show_json(rows)
        return
    columns = [
        "subscriber", "name", "state", "topics", "licenses", "territories", "forms", "rate",
        "expires",
    ]  # fmt: skip
    show_table(
        columns,
        [[_said(row[column]) for column in columns] for row in rows],
        empty="no subscribers; add one with `syndicator subscribers add NAME`",
    )


def _said(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


@subscribers.command()
@click.argument("key", metavar="NAME")
@click.option("--name", help="Shown to people; default: NAME.")
@click.option("--topic", "topics", multiple=True, help="May read this; default: all there are.")
@click.option("--license", "licenses", multiple=True, help="Only what leaves under this.")
@click.option("--territory", "territories", multiple=True, help="Its readers are in this country.")
@click.option("--forms", help="The most it gets: full, excerpt or headline.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="Refused from this day on.")
@click.option("--rate", type=int, help="Requests a minute; default: 60.")
@click.option("--commercial", is_flag=True, help="It earns money with what it gets.")
@json_option
@click.pass_obj
@speaks
def add(
    context: Context, /, key: str, expires: datetime | None, as_json: bool, **terms: Any
) -> None:
    """Add a subscriber to subscribers.yaml and show its token, once: only a hash is kept."""
    from syndicator.settings.edit import add_subscriber

    context.load()  # faults that were there before are not this command's
    token = MARK + token_urlsafe(TOKEN_BYTES)
    terms["expires"] = expires.date() if expires else None
    fields: dict[str, Any] = {"token": hashed(token, token_bytes(SALT_BYTES))}
    for name in TERMS:
        one = terms[name]
        if one is not None and one is not False and one != ():  # a rate of 0 is for the check
            fields[name] = list(one) if isinstance(one, tuple) else one
    with all_or_nothing(context, "subscribers.yaml"):
        add_subscriber(context.config, SubscriberId(key), fields)
    settings = context.load()
    feeds = _feeds(settings, settings.subscribers[SubscriberId(key)], token)
    if as_json:
        show_json({"subscriber": key, "token": token, "feeds": feeds})
        return
    click.echo(f"added {key} to {context.config.name}/subscribers.yaml")
    click.echo(f"token, shown this once: {token}")
    _show_feeds(settings, feeds)


@subscribers.command()
@click.argument("key", metavar="NAME")
@click.option("--remove", is_flag=True, help="Take the entry out of the file, not only its rights.")
@click.pass_obj
@speaks
def revoke(context: Context, key: str, remove: bool) -> None:
    """Refuse a subscriber from now on; a running desk does so within seconds."""
    from syndicator.settings.edit import remove_subscriber, revoke_subscriber

    (remove_subscriber if remove else revoke_subscriber)(context.config, SubscriberId(key))
    click.echo(f"{'removed' if remove else 'revoked'} {key}")


@subscribers.command()
@click.argument("token")
@json_option
@click.pass_obj
@speaks
def test(context: Context, token: str, as_json: bool) -> None:
    """Say whose TOKEN this is and what it opens; - reads it from standard input.

    Exit 1 if it opens nothing.
    """
    settings = context.load()
    token = sys.stdin.readline().strip() if token == "-" else token  # noqa: S105 - no token
    whose = [key for key, one in settings.subscribers.items() if is_token(token, one.token)]
    state = _state(settings.subscribers[whose[0]]) if whose else "unknown"
    good = state == "active"
    feeds = _feeds(settings, settings.subscribers[whose[0]], token) if good else []
    if as_json:
        show_json({"subscriber": next(iter(whose), None), "state": state, "feeds": feeds})
    else:
        click.echo(f"{whose[0]}: {state}" if whose else "this token is nobody's")
        if good:
            _show_feeds(settings, feeds)
    if not good:
        sys.exit(FAILURES)
