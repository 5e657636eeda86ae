"""Every key of settings and rule files, and every kind of check, from where they are declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.rulebook.kinds import KINDS
from unbudget_check.rulebook.rule_shape import RULE, parameters_shape
from unbudget_check.rulebook.shapes import Flag, Named, Spoken, Table, Tables, Text, Texts
from unbudget_check.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.rulebook.shapes import Shape

# What may stand under a key, in words; Text and the tables say more of themselves.
HOLDS: Mapping[type, str] = {
    Texts: "a list of texts",
    Flag: "true or false",
    Spoken: "a text by language",
    Table: "a table",
    Named: "tables by name",
    Tables: "a list of tables",
}
NAME = "NAME"  # stands for a name that the writer chooses


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name with the tables around it, what it means, what may stand under it."""

    name: str
    about: str
    holds: str
    words: tuple[str, ...]
    default: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of check: its parameters, and the rules that are made of it."""

    name: str
    parameters: tuple[Key, ...]
    rules: tuple[Rule, ...]


def setting_keys() -> tuple[Key, ...]:
    """The keys of a settings file."""
    return tuple(_keys(SETTINGS))


def rule_keys() -> tuple[Key, ...]:
    """The keys of a rule file."""
    return tuple(_keys(RULE))


def check_kinds(rules: Sequence[Rule]) -> tuple[Kind, ...]:
    """The kinds of check of the program, by name."""
    return tuple(
        Kind(
            name,
            tuple(_keys(parameters_shape(name))),
            tuple(rule for rule in rules if rule.check == name),
        )
        for name in sorted(KINDS)
    )


def _keys(table: Table, above: str = "") -> Iterator[Key]:
    for name, shape in table.keys.items():
        yield _key(above + name, shape)
        inner = _inner(shape)
        if inner is not None:
            between = f".{NAME}." if isinstance(shape, Named) else "."
            yield from _keys(inner, above + name + between)


def _inner(shape: Shape) -> Table | None:
    """The table that stands below a key, where one does."""
    below = shape.value if isinstance(shape, Named) else shape
    below = below.item if isinstance(below, Tables) else below
    return below if isinstance(below, Table) else None


def _key(name: str, shape: Shape) -> Key:
    words: tuple[str, ...] = ()
    default, holds = "", HOLDS.get(type(shape), "a text")
    if isinstance(shape, Text):
        words = tuple(map(str, shape.words() if callable(shape.words) else shape.words))
        default = str(shape.default)
        holds = shape.such or holds
    elif isinstance(shape, Named) and isinstance(shape.value, Text):
        given = shape.value.words
        words = tuple(map(str, given() if callable(given) else given))
        holds = "texts by name"
    return Key(name, shape.about, holds, words, default, shape.needed)
