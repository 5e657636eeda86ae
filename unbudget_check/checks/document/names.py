"""Components and subprogrammes that a document calls by two names.

Where a document names its components and subprogrammes: tables, headings, items, captions.

How alike two printed names are, and which differences between them say nothing.

The cells of all tables that hold words, not figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import NO_TABLE, Remark
from unbudget_check.model.facts import ROWS_OF_TOTALS, CellKind, RowRole, Spot
from unbudget_check.model.meaning import View
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule


# Shorter words (and, the, of) make no two names alike.
WORD = 4
# An abbreviation or a remark in brackets at the end of a name, and the mark of a footnote.
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_MARK = re.compile(r"(?:\s[a-z]|[*†‡])+$")

_WORDLESS = frozenset({CellKind.FIGURE, CellKind.NIL, CellKind.BLANK, CellKind.ABSENT})

# A name of fewer letters is no name.
SHORTEST_NAME_CHARS = 3
# No name is longer.
LONGEST_NAME_CHARS = 400
# A name inside a sentence ends here, at the latest.
_STOP = re.compile(r"[.;:；：。，\n\t(（]|\s(?=\d)")

# A name is settled where so many places give it, and twice as many as give the other one.
SETTLED = 3
TWICE = 2
# So much of two names under one number is the same: one is the other, written differently.
LIKE_NAMES_SHARE = 6, 10
# Without a number only names that differ by a slip are taken for one.
SLIPPED = 85, 100
# Words as short as this may be alike by chance.
LONG_WORD_LETTERS = 5
_PREFIX = re.compile(r"[^:：]+")


def without_bracket(text: str) -> str:
    """A name as printed, without the bracket at its end."""
    return _BRACKET.sub("", " ".join(text.split())) or text


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A name without what may vary: case, blanks, hyphens, marks, plurals, a bracket at its end."""
    bare = _MARK.sub("", normalise(text).strip(" .:;,"))
    bare = _BRACKET.sub("", bare).replace("&", " and ")
    # Joined by a hyphen or set apart, with or without a plural, it is the same name.
    words = re.findall(r"[a-z]+|[^\W_a-z]+", bare)
    return "".join(word.removesuffix("s") if word.isascii() else word for word in words)


def is_alike(one: str, other: str, share: tuple[int, int]) -> bool:
    """Whether so large a share of the letters of two names is the same, in the same order."""
    most, whole = share
    enough = most * (len(one) + len(other))
    if 2 * min(len(one), len(other)) * whole < enough:
        return False
    # Letters in any order bound those in the same order, and are counted much faster.
    if 2 * (_letters(one) & _letters(other)).total() * whole < enough:
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) * whole >= enough


@lru_cache(maxsize=4096)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


def shares_word(one: str, other: str) -> bool:
    """Whether two names have a word in common; ideographs are not set apart as words."""
    words = (set(re.findall(rf"[^\W\d_]{{{WORD},}}", normalise(each))) for each in (one, other))
    return not (one.isascii() and other.isascii()) or bool(set.intersection(*words))


def is_part(one: str, other: str) -> bool:
    """Whether one of two names is a part of the other: shortened, or with a word around it."""
    return one in other or other in one


def is_one_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is another, missing or too many."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = one[start:], other[start:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]


@once
def worded_cells(facts: DocumentFacts) -> Mapping[str, list[Spot]]:
    """What is printed, and where, in reading order: the same labels stand in many tables."""
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for table in facts.tables:
        for text, spot in _worded(table):
            found[text].append(spot)
    return found


def _worded(table: TableFacts) -> Iterator[tuple[str, Spot]]:
    for r, (cells, numerals) in enumerate(zip(table.cells, table.numerals, strict=True)):
        for c, (cell, numeral) in enumerate(zip(cells, numerals, strict=True)):
            if cell is not None and numeral.reading not in _WORDLESS:
                yield cell.text, Spot(table.ordinal, r, c)


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
        if named and len(row.label) >= SHORTEST_NAME_CHARS and not any(map(str.isdigit, row.label)):
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
    rest = text[found.end() : found.end() + LONGEST_NAME_CHARS]
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


@dataclass(frozen=True, slots=True)
class _Settled:
    """The name that a document mostly gives to one component, bare and as printed."""

    bare: str
    printed: str


