"""Is a sentence that contradicts the tables about them at all?

An amount may be that of something which no table knows: of a seminar, of another fund, of one
object of expenditure. What a sentence says is held against the tables where it speaks in plain
words of resources and nothing else, where it cites the table, where another amount of the same
sentence agrees with it, or where the printed figures look like a misprint of each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, grammar_of
from unbudget_check.extract.prose.sentences import sentences_of
from unbudget_check.languages import load_language, normalise
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import MentionKind, ReferenceKind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.extract.vector import Vector
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.prose import Mention, Prose

UNSURE = "unsure"
# Figures of so many digits look like a misprint of each other where one or two of them differ.
FEW, MANY = 3, 5
# One digit more or less makes an amount about ten times another.
FARTHEST = 20
# What stands before a colon is a sentence of its own.
COLONS = ":\uff1a"
_COLON = re.compile(f"[{COLONS}]")
_CLAUSE = re.compile(r"[.,;:()\u3002\uff0c\uff1b\uff1a\uff08\uff09]")
_BRACKET = re.compile(r"^\s*[(\uff08][^()\uff08\uff09]*[)\uff09]")
_PLACE = re.compile(r"\{\w+\}")
_LETTERS = re.compile(r"[^\W\d_]+")
_JUDGED = (MentionKind.LEVEL, MentionKind.CHANGE)
# These agree with their facts, or look like a misprint of them: no words tell enough.
_BORNE_OUT = (MentionKind.BASE, MentionKind.PART, MentionKind.AMOUNT)


def credible(
    statements: Iterable[Statement],
    prose: Prose,
    tables: Sequence[TableFacts],
    vector: Vector,
    code: str,
) -> Iterator[Statement]:
    """The statements; those that nothing shows to be about their facts are tied to none."""
    reading = _Reading(prose, tables, vector, code)
    told = list(statements)
    for statement in told:
        reading.take(statement)
    dropped: set[int] = set()
    for statement in told:
        mention = prose.mentions[statement.mention]
        lost = mention.kind is MentionKind.RATE and mention.of in dropped
        if lost or (statement.facts and not reading.is_credible(statement, mention)):
            dropped.add(statement.mention)
            yield replace(statement, facts=(), base=None, reason=UNSURE)
        else:
            yield statement


@dataclass(slots=True)
class _Reading:
    """A document's sentences, and in which of them an amount agrees with its facts."""

    prose: Prose
    tables: Sequence[TableFacts]
    vector: Vector
    code: str
    agreed: set[tuple[int, int]] = field(default_factory=set)
    levels: set[tuple[int, str]] = field(default_factory=set)  # passage, source of its level

    def take(self, statement: Statement) -> None:
        """Remember a sentence that agrees with all its facts."""
        mention = self.prose.mentions[statement.mention]
        tells = mention.kind in _JUDGED and statement.facts and self._value(mention.figure, 0)
        if tells and all(self._agrees(mention, fact) for fact in statement.facts):
            self.agreed.add((mention.span.passage, mention.sentence))
            if mention.kind is MentionKind.LEVEL:
                source = statement.facts[0].meaning.source
                self.levels.add((mention.span.passage, source))

    def is_credible(self, statement: Statement, mention: Mention) -> bool:
        """Whether anything shows that a mention is about its facts."""
        if mention.kind is MentionKind.SHARE:
            source = statement.facts[0].meaning.source
            return (mention.span.passage, source) in self.levels or self._is_plain(mention)
        if mention.kind not in (*_JUDGED, *_BORNE_OUT):
            return True
        if all(self._agrees(mention, fact) for fact in statement.facts):
            return True
        if any(self._is_misprint(mention, fact) for fact in statement.facts):
            return True
        if mention.kind in _BORNE_OUT:
            return self._is_plain(mention)
        place = mention.span.passage, mention.sentence
        return place in self.agreed or self._is_cited(statement, mention) or self._is_plain(mention)

    def _value(self, figure: int, scale: int) -> int:
        return comparable(self.vector.numbers[figure], scale)

    def _agrees(self, mention: Mention, fact: Fact) -> bool:
        return abs(self._value(mention.figure, 0)) == abs(self._value(fact.figure, fact.scale))

    def _is_cited(self, statement: Statement, mention: Mention) -> bool:
        """Whether the same sentence says which table shows it."""
        begin, end = self._sentence(mention)
        numbers = {self.tables[fact.table].number for fact in statement.facts}
        return any(
            each.number in numbers and begin <= each.at.start < end
            for each in self.prose.references
            if each.kind is ReferenceKind.TABLE and each.at.passage == mention.span.passage
        )

    def _is_misprint(self, mention: Mention, fact: Fact) -> bool:
        values = abs(self._value(mention.figure, 0)), abs(self._value(fact.figure, fact.scale))
        if max(values) > FARTHEST * min(values):
            return False
        one, two = (str(value).rstrip("0") for value in values)
        length = max(len(one), len(two))
        return length >= FEW and _differing(one, two) <= (2 if length >= MANY else 1)

    def _is_plain(self, mention: Mention) -> bool:
        """Whether the words around an amount speak of resources and of nothing else."""
        text = self.prose.passages[mention.span.passage].text
        begin, _ = self._sentence(mention)
        named = bool(self.prose.passages[mention.span.passage].entity)
        if named and text[mention.span.end : mention.span.end + 1] in (")", "\uff09"):
            # Behind the name of a component.
            return True
        after = _BRACKET.sub("", text[mention.span.end :])
        stop = _CLAUSE.search(after)
        around = f"{text[begin : mention.span.start]} {after[: stop.start()] if stop else after}"
        rest = _plain(self.code).sub(" ", normalise(around))
        return not _LETTERS.search(rest)

    def _sentence(self, mention: Mention) -> tuple[int, int]:
        passage = self.prose.passages[mention.span.passage]
        text, span = passage.text, mention.span
        begin, end = sentences_of(text, passage.body).around(span.start, span.end)
        colon = _COLON.search(text, span.end, end)
        return (
            max(begin, *(text.rfind(each, begin, span.start) + 1 for each in COLONS)),
            colon.end() if colon else end,
        )


def _differing(one: str, two: str) -> int:
    """How many digits must be changed, added or taken away, or two neighbours swapped."""
    rows = [list(range(len(two) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(two, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and (left, one[i - 2]) == (two[j - 2], right):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


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
        *(term for terms in language.sources.values() for term in terms if len(term) > len("xx")),
        *(form.split("{")[0].strip() for forms in language.references.values() for form in forms),
    )
    patterns = (prose[name] for name in ("levels", "bases", "changes", "rates", "shares"))
    spoken = (piece for forms in patterns for form in forms for piece in _PLACE.split(form))
    terms = {normalise(term).strip(" (),") for term in (*listed, *spoken)} - {""}
    return re.compile(any_of(terms), re.IGNORECASE)
