"""The verb ``rules``: everything that is checked, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.completing import complete_family, known_rules, rules_dir_option
from unbudget_check.cli.rendering import color_option
from unbudget_check.cli.screen import (
    is_terminal,
    lang_option,
    language_of_pages,
    screen_width,
    shows_colors,
    write_out,
)
from unbudget_check.errors import UserError
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from unbudget_check.cli.completing import RuleOptions
    from unbudget_check.rulebook.rule import Rule


PROGRAM = "unbudget-check"
SEVERITY_WIDTH = len("warning")
HELP = """List every rule: its code, name, severity and title.

\b
unbudget-check rules
unbudget-check rules --family footing
unbudget-check rules -o json
unbudget-check rules --rules-dir our-rules    with rules of your own
"""


@click.command("rules", help=HELP, short_help="List everything that is checked.")
@click.option(
    "--family",
    metavar="NAME",
    shell_complete=complete_family,
    help="Only this family, such as footing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A list to read (default), or JSON for programs.",
)
@click.option(
    "--config", metavar="FILE", type=click.Path(), help="Settings file with a folder of rules."
)
@rules_dir_option
@lang_option("by default English")
@color_option
def command(family: str | None, output: str, **choices: Unpack[RuleOptions]) -> None:
    """Print the list of rules."""
    chosen = _of_family(known_rules(choices["config"], choices["rules_dir"]), family)
    if output == "json":
        write_out(_json(chosen), machine=True)
        return
    from unbudget_check.reporters.terminal.layout import drawn

    page = _list(chosen, language_of_pages(choices["lang"], choices["config"]))
    write_out(drawn(page, color=shows_colors(choices["color"])))


def _of_family(rules: Sequence[Rule], family: str | None) -> tuple[Rule, ...]:
    families = tuple(dict.fromkeys(rule.family for rule in rules))
    if family is not None and family not in families:
        hint = did_you_mean(family, families) or f"; families are: {', '.join(families)}"
        message = f"there is no family '{family}'{hint}"
        raise UserError(message)
    return tuple(rule for rule in rules if family in {None, rule.family})


def _list(rules: Sequence[Rule], lang: str) -> Iterator[Text]:
    """One row a rule; only a terminal wraps the promise, under itself."""
    from rich.text import Text

    from unbudget_check.messages import call, say
    from unbudget_check.reporters.terminal.layout import padded, wrapped
    from unbudget_check.rulebook.rule import title_of

    names = max(len(rule.name) for rule in rules)
    column = max(len(rule.code) for rule in rules) + names + SEVERITY_WIDTH + 6
    for rule in rules:
        title = title_of(rule, lang)
        if rule.origin:
            title = say(lang, "rule.title_from", title=title, origin=rule.origin)
        severity = padded(call(lang, "severities", rule.severity), SEVERITY_WIDTH)
        rows = wrapped(title, screen_width() - column) if is_terminal() else (title,)
        head = Text(f"{rule.code}  ", "bold")
        head.append(f"{rule.name:<{names}}  {severity}  ", "")
        yield head.append(rows[0])
        yield from (Text(" " * column + row) for row in rows[1:])


def _json(rules: Sequence[Rule]) -> str:
    import json

    keys = ("code", "name", "family", "severity", "confidence", "check", "source", "since")
    listed = [
        {key: getattr(rule, key) for key in keys}
        | {"title": dict(rule.title), "parameters": dict(rule.parameters)}
        | {"origin": rule.origin or PROGRAM}
        for rule in rules
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
