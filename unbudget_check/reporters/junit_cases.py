"""Which findings belong to which rule in which table of a document: the cases of a test report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import place_of, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.location import Where
    from unbudget_check.model.report import DocumentResult, Tally

WHOLE = "the document"


@dataclass(frozen=True, slots=True)
class Case:
    """One rule in one table: how many relations were judged, how many broke, and what was found."""

    code: str
    place: str
    relations: int
    broken: int
    findings: tuple[Finding, ...]


def cases_of(document: DocumentResult) -> tuple[Case, ...]:
    """All cases of a document, in the order of its counts, then those of rules that count none.

    A finding belongs where its own rule was counted: in its table, else in the whole document.
    """
    counted: list[list[Finding]] = [[] for _ in document.tallies]
    others: dict[tuple[str, str], list[Finding]] = {}
    for finding in document.findings:
        home = _home(finding, document.tallies)
        if home is None:
            key = finding.code, table_of(finding.where) or WHOLE
            others.setdefault(key, []).append(finding)
        else:
            counted[home].append(finding)
    return (
        *(_case(each, counted[at]) for at, each in enumerate(document.tallies)),
        *(Case(code, place, 0, 0, tuple(found)) for (code, place), found in others.items()),
    )


def _case(tally: Tally, found: Sequence[Finding]) -> Case:
    relations = tally.exact + tally.rounding + tally.broken
    return Case(tally.code, place_of(tally.where), relations, tally.broken, tuple(found))


def _home(finding: Finding, tallies: Sequence[Tally]) -> int | None:
    """The position of the count that a finding belongs to; the nearest place wins."""
    own = [at for at, each in enumerate(tallies) if each.code == finding.code]
    near = [at for at in own if _holds(tallies[at].where, finding.where)]
    whole = [at for at in own if _is_whole(tallies[at].where)]
    return next(iter([*near, *whole]), None)


def _holds(table: Where, place: Where) -> bool:
    if table.table or table.part:
        return (table.table, table.part) == (place.table, place.part)
    return bool(table.address) and f"{place.address}/".startswith(f"{table.address}/")


def _is_whole(where: Where) -> bool:
    return not (where.table or where.part or where.address)
