"""The verb ``map``: propose what the columns of a data file mean, ready for the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.exits import CLEAN, INCOMPLETE
from unbudget_check.cli.screen import write_out
from unbudget_check.cli.starters import mapping_rows
from unbudget_check.errors import UserError
from unbudget_check.reporters.words import shown, spaced
from unbudget_check.rulebook.shapes import toml_text
from unbudget_check.settings import OWN_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.options import TidyMapping
    from unbudget_check.tidy.propose import Checked, Proposal

HELP = f"""Propose what the columns of a data file mean: levels, totals, measures, equations.

The program tries every meaning that the columns allow, and prints the one with the most correct
sums, as a table for {OWN_NAME}. Review it before you use it.

\b
unbudget-check map exports/items.csv
unbudget-check map exports/items.csv >> unbudget-check.toml

\b
Exit codes:
  0  a mapping is proposed
  3  the file cannot be read, or no mapping fits its data
"""


@click.command("map", help=HELP, short_help="Propose what the columns of a data file mean.")
@click.argument("path", metavar="FILE", type=click.Path())
@click.pass_context
def command(context: click.Context, path: str) -> None:
    """Print a mapping as TOML, and what it would check as comments."""
    from unbudget_check.readers.paths import source_of
    from unbudget_check.tidy.propose import propose
    from unbudget_check.tidy.sheet import load

    sheets, _ = load(source_of(path), None)
    largest = max(sheets, key=len)
    proposal = propose(largest)
    if proposal is None:
        click.echo(
            f"{shown(path)}: no column of texts stands beside a column of figures, so there is "
            "nothing to map",
            err=True,
        )
        context.exit(INCOMPLETE)
    title = f"Proposed by `unbudget-check map {shown(path)}`: look at it, then keep it."
    write_out("\n".join(_rows(Path(path), proposal, title)) + "\n")
    context.exit(CLEAN)


def show_mapping(path: str, mapping: TidyMapping) -> None:
    """Print what the mapping of a data file checks of it; raises UserError for missing columns."""
    from unbudget_check.readers.paths import source_of
    from unbudget_check.tidy.data import needed_columns
    from unbudget_check.tidy.propose import under
    from unbudget_check.tidy.sheet import load

    needed = needed_columns(mapping)
    sheets, _ = load(source_of(path), needed)
    fitting = [sheet for sheet in sheets if set(needed) <= set(sheet.columns)]
    if not fitting:
        message = f"{shown(path)} lacks columns of its mapping: {', '.join(needed)}"
        raise UserError(message)
    title = f"What the mapping of {shown(path)} checks."
    for sheet in fitting:
        write_out("\n".join(_rows(Path(path), under(sheet, mapping), title)) + "\n")


def _rows(path: Path, proposal: Proposal, title: str) -> Iterator[str]:
    """The table of the mapping, under what it checks."""
    yield f"# {title}"
    checks = proposal.checks
    held, failed = (sum(getattr(each, name) for each in checks) for name in ("held", "failed"))
    if not checks:
        yield "# No totals and no equations were found, so it is only checked that the rows fit:"
        yield "# name rows of totals (totals, kind), codes (code, parent) or equations yourself."
    else:
        yield f"# It checks {_told(held, failed)}:"
        yield from (f"#   {shown(each.kind)}: {_counted(each)}" for each in checks)
    if proposal.others:
        yield f"# Not used: {', '.join(map(shown, proposal.others))}"
    yield f"[tidy.{toml_text(path.name)}]"
    yield from mapping_rows(proposal.mapping)


def _told(held: int, failed: int) -> str:
    every = "1 sum" if held + failed == 1 else f"{spaced(held + failed)} sums"
    return f"{every}, of which {spaced(failed) if failed else 'none'} fail{'s' * (failed < 2)}"


def _counted(check: Checked) -> str:
    return f"{spaced(check.held + check.failed)}" + (
        f", {spaced(check.failed)} of them wrong" if check.failed else ""
    )
