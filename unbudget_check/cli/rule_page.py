"""The page of a rule drawn for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.cli.example_rows import example_rows
from unbudget_check.languages.messages import say
from unbudget_check.reporters.fitting import STATED
from unbudget_check.reporters.layout import hung, padded
from unbudget_check.reporters.words import count_of
from unbudget_check.rulebook.page import finding_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.rulebook.page import RulePage, ShownExample

NAMES_WIDTH = 12
INDENT = 4


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
