"""Which rules hold for a document, and how grave they are there."""

from __future__ import annotations

import pytest

from unbudget_check.model.finding import Severity
from unbudget_check.model.options import DocumentWishes
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.select import find_rule, is_named, rules_for, with_severities

RULES = load_rules()


@pytest.mark.parametrize(
    ("name", "path", "symbol", "named"),
    [
        ("A/80/6 (Sect. 4)", "x.docx", "A/80/6 (Sect. 4)", True),
        ("a/80/6*", "x.docx", "A/80/6 (Sect. 4)", True),
        ("A/80/6 [Sect. 4]", "x.docx", "A/80/6 [Sect. 4]", True),
        ("A/79/6*", "x.docx", "A/80/6 (Sect. 4)", False),
        ("*.docx", "annual/x.docx", None, True),
        ("annual/*", "in\\annual\\x.docx", None, True),
        ("x.docx", "annual/xx.docx", None, False),
    ],
)
def test_a_document_is_named_by_its_symbol_or_its_path(
    name: str, path: str, symbol: str | None, *, named: bool
) -> None:
    assert is_named(name, path, symbol) is named


def test_the_most_specific_word_says_how_grave_a_rule_is() -> None:
    chosen = {"ARI1": Severity.NOTE, "column-total": Severity.ERROR, "ALL": Severity.WARNING}
    graded = with_severities(RULES, chosen)
    said = [find_rule(graded, each).severity for each in ("ARI101", "ARI102", "ARI301")]
    assert said == [Severity.ERROR, Severity.NOTE, Severity.WARNING]
    assert with_severities(RULES, {}) == RULES


def test_all_entries_that_name_a_document_count() -> None:
    chosen = {
        "A/80/6*": DocumentWishes(("NAM",)),
        "*.docx": DocumentWishes(("REF",), {"ARI": Severity.NOTE}),
        "*.txt": DocumentWishes(("ALL",)),
    }
    rules = rules_for(RULES, "x.docx", "A/80/6 (Sect. 4)", chosen)
    assert not {"NAM", "REF"} & {rule.code[:3] for rule in rules}
    assert {rule.severity for rule in rules if rule.code[:3] == "ARI"} == {Severity.NOTE}
    assert rules_for(RULES, "x.xlsx", None, chosen) == RULES
