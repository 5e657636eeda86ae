"""Every example of every rule file, through the whole engine: exactly its findings, no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check.engine import check_document
from unbudget_check.model.number import number_of, printed
from unbudget_check.model.wishes import Wishes
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.load import load_rules

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.finding import Finding
    from unbudget_check.rulebook.rule import Example, Rule

RULES = load_rules()
CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{example.what}")
    for rule in RULES
    for example in rule.examples
]


def found(finding: Finding) -> tuple[str, str, str, str]:
    """Code, place, stated and computed, as an example writes them."""
    where = finding.where
    at = " / ".join(part for part in (where.row, where.column) if part)
    at = at or " ".join(part for part in (where.paragraph, where.item) if part)
    # One number of a list is stated by itself, not by the whole cell.
    in_list = where.item and where.row
    stated = _printed(finding.stated) if in_list else finding.stated_text
    return finding.code, at or str(where.address), stated, _printed(finding.computed)


def _printed(value: Decimal | None) -> str:
    return "" if value is None else printed(number_of(value))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_gives_exactly_its_findings(rule: Rule, example: Example) -> None:
    result = check_document(document_of(example), RULES, Wishes())
    assert sorted(found(finding) for finding in result.findings) == sorted(
        (rule.code, stated.at, stated.stated, stated.computed) for stated in example.findings
    )
