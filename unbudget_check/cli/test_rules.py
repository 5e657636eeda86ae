"""The verb ``test-rules``: whether the examples of rule files give exactly what they list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.exits import CLEAN, FINDINGS
from unbudget_check.cli.screen import write_out
from unbudget_check.errors import UserError
from unbudget_check.reporters.words import count_of
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.trials import ExampleTrial

HELP = """Test the examples of your rule files: each must give exactly the findings that it lists.

\b
unbudget-check dev test-rules our-rules   the rules of a folder
unbudget-check dev test-rules             those of the folder in the settings

Each example is checked like a document, with your rules and all others.

\b
Exit codes:
  0  every example gives the findings that it lists
  1  at least one example does not
  2  an error in a rule file
"""


@click.command("test-rules", help=HELP, short_help="Test the examples of your own rules.")
@click.argument("folder", metavar="[FOLDER]", required=False, type=click.Path())
@click.option(
    "--config", metavar="FILE", type=click.Path(), help="Settings file with a folder of rules."
)
@click.pass_context
def command(context: click.Context, folder: str | None, config: str | None) -> None:
    """Try every example and leave with the exit code that the help describes."""
    chosen = folder or load_settings(config, ".").wishes.rules_dir
    if chosen is None:
        message = "give a folder of rule files; `unbudget-check dev new-rule` writes a first one"
        raise UserError(message)
    from unbudget_check.rulebook.load import all_rules, join_rules, load_rules
    from unbudget_check.trials import try_example  # loads numpy; --help must not

    own = load_rules(Path(chosen))
    places = {rule.path for rule in own}  # the folder may be that of an installed package
    rules = join_rules(own, (rule for rule in all_rules() if rule.path not in places))
    trials = [try_example(rule, each, rules) for rule in own for each in rule.examples]
    write_out("".join(f"{row}\n" for row in _told(own, trials)))
    context.exit(CLEAN if all(trial.passed for trial in trials) else FINDINGS)


def _told(rules: Sequence[Rule], trials: Sequence[ExampleTrial]) -> Iterator[str]:
    """A row for each rule, and below it what is wrong with its examples."""
    for rule in rules:
        wrong = [trial for trial in trials if trial.rule is rule and not trial.passed]
        said = f"{len(wrong)} wrong" if wrong else "all give what they list"
        yield f"{rule.code} {rule.name}: {count_of(len(rule.examples), 'example')}, {said}"
        for trial in wrong:
            yield from _wrong(trial)
    failed = sum(not trial.passed for trial in trials)
    examples = count_of(len(trials), "example")
    yield f"{examples} tried, {failed or 'none'} wrong."


def _wrong(trial: ExampleTrial) -> Iterator[str]:
    from unbudget_check.rulebook.page import finding_text

    yield f"  {trial.example.kind}: {trial.example.what}"
    for finding in trial.missing:
        yield f"    not found: {finding_text(finding)}"
        codes = [code for code, other in trial.others if other.at == finding.at]
        if codes:
            yield f"      {', '.join(codes)} finds it; of two rules for one tie, the first tells it"
    for finding in trial.further:
        yield f"    not listed, but found: {finding_text(finding)}"
