"""The verb ``explain``: what a rule promises and why, with examples.

The page of a rule drawn for a terminal.

The example of a rule as it would look in print, with the wrong figures marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click
from rich.text import Text

from unbudget_check.cli.completing import complete_rule, known_rules, rules_dir_option
from unbudget_check.cli.rendering import color_option
from unbudget_check.cli.screen import (
    lang_option,
    language_of_pages,
    screen_width,
    shows_colors,
    write_out,
)
from unbudget_check.messages import say
from unbudget_check.reporters.terminal.layout import STATED, ExcerptGrid, hung, padded
from unbudget_check.reporters.terminal.proofs import draw_grid
from unbudget_check.reporters.words import count_of
from unbudget_check.rulebook.page import finding_text, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.cli.completing import RuleOptions
    from unbudget_check.model.document import Cell
    from unbudget_check.rulebook.page import RulePage, ShownExample, ShownTable


HELP = """Explain one rule: what it requires, why, what it finds and how to correct it.

\b
unbudget-check explain ARI101
unbudget-check explain column-total
"""

NAMES_WIDTH = 12
INDENT = 4


@click.command("explain", help=HELP, short_help="Explain a rule, with examples.")
@click.argument("rule", metavar="CODE|NAME", shell_complete=complete_rule)
@click.option(
    "--config", metavar="FILE", type=click.Path(), help="Settings file with a folder of rules."
)
@rules_dir_option
@lang_option("by default English")
@color_option
@click.option("-v", "--verbose", is_flag=True, help="Every example, not one of each kind.")
def command(rule: str, *, verbose: bool, **choices: Unpack[RuleOptions]) -> None:
    """Print the page of one rule."""
    from unbudget_check.reporters.terminal.layout import drawn
    from unbudget_check.rulebook.page import page_of
    from unbudget_check.rulebook.select import find_rule

    found = find_rule(known_rules(choices["config"], choices["rules_dir"]), rule)
    told = page_of(found, language_of_pages(choices["lang"], choices["config"]))
    page = rule_rows(told, screen_width(), verbose=verbose)
    write_out(drawn(page, color=shows_colors(choices["color"])))


def example_rows(example: ShownExample, width: int) -> Iterator[Text]:
    """The lines above, the tables and the complaints of an example, as rows of text."""
    for block in example.blocks:
        if isinstance(block, str):
            yield from map(Text, hung(block, width))
        else:
            yield from draw_grid(_grid(block), width, whole=True)


def _grid(shown: ShownTable) -> ExcerptGrid:
    table = shown.table
    cells = tuple(_texts(row, table.columns) for row in table.rows[shown.depth :])
    marks = {(row - shown.depth, column): STATED for row, column in shown.stated}
    return ExcerptGrid(shown.header, cells, marks, next(iter(marks), (0, 0)))


def _texts(cells: Sequence[Cell], columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in cells:
        texts[cell.column] = printed(cell)
    return tuple(texts)


def rule_rows(page: RulePage, width: int, *, verbose: bool) -> Iterator[Text]:
    """The page, in rows of at most this width; ``verbose`` shows every example."""
    yield Text(f"{page.code} {page.name}", "bold")
    yield from map(Text, hung(page.title, width))
    yield Text()
    for name, value in page.particulars:
        named = say(page.lang, "full.labelled", label=name, text="").rstrip()
        text = padded(named, NAMES_WIDTH) + value
        yield from map(Text, hung(text, width, hanging=NAMES_WIDTH))
    yield from _section(say(page.lang, "rule.why"), page.why, width)
    yield from _section(say(page.lang, "rule.fix"), page.fix, width)
    shown = page.examples if verbose else page.one_of_each
    for example in shown:
        yield from _example(example, page.lang, width)
    more = len(page.examples) - len(shown)
    if more:
        left = count_of(more, "more example", page.lang)
        yield Text()
        yield Text(say(page.lang, "rule.more", examples=left, code=page.code), "dim")


def _section(heading: str, text: str, width: int) -> Iterator[Text]:
    yield Text()
    yield Text(heading, "bold")
    yield from map(Text, hung(text, width))


def _example(example: ShownExample, lang: str, width: int) -> Iterator[Text]:
    yield from _section(example.heading, example.what, width)
    yield Text()
    for row in example_rows(example, width - INDENT):
        yield Text(" " * INDENT).append_text(row)
    yield from [Text()] if example.findings else []
    for finding in example.findings:
        text = f"{STATED} {finding_text(finding, lang)}"
        yield from (Text(row, "bold") for row in hung(text, width, indent=INDENT, hanging=3))
