"""The verb ``waivers``, as it was called before ``decisions``; it works for one release more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli import decisions
from unbudget_check.cli.accepted import WAIVERS, today_of
from unbudget_check.cli.decisions import chosen_findings
from unbudget_check.cli.outputs import write_files
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.errors import UserError
from unbudget_check.model.decision import Verdict
from unbudget_check.reporters.words import count_of, shown
from unbudget_check.settings import text_of
from unbudget_check.triage.decisions import decision_on, finding_meant
from unbudget_check.triage.decisions_file import parse_decisions, written_waiver

if TYPE_CHECKING:
    from datetime import datetime


class Adding(TypedDict):
    """The options of ``waivers add``."""

    report: str
    findings: tuple[str, ...]
    reason: str
    owner: str
    until: datetime
    waivers: str | None


@click.group("waivers")
def command() -> None:
    """Accept findings: the name that ``decisions`` had before."""


@command.command("add", short_help="Accept findings of a saved report.")
@click.argument("report", metavar="REPORT.json", type=click.Path())
@click.argument("findings", nargs=-1, required=True, metavar="IDENTITY...")
@click.option("--reason", required=True, help="Why the difference is acceptable.")
@click.option("--owner", required=True, help="Who is responsible.")
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day: 2027-03-31."
)
@click.option(
    "--waivers",
    metavar="FILE",
    type=click.Path(),
    help=f"The file to add to; {WAIVERS} here by default.",
)
def add(**choices: Unpack[Adding]) -> None:
    """Accept findings of a report, each named by its identity or the beginning of it.

    The file of waivers is created, or grows at its end; nothing in it is changed.
    """
    if not choices["reason"].strip() or not choices["owner"].strip():
        message = "a waiver needs a reason and an owner"
        raise UserError(message)
    path = Path(choices["waivers"] or WAIVERS)
    before = text_of(path) if path.exists() else ""
    parse_decisions(before, str(path))
    report, today = report_in(choices["report"]), today_of(None)
    new = [
        written_waiver(
            decision_on(
                finding_meant(finding, document.symbol),
                Verdict.ACCEPT,
                by=choices["owner"],
                on=today,
                reason=choices["reason"],
                owner=choices["owner"],
                until=choices["until"].date(),
            )
        )
        for finding, document in chosen_findings(report, choices["findings"])
    ]
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    write_files([(path, before + gap + "\n".join(new))])
    click.echo(f"{count_of(len(new), 'waiver')} added to {shown(str(path))}")


command.add_command(decisions.audit)
