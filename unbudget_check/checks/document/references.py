"""References to tables, figures, annexes and paragraphs that are not there, or to a wrong one.

A wrong one is of another kind or source of funds, another than what stands right below, or another
than the references beside it; or it is said to stand above and stands below.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.checks.document.numbering import (
    is_from_print,
    kind_of,
    numbered_in,
)
from unbudget_check.checks.text.explained_elsewhere import misdirected
from unbudget_check.lexicon import load_language
from unbudget_check.model.claims import Remark
from unbudget_check.model.meaning import ALL_SOURCES, OVERALL, REGULAR
from unbudget_check.model.numbering import counted, printed_number
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.checks.document.numbering import Numbered
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Passage, Reference, Span

    Found = Iterator[tuple[Span, str]]
    from collections.abc import Callable

    from unbudget_check.model.claims import Claims
    from unbudget_check.rulebook.rule import Rule


DRAWN = (ReferenceKind.TABLE, ReferenceKind.FIGURE)
# Tables and figures that the text must name, and all but one and a fifth of them, before a
# document is taken to introduce each.
FEWEST_INTRODUCED = 5
FIFTH = 5
# Numbers in a list that names what follows below, one by one.
LIST = 3

# How the files of languages call it where something stands.
ABOVE, BELOW = "above", "below"
FIRST = 1
# Where more point beyond the last paragraph, another document is meant throughout.
MOST_BEYOND_THE_END = 3

# A sentence that rests on a table names it so close to its beginning.
BEGINNING = 45
# Paragraphs that refer to one table before the only one that refers to another is doubted.
SIBLINGS = 3

# A numbering of the document itself is known by so many numbers without a gap. Where most of them
# are not found, their captions cannot be read, and the last one that can says nothing.
SEVERAL = 2
# Between two numbers of a list stands no more than a comma and a word.
JOINT = 8
_SWAPPED = {
    ReferenceKind.TABLE: ReferenceKind.FIGURE,
    ReferenceKind.FIGURE: ReferenceKind.TABLE,
}


@dataclass(slots=True)
class _Stretch:
    """Paragraphs one after another, and the tables and figures below them."""

    references: list[Reference] = field(default_factory=list)
    below: list[Caption] = field(default_factory=list)

    def numbers(self, kind: ReferenceKind) -> list[str]:
        """The numbers of the tables, or of the figures, that stand below."""
        return [each.number for each in self.below if kind_of(each) is kind]


def _misplaced(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References to what stands elsewhere, above something that no sentence names."""
    meant = introductions(facts)
    for each in _own(facts):
        if each in meant and numbered.has(each.kind, each.number):
            yield each.at, meant[each]


@once
def introductions(facts: DocumentFacts) -> dict[Reference, str]:
    """References with another number than what they introduce, and that number."""
    told = {(each.kind, each.number) for each in facts.prose.references}
    drawn = [each for each in facts.prose.captions if each.number and kind_of(each) in DRAWN]
    nameless = [each for each in drawn if (kind_of(each), each.number) not in told]
    if len(drawn) < FEWEST_INTRODUCED or len(nameless) * FIFTH > len(drawn) + FIFTH:
        return {}
    passages = {(each.kind, each.number, each.at.passage) for each in facts.prose.references}
    times = Counter((kind, number) for kind, number, _ in passages)
    found: dict[Reference, str] = {}
    for stretch in _stretches(facts):
        found.update(_overlong(facts, stretch))
        found.update(_meant(stretch, nameless, times))
    return found


def _stretches(facts: DocumentFacts) -> Iterator[_Stretch]:
    named: dict[int, list[Reference]] = {}
    for reference in facts.prose.references:
        named.setdefault(reference.at.passage, []).append(reference)
    captions = {each.passage: each for each in facts.prose.captions}
    stretch = _Stretch()
    for each in facts.prose.passages:
        if stretch.below and _begins_paragraph(each):
            yield stretch
            stretch = _Stretch()
        stretch.references.extend(named.get(each.index, ()))
        if each.index in captions:
            stretch.below.append(captions[each.index])
    yield stretch


def _begins_paragraph(passage: Passage) -> bool:
    is_paragraph = passage.kind is PassageKind.PARAGRAPH and passage.number
    return bool(is_paragraph) and passage.text.startswith(passage.number)


