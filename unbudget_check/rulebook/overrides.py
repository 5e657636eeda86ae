"""Which rules hold for one document, and how grave each is, as the settings say."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from unbudget_check.languages import normalise
from unbudget_check.rulebook.select import rank_of, select_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.model.finding import Severity
    from unbudget_check.model.wishes import DocumentWishes
    from unbudget_check.rulebook.rule import Rule


def with_severities(rules: Sequence[Rule], chosen: Mapping[str, Severity]) -> tuple[Rule, ...]:
    """The rules with the severity of the most specific word that means them.

    Raises UserError for a word that names no rule.
    """
    select_rules(rules, tuple(chosen))
    return tuple(_graded(rule, chosen) for rule in rules)


def refuse_unknown_rules(rules: Sequence[Rule], wishes: Iterable[DocumentWishes]) -> None:
    """Raise UserError for a word of some documents' own wishes that names no rule."""
    for each in wishes:
        select_rules(rules, (), (*each.ignore, *each.severities))


def rules_for(
    rules: Sequence[Rule], path: str, symbol: str | None, chosen: Mapping[str, DocumentWishes]
) -> tuple[Rule, ...]:
    """The rules for one document: all entries count that name it by path or symbol, in order."""
    for name, wishes in chosen.items():
        if is_named(name, path, symbol):
            kept = (rule for rule in rules if rank_of(rule, wishes.ignore) < 0)
            rules = tuple(_graded(rule, wishes.severities) for rule in kept)
    return tuple(rules)


def is_named(name: str, path: str, symbol: str | None) -> bool:
    """Whether a name in a settings file, a symbol or a pattern of either, means this document."""
    if symbol and fnmatchcase(normalise(symbol), _literal(normalise(name))):
        return True
    plain = path.replace("\\", "/")
    return fnmatchcase(plain, name) or fnmatchcase(plain, f"*/{name}")


def _literal(pattern: str) -> str:
    """A pattern in which square brackets, which symbols may contain, stand for themselves."""
    return pattern.replace("[", "[[]")


def _graded(rule: Rule, chosen: Mapping[str, Severity]) -> Rule:
    word = max(chosen, key=lambda each: rank_of(rule, (each,)), default="")
    return replace(rule, severity=chosen[word]) if rank_of(rule, (word,)) >= 0 else rule
