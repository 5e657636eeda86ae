"""Where a document names its components and subprogrammes: tables, headings, items, captions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks.once import once
from unbudget_check.checks.worded_cells import worded_cells
from unbudget_check.checks.wording import bare_name
from unbudget_check.languages import load_language
from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.facts import ROWS_OF_TOTALS, RowRole, Spot
from unbudget_check.model.meaning import View
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from unbudget_check.model.facts import DocumentFacts, TableFacts

# A name of fewer letters is no name.
SHORTEST = 3
# No name is longer.
LONGEST = 400
# A name inside a sentence ends here, at the latest.
_STOP = re.compile(r"[.;:；：。，\n\t(（]|\s(?=\d)")


@dataclass(frozen=True, slots=True)
class Naming:
    """One place that gives a component its name.

    ``scope`` is the numbering of the part of the document (8.I); ``marker`` what tells the
    component in it: 3 of subprogramme 3, B of a lettered row, "" where nothing does. ``goes_on``
    is what follows in the same sentence, where only the sentence ends the name.
    """

    scope: str
    marker: str
    name: str
    at: Spot | Span
    table: int = NO_TABLE
    goes_on: str = ""

    @property
    def bare(self) -> str:
        """The name without what may vary."""
        return bare_name(self.name)


@once
def namings_of(facts: DocumentFacts) -> tuple[tuple[Naming, ...], tuple[Naming, ...]]:
    """The names in tables of components, and those everywhere else."""
    scopes = {
        fact.table: fact.meaning.scope for fact in facts.meanings if fact.view is View.COMPONENTS
    }
    listed = tuple(
        naming for table, scope in scopes.items() for naming in _rows(facts.tables[table], scope)
    )
    elsewhere = (*_passages(facts), *_cells(facts, scopes.keys()))
    return listed, elsewhere


def _rows(table: TableFacts, scope: str) -> Iterator[Naming]:
    for r, row in enumerate(table.rows):
        named = row.role not in ROWS_OF_TOTALS and row.role is not RowRole.MEMO
        if named and len(row.label) >= SHORTEST and not any(map(str.isdigit, row.label)):
            yield Naming(scope, row.marker, row.label, Spot(table.ordinal, r, 0), table.ordinal)


def _cells(facts: DocumentFacts, known: Container[int]) -> Iterator[Naming]:
    """Names in labels and details of all other tables: contents, charts, post changes."""
    for text, spots in worded_cells(facts).items():
        for found in _numbers_in(text, facts.language):
            yield from (_inline("", found, text, at) for at in spots if at.table not in known)


def _passages(facts: DocumentFacts) -> Iterator[Naming]:
    """Names below a heading with a number, and after a number in a sentence."""
    heading = _heading(facts.language)
    for passage, following in pairwise(facts.prose.passages):
        if passage.kind is following.kind is PassageKind.HEADING:
            whole = heading.fullmatch(passage.text)
            if whole:
                scope, text = passage.bearing.scope, following.text
                span = Span(following.index, 0, len(text))
                yield Naming(scope, str(int(whole["number"])), text, span)
    for passage in facts.prose.passages:
        for found in _numbers_in(passage.text, facts.language):
            yield _inline(passage.bearing.scope, found, passage.text, Span(passage.index, 0, 0))


def _inline(scope: str, found: re.Match[str], text: str, at: Spot | Span) -> Naming:
    """The name after a number, in brackets or up to the next stop."""
    rest = text[found.end() : found.end() + LONGEST]
    name = found["bracketed"] or _STOP.split(rest, maxsplit=1)[0]
    goes_on = "" if found["bracketed"] else rest
    if isinstance(at, Span):
        start = found.start("bracketed") if found["bracketed"] else found.end()
        at = Span(at.passage, start, start + len(name))
    return Naming(scope, str(int(found["number"])), name.strip(), at, goes_on=goes_on)


def _numbers_in(text: str, code: str) -> Iterator[re.Match[str]]:
    """The numbers of subprogrammes in a text that a name may follow."""
    folded = text.casefold()
    if any(term in folded for term in load_language(code).entities["subprogramme"]):
        yield from _numbered(code).finditer(text)


@lru_cache(maxsize=8)
def _words(code: str) -> str:
    return "|".join(map(re.escape, load_language(code).entities["subprogramme"]))


@lru_cache(maxsize=8)
def _heading(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{_words(code)})\s*(?P<number>\d{{1,2}})[\s*.:：]*")


@lru_cache(maxsize=8)
def _numbered(code: str) -> re.Pattern[str]:
    """A number and a name after it: subprogramme 3, Support services; 3 (Support services)."""
    return re.compile(
        rf"(?i:{_words(code)})\s*(?P<number>\d{{1,2}})"
        r"(?:\s*[(（](?P<bracketed>[^()（）]*)[)）]|[,，.]\s*(?=[^\W\d_])|\n\s*(?=[^\W\d_]))"
    )