def check_component_name(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the rarer name of each component that has two."""
    listed, elsewhere = namings_of(facts)
    scopes = {naming.scope for naming in listed if naming.marker.isdigit()}
    elsewhere = tuple(_settle_scope(naming, scopes) for naming in elsewhere)
    settled = _settled((*listed, *elsewhere))
    if rule.parameters["place"] == "table":
        found = (*_in_tables(listed, settled), *_unnumbered(listed))
    else:
        found = (*_in_text(elsewhere, settled), *_misspelt(facts, listed))
    told: set[Spot | Span] = set()
    for at, name in found:
        if at not in told:
            claims.remarks.append(Remark(number, at, text=name))
        told.add(at)


def _settle_scope(naming: Naming, scopes: set[str]) -> Naming:
    """Where one part of a document alone numbers its components, all numbers are of that part."""
    if naming.scope in scopes or len(scopes) != 1:
        return naming
    (scope,) = scopes
    return Naming(scope, naming.marker, naming.name, naming.at, naming.table, naming.goes_on)


def _settled(namings: Sequence[Naming]) -> dict[tuple[str, str], _Settled]:
    """The name of each numbered component on which the document has settled."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    printed: dict[str, str] = {}
    for naming in namings:
        if naming.marker:
            counts.setdefault((naming.scope, naming.marker), Counter())[naming.bare] += 1
            printed.setdefault(naming.bare, without_bracket(naming.name))
    return {
        key: _Settled(names[0][0], printed[names[0][0]])
        for key, count in counts.items()
        if _is_settled(names := count.most_common(2))
    }


def _is_settled(names: Sequence[tuple[str, int]]) -> bool:
    second = names[1][1] if names[1:] else 0
    return names[0][1] >= max(SETTLED, TWICE * second)


def _in_tables(
    listed: Sequence[Naming], settled: Mapping[tuple[str, str], _Settled]
) -> Iterator[tuple[Spot | Span, str]]:
    """Rows with another name than the same number has in the other tables."""
    tables: dict[int, list[Naming]] = {}
    for naming in listed:
        tables.setdefault(naming.table, []).append(naming)
    for rows in tables.values():
        known = [(row, settled[row.scope, row.marker]) for row in rows if _is_known(row, settled)]
        others = [(row, name) for row, name in known if row.bare != name.bare]
        present = {row.bare for row in rows}
        # The other rows say whether the table lists the same components under the same numbers.
        is_same_list = len(others) == 1 and len(known) > TWICE
        for row, name in others:
            alike = is_alike(row.bare, name.bare, LIKE_NAMES_SHARE)
            if name.bare not in present and (alike or is_same_list):
                yield row.at, name.printed


def _is_known(naming: Naming, settled: Mapping[tuple[str, str], _Settled]) -> bool:
    return bool(naming.marker) and (naming.scope, naming.marker) in settled


def _unnumbered(listed: Sequence[Naming]) -> Iterator[tuple[Spot | Span, str]]:
    """Rows without a number whose name is nearly that of a row in most other tables."""
    rows = [naming for naming in listed if not naming.marker]
    tables: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        tables.setdefault((row.scope, row.bare), set()).add(row.table)
    for row in rows:
        own = tables[row.scope, row.bare]
        for other in rows:
            theirs = tables[other.scope, other.bare]
            is_rare = len(theirs) >= max(SETTLED, TWICE * len(own)) and not own & theirs
            if is_rare and other.scope == row.scope and _is_slip(row.bare, other.bare):
                yield row.at, other.name


@lru_cache(maxsize=1 << 14)
def _is_slip(one: str, other: str) -> bool:
    return one != other and not is_part(one, other) and is_alike(one, other, SLIPPED)


def _in_text(
    elsewhere: Sequence[Naming], settled: Mapping[tuple[str, str], _Settled]
) -> Iterator[tuple[Spot | Span, str]]:
    """Numbers in headings, items and sentences that are followed by nearly the settled name."""
    for naming in elsewhere:
        if not _is_known(naming, settled):
            continue
        name = settled[naming.scope, naming.marker]
        said = _as_long_as(name, naming)
        if _is_reworded(said, name.printed) and not said[:1].islower():
            at = naming.at
            if isinstance(at, Span):
                at = Span(at.passage, at.start, at.start + len(said))
            yield at, name.printed


def _is_reworded(said: str, name: str) -> bool:
    """Whether a name is another one with a word changed, or with a slip."""
    one, other = bare_name(said), bare_name(name)
    if is_part(one, other):
        return False
    alike = is_alike(one, other, LIKE_NAMES_SHARE) and shares_word(said, name)
    return alike or is_alike(one, other, SLIPPED)


def _as_long_as(name: _Settled, naming: Naming) -> str:
    """The name as it is given; in a sentence as many words as the settled name has."""
    if not naming.goes_on:
        return naming.name
    if bare_name(naming.goes_on[: len(name.printed) + 1]).startswith(name.bare):
        return name.printed
    words = len(name.printed.split())
    start = re.match(rf"(?:\S+\s*){{1,{words}}}", naming.name)
    return start[0].rstrip(" ,.;:") if start else naming.name


def _misspelt(facts: DocumentFacts, listed: Sequence[Naming]) -> Iterator[tuple[Spot | Span, str]]:
    """Headings and captions that name a component with a slip."""
    counts = Counter((naming.scope, naming.bare) for naming in listed)
    names = {(n.scope, n.bare): n.name for n in listed if counts[n.scope, n.bare] >= SETTLED}
    known = {scope for scope, name in names if len(name) >= LONG_WORD_LETTERS}
    for passage in facts.prose.passages:
        headed = passage.kind in (PassageKind.HEADING, PassageKind.CAPTION)
        if not headed or passage.bearing.scope not in known:
            continue
        said = _PREFIX.match(passage.text)
        bare = bare_name(said[0]) if said else ""
        if said is None or len(bare) < LONG_WORD_LETTERS or (passage.bearing.scope, bare) in counts:
            continue
        for (scope, name), printed in names.items():
            if (
                scope == passage.bearing.scope
                and len(name) >= LONG_WORD_LETTERS
                and _is_slip(bare, name)
            ):
                yield Span(passage.index, 0, len(said[0].rstrip())), printed
                break
