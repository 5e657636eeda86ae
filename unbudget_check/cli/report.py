"""The verb ``report diff``: what ``compare`` says of two saved reports, under its older name."""

from __future__ import annotations

from typing import Unpack

import click

from unbudget_check.cli.compare import Drawn, all_option, compare_saved, fail_option, output_option
from unbudget_check.cli.rendering import color_option, force_option, quiet_option
from unbudget_check.cli.screen import lang_option

HINT = (
    "`unbudget-check report diff` is now `unbudget-check compare`; the old name goes in version 0.2"
)
DIFF = """List what an edit fixed and what it broke, finding by finding.

Findings are matched by their identity. A finding is new if it is not in the first report, and worse
if its difference grew. One whose difference shrank counts as changed and does not fail the run.
Accepted findings are neither new nor fixed. `compare` does the same, and more with the documents.

\b
Exit codes:
  0  no new or worse findings
  1  new or worse findings
  2  wrong use, or a file that is not a report
  3  a report cannot be read, or the second one is incomplete
"""


class Comparing(Drawn):
    """The options of ``report diff``."""

    old: str
    new: str


@click.group("report", hidden=True)
def command() -> None:
    """Compare two saved reports: the name before ``compare``."""
    click.echo(HINT, err=True)


@command.command("diff", help=DIFF, short_help="What an edit fixed and what it broke.")
@click.argument("old", metavar="OLD.json", type=click.Path())
@click.argument("new", metavar="NEW.json", type=click.Path())
@output_option
@fail_option
@lang_option("by default that of the second report")
@color_option
@quiet_option
@force_option
@all_option
@click.pass_context
def diff(context: click.Context, **choices: Unpack[Comparing]) -> None:
    """Compare two saved reports, and fail where something was broken."""
    context.exit(compare_saved(choices["old"], choices["new"], choices))
