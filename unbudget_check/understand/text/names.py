"""Where a document names its components and subprogrammes: tables, headings, items, captions."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.facts import ROWS_OF_TOTALS, RowRole, Spot, worded_cells
from unbudget_check.model.meaning import View
from unbudget_check.model.prose import Naming, PassageKind, Span
from unbudget_check.notation.names import bare_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.prose import Passage

# A name of fewer letters is no name.
SHORTEST_NAME_CHARS = 3
# No name is longer.
LONGEST_NAME_CHARS = 400
# A name inside a sentence ends here, at the latest.
_STOP = re.compile(r"[.;:；：。，\n\t(（]|\s(?=\d)")


def namings_of(
    passages: Sequence[Passage],
    tables: Sequence[TableFacts],
    meanings: Iterable[Fact],
    code: str,
) -> tuple[tuple[Naming, ...], tuple[Naming, ...]]:
    """The names in tables of components, and those everywhere else."""
    scopes = {fact.table: fact.meaning.scope for fact in meanings if fact.view is View.COMPONENTS}
    listed = tuple(
        naming for table, scope in scopes.items() for naming in _rows(tables[table], scope)
    )
    return listed, (*_passages(passages, code), *_cells(tables, scopes.keys(), code))


def _rows(table: TableFacts, scope: str) -> Iterator[Naming]:
    for r, row in enumerate(table.rows):
        named = row.role not in ROWS_OF_TOTALS and row.role is not RowRole.MEMO
        if named and len(row.label) >= SHORTEST_NAME_CHARS and not any(map(str.isdigit, row.label)):
            at = Spot(table.ordinal, r, 0)
            yield Naming(scope, row.marker, row.label, bare_name(row.label), at, table.ordinal)


def _cells(tables: Iterable[TableFacts], known: Container[int], code: str) -> Iterator[Naming]:
    """Names in labels and details of all other tables: contents, charts, post changes."""
    for text, spots in worded_cells(tables).items():
        for found in _numbers_in(text, code):
            yield from (_inline("", found, text, at) for at in spots if at.table not in known)


def _passages(passages: Sequence[Passage], code: str) -> Iterator[Naming]:
    """Names below a heading with a number, and after a number in a sentence."""
    heading = _heading(code)
    for passage, following in pairwise(passages):
        if passage.kind is following.kind is PassageKind.HEADING:
            whole = heading.fullmatch(passage.text)
            if whole:
                scope, text = passage.bearing.scope, following.text
                span = Span(following.index, 0, len(text))
                yield Naming(scope, str(int(whole["number"])), text, bare_name(text), span)
    for passage in passages:
        for found in _numbers_in(passage.text, code):
            yield _inline(passage.bearing.scope, found, passage.text, Span(passage.index, 0, 0))


def _inline(scope: str, found: re.Match[str], text: str, at: Spot | Span) -> Naming:
    """The name after a number, in brackets or up to the next stop."""
    rest = text[found.end() : found.end() + LONGEST_NAME_CHARS]
    name = found["bracketed"] or _STOP.split(rest, maxsplit=1)[0]
    goes_on = "" if found["bracketed"] else rest
    if isinstance(at, Span):
        start = found.start("bracketed") if found["bracketed"] else found.end()
        at = Span(at.passage, start, start + len(name))
    name = name.strip()
    return Naming(scope, str(int(found["number"])), name, bare_name(name), at, goes_on=goes_on)


def _numbers_in(text: str, code: str) -> Iterator[re.Match[str]]:
    """The numbers of subprogrammes in a text that a name may follow.

    What follows in "subprogramme 8, component 2" is the number of a part, and no name.
    """
    folded, entities = text.casefold(), load_language(code).entities
    if any(term in folded for term in entities["subprogramme"]):
        for found in _numbered(code).finditer(text):
            if not folded.startswith(tuple(entities["component"]), found.end()):
                yield found


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
