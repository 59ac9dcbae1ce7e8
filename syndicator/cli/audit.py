"""``syndicator audit``: everything that is out there against its licence."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from syndicator.cli.common import FAILURES, Context, json_option, run, show_json, speaks
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.subscriber import Reader
from syndicator.model.topic import Audience
from syndicator.ports import Library
from syndicator.rights.rulings import ruled

if TYPE_CHECKING:
    import aiohttp

    from syndicator.audit import Breach, Document

SECONDS = 10
OK, GONE = 200, 410


@click.command()
@json_option
@click.pass_obj
@speaks
def audit(context: Context, as_json: bool) -> None:
    """Check every published entry against its licence as it is now. Exit 1 on a breach.

    Read are the published files, what a running desk answers over HTTP, the pages of
    articles too, what each subscriber would be given, and the ledger.
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
    from syndicator.audit import audit_lines, documents_in, stock
    from syndicator.wiring import open_library

    documents, found = documents_in(settings.desk.feeds)
    now = SystemClock().now()
    async with open_library(settings) as library:
        documents += await _given(library, settings, now)
        lines = [line async for line in library.publications()]
        rulings = await library.all_rulings()
        gone = {one for one, each in rulings.items() if ruled(each, now).killed}
        served, wrong = await _served(settings, documents, lines, gone)
        documents += served
        found += [*wrong, *audit_lines(lines, settings, now)]
        shelf = await stock(library, settings, documents, now)
    return len(documents), found + look(documents, shelf, settings, now)


async def _given(library: Library, settings: Settings, now: datetime) -> "list[Document]":
    """Compose what each subscriber would be given: it stands in no file."""
    from syndicator.audit import Document
    from syndicator.subscription import Subscriptions
    from syndicator.wiring import GENERATOR

    found: list[Document] = []
    subscriptions = Subscriptions(library, GENERATOR)
    for topic, one in settings.topics.items():
        for name, terms in settings.subscribers.items():
            if not terms.may_read(topic, one) or terms.trouble(now) is not None:
                continue
            reader = Reader(id=name, terms=terms)
            for output in await subscriptions.look(topic, reader, settings, now):
                kind = output.path.rpartition(".")[2]
                where = f"{output.path} for {name}"
                found.append(
                    Document(where=where, topic=topic, kind=kind, body=output.body, subscriber=name)
                )
    return found


async def _served(
    settings: Settings, documents: "list[Document]", lines: list[Publication], gone: set[ArticleId]
) -> "tuple[list[Document], list[Breach]]":
    """Return what a running desk answers otherwise than the files say, and its articles' pages."""
    import aiohttp
    import msgspec

    from syndicator.audit import Breach, Document
    from syndicator.web import AUDITOR

    host, _, port = settings.desk.listen.rpartition(":")
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - compared only
    found: list[Document] = []
    wrong: list[Breach] = []
    page = "/"
    async with aiohttp.ClientSession(
        f"http://{host}:{port}",
        timeout=aiohttp.ClientTimeout(total=SECONDS),
        headers={"User-Agent": AUDITOR},
    ) as client:
        try:
            for one in documents:
                if one.subscriber is not None or one.kind == "index":  # a part of a page
                    continue
                page = f"/feeds/{one.where.removesuffix('index.html')}"
                status, body = await _get(client, page)
                if status == OK and body != one.body:
                    found.append(msgspec.structs.replace(one, where=page, body=body))
            for article, topic in _out_there(lines, settings, gone).items():
                page = f"/articles/{article}"
                status, body = await _get(client, page)
                if status == OK:
                    found.append(Document(where=page, topic=topic, kind="html", body=body))
                if article in gone and status != GONE:
                    text = f"killed, and its page answers {status}, not 410"
                    wrong.append(Breach(where=page, entry=article, kind="page", text=text))
        except aiohttp.ClientConnectorError:
            click.echo(
                f"note: no desk runs at {settings.desk.listen}; only files are read", err=True
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            text = f"the running desk stopped answering ({error or 'too slow'}); the rest is unread"
            wrong.append(Breach(where=page, entry="", kind="unanswered", text=text))
    return found, wrong


async def _get(client: "aiohttp.ClientSession", path: str) -> tuple[int, bytes]:
    async with client.get(path) as answer:
        return answer.status, await answer.read()


def _out_there(
    lines: list[Publication], settings: Settings, gone: set[ArticleId]
) -> dict[ArticleId, TopicId]:
    """Return what stands in public topics, or stood there and was killed; each with one topic."""
    public = {name for name, one in settings.topics.items() if one.audience is Audience.PUBLIC}
    stands: dict[tuple[TopicId, ArticleId], bool] = {}
    for line in lines:
        if line.topic in public:
            stands[line.topic, line.article] = line.until is None
    topics: dict[ArticleId, TopicId] = {}
    for (topic, article), now in sorted(stands.items(), key=lambda pair: (not pair[1], pair[0])):
        if now or article in gone:
            topics.setdefault(article, topic)
    return topics