def _meant(
    stretch: _Stretch,
    nameless: Sequence[Caption],
    times: Mapping[tuple[ReferenceKind, str], int],
) -> Iterator[tuple[Reference, str]]:
    """What names a table or figure that has no other name.

    That is the last one above it, of the same kind, that names something which does not stand
    below and is named elsewhere, too; or the end of a list of what stands below. Sentences
    introduce in the order of the page: none before that of an earlier table is meant. ``times``
    counts the passages that name something.
    """
    for caption in stretch.below:
        if caption not in nameless:
            continue
        kind = kind_of(caption)
        here = stretch.numbers(kind)
        above = [
            each
            for each in stretch.references
            if each.kind is kind and each.at.passage < caption.passage
        ]
        earlier = here[: here.index(caption.number)]
        known = [at for at, each in enumerate(above) if each.number in earlier]
        others = [each for each in above[max(known, default=0) :] if each.number not in here]
        last = [each for each in others if each.at.passage == others[-1].at.passage]
        if len(last) == 1 and times[kind, last[0].number] > 1:
            yield last[0], caption.number
        elif not others and (ends := _ends_of_list(above)):
            yield ends[min(ends, key=partial(_distance, caption.number))], caption.number


def _ends_of_list(references: Sequence[Reference]) -> dict[str, Reference]:
    """The first list of several numbers, without parts, in a stretch: by these numbers."""
    passages = dict.fromkeys(each.at.passage for each in references if not each.part)
    lists = (
        {each.number: each for each in references if each.at.passage == passage}
        for passage in passages
    )
    return next((found for found in lists if len(found) > 1), {})


def _overlong(facts: DocumentFacts, stretch: _Stretch) -> Iterator[tuple[Reference, str]]:
    """The ends of a range of numbers that goes on beyond what stands below."""
    lists: dict[tuple[ReferenceKind, int], list[Reference]] = {}
    for each in stretch.references:
        if each.kind in DRAWN:
            lists.setdefault((each.kind, each.at.passage), []).append(each)
    for (kind, passage), named in lists.items():
        below = stretch.numbers(kind)
        beyond = [each for each in named if each.number not in below]
        is_list = len(below) > 1 and len(named) >= LIST
        if not is_list or not beyond or len(named) - len(beyond) < len(below) - 1:
            continue
        nearest = min(below, key=partial(_distance, beyond[0].number))
        text = facts.prose.passages[passage].text
        ends = (each for each in beyond if each.number in text[each.at.start : each.at.end])
        yield from ((each, nearest) for each in ends)


def _distance(one: str, other: str) -> int:
    """How far two numbers of the same numbering lie apart."""
    first, second = counted(one), counted(other)
    return abs(first[2] - second[2]) if first and second else 0


def plain_own(facts: DocumentFacts) -> Iterator[Reference]:
    """Those of which the sentence says that they are to this document."""
    if facts.prose.numberings:
        yield from (each for each in _plain(facts) if each.is_own)


def plain_absent(facts: DocumentFacts, *, is_certain: bool) -> Found:
    """References beyond the last paragraph, certainly to this document or perhaps."""
    runs = facts.prose.numberings
    if not runs or runs[0][0].count != FIRST:
        return  # an excerpt
    last = max(each.count for run in runs for each in run)
    found = [each for each in _beyond(facts, last) if _proves(facts, each) is is_certain]
    if is_certain or len(found) <= MOST_BEYOND_THE_END:
        yield from ((each.at, str(last)) for each in found)


def _beyond(facts: DocumentFacts, last: int) -> Iterator[Reference]:
    """References to plain numbers that this document does not have, and names no other for."""
    for each in _plain(facts):
        is_beyond = int(each.number) > last and int(each.number) not in facts.prose.counts
        # Items, notes and the like go on with what was said of another document.
        passage = facts.prose.passages[each.at.passage]
        is_clear = each.is_own or passage.kind is PassageKind.PARAGRAPH
        if is_beyond and is_clear and not each.is_outside:
            yield each


def _proves(facts: DocumentFacts, reference: Reference) -> bool:
    """Whether a reference is to this document; of printed pages, the last may be lost."""
    return reference.is_own and (reference.side < 0 or not is_from_print(facts))


def _side(facts: DocumentFacts, numbered: Numbered) -> Found:
    """References to something below that stands above them, or the other way round."""
    words = load_language(facts.language).references
    for each in (*_own(facts), *plain_own(facts)):
        if not each.side or each.kind is ReferenceKind.ANNEX:
            continue
        passage = facts.prose.passages[each.at.passage]
        places = _places(facts, numbered, each)
        if not places or not _stands_in_text(passage):
            continue
        stated = passage.text[each.at.start : each.at.end]
        if each.side > 0 and max(places) < passage.index:
            yield each.at, words[ABOVE][0].format(reference=stated)
        elif each.side < 0 and min(places) > passage.index:
            yield each.at, words[BELOW][0].format(reference=stated)


def _places(facts: DocumentFacts, numbered: Numbered, reference: Reference) -> list[int]:
    """The passages that have the number of a reference; none where chapters number anew."""
    if reference.kind is not ReferenceKind.PARAGRAPH:
        captions = numbered.captions.get((reference.kind, reference.number), ())
        return [each.passage for each in captions]
    places = [each.index for each in numbered.paragraphs.get(reference.number, ())]
    if not reference.number.isdecimal():
        return places
    runs = facts.prose.numberings
    own = [each.at.passage for each in runs[0] if each.count == int(reference.number)]
    return [*places, *own] if own and len(runs) == 1 else []


