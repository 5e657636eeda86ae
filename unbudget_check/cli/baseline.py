"""The verb ``baseline``: set aside what is known today; then only what is new lets a run fail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.outputs import Output, refuse_targets, write_files
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import write_out
from unbudget_check.errors import UserError
from unbudget_check.reporters.words import count_of, place_of, shown
from unbudget_check.settings import text_of
from unbudget_check.triage.baseline import baseline_of, pruned, read_baseline, written

if TYPE_CHECKING:
    from unbudget_check.triage.baseline import Baseline

USUAL = "unbudget-baseline.json"
HELP = """Accept today's findings: later runs fail only for new or changed findings.

\b
unbudget-check check drafts/ -o json=report.json
unbudget-check decisions baseline write report.json   writes the baseline
unbudget-check check drafts/ --baseline unbudget-baseline.json
unbudget-check decisions baseline prune report.json   removes what is fixed
unbudget-check decisions baseline show                lists what is accepted

A finding is recognised by its identity and its difference, never by a count.
"""
file_option = click.option(
    "--baseline",
    "path",
    default=USUAL,
    show_default=True,
    metavar="FILE",
    type=click.Path(),
    help="The file.",
)


@click.group("baseline", help=HELP, short_help="Accept the findings that are known today.")
def command() -> None:
    """Choose what to do with a baseline."""


@command.command("write", short_help="Accept all findings of a saved report.")
@click.argument("report", metavar="REPORT.json", type=click.Path())
@file_option
@click.option("--force", is_flag=True, help="Replace an existing baseline.")
def write(report: str, path: str, *, force: bool) -> None:
    """Write a baseline of all findings of a report; one that is there stays unless forced."""
    if Path(path).exists() and not force:
        message = f"{path} already exists; prune it, or replace it with --force"
        raise UserError(message)
    found = report_in(report)
    places = {each.fingerprint: place_of(each.where) for each in found.findings}
    _write(path, report, baseline_of(found, places))


@command.command("prune", short_help="Remove findings that are gone or have changed.")
@click.argument("report", metavar="REPORT.json", type=click.Path())
@file_option
def prune(report: str, path: str) -> None:
    """Take out of a baseline what a later report no longer finds; nothing is ever added."""
    known = read_baseline(text_of(Path(path)), path)
    kept = pruned(known, report_in(report))
    _write(path, report, kept)
    click.echo(f"{count_of(len(known) - len(kept), 'finding')} taken out")


@command.command("show", short_help="List the accepted findings.")
@file_option
def show(path: str) -> None:
    """List the findings of a baseline, one a row."""
    known = read_baseline(text_of(Path(path)), path)
    rows = [
        f"{shown(each.document)}: {each.code}, {shown(each.place)}"
        + (f" (difference {each.difference})" if each.difference is not None else "")
        for each in known.values()
    ]
    write_out("".join(f"{row}\n" for row in [*rows, f"{count_of(len(rows), 'finding')} set aside"]))


def _write(path: str, report: str, known: Baseline) -> None:
    refuse_targets([Output("json", Path(path))], [report], force=True)
    write_files([(Path(path), written(known.values()))])
    click.echo(f"{count_of(len(known), 'finding')} in {shown(path)}")
