"""``syndicator report``: what a licensor wants to know."""

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from syndicator.cli.common import Context, json_option, run, show_json, show_table, speaks
from syndicator.cli.desk import named
from syndicator.model.desk import Settings
from syndicator.model.ids import LicenseId

if TYPE_CHECKING:
    from syndicator.report import Use

DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])

COLUMNS = (
    "article", "headline", "link", "source", "credit", "form", "version", "topics", "first", "last",
    "fetches", "killed", "out_after", "in_time",
)  # fmt: skip


@click.group()
def report() -> None:
    """Sum up what was done."""


@report.command()
@click.option("--license", "license_id", required=True, help="The licence to report on.")
@click.option("--from", "since", type=DAY, help="First day, UTC; default: from the start.")
@click.option("--to", "until", type=DAY, help="First day after it, UTC; default: till now.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values (RFC 4180).")
@json_option
@click.pass_obj
@speaks
def usage(
    context: Context,
    license_id: str,
    since: datetime | None,
    until: datetime | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Report what was published under a licence, from the ledger of publications."""
    settings = context.load()
    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two formats; choose one")
    if since and until and since >= until:
        raise click.UsageError("--from is not before --to")
    found = run(_usage(settings, license_id, _utc(since), _utc(until)))
    if as_json:
        show_json(found)
    elif as_csv:
        click.echo(_csv(found), nl=False)
    else:
        rows = [_row(one) for one in found]
        columns = ["article", "form", "topics", "first", "last", "fetches", "headline"]
        show_table(
            columns,
            [[str(row[column]) for column in columns] for row in rows],
            empty=f"nothing was published under {license_id}",
        )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


async def _usage(
    settings: Settings, license_id: str, since: datetime | None, until: datetime | None
) -> "list[Use]":
    from syndicator.report import usage as sum_up
    from syndicator.wiring import open_library

    async with open_library(settings) as library:
        lines = [line async for line in library.publications()]
        fetched = {hour: counts async for hour, counts in library.fetches()}
        rulings = await library.all_rulings()
    if license_id not in {line.license for line in lines}:  # a licence of the past is fine
        named("licence", (license_id,), settings.licenses)
    name = LicenseId(license_id)
    terms = settings.licenses.get(name)
    deadline = terms.kill_within if terms else None
    return sum_up(lines, name, since, until, fetched, rulings, deadline)


def _row(one: "Use") -> dict[str, str]:
    return {
        "article": one.article,
        "headline": one.headline,
        "link": one.link or "",
        "source": one.source,
        "credit": one.credit or "",
        "form": " ".join(one.forms),
        "version": " ".join(one.licenses),
        "topics": " ".join(one.topics),
        "first": one.first.isoformat(timespec="seconds"),
        "last": one.last.isoformat(timespec="seconds") if one.last else "",
        "fetches": str(one.fetches),
        "killed": one.killed.isoformat(timespec="seconds") if one.killed else "",
        "out_after": "" if one.out_after is None else str(one.out_after),
        "in_time": {None: "", True: "yes", False: "no"}[one.in_time],
    }


def _csv(found: "list[Use]") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for one in found:
        writer.writerow({key: _safe(value) for key, value in _row(one).items()})
    return out.getvalue()


def _safe(value: str) -> str:
    """Keep a spreadsheet from taking an upstream's words for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value
