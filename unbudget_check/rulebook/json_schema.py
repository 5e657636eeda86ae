"""Shapes as JSON Schema (draft 2020-12): for editors that complete keys and mark mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unbudget_check.languages.messages import ENGLISH
from unbudget_check.rulebook.shapes import (
    LANGUAGE,
    Flag,
    Named,
    Spoken,
    Table,
    Tables,
    Text,
    Texts,
    words_of,
)

if TYPE_CHECKING:
    from unbudget_check.rulebook.shapes import Shape

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# The schemas have no home on the web: they come out of the program, and a name suffices.
IDENTITY = "urn:unbudget-check:schema:{name}:1"


def published(name: str, title: str, shape: Table) -> dict[str, Any]:
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
            kind = _text(shape)
        case Texts():
            kind = {"type": "array", "items": {"type": "string"}}
            kind |= {"minItems": 1} if shape.least else {}
        case Flag():
            kind = {"type": "boolean", "default": False}
        case Spoken():
            kind = _spoken()
        case Table():
            kind = _table(shape)
        case Named():
            kind = {"type": "object", "additionalProperties": schema_of(shape.value)}
        case Tables():
            kind = {"type": "array", "items": schema_of(shape.item)}
    return kind


def _spoken() -> dict[str, Any]:
    return {
        "type": "object",
        "required": [ENGLISH],
        "propertyNames": {"pattern": f"^{LANGUAGE}$"},
        "additionalProperties": {"type": "string", "pattern": "\\S"},
    }


def _text(shape: Text) -> dict[str, Any]:
    words = words_of(shape)
    schema: dict[str, Any] = {"type": "string"}
    if words:
        schema["enum"] = list(words)
    if shape.form:
        schema["pattern"] = f"^(?:{shape.form})$"
    if shape.default:
        schema["default"] = str(shape.default)
    return schema


def _table(shape: Table) -> dict[str, Any]:
    needed = [key for key, part in shape.keys.items() if _is_needed(part)]
    return {
        "type": "object",
        "properties": {key: schema_of(part) for key, part in shape.keys.items()},
        "additionalProperties": False,
    } | ({"required": needed} if needed else {})


def _is_needed(shape: Shape) -> bool:
    return shape.needed or (isinstance(shape, Texts) and bool(shape.least))
