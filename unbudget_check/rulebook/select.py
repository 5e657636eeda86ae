"""Select the rules that apply to a document, and their severity.

Which rules hold for one document, and how grave each is, as the settings say.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.lexicon import normalise
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.model.finding import Severity
    from unbudget_check.model.options import DocumentWishes
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
    if plain == name or plain.endswith(f"/{name}"):  # brackets in it are no pattern then
        return True
    return fnmatchcase(plain, name) or fnmatchcase(plain, f"*/{name}")


def _literal(pattern: str) -> str:
    """A pattern in which square brackets, which symbols may contain, stand for themselves."""
    return pattern.replace("[", "[[]")


def _graded(rule: Rule, chosen: Mapping[str, Severity]) -> Rule:
    word = max(chosen, key=lambda each: rank_of(rule, (each,)), default="")
    return replace(rule, severity=chosen[word]) if rank_of(rule, (word,)) >= 0 else rule
