"""The verb ``explain``: what a rule promises, why, with examples, and how to put things right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.completing import complete_rule
from unbudget_check.cli.known_rules import known_rules, rules_dir_option
from unbudget_check.cli.reading_language import lang_option, language_of_pages
from unbudget_check.cli.rendering import color_option
from unbudget_check.cli.screen import screen_width, shows_colors, write_out

if TYPE_CHECKING:
    from unbudget_check.cli.known_rules import Listing

HELP = """Explain one rule: what it promises, why, what it finds and how to put it right.

\b
unbudget-check explain ARI101
unbudget-check explain column-total
"""


@click.command("explain", help=HELP, short_help="Explain a rule, with examples.")
@click.argument("rule", metavar="CODE|NAME", shell_complete=complete_rule)
@click.option(
    "--config", metavar="FILE", type=click.Path(), help="Settings that name a folder of rules."
)
@rules_dir_option
@lang_option("English by default")
@color_option
@click.option("-v", "--verbose", is_flag=True, help="Every example, not one of each kind.")
def command(rule: str, *, verbose: bool, **choices: Unpack[Listing]) -> None:
    """Print the page of one rule."""
    from unbudget_check.cli.rule_page import rule_rows
    from unbudget_check.reporters.canvas import drawn
    from unbudget_check.rulebook.page import page_of
    from unbudget_check.rulebook.select import find_rule

    found = find_rule(known_rules(choices["config"], choices["rules_dir"]), rule)
    told = page_of(found, language_of_pages(choices["lang"], choices["config"]))
    page = rule_rows(told, screen_width(), verbose=verbose)
    write_out(drawn(page, color=shows_colors(choices["color"])))
