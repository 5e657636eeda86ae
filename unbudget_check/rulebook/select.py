"""Chooses rules by code, name, prefix or family, the most specific word winning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.rulebook.rule import Rule

ALL = "ALL"
TAG = "tag:"
# How specific a selector is; a prefix counts its characters, so a family stands beside ARI1.
EVERYTHING, FAMILY, ONE_RULE = 0, 4, 6


def select_rules(
    rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The rules that are selected and not ignored; with nothing selected, all of them are.

    ``--select ARI --ignore ARI101`` leaves ARI101 out; ``--select ARI101 --ignore ARI`` keeps it.
    Where both are equally specific, ignoring wins. Raises UserError for a word that names no rule.
    """
    every = tuple(rules)
    for word in (*select, *ignore):
        _refuse_unknown(every, word)
    wanted = select or (ALL,)
    return tuple(rule for rule in every if rank_of(rule, wanted) > rank_of(rule, ignore))


def find_rule(rules: Iterable[Rule], word: str) -> Rule:
    """The one rule with this code or name; raises UserError where there is none."""
    every = tuple(rules)
    for rule in every:
        if _specificity(rule, word) == ONE_RULE:
            return rule
    raise _unknown(every, word)


def rank_of(rule: Rule, words: Iterable[str]) -> int:
    """How specifically any of the words means this rule; -1 where none does."""
    return max((_specificity(rule, word) for word in words), default=-1)


def _specificity(rule: Rule, word: str) -> int:
    """How closely a word means a rule; -1 where it does not."""
    plain = word.strip().casefold()
    if plain in {rule.code.casefold(), rule.name}:
        return ONE_RULE
    if plain.removeprefix(TAG) == rule.family:
        return FAMILY
    if plain == ALL.casefold():
        return EVERYTHING
    return len(plain) if plain and rule.code.casefold().startswith(plain) else -1


def _refuse_unknown(rules: Sequence[Rule], word: str) -> None:
    if word.strip().casefold() != ALL.casefold() and all(_specificity(r, word) < 0 for r in rules):
        raise _unknown(rules, word)


def _unknown(rules: Iterable[Rule], word: str) -> UserError:
    known = [text for rule in rules for text in (rule.code, rule.name, rule.family)]
    hint = did_you_mean(word.strip(), known) or "; `unbudget-check rules` lists all rules"
    return UserError(f"there is no rule, prefix or family '{word}'{hint}")
