"""Reads keys out of one table of a TOML file, says what is wrong with them, and quotes texts."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.errors import UserError
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

T = TypeVar("T")

# How a person who writes TOML calls the types.
KINDS = {
    str: "a text in quotes",
    list: "a list in square brackets",
    dict: "a table",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
}


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table and the place that a message about it names: a file, or a table in a file."""

    place: str
    values: Mapping[str, object]


def parse_toml(place: str, text: str) -> TomlTable:
    """The whole file as one table; numbers stay exact decimals."""
    try:
        return TomlTable(place, tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"{place}: this is not valid TOML: {error}"
        raise UserError(message) from None


def toml_text(text: str) -> str:
    """A text as it is written in TOML, whose basic strings escape as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def refuse_unknown(table: TomlTable, known: Collection[str]) -> None:
    """Raise for the first key that means nothing here, and name the nearest one that does."""
    for key in table.values:
        if key not in known:
            hint = did_you_mean(key, known) or f"; known keys: {', '.join(known) or 'none'}"
            message = f"{table.place}: unknown key '{key}'{hint}"
            raise UserError(message)


def text_at(table: TomlTable, key: str, default: str | None = None) -> str:
    """The text under a key; one that is missing is an error unless there is a default."""
    return _value_at(table, key, str, default)


def choice_at(table: TomlTable, key: str, choices: Collection[str]) -> str:
    """The text under a key that must be one of a few words."""
    value = text_at(table, key)
    if value not in choices:
        hint = did_you_mean(value, choices) or f"; it must be one of: {', '.join(choices)}"
        message = f"{table.place}: {key} = '{value}' is unknown{hint}"
        raise UserError(message)
    return value


def table_at(table: TomlTable, key: str, *, needed: bool = True) -> TomlTable:
    """The table under a key; one that is not needed may be missing and is then empty."""
    return TomlTable(f"{table.place}, [{key}]", _value_at(table, key, dict, None if needed else {}))


def tables_at(table: TomlTable, key: str, name: str, *, needed: bool = True) -> list[TomlTable]:
    """The tables listed under a key; a message calls them by ``name`` and number, from 1."""
    return [
        TomlTable(f"{table.place}, {name} {number}", _checked(table, key, item, dict))
        for number, item in enumerate(_value_at(table, key, list, None if needed else []), start=1)
    ]


def texts_at(table: TomlTable, key: str) -> tuple[str, ...]:
    """The texts listed under a key; nothing where the key is missing."""
    return tuple(_checked(table, key, item, str) for item in _value_at(table, key, list, []))


def flag_at(table: TomlTable, key: str) -> bool:
    """Whether a key is set to true; one that is missing is not."""
    return _value_at(table, key, bool, default=False)


def _value_at(table: TomlTable, key: str, kind: type[T], default: T | None) -> T:
    if key in table.values:
        return _checked(table, key, table.values[key], kind)
    if default is None:
        message = f"{table.place}: the key '{key}' is missing{did_you_mean(key, table.values)}"
        raise UserError(message)
    return default


def _checked(table: TomlTable, key: str, value: object, kind: type[T]) -> T:
    if isinstance(value, kind):
        return value
    found = next((words for known, words in KINDS.items() if isinstance(value, known)), "a date")
    message = f"{table.place}: '{key}' must be {KINDS[kind]}, not {found}"
    raise UserError(message)
