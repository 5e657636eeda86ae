"""Reads the examples of a rule file, which are its tests and its documentation at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.rulebook.rule import Example, StatedFinding
from unbudget_check.rulebook.rule_file import place_of, read_text
from unbudget_check.rulebook.rule_shape import EXAMPLE, EXAMPLE_KINDS, FAILS, ROUNDING
from unbudget_check.rulebook.shapes import read
from unbudget_check.rulebook.toml_table import TomlTable, parse_toml, tables_at

if TYPE_CHECKING:
    from pathlib import Path


@cache
def read_examples(path: Path) -> tuple[Example, ...]:
    """All examples of a rule file: at least one that fails, one that passes, one of rounding."""
    return examples_in(parse_toml(place_of(path), read_text(path)))


def examples_in(table: TomlTable) -> tuple[Example, ...]:
    """The same of a rule file that was parsed."""
    examples = tuple(map(_example, tables_at(table, "examples", "example", needed=False)))
    kinds = {example.kind for example in examples}
    for kind in EXAMPLE_KINDS:
        if kind not in kinds:
            message = f'{table.place}: an [[examples]] table with kind = "{kind}" is missing'
            raise UserError(message)
    return examples


def _example(table: TomlTable) -> Example:
    said = read(table, EXAMPLE)
    kind = said["kind"]
    findings = tuple(StatedFinding(**each) for each in said["findings"])
    if bool(findings) != (kind == FAILS) and kind != ROUNDING:
        wrong = "passes must not list findings" if findings else "fails must list its findings"
        message = f"{table.place}: an example that {wrong}"
        raise UserError(message)
    return Example(**(said | {"findings": findings}))
