"""What a run is asked to do: rules, language, limits, and the differences people have accepted.

What people have accepted: a difference that stands for a reason, and findings known on a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.model.outcome import Rounding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.finding import Severity


@dataclass(frozen=True, slots=True)
class TidyMapping:
    """Which columns of a data file (one row a figure or one row an item) mean what.

    ``labels`` name the columns that say what a row is about. With ``hierarchy`` they are levels,
    the outermost first, and a row whose deeper labels are blank, or one of ``totals`` ("Total",
    "All"), is the total of its level; without it, a row with one of ``totals`` is the sum of the
    rows that agree in all other labels. A ``kind`` column marks the rows of totals instead, by one
    of ``totals``. In a chart of accounts ``code`` names a row and ``parent`` the row that it is a
    part of; without ``parent`` the longest code that begins a code is that row.

    ``measures`` name the columns with figures; in files with one row a figure, ``measure`` names
    the column that says which measure the figure in ``value`` is. Rows are summed only ``within``
    equal entries of these columns (a currency, a year) and of ``table``. ``unique`` columns name
    no two rows alike; otherwise equal rows are several payments. ``equations`` tie the measures of
    a row. ``exact`` says that no figure was rounded; ``unit`` is the unit of all figures.
    """

    labels: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    measure: str | None = None
    value: str | None = None
    unit: str = ""
    table: str | None = None
    hierarchy: bool = False
    totals: tuple[str, ...] = ()
    code: str | None = None
    parent: str | None = None
    kind: str | None = None
    within: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    equations: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class DocumentWishes:
    """What is asked of some documents only: further rules to leave out, and other severities."""

    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)


class Profile(StrEnum):
    """How much a run tells: what is certain, what an editor needs."""

    GATE = "gate"  # errors that are proved beyond doubt: for runs that must not cry wolf
    PUBLICATION = "publication"  # everything that somebody should look at
    AUDIT = "audit"  # also the sums that hold by rounding only


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one document may take (seconds), and how much memory (MiB) it may need."""

    seconds: int = 600
    mebibytes: int = 4096


class Trust(StrEnum):
    """Which files that nobody named on the command line a run heeds."""

    NONE = "none"
    CONFIG = "config"  # one settings file, and what that names
    ALL = "all"  # also the decisions that lie beside the documents or above them


@dataclass(frozen=True, slots=True)
class Heeded:
    """The files that a run heeds besides its documents, each empty where there is none.

    ``waivers`` are the files of decisions, by any of their names; ``unheeded`` are those that lie
    near the documents and are not used, since only what the settings name is trusted.
    ``never_fails`` names who said that no finding lets the run fail; ``sources`` says of other
    wishes (by their key in a settings file) who said them, where that was not the settings file.
    """

    settings: str = ""
    waivers: tuple[str, ...] = ()
    unheeded: tuple[str, ...] = ()
    baseline: str = ""
    rules: str = ""
    never_fails: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are there to be read; a folder of rules is none."""
        return tuple(filter(None, (self.settings, *self.waivers, self.baseline)))

    def source_of(self, key: str) -> str:
        """Who asked for something: an option, or else the settings file."""
        return self.sources.get(key) or self.settings


@dataclass(frozen=True, slots=True)
class Wishes:
    """One run's wishes; the defaults are what a plain ``check`` does.

    ``select`` and ``ignore`` hold codes, names or prefixes of rules, and so do the keys of
    ``severities``; ``per_document`` maps symbols or path patterns to further wishes. ``exclude``
    holds patterns of paths that folders do not stand for. ``revisions`` is "accepted"
    or "original" (tracked changes of a Word file). ``tidy`` maps path patterns to the meaning of
    the columns of data files. ``rules_dir`` is another folder of rule files. ``given`` holds the
    bytes of paths that are not to be opened, such as a document that came through standard input.
    ``decisions`` and ``baseline`` are what people accepted; ``today`` says which ones are over.
    ``lang`` is the language in which the report speaks; None where its documents decide.
    ``heeded`` names the files from which all this came. ``bounds`` hold for each document;
    ``password`` opens the files that ask for one; ``convert`` has LibreOffice convert old ones.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    revisions: str = "accepted"
    rounding: Rounding = Rounding.UNKNOWN
    tidy: Mapping[str, TidyMapping] = field(default_factory=dict)
    rules_dir: str | None = None
    given: Mapping[str, bytes] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    baseline: Mapping[str, Known] = field(default_factory=dict)
    today: date = date.max
    severities: Mapping[str, Severity] = field(default_factory=dict)
    per_document: Mapping[str, DocumentWishes] = field(default_factory=dict)
    profile: Profile = Profile.PUBLICATION
    exclude: tuple[str, ...] = ()
    lang: str | None = None
    heeded: Heeded = field(default_factory=Heeded)
    bounds: Bounds = field(default_factory=Bounds)
    password: str = ""
    convert: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A finding in a baseline: its identity, its difference on that day, and words for people."""

    fingerprint: str
    difference: Decimal | None
    code: str
    document: str
    place: str
