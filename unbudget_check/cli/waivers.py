"""The verb ``waivers``: accept findings, and see which waivers are still needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli.accepted import (
    WAIVERS,
    Accepting,
    decisions_of,
    text_of,
    today_of,
    today_option,
    waivers_option,
)
from unbudget_check.cli.choices import (
    DOCUMENTS,
    ReadingOptions,
    config_options,
    settings_for_reading,
)
from unbudget_check.cli.exits import CLEAN, FINDINGS, INCOMPLETE
from unbudget_check.cli.outputs import write_files
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import write_out
from unbudget_check.errors import UserError
from unbudget_check.model.decision import DecisionState, Verdict
from unbudget_check.reporters.words import count_of, shown
from unbudget_check.triage.decisions import decision_on, state_of
from unbudget_check.triage.decisions_file import parse_decisions, written_waiver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report

HELP = """Accept findings, with the reason, the owner and the last day.

\b
unbudget-check check drafts/ -o json=report.json -v      -v shows the identity of each finding
unbudget-check waivers add report.json 1f0e9d8c --reason "Rounded by the publisher" \\
    --owner "A. Officer" --until 2027-03-31
unbudget-check waivers audit drafts/                     which ones are used, expired or lapsed

A waiver accepts one difference. After its last day, or when the difference changes, the finding is
reported again.
"""


AUDIT = """Check documents and show for every waiver whether it is still needed.

\b
Exit codes:
  0  every waiver whose document was checked is used
  1  one is expired, lapsed or unused
  3  a document could not be read
"""


class Adding(TypedDict):
    """The options of ``waivers add``."""

    report: str
    findings: tuple[str, ...]
    reason: str
    owner: str
    until: datetime
    waivers: str | None


class Auditing(ReadingOptions, Accepting):
    """The options of ``waivers audit``."""

    paths: tuple[str, ...]


@click.group("waivers", help=HELP, short_help="Accept findings, with a reason and a last day.")
def command() -> None:
    """Choose what to do with waivers."""


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
                *each,
                Verdict.ACCEPT,
                by=choices["owner"],
                on=today,
                reason=choices["reason"],
                owner=choices["owner"],
                until=choices["until"].date(),
            )
        )
        for each in _chosen(report, choices["findings"])
    ]
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    write_files([(path, before + gap + "\n".join(new))])
    click.echo(f"{count_of(len(new), 'waiver')} added to {shown(str(path))}")


def _chosen(report: Report, names: Iterable[str]) -> Iterator[tuple[Finding, str | None]]:
    """The findings that are named, with the symbols of their documents; UserError for the rest."""
    for name in dict.fromkeys(names):
        meant = [
            (finding, document.symbol)
            for document in report.documents
            for finding in document.findings
            if finding.fingerprint.startswith(name)
        ]
        if len(meant) != 1:
            known = "no finding" if not meant else f"{len(meant)} findings"
            message = f"{name}: the report has {known} of this identity; `check -v` shows them"
            raise UserError(message)
        yield meant[0]


@command.command(
    "audit", help=AUDIT, short_help="Which waivers are used, expired, lapsed or unused."
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=DOCUMENTS)
@click.option("--language", metavar="CODE", hidden=True)
@click.option("--revisions", hidden=True)
@config_options
@waivers_option
@today_option
@click.pass_context
def audit(context: click.Context, **choices: Unpack[Auditing]) -> None:
    """Say of every waiver whether it is still needed."""
    settings = settings_for_reading(choices, choices["paths"])
    waivers = [
        each for kept in decisions_of(settings, choices["waivers"]).values() for each in kept
    ]
    if not waivers:
        click.echo("there are no waivers")
        context.exit(CLEAN)
    from unbudget_check import engine  # loads numpy; --help must not

    report = engine.check(choices["paths"], settings.wishes)
    states = [_state(waiver, report, choices["today"]) for waiver in waivers]
    write_out("".join(_told(waivers, states)))
    context.exit(_code(report, states))


def _state(waiver: Decision, report: Report, today: datetime | None) -> DecisionState:
    """What becomes of a waiver in a run: the best that any of its documents says."""
    found = {state_of(waiver, document, today_of(today)) for document in report.documents}
    return next((state for state in DecisionState if state in found), DecisionState.ELSEWHERE)


def _told(waivers: Sequence[Decision], states: Sequence[DecisionState]) -> Iterator[str]:
    for waiver, state in zip(waivers, states, strict=True):
        place = ", ".join(f"{name} {shown(label)}" for name, label in waiver.place.items())
        said = f"{shown(waiver.rule)} in {shown(waiver.document)}"
        terms = f"{shown(waiver.owner)}, until {waiver.until}: {shown(waiver.reason)}"
        yield f"{state}: {said}{f', {place}' if place else ''} ({terms})\n"


def _code(report: Report, states: Iterable[DecisionState]) -> int:
    if set(states) & {DecisionState.EXPIRED, DecisionState.LAPSED, DecisionState.UNUSED}:
        return FINDINGS
    return INCOMPLETE if any(d.status == "unreadable" for d in report.documents) else CLEAN
