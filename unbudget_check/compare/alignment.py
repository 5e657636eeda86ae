"""Which tables, rows, columns, sentences and figures of two understood documents are the same.

Drafts, years and languages are all the same here: two documents of which parts say the same thing.
Labels and unchanged figures decide, never a place alone, so that rows that were put in or taken
out, renamed rows, moved tables and further columns leave everything else where it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from unbudget_check.compare.lines import align_columns, align_rows
from unbudget_check.compare.pairing import best_pairs, pairs_of_keys, shared_bits, unpaired
from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import ROWS_OF_TOTALS
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.prose import Passage

    Features = dict[tuple[str, ...], int]


# A number with its marks, whatever it counts; a word; an ideograph.
_TOKEN = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?|[\u2e80-\u9fff]|[^\W\d_]+")
NUMBER = "#"

# What a title, a number and a figure beside its label are worth, in bits, besides how rare they
# are: a number moves when a table is put in before it, a title seldom changes.
TITLE_BITS, NUMBER_BITS, FIGURE_BITS = 6, 2, 2
# A figure of fewer digits is in two tables by chance.
TELLING_DIGITS = 2


def align_passages(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """New -> old: passages of the same words, whatever their figures; else of most of them."""
    words = [[tuple(_words(each.text)) for each in side] for side in (old, new)]
    found = pairs_of_keys(*words)
    around = [[side[max(at - 1, 0) : at + 2] for at in range(len(side))] for side in words]
    found |= _of_the_others(found, *([tuple(each) for each in side] for side in around))
    there, here = unpaired(len(old), found.values()), unpaired(len(new), found)
    counts = [Counter(words[0][at]) for at in there], [Counter(words[1][at]) for at in here]
    bits = shared_bits(*[[dict.fromkeys(each, 0) for each in side] for side in counts])
    return found | best_pairs(
        (score, there[at], here[to])
        for (at, to), score in bits.items()
        if _is_reworded(counts[0][at], counts[1][to])
    )


def _of_the_others(
    found: Mapping[int, int], old: Sequence[tuple[object, ...]], new: Sequence[tuple[object, ...]]
) -> dict[int, int]:
    there, here = unpaired(len(old), found.values()), unpaired(len(new), found)
    pairs = pairs_of_keys([old[at] for at in there], [new[at] for at in here])
    return {here[to]: there[at] for to, at in pairs.items()}


def _words(text: str) -> list[str]:
    return [word for word, _ in _tokens(text)]


def _tokens(text: str) -> list[tuple[str, int]]:
    """The words of a text, each with where it begins; all numbers are the same word."""
    return [
        (NUMBER if found[0][0].isdigit() else found[0].casefold(), found.start())
        for found in _TOKEN.finditer(text)
    ]


def _is_reworded(old: Counter[str], new: Counter[str]) -> bool:
    """Whether at least half of the words are in both."""
    return 2 * (old & new).total() >= max(old.total(), new.total())


def mention_pairs(
    old: DocumentFacts, new: DocumentFacts, passages: Mapping[int, int]
) -> dict[int, int]:
    """New -> old: the figures of sentences that stand between the same words."""
    known, named = _by_passage(old), _by_passage(new)
    found: dict[int, int] = {}
    for passage, mentions in named.items():
        before = known.get(passages.get(passage, -1))
        if before:
            texts = old.prose.passages[passages[passage]].text, new.prose.passages[passage].text
            same = _same_words(*texts)
            places = {_word_of(texts[0], span): figure for figure, span in before}
            for figure, span in mentions:
                partner = places.get(same.get(_word_of(texts[1], span), -1))
                if partner is not None:
                    found[figure] = partner
    return found


def _by_passage(facts: DocumentFacts) -> dict[int, list[tuple[int, Span]]]:
    found: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    for figure, spot in enumerate(facts.spots):
        if isinstance(spot, Span) and spot not in facts.labels:
            found[spot.passage].append((figure, spot))
    return found


def _same_words(old: str, new: str) -> dict[int, int]:
    """New -> old: the words of two texts that are the same, or replaced one by one."""
    words = _words(old), _words(new)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    found: dict[int, int] = {}
    for _, start, end, begin, stop in matcher.get_opcodes():
        if end - start == stop - begin:
            found |= dict(zip(range(begin, stop), range(start, end), strict=True))
    return found


def _word_of(text: str, span: Span) -> int:
    """The position of the number of a mention among the words; its first word without digits."""
    tokens = _tokens(text)
    starts = [start for _, start in tokens]
    first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
    numbers = [at for at in range(first, end) if tokens[at][0] == NUMBER]
    return numbers[-1] if numbers else first


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """One table in both documents; ``rows`` and ``columns`` map its new positions to old ones."""

    old: int
    new: int
    rows: Mapping[int, int]
    columns: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What is the same in two documents; each mapping leads from the new one to the old one.

    ``figures`` are those of tables, of sentences and of charts, by their numbers.
    """

    tables: tuple[AlignedTable, ...] = ()
    passages: Mapping[int, int] = field(default_factory=dict)
    figures: Mapping[int, int] = field(default_factory=dict)


