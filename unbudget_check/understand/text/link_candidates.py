"""What an amount of a sentence may be linked to: printed figures, and what words say of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.facts import UNSUMMED, ColumnRole, TableFacts
from unbudget_check.model.meaning import Fact, Kind, Meaning, View
from unbudget_check.model.number import Number, agree, comparable
from unbudget_check.understand.tables.meaning import KIND_OF_COLUMN, MONEY_UNIT, POSTS_UNIT
from unbudget_check.understand.text.entities import SHORTEST
from unbudget_check.understand.text.grammar import any_of, grammar_of, sentences_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.prose import Mention, Passage


# From this exponent on an amount is said in words, and rounded.
THOUSANDS = 3
_UNITS = (MONEY_UNIT, POSTS_UNIT)

# The subject of an amount stands so near before it, in the same sentence.
SUBJECT_CHARS = 60
# What stands before a colon is a sentence of its own.
COLONS = ":\uff1a"
_COLON = re.compile(f"[{COLONS}]")
_CLAUSE = re.compile(r"[.,;:()\u3002\uff0c\uff1b\uff1a\uff08\uff09]")
_ENDS = re.compile(r"(?<=[.;:])\s|[\u3002\uff1b\uff1a]")
_BRACKET = re.compile(r"^\s*[(\uff08][^()\uff08\uff09]*[)\uff09]")
_PLACE = re.compile(r"\{\w+\}")
_LETTERS = re.compile(r"[^\W\d_]+")
# The number of a table, with the letters of its section: 12B.4, 3.II.9.
_NUMBERED = re.compile(r"\S*\d\S*")


class PrintedFigures:
    """The figures of tables other than percentages; those without a meaning have one of no name."""

    def __init__(self, tables: Sequence[TableFacts], found: Iterable[Fact], vector: Vector) -> None:
        self.tables, self.vector = tables, vector
        self.known = {fact.figure: fact for fact in found}
        self.by_value: defaultdict[tuple[str, int], list[Fact]] = defaultdict(list)
        self.counted: Counter[tuple[str, int | None]] = Counter()  # None is all tables
        self.of_figure: dict[int, Fact] = {}
        for table in tables:
            for fact in self._figures(table):
                self.of_figure[fact.figure] = fact
                unit = fact.meaning.unit
                self.by_value[unit, self._value(fact)].append(fact)
                self.counted[unit, fact.table] += 1
                self.counted[unit, None] += 1

    def same(self, number: Number, unit: str) -> list[Fact]:
        """The figures of this amount: those with its sign, else those with the other."""
        value = comparable(number)
        found = self.by_value.get((unit, value)) or self.by_value.get((unit, -value), [])
        if not found and number.exponent >= THOUSANDS:
            found = [
                fact
                for (of, _), facts in self.by_value.items()
                for fact in facts
                if of == unit and agree(number, self._number(fact))
            ]
        return found

    def bits_of(self, tables: Collection[int] | None, unit: str) -> int:
        """The bits that it takes to pick one figure of some tables, or of all."""
        chosen = (None,) if tables is None else tables
        return sum(self.counted[unit, table] for table in chosen).bit_length()

    def repeated_bits(self, tables: int) -> int:
        """The bits that it takes to pick one of the amounts that so many tables print."""
        printed = (
            {fact.table for fact in facts}
            for (unit, _), facts in self.by_value.items()
            if unit == MONEY_UNIT and len(facts) >= tables
        )
        return sum(len(each) >= tables for each in printed).bit_length()

    def base_beside(self, fact: Fact) -> Fact | None:
        """What was approved, in the row of a fact."""
        table, spot = self.tables[fact.table], self.vector.spots[fact.figure]
        row = getattr(spot, "row", -1)
        for column in table.columns:
            figure = table.grid[row][column.index]
            if column.role is ColumnRole.BASE and figure >= 0:
                return self.of_figure.get(figure)
        return None

    def _figures(self, table: TableFacts) -> Iterator[Fact]:
        for r, row in enumerate(table.rows):
            if row.unit not in _UNITS:
                continue
            scale = table.scale if row.unit == MONEY_UNIT else 0
            for column in table.columns:
                figure = table.grid[r][column.index]
                if figure < 0 or column.role in UNSUMMED:
                    continue
                known = self.known.get(figure)
                if known is not None:
                    yield known
                    continue
                kind = KIND_OF_COLUMN.get(column.role, Kind.PROPOSED)
                nameless = Meaning("", "", "", kind, column.year, "", row.unit)
                yield Fact(figure, table.ordinal, scale, View.OTHER, nameless)

    def _number(self, fact: Fact) -> Number:
        number = self.vector.numbers[fact.figure]
        return Number(number.units, number.exponent + fact.scale)

    def _value(self, fact: Fact) -> int:
        return comparable(self.vector.numbers[fact.figure], fact.scale)


def is_non_post(passage: Passage, mention: Mention, language: Language) -> bool:
    """Whether the words right before an amount, or inside its span, make it no post."""
    near = passage.text[max(0, mention.span.start - SUBJECT_CHARS) : mention.span.end]
    subject = normalise(_ENDS.split(near)[-1])
    rest = subject
    for term in language.rows["non_post"]:
        rest = rest.replace(term, "")
    # Post and non-post resources are all there are.
    return rest != subject and not any(term in rest for term in language.rows["posts"])


def is_plain(passage: Passage, mention: Mention, code: str) -> bool:
    """Whether the words around an amount speak of resources and of nothing else."""
    text, span = passage.text, mention.span
    if passage.entity and text[span.end : span.end + 1] in (")", "\uff09"):
        # Behind the name of a component.
        return True
    begin, _ = sentence_of(passage, mention)
    after = _BRACKET.sub("", text[span.end :])
    stop = _CLAUSE.search(after)
    around = f"{text[begin : span.start]} {after[: stop.start()] if stop else after}"
    return _is_plain(normalise(around), code)


@lru_cache(maxsize=256)
def _is_plain(words: str, code: str) -> bool:
    """Whether no letters are left between the words that say nothing else."""
    return not _LETTERS.search(_NUMBERED.sub(" ", _plain(code).sub(" ", words)))


def sentence_of(passage: Passage, mention: Mention) -> tuple[int, int]:
    """Where the sentence of a mention begins and ends; a colon ends one."""
    text, span = passage.text, mention.span
    begin, end = sentences_of(text, passage.body).around(span.start, span.end)
    colon = _COLON.search(text, span.end, end)
    return (
        max(begin, *(text.rfind(each, begin, span.start) + 1 for each in COLONS)),
        colon.end() if colon else end,
    )


@lru_cache(maxsize=8)
def _plain(code: str) -> re.Pattern[str]:
    """All words that say nothing of what resources are for."""
    language = load_language(code)
    prose, columns = language.prose, language.columns
    grammar = grammar_of(code)
    listed = (
        *prose["plain"],
        *grammar.signs,
        *prose["net"],
        *prose["unchanged"],
        *prose["about"],
        *prose["per_cent"],
        *prose["currency_after"],
        *(term for name in ("technical", "mandates", "other") for term in columns[name]),
        *(term for terms in language.sources.values() for term in terms if len(term) >= SHORTEST),
        *(form.split("{")[0].strip() for forms in language.references.values() for form in forms),
    )
    patterns = (prose[name] for name in ("levels", "bases", "changes", "rates", "shares"))
    spoken = (piece for forms in patterns for form in forms for piece in _PLACE.split(form))
    terms = {normalise(term).strip(" (),") for term in (*listed, *spoken)} - {""}
    return re.compile(any_of(terms), re.IGNORECASE)
