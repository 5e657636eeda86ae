"""References to tables, figures, annexes and paragraphs that are not there, or to a wrong one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks.explained_elsewhere import misdirected
from unbudget_check.checks.introductions import introductions, misplaced
from unbudget_check.checks.numbered import numbered_in
from unbudget_check.checks.plain_references import misplaced_side, plain_absent, plain_own
from unbudget_check.checks.subjects import apart, other_source
from unbudget_check.languages import load_language
from unbudget_check.model.claims import Remark
from unbudget_check.model.numbering import counted, printed_number
from unbudget_check.model.prose import ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from unbudget_check.checks.numbered import Numbered
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Reference, Span
    from unbudget_check.rulebook.rule import Rule

    Found = Iterator[tuple[Span, str]]

# A numbering of the document itself is known by so many numbers without a gap. Where most of them
# are not found, their captions cannot be read, and the last one that can says nothing.
SEVERAL = 2
# Between two numbers of a list stands no more than a comma and a word.
JOINT = 8
_SWAPPED = {
    ReferenceKind.TABLE: ReferenceKind.FIGURE,
    ReferenceKind.FIGURE: ReferenceKind.TABLE,
}


def check_reference(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every reference with the defect that the rule names."""
    if not facts.prose.references:
        return
    find = _FINDERS[rule.parameters["defect"]]
    for at, text in find(facts, numbered_in(facts)):
        claims.remarks.append(Remark(number, at, text=text))


def _own(facts: DocumentFacts, numbered: Numbered) -> Iterator[Reference]:
    """References to what this document itself numbers, but not to paragraphs without a section."""
    scopes = numbered.scopes
    for each in facts.prose.references:
        found = counted(each.number)
        if found is None or each.is_outside:
            continue
        scope, notation, _ = found
        if scope in scopes:
            yield each
        elif not scope and each.kind is not ReferenceKind.PARAGRAPH:
            counts = numbered.counted_in(each.kind, "", notation)
            if len(counts) >= SEVERAL and max(counts) == len(counts):
                yield each


def _absent(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References to a number beyond the last; in a gap, it is the caption that is missing."""
    below = introductions(facts)
    for each in _own(facts, numbered):
        scope, notation, count = counted(each.number) or ("", "", 0)
        counts = numbered.counted_in(each.kind, scope, notation)
        if numbered.has(each.kind, each.number) or _swapped(numbered, each):
            continue
        is_known = len(counts) >= SEVERAL and len(counts) * 2 > max(counts)
        is_beyond = is_known and count > max(counts)
        is_number = printed_number(scope, notation, count) == each.number
        if each in below or is_beyond:
            yield each.at, below.get(each) or printed_number(scope, notation, max(counts))
        elif is_known and notation == "roman" and not is_number:
            yield each.at, _shortened(numbered, each) or printed_number(scope, notation, count)
    yield from plain_absent(facts, is_certain=True)


def _shortened(numbered: Numbered, reference: Reference) -> str:
    """The number that one letter too many makes no number: IX of IXI."""
    number = reference.number
    shorter = (number[:at] + number[at + 1 :] for at in reversed(range(len(number))))
    return next((each for each in shorter if numbered.has(reference.kind, each)), "")


def _unproved(facts: DocumentFacts, _numbered: Numbered) -> Found:
    """References beyond the last paragraph that may be to another document."""
    return plain_absent(facts, is_certain=False)


def _wrong_kind(facts: DocumentFacts, numbered: Numbered) -> Found:
    """A figure that is a table, or the other way round; another notation tells them apart."""
    captions = load_language(facts.language).captions
    for each in _own(facts, numbered):
        kind = _swapped(numbered, each)
        if kind is not None:
            yield each.at, f"{captions[kind][0]} {each.number}"


def _swapped(numbered: Numbered, reference: Reference) -> ReferenceKind | None:
    """The kind that has the number of a reference whose own kind does not have it."""
    kind = _SWAPPED.get(reference.kind)
    if kind is None or numbered.has(reference.kind, reference.number):
        return None
    return kind if numbered.has(kind, reference.number) else None


def _no_part(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References to a part that a table does not have, though it or others have such parts."""
    usual = frozenset().union(*numbered.parts.values())
    for each in _own(facts, numbered):
        parts = numbered.parts.get(each.number)
        if each.kind is not ReferenceKind.TABLE or not each.part or parts is None:
            continue
        if each.part not in parts and (_is_complete(parts) if parts else each.part in usual):
            yield each.at, " ".join((each.number, *sorted(parts)))


def _is_complete(parts: frozenset[str]) -> bool:
    """Whether the parts of a table are counted from one without a gap."""
    return parts == {f"({count})" for count in range(1, len(parts) + 1)}


def _no_item(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References to an item that a paragraph does not have."""
    for each in (*_own(facts, numbered), *plain_own(facts)):
        if each.kind is not ReferenceKind.PARAGRAPH or each.number not in numbered.paragraphs:
            continue
        if each.items and not numbered.has_item(each.number, each.items):
            last = [q.items for q in numbered.paragraphs[each.number] if q.items][-1:]
            yield each.at, " ".join((each.number, *(last[0] if last else ())))


def _elsewhere(facts: DocumentFacts, numbered: Numbered) -> Found:
    """The first reference to another numbered document, with all their numberings."""
    scopes = numbered.scopes
    found = [
        (each.at, scope)
        for each in facts.prose.references
        if not each.is_outside and (scope := each.number.rpartition(".")[0]) and scope not in scopes
    ]
    if found:
        yield found[0][0], ", ".join(sorted({scope for _, scope in found}))


def _twice(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References that stand in one list with themselves: one of the two was meant otherwise."""
    for one, other in pairwise(_own(facts, numbered)):
        is_list = one.at.passage == other.at.passage and 0 <= other.at.start - one.at.end <= JOINT
        if is_list and replace(one, at=other.at, side=other.side) == other:
            yield other.at, ""


def _other_source(facts: DocumentFacts, numbered: Numbered) -> Found:
    return other_source(facts, _own(facts, numbered))


def _apart(facts: DocumentFacts, numbered: Numbered) -> Found:
    return apart(facts, _own(facts, numbered))


def _misdirected(facts: DocumentFacts, numbered: Numbered) -> Found:
    return misdirected(facts, numbered, _own(facts, numbered))


def _misplaced(facts: DocumentFacts, numbered: Numbered) -> Found:
    return misplaced(facts, numbered, _own(facts, numbered))


def _side(facts: DocumentFacts, numbered: Numbered) -> Found:
    own = (*_own(facts, numbered), *plain_own(facts))
    for at, meant in misplaced_side(facts, numbered, own):
        stated = facts.prose.passages[at.passage].text[at.start : at.end]
        yield at, load_language(facts.language).references[meant][0].format(reference=stated)


_FINDERS: Mapping[str, Callable[[DocumentFacts, Numbered], Found]] = {
    "absent": _absent,
    "kind": _wrong_kind,
    "part": _no_part,
    "item": _no_item,
    "explanation": _misdirected,
    "introduction": _misplaced,
    "twice": _twice,
    "source": _other_source,
    "apart": _apart,
    "elsewhere": _elsewhere,
    "unproved": _unproved,
    "side": _side,
}
