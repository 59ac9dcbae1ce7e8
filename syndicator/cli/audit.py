"""``syndicator audit``: everything that is out there against its licence."""

import sys
from typing import TYPE_CHECKING

import click

from syndicator.cli.common import FAILURES, Context, json_option, run, show_json, speaks
from syndicator.model.desk import Settings

if TYPE_CHECKING:
    from syndicator.audit import Breach, Document

SECONDS = 10


@click.command()
@json_option
@click.pass_obj
@speaks
def audit(context: Context, as_json: bool) -> None:
    """Check every published entry against its licence as it is now. Exit 1 on a breach.

    The published files are read, and what a running desk answers over HTTP.
    """
    seen, found = run(_audit(context.load()))
    if as_json:
        show_json(found)
    for one in () if as_json else found:
        click.echo(str(one))
    if not as_json:
        click.echo(f"{seen} documents audited: {len(found) or 'no'} breaches")
    if found:
        sys.exit(FAILURES)


async def _audit(settings: Settings) -> tuple[int, "list[Breach]"]:
    from syndicator.adapters.clock import SystemClock
    from syndicator.audit import audit as look
    from syndicator.audit import documents_in, stock
    from syndicator.wiring import open_library

    documents, found = documents_in(settings.desk.feeds)
    documents += await _served(settings, documents)
    now = SystemClock().now()
    async with open_library(settings) as library:
        shelf = await stock(library, settings, documents, now)
    return len(documents), found + look(documents, shelf, settings, now)


async def _served(settings: Settings, documents: "list[Document]") -> "list[Document]":
    """Return what a running desk answers otherwise than the files say."""
    import aiohttp
    import msgspec

    from syndicator.web import AUDITOR

    host, _, port = settings.desk.listen.rpartition(":")
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - compared only
    other: list[Document] = []
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": AUDITOR}) as client:
        for one in documents:
            page = one.where.removesuffix("index.html")
            url = f"http://{host}:{port}/feeds/{page}"
            try:
                async with client.get(url) as answer:
                    body = await answer.read()
            except (aiohttp.ClientError, TimeoutError):
                return other  # no desk is running
            if answer.status == 200 and body != one.body:  # noqa: PLR2004 - OK
                other.append(msgspec.structs.replace(one, where=url, body=body))
    return other
