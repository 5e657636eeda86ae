"""What stands outside the tables: passages, captions, and the figures that sentences mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a passage: ``text[start:end]`` of the passage with this number."""

    passage: int
    start: int
    end: int


class PassageKind(StrEnum):
    """What a piece of running text is."""

    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # (a), (ii), ㈠
    NOTE = "note"  # below a table or a page


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the headings above a passage, or the caption of a table, make it about.

    ``scope`` is the numbering that it belongs to (29E, 8.II); ``entity`` the key of a component or
    subprogramme, or "overall"; ``source`` the source of funds; ``factor`` the factor of a change.
    Each is "" where nothing is said.
    """

    scope: str = ""
    entity: str = ""
    source: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, item, heading, caption or note.

    ``text`` is printed text with single blanks; ``body`` tells where it begins after its
    ``number`` (29E.97) and its marker. ``items`` are the markers that lead to it, outermost
    first. ``follows`` counts the tables with figures that stand before it.
    """

    index: int
    kind: PassageKind
    text: str
    number: str = ""
    items: tuple[str, ...] = ()
    body: int = 0
    bearing: Bearing = field(default_factory=Bearing)
    follows: int = 0
    address: str = ""
    line: int | None = None


class CaptionKind(StrEnum):
    """What a caption names."""

    TABLE = "table"
    FIGURE = "figure"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Caption:
    """The printed number and title of a table, figure or annex; ``passage`` is where it stands."""

    kind: CaptionKind
    number: str
    title: str
    passage: int
    parts: tuple[str, ...] = ()  # (1), (2): the parts that are announced below it


class ReferenceKind(StrEnum):
    """What a sentence refers to by its number."""

    TABLE = "table"
    FIGURE = "figure"
    ANNEX = "annex"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Reference:
    """A table, figure, annex or paragraph that a passage refers to; ``at`` is where.

    ``part`` is the (1) of a table, ``items`` are the markers that lead to an item of a paragraph,
    written as in ``Passage``. One reference stands for each number of a list or a range. With
    ``is_outside`` the sentence says that another document holds it.
    """

    kind: ReferenceKind
    number: str
    at: Span
    part: str = ""
    items: tuple[str, ...] = ()
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """All that a document says outside its tables, in reading order."""

    passages: tuple[Passage, ...] = ()
    captions: tuple[Caption, ...] = ()
    references: tuple[Reference, ...] = ()
