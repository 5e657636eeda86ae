"""Components and subprogrammes that a document calls by two names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import Spot
from unbudget_check.model.prose import PassageKind, Span
from unbudget_check.notation.names import bare_name, is_alike, is_part, shares_word, without_bracket

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, Spot
    from unbudget_check.model.prose import Naming
    from unbudget_check.rulebook.rule import Rule


# Places that must give a name before it is settled; and twice as many as give the other one.
SETTLED = 3
TWICE = 2
# So much of two names under one number is the same: one is the other, written differently.
LIKE_NAMES_SHARE = 6, 10
# Without a number only names that differ by a slip are taken for one.
SLIPPED = 85, 100
# Words as short as this may be alike by chance.
LONG_WORD_LETTERS = 5
_PREFIX = re.compile(r"[^:：]+")


@dataclass(frozen=True, slots=True)
class _Settled:
    """The name that a document mostly gives to one component, bare and as printed."""

    bare: str
    printed: str


def check_component_name(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the rarer name of each component that has two."""
    listed, elsewhere = facts.prose.listed, facts.prose.namings
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
    return replace(naming, scope=scope)


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
    tables: dict[int | None, list[Naming]] = {}
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
    tables: dict[tuple[str, str], set[int | None]] = {}
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
