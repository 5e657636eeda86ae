"""What the person at the desk asks of a run: which rules, which language, how the author rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.outcome import Rounding

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TidyMapping:
    """Which columns of a data file (one row a figure or one row an item) mean what.

    ``labels`` name the columns that identify an item, outermost level first when ``hierarchy``
    is true; ``measures`` the columns with figures. In files with one row a figure, ``measure``
    names the column that says which measure the figure in ``value`` is.
    """

    labels: tuple[str, ...]
    measures: tuple[str, ...] = ()
    measure: str | None = None
    value: str | None = None
    unit: str = ""
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """One run's wishes; the defaults are what a plain ``check`` does.

    ``select`` and ``ignore`` hold codes, names or prefixes of rules. ``revisions`` is "accepted"
    or "original" (tracked changes of a Word file). ``tidy`` maps path patterns to the meaning of
    the columns of data files. ``rules_dir`` is another folder of rule files. ``given`` holds the
    bytes of paths that are not to be opened, such as a document that came through standard input.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    revisions: str = "accepted"
    rounding: Rounding = Rounding.UNKNOWN
    tidy: Mapping[str, TidyMapping] = field(default_factory=dict)
    rules_dir: str | None = None
    given: Mapping[str, bytes] = field(default_factory=dict)
