"""The verb ``render``: a report that was saved as JSON, in any other format, without checking."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Unpack

import click

from unbudget_check.cli.choices import STDIN
from unbudget_check.cli.exits import CLEAN
from unbudget_check.cli.outputs import parse_outputs, refuse_targets
from unbudget_check.cli.rendering import (
    Drawing,
    color_option,
    output_option,
    proof_option,
    quiet_option,
    verbose_option,
    write_reports,
)
from unbudget_check.cli.screen import is_terminal
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.reporters.words import shown


class Rendering(Drawing):
    """The options of ``render``."""

    report: str
    outputs: tuple[str, ...]


HELP = """Make any format of a report that was saved with `check -o json=REPORT.json`.

\b
unbudget-check render report.json              on the screen
unbudget-check render report.json -o concise   one row a finding

The documents are not opened, and nothing is checked again.

\b
Exit codes:
  0  the report was rendered, whatever it says
  2  wrong use, or a file that is no report
  3  the report could not be read
"""


@click.command("render", help=HELP, short_help="Make another format of a saved JSON report.")
@click.argument("report", metavar="REPORT.json")
@output_option
@color_option
@quiet_option
@verbose_option
@proof_option
@click.pass_context
def command(context: click.Context, **choices: Unpack[Rendering]) -> None:
    """Render a saved report in every format that is asked for."""
    outputs = parse_outputs(choices["outputs"], "full" if is_terminal() else "concise")
    name = choices["report"]
    refuse_targets(outputs, [name] if name != STDIN else [])
    from unbudget_check.reporters.saved import read_report  # --help must not wait for it

    write_reports(read_report(_text_of(name), shown(name)), outputs, choices)
    context.exit(CLEAN)


def _text_of(name: str) -> str:
    """The text of a file, or of standard input; raises UnreadableError or UserError."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        message = f"{shown(name)}: the report cannot be read: {error.strerror}"
        raise UnreadableError(message) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{shown(name)} is not a report: it is not written in UTF-8"
        raise UserError(message) from None
