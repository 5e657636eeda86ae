"""Declare what a settings file or rule file may hold: one shape, read and published as a schema.

A shape says of one key what it means and what may stand under it. ``read`` takes a whole table by
its shape, so that nothing is read which is not declared; the same shape is published as JSON Schema
(draft 2020-12) for editors. One more key is one more row in a ``Table``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH
from unbudget_check.rulebook.nearest import did_you_mean

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

LANGUAGE = "[a-z]{2}"
MISSING = 0xFFFD  # the sign for a character that is missing

# Some words, or what tells them when they are needed: files of languages, installed packages.
Choice = Collection[str] | Callable[[], Collection[str]]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# The schemas have no home on the web: they come out of the program, and a name suffices.
IDENTITY = "urn:unbudget-check:schema:{name}:1"


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
    """A text as it is written in TOML, whose basic strings escape as JSON does.

    What has no shape is escaped, so that nothing in the text is there unseen; half characters,
    which no TOML can hold, become the sign for one that is missing.
    """
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(each if each.isprintable() else _escaped(ord(each)) for each in quoted)


def _escaped(code: int) -> str:
    code = MISSING if 0xD800 <= code < 0xE000 else code
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


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
class TableShape:
    """A table with these keys and no others."""

    about: str
    keys: Mapping[str, Shape]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class NamedShape:
    """A table whose keys are names that the writer chooses, each with the same shape below it."""

    about: str
    value: Shape
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """A list of tables; a message calls each by ``name`` and number."""

    about: str
    name: str
    item: TableShape
    needed: bool = field(default=False)


Shape = Text | Texts | Flag | Spoken | TableShape | NamedShape | Tables


def read(table: TomlTable, shape: TableShape) -> dict[str, Any]:
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
            said = shape.needed or key in table.values
            value = _spoken(table_at(table, key, needed=True)) if said else {}
        case TableShape():
            value = read(table_at(table, key, needed=shape.needed), shape)
        case NamedShape():
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
        message = f"{table.place}: '{key}' must contain at least one {shape.least}"
        raise UserError(message)
    return texts


def _spoken(table: TomlTable) -> Mapping[str, str]:
    for language in table.values:
        if re.fullmatch(LANGUAGE, language) is None:
            message = (
                f"{table.place}: '{language}' is not a language code; use two letters, such as 'en'"
            )
            raise UserError(message)
    text_at(table, ENGLISH)
    texts = {language: text_at(table, language) for language in table.values}
    for language, text in texts.items():
        if not text.strip():
            message = f"{table.place}: the text for '{language}' is empty"
            raise UserError(message)
    return texts


def published(name: str, title: str, shape: TableShape) -> dict[str, Any]:
    """The schema of a whole file, with its identity and title."""
    head = {"$schema": DRAFT, "$id": IDENTITY.format(name=name), "title": title}
    return head | schema_of(shape)


def schema_of(shape: Shape) -> dict[str, Any]:
    """What may stand under one key."""
    described = {"description": shape.about} if shape.about else {}
    return described | _kind(shape)


def _kind(shape: Shape) -> dict[str, Any]:
    kind: dict[str, Any]
    match shape:
        case Text():
            kind = _text_schema(shape)
        case Texts():
            kind = {"type": "array", "items": {"type": "string"}}
            kind |= {"minItems": 1} if shape.least else {}
        case Flag():
            kind = {"type": "boolean", "default": False}
        case Spoken():
            kind = _spoken_schema()
        case TableShape():
            kind = _table(shape)
        case NamedShape():
            kind = {"type": "object", "additionalProperties": schema_of(shape.value)}
        case Tables():
            kind = {"type": "array", "items": schema_of(shape.item)}
    return kind


def _spoken_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": [ENGLISH],
        "propertyNames": {"pattern": f"^{LANGUAGE}$"},
        "additionalProperties": {"type": "string", "pattern": "\\S"},
    }


def _text_schema(shape: Text) -> dict[str, Any]:
    words = words_of(shape)
    schema: dict[str, Any] = {"type": "string"}
    if words:
        schema["enum"] = list(words)
    if shape.form:
        schema["pattern"] = f"^(?:{shape.form})$"
    if shape.default:
        schema["default"] = str(shape.default)
    return schema


def _table(shape: TableShape) -> dict[str, Any]:
    needed = [key for key, part in shape.keys.items() if _is_needed(part)]
    return {
        "type": "object",
        "properties": {key: schema_of(part) for key, part in shape.keys.items()},
        "additionalProperties": False,
    } | ({"required": needed} if needed else {})


def _is_needed(shape: Shape) -> bool:
    return shape.needed or (isinstance(shape, Texts) and bool(shape.least))
