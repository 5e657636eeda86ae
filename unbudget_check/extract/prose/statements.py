"""Which facts of the tables a sentence states again: by component, source, factor and year."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.entities import OVERALL
from unbudget_check.languages import normalise
from unbudget_check.model.meaning import (
    ALL_SOURCES,
    NON_POST,
    POST,
    POSTS,
    RESOURCES,
    Fact,
    Kind,
    View,
)
from unbudget_check.model.prose import Mention, MentionKind, ReferenceKind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.languages import Language
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.prose import Passage, Prose

REGULAR = "regular"
# The change that a passage is about stands near its beginning; later ones are details of it.
EARLY = 200
# The subject of an amount stands so near before it, in the same sentence.
NEAR = 60
_ENDS = re.compile(r"(?<=[.;:])\s|[\u3002\uff1b\uff1a]")
ROUNDED = "the amount is rounded in words"
DETAIL = "it is a detail of the change that the passage states first"
NETTED = "what follows takes part of it back"
UNSTATED = "no table states this amount: its component, source or year is in none"
_FACTORS = {"technical": Kind.TECHNICAL, "mandates": Kind.MANDATES, "other": Kind.OTHER}
# A caption may qualify its table in other words: jointly financed.
_SOURCES = {"regular", "assessed", "extrabudgetary", ALL_SOURCES}
# Views in which objects of expenditure are rows.
_DIVIDED = (View.OBJECTS, View.CATEGORIES)
Key = tuple[str, str, Kind, str]
# A passage of which the level or the change was stated.
Lead = tuple[str, int]


def statements_of(
    prose: Prose, tables: Sequence[TableFacts], found: Sequence[Fact], language: Language
) -> tuple[Statement, ...]:
    """One statement for each level, change, rate, share and count of posts that is mentioned."""
    rows = language.rows
    known = _Known(prose.passages, rows["non_post"], rows["posts"], _phrases(found, language))
    measures = {RESOURCES, POSTS, *known.phrases.values()}
    for fact in found:
        if fact.meaning.measure in measures:
            known.take(fact, tables[fact.table])
    known.changes.update(
        mention.span.passage for mention in prose.mentions if mention.kind is MentionKind.CHANGE
    )
    for reference in prose.references:
        if reference.kind is ReferenceKind.TABLE and not reference.is_outside:
            known.cited[reference.at.passage].append((reference.number, reference.part))
    return tuple(_statements(prose.mentions, known))


def _phrases(found: Iterable[Fact], language: Language) -> dict[str, str]:
    """What stands behind an amount that is booked under an object -> the measure of the object."""
    terms = {fact.meaning.measure: fact.meaning.measure for fact in found if fact.view in _DIVIDED}
    terms |= dict.fromkeys(language.rows["posts"], POST)
    terms |= dict.fromkeys(language.rows["non_post"], NON_POST)
    forms = language.prose["under"]
    return {form.replace("{object}", term): terms[term] for form in forms for term in terms}


@dataclass(slots=True)
class _Known:
    """The facts of a document by what they mean and by the table that prints them."""

    passages: Sequence[Passage]
    non_post: Sequence[str]
    post: Sequence[str]
    phrases: Mapping[str, str]
    by_key: defaultdict[Key, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_table: defaultdict[tuple[str, str], list[Fact]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cited: defaultdict[int, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    factors: dict[str, str] = field(default_factory=dict)  # number of a paragraph -> its factor
    divided: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    changes: Counter[int] = field(default_factory=Counter)  # passage -> changes it mentions

    def take(self, fact: Fact, table: TableFacts) -> None:
        """Remember a fact under all by which it is looked for."""
        meaning = fact.meaning
        key = (meaning.scope, meaning.entity, meaning.kind, meaning.source)
        self.by_key[key].append(fact)
        if fact.view is View.COMPONENTS:
            self.divided.add(meaning.scope)
        for part in {"", table.part or ""}:
            self.by_table[table.number or "", part].append(fact)

    def candidates(self, mention: Mention, kind: Kind, measure: str) -> list[Fact]:
        """The facts that a mention of this kind may state, by its bearing, else by its tables."""
        bearing = mention.bearing
        source = bearing.source or REGULAR
        found = self.by_key.get((bearing.scope, bearing.entity, kind, source), [])
        if not bearing.entity and bearing.scope not in self.divided | self.opened:
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


def _statements(mentions: Sequence[Mention], known: _Known) -> Iterator[Statement]:
    """The statements in reading order; a rate belongs to the change before it."""
    told: dict[int, Statement] = {}
    leads: set[Lead] = set()
    for at, mention in enumerate(mentions):
        if mention.kind in (MentionKind.GRADE, MentionKind.PART):
            continue
        if mention.rounded:
            told[at] = Statement(at, reason=ROUNDED)
        elif mention.kind is MentionKind.RATE:
            told[at] = _rate(at, told.get(mention.of), known)
        else:
            told[at] = _tied(at, mention, known, leads)
        yield told[at]


def _tied(at: int, mention: Mention, known: _Known, leads: set[Lead]) -> Statement:
    if mention.kind is MentionKind.LEVEL:
        return _level(at, mention, known, leads)
    if mention.kind is MentionKind.CHANGE:
        return _change(at, mention, known, leads)
    if mention.kind is MentionKind.SHARE:
        return _share(at, mention, known)
    if mention.kind is MentionKind.POSTS:
        return _posts(at, mention, known)
    return _amount(at, mention, known)


def _level(at: int, mention: Mention, known: _Known, leads: set[Lead]) -> Statement:
    """The level that a passage states first is that of its component."""
    if known.is_non_post(mention):
        found = known.candidates(mention, Kind.PROPOSED, NON_POST)
        return Statement(at, _each_table_once(found), reason="" if found else UNSTATED)
    if ("level", mention.span.passage) in leads:
        return Statement(at, reason=DETAIL)
    leads.add(("level", mention.span.passage))
    found = known.candidates(mention, Kind.PROPOSED, RESOURCES)
    known.opened.add(mention.bearing.scope)
    if not found:
        return Statement(at, reason=UNSTATED)
    return Statement(at, _each_table_once(found))


def _amount(at: int, mention: Mention, known: _Known) -> Statement:
    """An amount under an object of expenditure, or under posts, is what is proposed for it."""
    text = known.passages[mention.span.passage].text
    behind = normalise(text[mention.span.end : mention.span.end + NEAR])
    for phrase, measure in known.phrases.items():
        if behind.startswith(phrase) and mention.kind is MentionKind.AMOUNT:
            found = known.candidates(mention, Kind.PROPOSED, measure)
            return Statement(at, _each_table_once(found), reason="" if found else UNSTATED)
    return Statement(at, reason=UNSTATED)


def _change(at: int, mention: Mention, known: _Known, leads: set[Lead]) -> Statement:
    """The change that a passage states first is that of its component under its factor."""
    passage = known.passages[mention.span.passage]
    early = mention.span.start - passage.body <= EARLY
    # Beside the level of a component, the only change is that of the component.
    beside = ("level", mention.span.passage) in leads and known.changes[passage.index] == 1
    if ("change", mention.span.passage) in leads or len(passage.items) > 1 or not (early or beside):
        return Statement(at, reason=DETAIL)
    if passage.items and not passage.entity:
        return Statement(at, reason=DETAIL)
    leads.add(("change", mention.span.passage))
    if mention.offset:
        return Statement(at, reason=NETTED)
    kind = _FACTORS.get(_factor(mention, passage, known), Kind.CHANGE)
    found = known.candidates(mention, kind, RESOURCES)
    return Statement(at, _each_table_once(found)) if found else Statement(at, reason=UNSTATED)


def _factor(mention: Mention, passage: Passage, known: _Known) -> str:
    """The factor of a change; an item has that of its paragraph."""
    if not passage.items:
        known.factors[passage.number] = mention.bearing.factor
    return mention.bearing.factor or known.factors.get(passage.number, "")


def _rate(at: int, change: Statement | None, known: _Known) -> Statement:
    """A change in per cent of what was approved, in the table that states the change."""
    for fact in change.facts if change else ():
        meaning = fact.meaning
        bases = known.by_key.get((meaning.scope, meaning.entity, Kind.APPROVED, meaning.source), ())
        for base in bases:
            same = base.table == fact.table and base.meaning.measure == meaning.measure
            if same and meaning.kind is Kind.CHANGE:
                return Statement(at, (fact,), base)
    return Statement(at, reason=UNSTATED)


def _share(at: int, mention: Mention, known: _Known) -> Statement:
    """The share of one source of funds in the resources from all of them."""
    found = known.candidates(mention, Kind.PROPOSED, RESOURCES)
    bearing = mention.bearing
    whole = known.by_key.get((bearing.scope, bearing.entity, Kind.PROPOSED, ALL_SOURCES), ())
    bases = [fact for fact in whole if fact.meaning.measure == RESOURCES]
    if not found or not bases:
        return Statement(at, reason=UNSTATED)
    return Statement(at, (found[0],), bases[0])


def _posts(at: int, mention: Mention, known: _Known) -> Statement:
    """Posts that a source of funds other than the regular budget is to pay for."""
    if mention.name or mention.bearing.source in ("", REGULAR):
        return Statement(at, reason=UNSTATED)
    found = known.candidates(mention, Kind.PROPOSED, POSTS)
    return Statement(at, _each_table_once(found)) if found else Statement(at, reason=UNSTATED)


def _each_table_once(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.table: fact for fact in found}.values())
