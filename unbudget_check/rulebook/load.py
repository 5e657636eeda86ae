"""Find and read all rule files of a run, and compute their fingerprint.

A short fingerprint of the rules of a run, so that two reports can be compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import PluginError, UserError
from unbudget_check.installed import RULES, folder_of, plugins_in
from unbudget_check.rulebook.kinds import package_of
from unbudget_check.rulebook.rule import place_of, read_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.rulebook.rule import Rule


DIGITS = 16


PACKAGE = Path(__file__).resolve().parents[1]
# An installed wheel carries the rules inside the package; a checkout has them beside it.
OWN_FOLDERS = (PACKAGE / "_rules", PACKAGE.parent / "rules")


def load_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """The rules that come with the program, or those of a folder of one's own, sorted by code.

    Raises UserError with the file, the key and the nearest known key for every mistake. The
    examples of a folder of one's own are checked at once; those that come with the program have
    their tests and are read only when somebody asks for them.
    """
    if folder is None:
        return _own_rules()
    rules = _read_folder(folder, whole=True)
    for rule in rules:
        _ = rule.examples
    return tuple(replace(rule, origin=str(folder)) for rule in rules)


def all_rules(folder: str | None = None) -> tuple[Rule, ...]:
    """Every rule of the program, of installed packages and of a folder of one's own, by code.

    Raises UserError for every mistake in a rule file, naming the package where it is in one.
    """
    own = load_rules(Path(folder)) if folder else ()
    return join_rules(load_rules(), *_rules_of_packages(), own)


def forget_rules() -> None:
    """Read the rules that come with the program anew next time: somebody is writing them."""
    _own_rules.cache_clear()


def join_rules(*groups: Iterable[Rule]) -> tuple[Rule, ...]:
    """Several rulebooks as one, sorted by code; no code and no name may stand in it twice."""
    rules = sorted((rule for group in groups for rule in group), key=lambda rule: rule.code)
    seen: dict[str, Rule] = {}
    for rule in rules:
        for word, value in (("code", rule.code), ("name", rule.name)):
            other = seen.setdefault(value, rule)
            if other is not rule:
                places = f"{_place(other)} and {_place(rule)}"
                message = f"{places}: two rules have the {word} '{value}'; change one of them"
                raise UserError(message)
    return tuple(rules)


def _place(rule: Rule) -> str:
    """The file of a rule, and where that came from, unless it is the program's own."""
    place = place_of(rule.path)
    return f"{place} (from {rule.origin})" if rule.origin else place


@cache
def _rules_of_packages() -> tuple[tuple[Rule, ...], ...]:
    """The rules of each installed package that has some."""
    found = []
    for plugin in plugins_in(RULES).values():
        try:
            rules = load_rules(Path(folder_of(plugin)))
        except PluginError:
            raise
        except UserError as error:
            message = f"{plugin}: {error}"
            raise PluginError(message) from None
        found.append(tuple(replace(rule, origin=plugin.package) for rule in rules))
    return tuple(found)


@cache
def _own_rules() -> tuple[Rule, ...]:
    for folder in OWN_FOLDERS:
        if folder.is_dir():
            return _read_folder(folder, whole=False)
    message = f"the rules are missing: there is no folder {OWN_FOLDERS[0]}; reinstall"
    raise UserError(message)


def _read_folder(folder: Path, *, whole: bool) -> tuple[Rule, ...]:
    if not folder.is_dir():
        message = f"{folder}: this folder of rule files does not exist"
        raise UserError(message)
    paths = sorted(folder.resolve().rglob("*.toml"))
    if not paths:
        message = f"{folder}: this folder contains no rule files; a rule is a file FAMILY/NAME.toml"
        raise UserError(message)
    return join_rules(read_rule(path, whole=whole) for path in paths)


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
