"""The verb ``render``: a report that was saved as JSON, in any other format, without checking."""

from __future__ import annotations

from typing import Unpack

import click

from unbudget_check.cli.choices import STDIN
from unbudget_check.cli.exits import CLEAN
from unbudget_check.cli.outputs import parse_outputs, refuse_targets
from unbudget_check.cli.rendering import (
    Drawing,
    color_option,
    force_option,
    most_option,
    output_option,
    proof_option,
    quiet_option,
    suggest_option,
    suppressions_option,
    verbose_option,
    write_reports,
)
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import is_terminal, lang_option
from unbudget_check.messages.telling import told_in


class Rendering(Drawing):
    """The options of ``render``."""

    report: str
    outputs: tuple[str, ...]
    lang: str | None


HELP = """Convert a report saved with `check -o json=REPORT.json` to any format.

\b
unbudget-check render report.json              on the screen
unbudget-check render report.json -o concise   one line per finding
unbudget-check render report.json --lang zh    in Chinese

Nothing is checked again. Only -o docx, page, pdf, and xlsx for a workbook,
open the documents to copy them; these must be the files that were checked.

\b
Exit codes:
  0  the report was converted, whatever it contains
  2  wrong use, or a file that is not a report
  3  the report could not be read
"""


@click.command("render", help=HELP, short_help="Convert a saved JSON report to another format.")
@click.argument("report", metavar="REPORT.json", type=click.Path())
@output_option
@force_option
@color_option
@quiet_option
@verbose_option
@proof_option
@most_option
@suppressions_option
@suggest_option
@lang_option("by default that of the check")
@click.pass_context
def command(context: click.Context, **choices: Unpack[Rendering]) -> None:
    """Render a saved report in every format that is asked for."""
    outputs = parse_outputs(choices["outputs"], "full" if is_terminal() else "concise")
    name = choices["report"]
    force, inputs = choices["force"], [name] if name != STDIN else []
    refuse_targets(outputs, inputs, force=force)
    report, lang = report_in(name), choices["lang"]
    refuse_targets(outputs, [each.path for each in report.documents], force=force)
    write_reports(told_in(report, lang) if lang else report, outputs, choices, {})
    context.exit(CLEAN)
