"""Reads the examples of a rule file, which are its tests and its documentation at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.rulebook.rule import Example, StatedFinding
from unbudget_check.rulebook.rule_file import place_of, read_text
from unbudget_check.rulebook.toml_table import (
    TomlTable,
    choice_at,
    parse_toml,
    refuse_unknown,
    tables_at,
    text_at,
    texts_at,
)

if TYPE_CHECKING:
    from pathlib import Path

FAILS, PASSES, ROUNDING = "fails", "passes", "rounding"
EXAMPLE_KINDS = (FAILS, PASSES, ROUNDING)
EXAMPLE_KEYS = ("what", "kind", "before", "table", "language", "findings")
FINDING_KEYS = ("at", "stated", "computed")


@cache
def read_examples(path: Path) -> tuple[Example, ...]:
    """All examples of a rule file: at least one that fails, one that passes, one of rounding."""
    place = place_of(path)
    listed = tables_at(parse_toml(place, read_text(path)), "examples", "example", needed=False)
    examples = tuple(_example(table) for table in listed)
    kinds = {example.kind for example in examples}
    for kind in EXAMPLE_KINDS:
        if kind not in kinds:
            message = f'{place}: an [[examples]] table with kind = "{kind}" is missing'
            raise UserError(message)
    return examples


def _example(table: TomlTable) -> Example:
    refuse_unknown(table, EXAMPLE_KEYS)
    kind = choice_at(table, "kind", EXAMPLE_KINDS)
    findings = tuple(
        _finding(item) for item in tables_at(table, "findings", "finding", needed=False)
    )
    if bool(findings) != (kind == FAILS) and kind != ROUNDING:
        wrong = "passes must not list findings" if findings else "fails must list its findings"
        message = f"{table.place}: an example that {wrong}"
        raise UserError(message)
    return Example(
        what=text_at(table, "what"),
        kind=kind,
        table=text_at(table, "table"),
        before=texts_at(table, "before"),
        language=text_at(table, "language", "en"),
        findings=findings,
    )


def _finding(table: TomlTable) -> StatedFinding:
    refuse_unknown(table, FINDING_KEYS)
    at, stated = text_at(table, "at"), text_at(table, "stated")
    return StatedFinding(at, stated, text_at(table, "computed", ""))
