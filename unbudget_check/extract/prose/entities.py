"""The components and subprogrammes of a document, under every name that it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise, plain_digits
from unbudget_check.model.facts import ROWS_OF_TOTALS, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.languages import Language
    from unbudget_check.model.facts import Row, TableFacts

OVERALL = "overall"
LONGEST_NAME = 200
# A name of fewer letters is no name: it would be found everywhere.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Entities:
    """Printed name -> key; a numbered subprogramme has the key ``subprogramme 3``.

    ``names[scope, name]``: each numbered part of a document (8.I, 8.II) has components of its own.
    """

    language: Language
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def in_scope(self, scope: str) -> Mapping[str, str]:
        """Printed name -> key of the components in one numbered part."""
        return {name: key for (where, name), key in self.names.items() if where == scope}

    def of(self, text: str, scope: str) -> str:
        """The key of the component that a caption, heading or label names, or ""."""
        bare = normalise(text).strip(" .:;,。：；，")
        if bare in self.language.entities["overall"]:
            return OVERALL
        numbered = _numbered(self.language.code).match(plain_digits(bare))
        if numbered:
            return key_of_number(numbered["number"])
        return self.names.get((scope, bare), "")


def named_at_start(entities: Entities, text: str, start: int, scope: str) -> str:
    """The key of the component whose name begins a text at some place, or ""."""
    bare = text[start : start + LONGEST_NAME].casefold()
    numbered = _numbered(entities.language.code).match(plain_digits(bare))
    if numbered:
        return key_of_number(numbered["number"])
    names = entities.in_scope(scope)
    # Most texts begin with no name at all; only the others are worth comparing in full.
    if not any(bare.startswith(name[:SHORTEST]) for name in names):
        return ""
    bare = normalise(bare)
    found = (
        (len(name), key)
        for name, key in names.items()
        if bare.startswith(name) and _ends(bare, len(name))
    )
    return max(found, default=(0, ""))[1]


def _ends(text: str, at: int) -> bool:
    """Whether a name may end at a place: no letter goes on."""
    return not text[at : at + 1].isalpha()


def key_of_number(number: str) -> str:
    """The key of a numbered subprogramme."""
    return f"subprogramme {int(number)}"


def entities_of(tables: Iterable[TableFacts], language: Language) -> Entities:
    """The components that the tables list: rows of tables of components and subprogrammes."""
    names: dict[tuple[str, str], str] = {}
    for table in (each for each in tables if is_by_component(each, language)):
        scope = scope_of(table.number or "")
        for row in table.rows:
            key = component_of(row)
            if key:
                names.setdefault((scope, normalise(row.label)), key)
    return Entities(language, names)


def is_by_component(table: TableFacts, language: Language) -> bool:
    """Whether the rows of a table are components: the heading over its labels says so."""
    heading = normalise(table.columns[0].heading) if table.columns else ""
    return any(term in heading for term in language.entities["component"])


def component_of(row: Row) -> str:
    """The key of the component that a row of a table of components is, or ""."""
    name = normalise(row.label)
    if row.role in ROWS_OF_TOTALS or row.role is RowRole.MEMO or len(name) < SHORTEST:
        return ""
    return key_of_number(row.marker) if row.marker.isdigit() else name


def scope_of(number: str) -> str:
    """The numbering to which a printed number belongs: 8.II of 8.II.27, nothing of 4."""
    return number.rpartition(".")[0]


@lru_cache(maxsize=8)
def _numbered(code: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_language(code).entities["subprogramme"]))
    return re.compile(rf"(?:{words})\s*(?P<number>\d{{1,2}})(?!\d|\s*[-–])")
