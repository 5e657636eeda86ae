"""Every example of every rule file, through the whole engine: exactly its findings, no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check.rulebook.load import load_rules
from unbudget_check.trials import try_example

if TYPE_CHECKING:
    from unbudget_check.rulebook.rule import Example, Rule

RULES = load_rules()
CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{example.what}")
    for rule in RULES
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_gives_exactly_its_findings(rule: Rule, example: Example) -> None:
    trial = try_example(rule, example, RULES)
    assert (trial.missing, trial.further, trial.others) == ((), (), ())
