"""What may stand in a settings file or a rule file: declared once, read and published from here.

A shape says of one key what it means and what may stand under it. ``read`` takes a whole table by
its shape, so that nothing is read which is not declared; :mod:`unbudget_check.rulebook.json_schema`
publishes the same shape for editors. One more key is one more row in a ``Table``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from unbudget_check.errors import UserError
from unbudget_check.languages.messages import ENGLISH
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.rulebook.toml_table import (
    TomlTable,
    flag_at,
    refuse_unknown,
    table_at,
    tables_at,
    text_at,
    texts_at,
)

LANGUAGE = "[a-z]{2}"

# Some words, or what tells them when they are needed: files of languages, installed packages.
Choice = Collection[str] | Callable[[], Collection[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text: any one, one of some ``words``, or one of a ``form`` that people call ``such``."""

    about: str
    needed: bool = False
    default: str = ""
    words: Choice = ()
    form: str = ""
    such: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts; ``least`` says of what there must be one, if anything."""

    about: str
    least: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; false where nothing is said."""

    about: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text in several languages, by their codes; English must be there, and none is empty."""

    about: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table with these keys and no others."""

    about: str
    keys: Mapping[str, Shape]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names that the writer chooses, each with the same shape below it."""

    about: str
    value: Shape
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """A list of tables; a message calls each by ``name`` and number."""

    about: str
    name: str
    item: Table
    needed: bool = field(default=False)


Shape = Text | Texts | Flag | Spoken | Table | Named | Tables


def read(table: TomlTable, shape: Table) -> dict[str, Any]:
    """The value under each key of the shape, or what holds where it is missing.

    A text is a str, a list a tuple, a table a dict. Raises UserError, with the place, the key and
    the nearest known one, for everything that the shape does not allow.
    """
    refuse_unknown(table, shape.keys)
    return {key: _value(table, key, part) for key, part in shape.keys.items()}


def words_of(shape: Text) -> tuple[str, ...]:
    """The words of which a text must be one; none where it may be any."""
    return tuple(map(str, shape.words() if callable(shape.words) else shape.words))


def _value(table: TomlTable, key: str, shape: Shape) -> object:
    value: object
    match shape:
        case Text():
            value = _text(table, key, shape)
        case Texts():
            value = _texts(table, key, shape)
        case Flag():
            value = flag_at(table, key)
        case Spoken():
            value = _spoken(table_at(table, key, needed=shape.needed))
        case Table():
            value = read(table_at(table, key, needed=shape.needed), shape)
        case Named():
            inner = table_at(table, key, needed=shape.needed)
            value = {name: _value(inner, name, shape.value) for name in inner.values}
        case Tables():
            listed = tables_at(table, key, shape.name, needed=shape.needed)
            value = tuple(read(each, shape.item) for each in listed)
    return value


def _text(table: TomlTable, key: str, shape: Text) -> str:
    if key not in table.values and not shape.needed:
        return shape.default
    text, words = text_at(table, key), words_of(shape)
    if words and text not in words:
        hint = did_you_mean(text, words) or f"; it must be one of: {', '.join(words)}"
        message = f"{table.place}: {key} = '{text}' is unknown{hint}"
        raise UserError(message)
    if shape.form and re.fullmatch(shape.form, text) is None:
        message = f"{table.place}: {key} = '{text}' is not {shape.such}"
        raise UserError(message)
    return text


def _texts(table: TomlTable, key: str, shape: Texts) -> tuple[str, ...]:
    texts = texts_at(table, key)
    if shape.least and not texts:
        message = f"{table.place}: '{key}' must name at least one {shape.least}"
        raise UserError(message)
    return texts


def _spoken(table: TomlTable) -> Mapping[str, str]:
    for language in table.values:
        if re.fullmatch(LANGUAGE, language) is None:
            message = f"{table.place}: '{language}' is no language; write two letters, such as 'en'"
            raise UserError(message)
    text_at(table, ENGLISH)
    texts = {language: text_at(table, language) for language in table.values}
    for language, text in texts.items():
        if not text.strip():
            message = f"{table.place}: the text for '{language}' is empty"
            raise UserError(message)
    return texts
