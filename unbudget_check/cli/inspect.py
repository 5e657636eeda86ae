"""The verb ``inspect``: what was understood of a document, before anybody trusts a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.choices import (
    DOCUMENTS,
    ReadingOptions,
    config_options,
    language_option,
    revisions_option,
    settings_for_reading,
)
from unbudget_check.cli.data_mapping import show_mapping
from unbudget_check.cli.exits import CLEAN, INCOMPLETE
from unbudget_check.cli.outputs import parse_outputs, refuse_targets, write_files
from unbudget_check.cli.rendering import color_option, force_option
from unbudget_check.cli.screen import lang_option, say_faults, screen_width, shows_colors, write_out
from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH
from unbudget_check.messages.telling import common_language
from unbudget_check.readers.source import mapping_for
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.options import Wishes


class Inspected(ReadingOptions):
    """The options of ``inspect``."""

    paths: tuple[str, ...]
    outputs: tuple[str, ...]
    table: str | None
    facts: bool
    why: str | None
    lang: str | None
    color: str
    verbose: bool
    force: bool


HELP = """Show how the program read a document: its tables, columns and rows, and what adds up.

\b
unbudget-check inspect section.docx
unbudget-check inspect section.docx --table 4.7
unbudget-check inspect section.docx --facts
unbudget-check inspect section.docx --why 4.7
unbudget-check inspect fascicles/ -o json=relations.json

For a data file with a mapping, it shows what the mapping checks. With -o json, it lists every
confirmed check of any number of documents.
"""
SEVERAL = "one document is shown at a time; -o json lists the relations of several"


@click.command("inspect", help=HELP, short_help="Show how the program read one document.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=DOCUMENTS)
@click.option(
    "outputs",
    "-o",
    "--output",
    multiple=True,
    metavar="json[=FILE]",
    help="Print the checks of documents and folders as JSON, or write them to a file.",
)
@click.option("--table", metavar="NUMBER", help="Only the table with this printed number.")
@click.option(
    "--facts", is_flag=True, help="What each figure means, and which sentences repeat it."
)
@click.option(
    "--why",
    metavar="NUMBER",
    help="Why a table, figure or paragraph was read this way: the evidence and the next best; "
    "of a cell of a workbook, such as Budget!C9, its formula.",
)
@language_option
@revisions_option
@force_option
@config_options
@lang_option("by default that of the document, if it is one of these, otherwise en")
@color_option
@click.option(
    "-v", "--verbose", is_flag=True, help="Every row with its role, and long sums in full."
)
def command(**choices: Unpack[Inspected]) -> None:
    """Print what was understood of one document, or the relations of several as data."""
    wishes = settings_for_reading(choices, choices["paths"]).wishes
    if choices["outputs"]:
        _write_relations(choices, wishes)
        return
    path, *more = choices["paths"]
    if more:
        raise UserError(SEVERAL)
    mapping = mapping_for(path, wishes.tidy)
    if mapping is not None and not (choices["table"] or choices["facts"] or choices["why"]):
        show_mapping(path, mapping)
        return
    from unbudget_check import engine
    from unbudget_check.cli.facts_page import PageOptions, document_rows
    from unbudget_check.cli.meanings_page import meaning_rows, reading_rows
    from unbudget_check.reporters.terminal.layout import drawn

    found = engine.understand(path, wishes)
    chosen = _with_number(found.facts.tables, choices["table"])
    lang = choices["lang"] or wishes.lang or common_language([found.facts]) or ENGLISH
    if choices["why"]:
        page = reading_rows(found, choices["why"], screen_width(), lang)
    elif choices["facts"]:
        page = meaning_rows(found.facts, chosen, screen_width())
    else:
        how = PageOptions(screen_width(), lang, choices["verbose"])
        page = document_rows(found, chosen, how)
    write_out(drawn(page, color=shows_colors(choices["color"])))
    say_faults(found.faults, lang)
    click.get_current_context().exit(INCOMPLETE if found.faults else CLEAN)


def _write_relations(choices: Inspected, wishes: Wishes) -> None:
    """Write the relations of all documents; leave with 3 where one could not be read."""
    outputs = parse_outputs(choices["outputs"], formats=("json",))
    refuse_targets(outputs, choices["paths"], force=choices["force"])
    from unbudget_check import engine
    from unbudget_check.reporters.data.plain_data import render

    found = list(engine.relations(choices["paths"], wishes))
    refuse_targets(outputs, [each.path for each in found], force=choices["force"])
    text = render((each.path, each.rows, each.reason) for each in found)
    if any(output.path is None for output in outputs):
        write_out(text, machine=True)
    write_files([(output.path, text) for output in outputs if output.path is not None])
    say_faults(fault for each in found for fault in each.faults)
    if not found or any(each.reason or each.faults for each in found):
        click.get_current_context().exit(INCOMPLETE)


def _with_number(tables: Sequence[TableFacts], number: str | None) -> tuple[TableFacts, ...]:
    """All parts of the table with this number, or all tables; UserError where there is none."""
    if number is None:
        return tuple(tables)
    wanted = number.casefold()
    chosen = tuple(each for each in tables if each.number and each.number.casefold() == wanted)
    if not chosen:
        known = list(dict.fromkeys(each.number for each in tables if each.number))
        hint = did_you_mean(number, known) or f"; tables are: {', '.join(known) or 'none'}"
        message = f"there is no table {number} in this document{hint}"
        raise UserError(message)
    return chosen
