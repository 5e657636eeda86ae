"""The fingerprint of a rulebook: the same rules, the same digits; another rule, other digits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from unbudget_check.model.finding import Severity
from unbudget_check.rulebook.load import load_rules, rules_hash

RULES = load_rules()


def test_the_order_of_the_rules_and_the_place_of_their_files_do_not_matter() -> None:
    moved = [replace(rule, path=Path("elsewhere") / rule.path.name) for rule in reversed(RULES)]
    assert rules_hash(moved) == rules_hash(RULES)


def test_the_order_in_which_languages_stand_in_a_file_does_not_matter() -> None:
    first = RULES[0]
    turned = replace(first, title=dict(reversed(list(first.title.items()))))
    assert rules_hash([turned, *RULES[1:]]) == rules_hash(RULES)


def test_every_change_of_a_rule_changes_it() -> None:
    first = RULES[0]
    others = [
        RULES[1:],
        (replace(first, severity=Severity.NOTE), *RULES[1:]),
        (replace(first, parameters={"kind": "items"}), *RULES[1:]),
        (replace(first, message={"en": "{row}: wrong"}), *RULES[1:]),
    ]
    assert len({rules_hash(rules) for rules in (RULES, *others)}) == 5


def test_it_is_short_and_printable() -> None:
    digest = rules_hash(RULES)
    assert len(digest) == 16
    assert int(digest, 16) >= 0
