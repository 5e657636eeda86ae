"""A short fingerprint of the rules of a run, so that two reports can be compared."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from unbudget_check.rulebook.added_kinds import package_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.rulebook.rule import Rule

DIGITS = 16


def rules_hash(rules: Iterable[Rule]) -> str:
    """Sixteen digits that change when a rule comes, goes, or checks or says something else.

    The order of the rules, the place of their files and their examples do not matter; the version
    of an installed package does whose check a rule uses.
    """
    described = sorted(repr(_description(rule)) for rule in rules)
    return hashlib.sha256("\n".join(described).encode()).hexdigest()[:DIGITS]


def _description(rule: Rule) -> tuple[object, ...]:
    texts = (rule.title, rule.message, rule.why, rule.fix)
    return (
        rule.code,
        rule.name,
        rule.family,
        f"{rule.check} {package_of(rule.check)}".strip(),
        str(rule.severity),
        str(rule.confidence),
        _sorted(rule.parameters),
        *map(_sorted, texts),
    )


def _sorted(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items()))