def _stands_in_text(passage: Passage) -> bool:
    """Whether a passage is read where it is printed: files may keep notes behind the text."""
    if passage.kind is PassageKind.PARAGRAPH:
        is_page = passage.line is not None
        return is_page or (bool(passage.number) and passage.text.startswith(passage.number))
    return passage.kind is PassageKind.ITEM


def _plain(facts: DocumentFacts) -> Iterator[Reference]:
    for each in facts.prose.references:
        if each.kind is ReferenceKind.PARAGRAPH and each.number.isdecimal():
            yield each


def _other_source(facts: DocumentFacts, _: Numbered) -> Found:
    """References to the part of a table that is about another source of funds."""
    sources = _sources(facts)
    for each in _own(facts):
        source = _source_of(facts.prose.passages[each.at.passage])
        found = sources.get((each.number, each.part))
        if each.kind is not ReferenceKind.TABLE or not source or found in (None, source):
            continue
        parts = [
            part
            for (number, part), own in sources.items()
            if (number, own) == (each.number, source)
        ]
        if each.part and len(parts) == 1 and _leads(facts, each):
            yield each.at, f"{each.number} {parts[0]}"


def _sources(facts: DocumentFacts) -> Mapping[tuple[str, str], str]:
    """Number and part of a table -> its source of funds, where all of it has one."""
    found: dict[tuple[str, str], set[str]] = {}
    for fact in facts.meanings:
        table = facts.tables[fact.table]
        if table.number and table.part and fact.meaning.source != ALL_SOURCES:
            found.setdefault((table.number, table.part), set()).add(fact.meaning.source)
    return {key: next(iter(own)) for key, own in found.items() if len(own) == 1}


def _source_of(passage: Passage) -> str:
    """The source of funds that a passage is about; without a heading, the regular budget."""
    bearing = passage.bearing
    is_regular = bearing.factor or bearing.entity == OVERALL
    return bearing.source or (REGULAR if is_regular else "")


def _leads(facts: DocumentFacts, reference: Reference) -> bool:
    """Whether a passage begins with a reference: As shown in tables ..."""
    body = facts.prose.passages[reference.at.passage].body
    return reference.at.start - body < BEGINNING


def _apart(facts: DocumentFacts, _: Numbered) -> Found:
    """References to another table than the one on which all other paragraphs beside rest."""
    groups: dict[tuple[str, str], dict[int, list[Reference]]] = {}
    for each in _own(facts):
        bearing = facts.prose.passages[each.at.passage].bearing
        is_about_changes = bearing.factor or (each.part and not bearing.source)
        if (
            each.kind is ReferenceKind.TABLE
            and bearing.entity == OVERALL
            and is_about_changes
            and _leads(facts, each)
        ):
            cited = groups.setdefault((bearing.scope, bearing.source), {})
            cited.setdefault(each.at.passage, []).append(each)
    for cited in groups.values():
        yield from _odd_one(cited)


def _odd_one(cited: Mapping[int, list[Reference]]) -> Found:
    times = Counter(
        table for each in cited.values() for table in {(r.number, r.part) for r in each}
    )
    if len(cited) < SIBLINGS or not times:
        return
    usual, count = times.most_common(1)[0]
    if count != len(cited) - 1:
        return
    for each in cited.values():
        if len(each) == 1 and (each[0].number, each[0].part) != usual:
            yield each[0].at, " ".join(usual).strip()


def check_reference(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every reference with the defect that the rule names."""
    if not facts.prose.references:
        return
    find = _FINDERS[rule.parameters["defect"]]
    for at, text in find(facts, numbered_in(facts)):
        claims.remarks.append(Remark(number, at, text=text))


@once
def _own(facts: DocumentFacts) -> tuple[Reference, ...]:
    """References to what this document itself numbers, but not to paragraphs without a section."""
    return tuple(_to_itself(facts, numbered_in(facts)))


def _to_itself(facts: DocumentFacts, numbered: Numbered) -> Iterator[Reference]:
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
    for each in _own(facts):
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
    for each in _own(facts):
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
    for each in _own(facts):
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
    for each in (*_own(facts), *plain_own(facts)):
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


def _twice(facts: DocumentFacts, _: Numbered) -> Found:
    """References that stand in one list with themselves: one of the two was meant otherwise."""
    for one, other in pairwise(_own(facts)):
        is_list = one.at.passage == other.at.passage and 0 <= other.at.start - one.at.end <= JOINT
        if is_list and replace(one, at=other.at, side=other.side) == other:
            yield other.at, ""


def _misdirected(facts: DocumentFacts, numbered: Numbered) -> Found:
    return misdirected(facts, numbered, _own(facts))


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
