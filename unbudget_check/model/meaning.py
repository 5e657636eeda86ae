"""What a figure is about: of which component, of what, when, and paid from which funds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from unbudget_check.profiles import sources


class Kind(StrEnum):
    """Whether an amount was spent, approved, changed by a factor, or is proposed."""

    SPENT = "expenditure"
    APPROVED = "approved"
    TECHNICAL = "technical"
    MANDATES = "mandates"
    OTHER = "other"
    CHANGE = "change"
    PROPOSED = "proposed"


class View(StrEnum):
    """By what the rows of a table divide its total."""

    OBJECTS = "objects"
    COMPONENTS = "components"
    GRADES = "grades"
    CATEGORIES = "categories"  # post and non-post, professional and general
    MOVEMENTS = "movements"
    OTHER = "other"


# Measures that stand in tables of several views; all others are named by their row.
RESOURCES, POSTS = "resources", "posts"
POST, NON_POST = "post", "non-post"
PROFESSIONAL, GENERAL = "professional", "general"
# Between the steps of a path: harbour office › subprogramme 3.
STEP = " › "
# The key of all components together.
OVERALL = "overall"
# The source of funds that is meant where none is named, and that of a total over all sources.
REGULAR, ALL_SOURCES = sources()[0], "all"


def steps_of(entity: str) -> tuple[str, ...]:
    """The steps of the key of an entity, the widest first."""
    return tuple(entity.split(STEP))


# Scope, entity, source and measure of the amounts that one row of a table states together; the
# posts of an entity belong to its resources.
Record = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Facts with the same meaning must agree, wherever they are printed.

    ``scope`` is the numbering of their part of the document (29E, 8.II); ``entity`` the key of a
    component (as much of its path as tells it from all others), or "overall"; ``measure`` what is
    counted (resources, posts, a grade, an object of expenditure); ``source`` the source of funds,
    "regular" where a document names none.
    """

    scope: str
    entity: str
    measure: str
    kind: Kind
    year: int | None
    source: str
    unit: str

    @property
    def record(self) -> Record:
        """What is the same for all amounts of one row, in whichever table it is printed."""
        measure = RESOURCES if self.measure == POSTS else self.measure
        return self.scope, self.entity, self.source, measure

    def of(self, entity: str) -> Meaning:
        """The same said of another entity."""
        return Meaning(
            self.scope, entity, self.measure, self.kind, self.year, self.source, self.unit
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a table with its meaning.

    ``scale`` is the power of ten of one printed unit; ``view`` says what its table divides.
    """

    figure: int
    table: int
    scale: int
    view: View
    meaning: Meaning