def align(old: DocumentFacts, new: DocumentFacts) -> Alignment:
    """Find what is the same in two documents."""
    tables = tuple(_aligned(old, new, *pair) for pair in sorted(_tables(old, new).items()))
    figures: dict[int, int] = {}
    for table in tables:
        figures |= _cells(old.tables[table.old], new.tables[table.new], table)
    figures |= _labelled(old, new)
    passages = align_passages(old.prose.passages, new.prose.passages)
    figures |= mention_pairs(old, new, passages)
    return Alignment(tables, passages, figures)


def _tables(old: DocumentFacts, new: DocumentFacts) -> dict[int, int]:
    """New -> old: first the tables that are wholly alike, then those that have most in common."""
    known = [[_features(each, facts) for each in facts.tables] for facts in (old, new)]
    whole = [[frozenset(each) for each in features] for features in known]
    found = pairs_of_keys(whole[0], whole[1])
    there, here = unpaired(len(old.tables), found.values()), unpaired(len(new.tables), found)
    bits = shared_bits([known[0][at] for at in there], [known[1][at] for at in here])
    return found | best_pairs(
        (score, there[at], here[to])
        for (at, to), score in bits.items()
        if _is_one(known[0][there[at]], known[1][here[to]])
    )


def _features(table: TableFacts, facts: DocumentFacts) -> Features:
    """What a table has, with the bits that each says besides how few other tables have it."""
    found: Features = {}
    title = normalise(f"{table.title} {table.part_title}").strip()
    if title:
        found["title", title] = TITLE_BITS
        found |= dict.fromkeys((("word", word) for word in title.split()), 0)
    if table.number:
        found["number", table.number, table.part or ""] = NUMBER_BITS
    for column in table.columns:
        found["column", normalise(column.heading)] = 0
    for at, row in enumerate(table.rows):
        label = normalise(row.label)
        if label and row.role not in ROWS_OF_TOTALS:  # most tables have a total
            found["row", label] = 0
        for figure in table.grid[at]:
            if figure >= 0 and abs(facts.numbers[figure].units) >= 10 ** (TELLING_DIGITS - 1):
                value = str(comparable(facts.numbers[figure]))
                found["figure", label, value] = FIGURE_BITS
                found["value", value] = 0
    return found


def _is_one(old: Features, new: Features) -> bool:
    """Whether two tables can be one: half of their figures, or their titles and rows, agree.

    A title of which a word is another one needs the same number, too.
    """
    if _share(old, new, "figure", 2) or _share(old, new, "value", 2):
        return True
    titled = [any(key[0] == "title" for key in each) for each in (old, new)]
    if not any(titled):
        return _share(old, new, "row", 2)
    if _share(old, new, "title", 1):
        return _share(old, new, "row", 3)
    is_near = _share(old, new, "word", 2) and _share(old, new, "number", 1)
    return is_near and _share(old, new, "row", 2)


def _share(old: Features, new: Features, kind: str, part: int) -> bool:
    """Whether of the features of a kind at least one in ``part`` of the fewer ones is in both."""
    one, other = ({key for key in each if key[0] == kind} for each in (old, new))
    least = min(len(one), len(other))
    return least > 0 and part * len(one & other) >= least


def _aligned(old: DocumentFacts, new: DocumentFacts, here: int, there: int) -> AlignedTable:
    one, other = (old, old.tables[there]), (new, new.tables[here])
    rows = align_rows(one, other)
    return AlignedTable(there, here, rows, align_columns(one, other, rows))


def _cells(old: TableFacts, new: TableFacts, aligned: AlignedTable) -> dict[int, int]:
    """New -> old: the figures in the same row and column, and in the lists of such cells."""
    found: dict[int, int] = {}
    for row, row_before in aligned.rows.items():
        for column, column_before in aligned.columns.items():
            figure, before = new.grid[row][column], old.grid[row_before][column_before]
            if figure >= 0 and before >= 0:
                found[figure] = before
    known = {(each.row, each.column): each.items for each in old.lists}
    for each in new.lists:
        place = aligned.rows.get(each.row, -1), aligned.columns.get(each.column, -1)
        items = known.get(place, ())
        names = [[name for name, _ in side] for side in (items, each.items)]
        pairs = pairs_of_keys(*names)
        found |= {each.items[at][1]: items[to][1] for at, to in pairs.items()}
    return found


def _labelled(old: DocumentFacts, new: DocumentFacts) -> dict[int, int]:
    """New -> old: the figures of charts by what they are called, in order where several are so."""
    found: dict[int, int] = {}
    known, named = (_by_label(each) for each in (old, new))
    for label, figures in named.items():
        found |= dict(zip(figures, known.get(label, ()), strict=False))
    return found


def _by_label(facts: DocumentFacts) -> dict[tuple[str, ...], list[int]]:
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for figure, spot in enumerate(facts.spots):
        label = facts.labels.get(spot) if isinstance(spot, Span) else None
        if label is not None:
            named = label.figure, label.row, label.column, label.item
            found[tuple(map(normalise, named))].append(figure)
    return found
