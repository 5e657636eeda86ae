"""Sentences by which something rose or fell: the two numbers, and the table that shows them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.number import agree, decimal_of, printed
from unbudget_check.model.prose import ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.measures import Movement, Quantity
    from unbudget_check.model.number import Number
    from unbudget_check.rulebook.rule import Rule

PERCENTAGE = "percentage"


def check_direction(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on what rose to a smaller number or fell to a larger one."""
    _ = rule
    for movement in facts.prose.movements:
        one, other = movement.first.number, movement.last.number
        first, last = decimal_of(one), decimal_of(other)
        is_rounded = one.exponent != other.exponent and agree(one, other)
        if (last - first) * movement.direction > 0 or is_rounded:
            continue
        sign = "=" if first == last else "<" if first < last else ">"
        said = f"{printed(one)} {sign} {printed(other)}"
        claims.remarks.append(Remark(number, movement.at, text=said))


def check_movement_table(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a percentage that moved, where the table that the paragraph names shows another.

    Of the two numbers of the sentence the table must show one, in the year that it belongs to.
    """
    _ = rule
    for movement in facts.prose.movements:
        if not movement.first.is_percent:
            continue
        tables = _named(facts, movement.at.passage)
        found = list(_differing(facts, tables, movement))
        if len(found) == 1:
            quantity, shown = found[0]
            claims.remarks.append(Remark(number, quantity.span, shown))


def _named(facts: DocumentFacts, passage: int) -> list[TableFacts]:
    """The tables of percentages that a passage refers to."""
    numbers = {
        each.number
        for each in facts.prose.references
        if each.at.passage == passage and each.kind is ReferenceKind.TABLE and not each.is_outside
    }
    return [each for each in facts.tables if each.number in numbers and each.unit == PERCENTAGE]


def _differing(
    facts: DocumentFacts, tables: list[TableFacts], movement: Movement
) -> Iterator[tuple[Quantity, Number]]:
    """What the rows show in the last two years, where one of both differs; none if one agrees."""
    found: list[tuple[Quantity, Number]] = []
    for table in tables:
        columns = _of_results(table, facts.language)[-2:]
        for figures in table.grid:
            shown = [facts.numbers[figures[c]] for c in columns if figures[c] >= 0]
            if len(shown) < len(("first", "last")):
                continue
            pairs = list(zip((movement.first, movement.last), shown, strict=True))
            wrong = [pair for pair in pairs if not agree(pair[0].number, pair[1])]
            if not wrong:
                return
            found += wrong if len(wrong) == 1 else []
    yield from found


def _of_results(table: TableFacts, code: str) -> list[int]:
    """The columns that show what was reached, by their headings, in the order of their years."""
    reached = _reached(code)
    found = [
        (column.year, at)
        for at, column in enumerate(table.columns)
        if column.year is not None and reached.search(normalise(column.heading))
    ]
    return [at for _, at in sorted(found)]


@lru_cache(maxsize=8)
def _reached(code: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_language(code).comparisons["reached"])))
