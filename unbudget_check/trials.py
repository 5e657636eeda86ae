"""Tries the examples of rules: whether each gives exactly the findings that it lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.engine import check_document
from unbudget_check.errors import UserError
from unbudget_check.model.number import number_of, printed
from unbudget_check.model.options import Wishes
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.rule import StatedFinding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from unbudget_check.model.finding import Finding
    from unbudget_check.rulebook.rule import Example, Rule


@dataclass(frozen=True, slots=True)
class ExampleTrial:
    """One example of a rule that was tried.

    ``missing`` are the findings that it lists and that the rule did not give, ``further`` those
    that the rule gave and it does not list; ``others`` are what other rules found in it, by code.
    """

    rule: Rule
    example: Example
    missing: tuple[StatedFinding, ...]
    further: tuple[StatedFinding, ...]
    others: tuple[tuple[str, StatedFinding], ...]

    @property
    def passed(self) -> bool:
        """Whether the rule finds exactly what the example lists."""
        return not self.missing and not self.further


def try_example(rule: Rule, example: Example, rules: Sequence[Rule]) -> ExampleTrial:
    """Check an example with all these rules, of which ``rule`` is one, as in a document.

    Raises UserError where the rows of its table are not equally wide.
    """
    try:
        document = document_of(example)
    except UserError as error:
        message = f"{rule.code}, example '{example.what}': {error}"
        raise UserError(message) from None
    result = check_document(document, rules, Wishes())
    found = [(finding.code, _as_listed(finding)) for finding in result.findings]
    given = [finding for code, finding in found if code == rule.code]
    return ExampleTrial(
        rule,
        example,
        _without(example.findings, given),
        _without(given, example.findings),
        tuple((code, finding) for code, finding in found if code != rule.code),
    )


def _without(
    findings: Iterable[StatedFinding], others: Iterable[StatedFinding]
) -> tuple[StatedFinding, ...]:
    """What is left of some findings when each of the others took one like it away."""
    return tuple((Counter(findings) - Counter(others)).elements())


def _as_listed(finding: Finding) -> StatedFinding:
    """Place, stated and computed, as an example writes them."""
    where = finding.where
    at = " / ".join(part for part in (where.row, where.column) if part)
    at = at or " ".join(part for part in (where.paragraph, where.item) if part)
    # One number of a list is stated by itself, not by the whole cell.
    in_list = where.item and where.row
    stated = _printed(finding.stated) if in_list else finding.stated_text
    return StatedFinding(at or str(where.address), stated, _printed(finding.computed))


def _printed(value: Decimal | None) -> str:
    return "" if value is None else printed(number_of(value))
