"""Turns one rule file into a rule, or says what is wrong with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.rulebook.added_kinds import parameters_of
from unbudget_check.rulebook.equation import parse_equation
from unbudget_check.rulebook.kinds import EQUATION, ROLES
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.rulebook.rule import Rule
from unbudget_check.rulebook.rule_shape import RULE, parameters_shape
from unbudget_check.rulebook.shapes import read
from unbudget_check.rulebook.toml_table import TomlTable, parse_toml, table_at
from unbudget_check.rulebook.words import PLACEHOLDERS, placeholders_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_EXAMPLE = "\n[[examples]]"


def read_rule(path: Path, *, whole: bool) -> Rule:
    """The rule in a file; unless ``whole``, what follows the first example is not even parsed."""
    place, text = place_of(path), read_text(path)
    if not whole:
        text = text.partition(FIRST_EXAMPLE)[0]
    rule = _rule(path, parse_toml(place, text))
    if path.stem != rule.name:
        message = f"{place}: the file of the rule '{rule.name}' must be called {rule.name}.toml"
        raise UserError(message)
    if path.parent.name != rule.family:
        message = f"{place}: a rule of the family '{rule.family}' must be in a folder of that name"
        raise UserError(message)
    return rule


def place_of(path: Path) -> str:
    """How messages call a rule file: folder of rules, family, file."""
    return "/".join(path.parts[-3:])


def read_text(path: Path) -> str:
    """The text of a rule file."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        message = f"{place_of(path)}: this rule file cannot be read: {error.strerror}"
        raise UserError(message) from None
    except UnicodeDecodeError as error:
        message = f"{place_of(path)}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise UserError(message) from None


def _rule(path: Path, table: TomlTable) -> Rule:
    said = read(table, RULE)
    return Rule(
        code=said["code"],
        name=said["name"],
        family=said["family"],
        check=said["check"],
        severity=Severity(said["severity"]),
        confidence=Confidence(said["confidence"]),
        title=said["title"],
        message=_message(table.place, said["message"]),
        why=said["why"],
        fix=said["fix"],
        parameters=_parameters(table, said["check"]),
        source=said["source"],
        since=said["since"],
        path=path,
    )


def _message(place: str, words: Mapping[str, str]) -> Mapping[str, str]:
    """The sentence about a finding, by language; every placeholder in it must be known."""
    for language, text in words.items():
        where = f"{place}, [message], {language}"
        try:
            names = tuple(placeholders_of(text))
        except ValueError as error:
            message = f"{where}: the braces are not in pairs: {error}"
            raise UserError(message) from None
        for name in names:
            if name not in PLACEHOLDERS:
                hint = did_you_mean(name, PLACEHOLDERS) or f"; known: {', '.join(PLACEHOLDERS)}"
                message = f"{where}: unknown placeholder '{{{name}}}'{hint}"
                raise UserError(message)
    return words


def _parameters(table: TomlTable, check: str) -> Mapping[str, str]:
    """The parameters of a check: all of them, nothing else, and only words that it knows."""
    shape = parameters_shape(check)
    parameters = table_at(table, "parameters", needed=shape.needed)
    values = read(parameters, shape)
    for key, words in parameters_of(check).items():
        if words == EQUATION:
            _refuse_unreadable(parameters, values[key])
    return values


def _refuse_unreadable(table: TomlTable, text: str) -> None:
    """Raise unless the text is an equation between roles that a column may have."""
    try:
        equation = parse_equation(text)
    except UserError as error:
        message = f"{table.place}: {error}"
        raise UserError(message) from None
    for name in (equation.stated, *(name for _, name in equation.parts)):
        if name not in ROLES:
            hint = did_you_mean(name, ROLES) or f"; known: {', '.join(ROLES)}"
            message = f"{table.place}: the equation '{text}' names an unknown column '{name}'{hint}"
            raise UserError(message)
