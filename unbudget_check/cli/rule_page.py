"""One rule as a page: its promise, its reason, its examples and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.cli.example_rows import example_rows
from unbudget_check.reporters.fitting import STATED
from unbudget_check.reporters.layout import hung
from unbudget_check.reporters.words import count_of
from unbudget_check.rulebook.words import ENGLISH, title_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.rulebook.rule import Example, Rule

KINDS = {
    "fails": "This is found",
    "passes": "This holds",
    "rounding": "How far rounding excuses",
}
NAMES_WIDTH = 12
INDENT = 4


def rule_rows(rule: Rule, width: int, *, verbose: bool) -> Iterator[Text]:
    """The page, in rows of at most this width; ``verbose`` shows every example."""
    yield Text(f"{rule.code} {rule.name}", "bold")
    yield from map(Text, hung(title_of(rule, ENGLISH), width))
    yield Text()
    for name, value in _particulars(rule):
        text = f"{name + ':':<{NAMES_WIDTH}}{value}"
        yield from map(Text, hung(text, width, hanging=NAMES_WIDTH))
    yield from _section("Why", words_in(rule.why, ENGLISH), width)
    yield from _section("How to put it right", words_in(rule.fix, ENGLISH), width)
    shown = _examples(rule, verbose=verbose)
    for example in shown:
        yield from _example(example, width)
    more = len(rule.examples) - len(shown)
    if more:
        yield from (
            Text(),
            Text(f"{count_of(more, 'more example')}: explain {rule.code} -v", "dim"),
        )


def _particulars(rule: Rule) -> Iterator[tuple[str, str]]:
    parameters = ", ".join(f"{key} = {value}" for key, value in rule.parameters.items())
    yield "severity", f"{rule.severity} ({rule.confidence} confidence)"
    yield "family", rule.family
    yield "check", f"{rule.check}, with {parameters}" if parameters else rule.check
    if rule.source:
        yield "source", rule.source


def _section(heading: str, text: str, width: int) -> Iterator[Text]:
    yield Text()
    yield Text(heading, "bold")
    yield from map(Text, hung(text, width))


def _examples(rule: Rule, *, verbose: bool) -> list[Example]:
    """One example of each kind, or all of them, those in English first."""
    ordered = sorted(rule.examples, key=lambda each: each.language != ENGLISH)
    if not verbose:
        ordered = list({each.kind: each for each in reversed(ordered)}.values())
    kinds = list(KINDS)
    return sorted(ordered, key=lambda each: kinds.index(each.kind))


def _example(example: Example, width: int) -> Iterator[Text]:
    yield from _section(KINDS[example.kind], example.what, width)
    yield Text()
    for row in example_rows(example, width - INDENT):
        yield Text(" " * INDENT).append_text(row)
    yield from [Text()] if example.findings else []
    for finding in example.findings:
        said = [f"stated {finding.stated}"] if finding.stated else []
        said += [f"computed {finding.computed}"] if finding.computed else []
        text = f"{STATED} {finding.at}" + (f": {', '.join(said)}" if said else "")
        yield from (Text(row, "bold") for row in hung(text, width, indent=INDENT, hanging=3))
