"""Turns one rule file into a rule, or says what is wrong with the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.languages.messages import ENGLISH
from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.rulebook.equation import parse_equation
from unbudget_check.rulebook.kinds import EQUATION, KINDS, ROLES
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.rulebook.rule import Rule
from unbudget_check.rulebook.toml_table import (
    TomlTable,
    choice_at,
    parse_toml,
    refuse_unknown,
    table_at,
    text_at,
)
from unbudget_check.rulebook.words import PLACEHOLDERS, placeholders_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = (
    "code",
    "name",
    "family",
    "severity",
    "confidence",
    "check",
    "since",
    "source",
    "parameters",
    "title",
    "message",
    "why",
    "fix",
    "examples",
)
CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2}")
FIRST_EXAMPLE = "\n[[examples]]"


def read_rule(path: Path, *, whole: bool) -> Rule:
    """The rule in a file; unless ``whole``, what follows the first example is not even parsed."""
    place, text = place_of(path), read_text(path)
    if not whole:
        text = text.partition(FIRST_EXAMPLE)[0]
    rule = _rule(path, parse_toml(place, text))
    if CODE.fullmatch(rule.code) is None:
        message = f"{place}: code = '{rule.code}' is not three capitals and three digits: ARI101"
        raise UserError(message)
    if NAME.fullmatch(rule.name) is None:
        message = f"{place}: name = '{rule.name}' is not lower-case words joined by hyphens"
        raise UserError(message)
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
    refuse_unknown(table, KEYS)
    check = choice_at(table, "check", KINDS)
    return Rule(
        code=text_at(table, "code"),
        name=text_at(table, "name"),
        family=text_at(table, "family"),
        check=check,
        severity=Severity(choice_at(table, "severity", tuple(Severity))),
        confidence=Confidence(choice_at(table, "confidence", tuple(Confidence))),
        title=_words_at(table, "title"),
        message=_message_at(table),
        why=_words_at(table, "why"),
        fix=_words_at(table, "fix"),
        parameters=_parameters(table, check),
        source=text_at(table, "source"),
        since=text_at(table, "since"),
        path=path,
    )


def _words_at(table: TomlTable, key: str) -> Mapping[str, str]:
    """One text in several languages; English must be there."""
    words = table_at(table, key)
    for language in words.values:
        if LANGUAGE.fullmatch(language) is None:
            message = f"{words.place}: '{language}' is no language; write two letters, such as 'en'"
            raise UserError(message)
    text_at(words, ENGLISH)
    texts = {language: text_at(words, language) for language in words.values}
    for language, text in texts.items():
        if not text.strip():
            message = f"{words.place}: the text for '{language}' is empty"
            raise UserError(message)
    return texts


def _message_at(table: TomlTable) -> Mapping[str, str]:
    words = _words_at(table, "message")
    for language, text in words.items():
        place = f"{table.place}, [message], {language}"
        try:
            names = tuple(placeholders_of(text))
        except ValueError as error:
            message = f"{place}: the braces are not in pairs: {error}"
            raise UserError(message) from None
        for name in names:
            if name not in PLACEHOLDERS:
                hint = did_you_mean(name, PLACEHOLDERS) or f"; known: {', '.join(PLACEHOLDERS)}"
                message = f"{place}: unknown placeholder '{{{name}}}'{hint}"
                raise UserError(message)
    return words


def _parameters(table: TomlTable, check: str) -> Mapping[str, str]:
    """The parameters of a check: all of them, nothing else, and only words that it knows."""
    known = KINDS[check]
    parameters = table_at(table, "parameters", needed=bool(known))
    refuse_unknown(parameters, known)
    values = {}
    for key, choices in known.items():
        if choices == EQUATION:
            values[key] = text_at(parameters, key)
            _refuse_unreadable(parameters, values[key])
        else:
            values[key] = choice_at(parameters, key, choices)
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
