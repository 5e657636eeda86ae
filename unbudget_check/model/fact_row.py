"""One fact as one row of a tidy table: what it means, its exact value and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

# Kinds and a unit that only sentences state: a change or a source of funds in per cent.
RATE, SHARE, PERCENT = "rate", "share", "percent"


class Origin(StrEnum):
    """Where a fact is printed."""

    TABLE = "table"
    SENTENCE = "sentence"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure with its meaning, free of the document that it comes from.

    Facts that agree in ``scope``, ``entity``, ``measure``, ``kind``, ``year``, ``source`` and
    ``unit`` say the same. ``entity`` is a key (``harbour office › subprogramme 3`` where several
    offices have a third), ``entity_name`` the component as printed. ``value`` counts single dollars
    or posts; ``printed`` is the text as it stands, in units of 10 to the power of ``scale``.
    ``checked`` says that some relation checks the figure. All fields from ``table`` to ``address``
    are its place, as in ``Where``; what does not apply is None.
    """

    document: str
    symbol: str | None
    language: str
    scope: str
    entity: str
    entity_name: str | None
    measure: str
    kind: str
    year: int | None
    source: str
    unit: str
    scale: int
    value: Decimal
    printed: str
    table: str | None
    part: str | None
    row: str | None
    column: str | None
    paragraph: str | None
    item: str | None
    figure: str | None
    page: str | None
    line: int | None
    address: str | None
    origin: Origin
    view: str | None
    checked: bool
