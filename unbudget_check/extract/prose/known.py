"""The facts of a document's tables, and which of them the mention of a sentence may be about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.bearings import SEVERAL
from unbudget_check.extract.prose.entities import OVERALL
from unbudget_check.languages import normalise
from unbudget_check.model.meaning import ALL_SOURCES, POSTS, RESOURCES, Fact, Kind, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.prose import Mention, Passage

REGULAR = "regular"
# The subject of an amount stands so near before it, in the same sentence.
NEAR = 60
_ENDS = re.compile(r"(?<=[.;:])\s|[\u3002\uff1b\uff1a]")
# A caption may qualify its table in other words: jointly financed.
_SOURCES = {"regular", "assessed", "extrabudgetary", ALL_SOURCES}
Key = tuple[str, str, Kind, str]


@dataclass(slots=True)
class Known:
    """The facts of a document by what they mean and by the table that prints them."""

    passages: Sequence[Passage]
    non_post: Sequence[str]
    post: Sequence[str]
    phrases: Mapping[str, str]  # what stands behind an amount -> the measure that it is of
    openings: Mapping[str, str]  # what stands right before an amount -> the same
    by_key: defaultdict[Key, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_table: defaultdict[tuple[str, str], list[Fact]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cited: defaultdict[int, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_row: defaultdict[int, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    sources: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    factors: dict[str, str] = field(default_factory=dict)  # number of a paragraph -> its factor
    divided: set[str] = field(default_factory=set)
    opened: dict[str, int] = field(default_factory=dict)  # scope -> the passage of its first level
    changes: Counter[int] = field(default_factory=Counter)  # passage -> changes it mentions

    def take(self, fact: Fact, table: TableFacts) -> None:
        """Remember a fact under all by which it is looked for."""
        meaning = fact.meaning
        key = (meaning.scope, meaning.entity, meaning.kind, meaning.source)
        self.by_key[key].append(fact)
        self.sources[meaning.scope].add(meaning.source)
        if fact.view is View.COMPONENTS:
            self.divided.add(meaning.scope)
        if fact.view is View.OTHER and meaning.measure not in (RESOURCES, POSTS):
            self.by_row[fact.table].append(fact)
        for part in {"", table.part or ""}:
            self.by_table[table.number or "", part].append(fact)

    def candidates(self, mention: Mention, kind: Kind, measure: str) -> list[Fact]:
        """The facts that a mention of this kind may state, by its bearing, else by its tables."""
        bearing = mention.bearing
        source = self.source_of(mention)
        found = self.by_key.get((bearing.scope, bearing.entity, kind, source), [])
        if not bearing.entity and self._is_first(mention):
            # Where no component is listed, the first statement is about the whole.
            found = self.by_key.get((bearing.scope, OVERALL, kind, source), [])
        if not found and bearing.entity in ("", OVERALL):
            found = [
                fact
                for place in self.cited.get(mention.span.passage, ())
                for fact in self.by_table.get(place, ())
                if fact.meaning.kind is kind and fact.meaning.entity == OVERALL
                if bearing.source in ("", fact.meaning.source)
                or fact.meaning.source not in _SOURCES
            ]
        return [
            fact
            for fact in found
            if fact.meaning.measure == measure
            and (mention.year is None or fact.meaning.year in (None, mention.year))
        ]

    def source_of(self, mention: Mention) -> str:
        """The source of funds of a mention; of two that are named, both, if there are no more."""
        source = mention.bearing.source
        if source == SEVERAL and len(self.sources[mention.bearing.scope] - {ALL_SOURCES}) == len(
            ("this", "that")
        ):
            return ALL_SOURCES
        return source or REGULAR

    def _is_first(self, mention: Mention) -> bool:
        """Whether nothing divides the part of a document, and no passage before stated a level."""
        scope, passage = mention.bearing.scope, mention.span.passage
        return scope not in self.divided and self.opened.get(scope, passage) == passage

    def row_above(self, mention: Mention, kind: Kind) -> list[Fact]:
        """The facts of a kind in the small table right above, if it has one object for its row."""
        above = self.passages[mention.span.passage].follows - 1
        found = [fact for fact in self.by_row.get(above, ()) if fact.meaning.kind is kind]
        source = self.source_of(mention)
        is_one = len({fact.meaning.measure for fact in found}) == 1
        return [fact for fact in found if is_one and fact.meaning.source == source]

    def is_non_post(self, mention: Mention) -> bool:
        """Whether the words right before an amount, or inside its span, make it no post."""
        text = self.passages[mention.span.passage].text
        near = text[max(0, mention.span.start - NEAR) : mention.span.end]
        subject = normalise(_ENDS.split(near)[-1])
        rest = subject
        for term in self.non_post:
            rest = rest.replace(term, "")
        # Post and non-post resources are all there are.
        return rest != subject and not any(term in rest for term in self.post)
