"""Link the amounts of sentences to the figures of tables, as records are linked.

A passage states a record: a level, its change, what was approved, the rate. A row of a table is
another one. Words (component, source of funds, factor, year, the table cited) say which rows may be
meant, as prior bits; the figures decide (Fellegi and Sunter 1969). A table contradicts a sentence
only where no table of which the sentence may speak prints its amount.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import (
    BORNE_OUT_BITS,
    FAILURE_BITS,
    PAIR,
    Trial,
    significance,
    standing_of,
    weigh,
)
from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import Standing, Weight
from unbudget_check.model.meaning import (
    ALL_SOURCES,
    NON_POST,
    OVERALL,
    POST,
    POSTS,
    REGULAR,
    RESOURCES,
    Fact,
    Kind,
    Record,
    View,
)
from unbudget_check.model.number import FINEST_EXPONENT, Number, comparable, scaled
from unbudget_check.model.prose import Mention, MentionKind, ReferenceKind, Statement
from unbudget_check.profiles import factors, sources
from unbudget_check.understand.tables.meaning import MONEY_UNIT
from unbudget_check.understand.text.entities import SAME_ENTITY_BITS, compatible
from unbudget_check.understand.text.grammar import grammar_of
from unbudget_check.understand.text.link_candidates import (
    PrintedFigures,
    is_non_post,
    is_plain,
    sentence_of,
)
from unbudget_check.understand.text.misprints import RowsMeant
from unbudget_check.understand.text.sources import SEVERAL, source_before, source_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.prose import Bearing, Passage, Prose, Reference

# The change that a passage is about stands near its beginning; later ones are details of it.
SUBJECT_CHARS = 200
# The object of an amount stands so near beside it.
OBJECT_CHARS = 60
ROUNDED, DETAIL, NETTED, UNSTATED, UNSURE = "rounded", "detail", "netted", "unstated", "unsure"
# Prior bits. Source, measure and kind are named, and the component by so many bits more: such a row
# is meant 100 times of 101, unless something else is said of the amount.
NAMED_BITS = 3
# The same sentence cites the table, or says nothing of what the resources are for; or the passage
# states another amount as the tables print it. To cite other tables speaks against one twice as
# much.
CITED_BITS, PLAIN_BITS, BESIDE_BITS = 3, 3, 3
_FACTORS = {name: Kind(name) for name in factors()}
# Views in which objects of expenditure are rows.
_DIVIDED = (View.OBJECTS, View.CATEGORIES)
# A caption may qualify its table in other words: jointly financed.
_SOURCES = {*sources(), ALL_SOURCES}
# By how much a fact differs that is the amount.
EXACT = (0, 0)
# What figures of tables may state, beside posts.
_MONEY = (MentionKind.LEVEL, MentionKind.BASE, MentionKind.CHANGE, MentionKind.AMOUNT)
# Of these, words say least.
_LOOSE = (MentionKind.BASE, MentionKind.AMOUNT)
_COUNTED = (MentionKind.POSTS, MentionKind.GRADE, MentionKind.RATE, MentionKind.SHARE)
# What a rate or a share is of is known by the amount beside it.
_RATIOS = (MentionKind.RATE, MentionKind.SHARE)
# What a row that a sentence names prints of each kind of mention.
_KIND_OF = {
    MentionKind.LEVEL: Kind.PROPOSED,
    MentionKind.BASE: Kind.APPROVED,
    MentionKind.CHANGE: Kind.CHANGE,
}
Key = tuple[str, str, Kind, str]


@dataclass(frozen=True, slots=True)
class _Slot:
    """What words say of one mention: the facts that it may state, or why there are none."""

    at: int
    facts: tuple[Fact, ...] = ()
    reason: str = ""


def links_of(
    prose: Prose,
    tables: Sequence[TableFacts],
    found: Sequence[Fact],
    vector: Vector,
    language: Language,
) -> tuple[Statement, ...]:
    """One statement for each level, change, rate, share and count of posts that is mentioned."""
    linker = _Linker(prose, tables, found, vector, language)
    return tuple(linker.statements())


class _Linker:
    """A document while its sentences are linked, passage by passage."""

    def __init__(
        self,
        prose: Prose,
        tables: Sequence[TableFacts],
        found: Sequence[Fact],
        vector: Vector,
        language: Language,
    ) -> None:
        self.prose, self.tables, self.vector, self.language = prose, tables, vector, language
        self.mentions = prose.mentions
        self.printed = PrintedFigures(tables, found, vector)
        self.meant = RowsMeant(self.printed, tables, vector)
        self.under, self.before = (_phrases(found, language, form) for form in ("under", "for"))
        forms = (form.partition("{object}")[0] for form in language.prose["under"])
        self.leads = tuple(form for form in forms if form)
        measures = {RESOURCES, POSTS, *self.under.values()}
        self.by_key: defaultdict[Key, list[Fact]] = defaultdict(list)
        self.by_table: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        self.single: defaultdict[int, list[Fact]] = defaultdict(list)
        self.sources: defaultdict[str, set[str]] = defaultdict(set)
        self.entities: defaultdict[str, set[str]] = defaultdict(set)
        self.divided: set[str] = set()
        self.by_object: set[tuple[str, str, str]] = set()
        for fact in found:
            if fact.meaning.measure in measures:
                self._take(fact)
        self.cited: defaultdict[int, list[Reference]] = defaultdict(list)
        for each in prose.references:
            if each.kind is ReferenceKind.TABLE and not each.is_outside:
                self.cited[each.at.passage].append(each)
        self.numbered: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for table in tables:
            for part in {"", table.part or ""}:
                self.numbered[table.number or "", part].add(table.ordinal)
        self.changes = Counter(
            each.span.passage for each in self.mentions if each.kind is MentionKind.CHANGE
        )
        self.needed = self._needed()
        self.said: defaultdict[int, set[int]] = defaultdict(set)  # an amount -> its passages
        for mention in self.mentions:
            if mention.kind not in _COUNTED:
                self.said[abs(self._value(mention, 0))].add(mention.span.passage)
        self.factors: dict[str, str] = {}  # number of a paragraph -> its factor
        # (scope, number) -> the passage with which a numbered paragraph begins.
        self.leading = {
            (each.bearing.scope, each.number): each.index
            for each in reversed(prose.passages)
            if each.number and not each.items
        }
        self.opened: dict[str, int] = {}  # scope -> the passage of its first level
        # Of the passage that is being read: the sources of which a level was stated, the first
        # level that may be tied, and what words say of each mention.
        self.stated: set[str] = set()
        self.level = -1
        self.slots: dict[int, _Slot] = {}
        self.told: set[tuple[MentionKind, int]] = set()
        self.agrees = False  # whether the tables print any of its amounts

    def _needed(self) -> Mapping[int, set[int]]:
        """Mention -> what it would have to be for the breakdowns with it to add up."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for told in self.prose.explanations:
            terms = ((told.whole, -1), *told.parts)
            missed = sum(self._value(self.mentions[at], 0) * sign for at, sign in terms)
            for at, sign in terms if missed else ():
                found[at].add(self._value(self.mentions[at], 0) - sign * missed)
        return found

    def _take(self, fact: Fact) -> None:
        """Remember a fact under all by which it is looked for."""
        meaning, table = fact.meaning, self.tables[fact.table]
        self.by_key[meaning.scope, meaning.entity, meaning.kind, meaning.source].append(fact)
        self.sources[meaning.scope].add(meaning.source)
        self.entities[meaning.scope].add(meaning.entity)
        if fact.view is View.COMPONENTS:
            self.divided.add(meaning.scope)
        self.by_object.add((meaning.scope, meaning.entity, meaning.measure))
        if fact.view is View.OTHER and meaning.measure not in (RESOURCES, POSTS):
            self.single[fact.table].append(fact)
        for part in {"", table.part or ""}:
            self.by_table[table.number or "", part].append(fact)

    # The document, passage by passage.

    def statements(self) -> Iterator[Statement]:
        """The statements in reading order."""
        passages: defaultdict[int, list[int]] = defaultdict(list)
        for at, mention in enumerate(self.mentions):
            if mention.kind is not MentionKind.GRADE:
                passages[mention.span.passage].append(at)
        for listed in passages.values():
            self.stated, self.level, self.slots, self.agrees = set(), -1, {}, False
            self.told = set()
            for at in listed:
                mention = self.mentions[at]
                if (slot := self._slot(at, mention)) is not None:
                    self.slots[at] = slot
                    self.told.add((mention.kind, mention.sentence))
            decided = self._decided()
            decided |= dict(self._misprinted(decided))
            for at in self.slots:
                yield decided.get(at) or self._ratio(at, decided)

    # What words say.

    def _slot(self, at: int, mention: Mention) -> _Slot | None:
        """The facts that a mention may state by its words; None where it states nothing alone."""
        if mention.kind is MentionKind.PART:
            return self._named_before(at, mention)
        if mention.kind in _RATIOS:
            return _Slot(at, reason=ROUNDED if mention.rounded else UNSTATED)
        if mention.rounded:
            return _Slot(at, reason=ROUNDED)
        told = {
            MentionKind.LEVEL: self._level,
            MentionKind.CHANGE: self._change,
            MentionKind.BASE: self._base,
            MentionKind.POSTS: self._posts,
        }
        slot = told.get(mention.kind, self._amount)(at, mention)
        if any(self._missed(mention, fact) == EXACT for fact in slot.facts):
            return slot
        named = self._row_named(mention)
        return _Slot(at, tuple(named)) if named else slot

    def _row_named(self, mention: Mention) -> list[Fact]:
        """The figures of the row whose label the sentence prints, where nothing has components."""
        passage, kind = self.prose.passages[mention.span.passage], _KIND_OF.get(mention.kind)
        if kind is None or passage.items or mention.bearing.scope in self.divided:
            return []
        if (mention.kind, mention.sentence) in self.told:
            return []  # what a sentence says of a row it says once
        sentence = passage.text[slice(*sentence_of(passage, mention))]
        found = self.meant.named(sentence, self._cited_tables(mention))
        return [
            fact
            for fact in found
            if fact.meaning.kind is kind
            and fact.meaning.unit == MONEY_UNIT
            and (mention.year is None or fact.meaning.year in (None, mention.year))
        ]

    def _level(self, at: int, mention: Mention) -> _Slot:
        """The level of each source that a passage states first is that of its component."""
        passage = self.prose.passages[mention.span.passage]
        if is_non_post(passage, mention, self.language):
            return _slot(at, self._candidates(mention, Kind.PROPOSED, NON_POST))
        if (portion := self._portion(at, mention)) is not None:
            return portion
        source = self._source_of(mention)
        if source in self.stated:
            # Beside the first level, that of another source says so right before its amount.
            source = source_before(passage.text, mention, self.language.code)
            mention = replace(mention, bearing=replace(mention.bearing, source=source))
        if not source or source in self.stated:
            return _Slot(at, reason=DETAIL)
        self.stated.add(source)
        found = self._candidates(mention, Kind.PROPOSED, RESOURCES)
        self.opened.setdefault(mention.bearing.scope, passage.index)
        found = found or self._row_above(mention, Kind.PROPOSED)
        if found and self.level < 0:
            self.level = at
        return _slot(at, found)

    def _portion(self, at: int, mention: Mention) -> _Slot | None:
        """An amount behind the total of two sources, with the name of one of them beside it."""
        facts = self.slots[self.level].facts if self.level >= 0 else ()
        if not facts or facts[0].meaning.source != ALL_SOURCES:
            return None
        text = self.prose.passages[mention.span.passage].text
        source = source_beside(text, self.mentions, self.level, at, self.language.code)
        if not source or mention.sentence != self.mentions[self.level].sentence:
            return None
        mention = replace(mention, bearing=replace(mention.bearing, source=source))
        return _slot(at, self._candidates(mention, Kind.PROPOSED, RESOURCES))

    def _base(self, at: int, mention: Mention) -> _Slot:
        """What a level or change of the same passage is set beside was approved for the same."""
        del mention
        for slot in reversed(self.slots.values()):
            kind = self.mentions[slot.at].kind
            if slot.facts and kind in (MentionKind.LEVEL, MentionKind.CHANGE):
                about = slot.facts[0].meaning
                key = about.scope, about.entity, Kind.APPROVED, about.source
                found = self.by_key.get(key, ())
                return _slot(at, [f for f in found if f.meaning.measure == about.measure])
        return _Slot(at, reason=UNSTATED)

    def _amount(self, at: int, mention: Mention) -> _Slot:
        """An amount under an object of expenditure, or under posts, is what is proposed for it."""
        if (portion := self._portion(at, mention)) is not None:
            return portion
        if measure := self._under(mention):
            return _slot(at, self._candidates(mention, Kind.PROPOSED, measure))
        return self._named_before(at, mention) or _Slot(at, reason=UNSTATED)

    def _under(self, mention: Mention) -> str | None:
        """The object under which an amount is put right behind it; "" for one of no table."""
        text = self.prose.passages[mention.span.passage].text
        behind = normalise(text[mention.span.end : mention.span.end + OBJECT_CHARS])
        for phrase, measure in self.under.items():
            if behind.startswith(phrase):
                return measure
        return "" if behind.startswith(self.leads) else None

    def _named_before(self, at: int, mention: Mention) -> _Slot | None:
        """An amount right behind an object, in a passage that states a level and no change."""
        if self.changes[mention.span.passage] or self.level < 0 or mention.rounded:
            return None
        begin = max(mention.span.start - OBJECT_CHARS, 0)
        text = self.prose.passages[mention.span.passage].text
        before = normalise(text[begin : mention.span.start])
        ends = (each for each in self.before.items() if before.endswith(each[0]))
        phrase, measure = max(ends, key=lambda each: len(each[0]), default=("", ""))
        found = self._candidates(mention, Kind.PROPOSED, measure) if phrase else []
        return _slot(at, found) if found else None

    def _change(self, at: int, mention: Mention) -> _Slot:
        """The change that a passage states first is that of its component under its factor."""
        passage = self.prose.passages[mention.span.passage]
        early = mention.span.start - passage.body <= SUBJECT_CHARS
        # Beside the level of a component, the only change is that of the component.
        beside = self.level >= 0 and self.changes[passage.index] == 1
        is_later = "change" in self.stated
        if is_later or len(passage.items) > 1 or not (early or beside):
            return _Slot(at, reason=DETAIL)
        is_factor = mention.bearing.factor != passage.bearing.factor  # (a) Technical adjustments
        if passage.items and not (passage.entity or is_factor):
            return _Slot(at, reason=DETAIL)
        self.stated.add("change")
        if mention.offset:
            return _Slot(at, reason=NETTED)
        kind = _FACTORS.get(self._factor(mention, passage), Kind.CHANGE)
        found = self._candidates(mention, kind, RESOURCES)
        if (measure := self._under(mention)) is not None:
            found = [*self._put_under(mention, kind, measure, found)]
        return _slot(at, found or self._row_above(mention, kind))

    def _put_under(
        self, mention: Mention, kind: Kind, measure: str, found: Sequence[Fact]
    ) -> Iterator[Fact]:
        """The changes of an object, and those of the whole that are the same or the amount.

        The only change that a passage states is the whole one, where no table divides it.
        """
        own = self._candidates(mention, kind, measure) if measure else []
        meant = {(fact.meaning.scope, fact.meaning.entity, measure) for fact in found}
        is_only = self.changes[mention.span.passage] == 1
        if measure and is_only and self.by_object.isdisjoint(meant):
            yield from found
            return
        yield from own
        values = {self._value(fact, fact.scale) for fact in own}
        for fact in found:
            if self._value(fact, fact.scale) in values or self._missed(mention, fact)[0] == 0:
                yield fact

    def _factor(self, mention: Mention, passage: Passage) -> str:
        """The factor of a change; an item has that of its paragraph."""
        if not passage.items:
            self.factors[passage.number] = mention.bearing.factor
        return mention.bearing.factor or self.factors.get(passage.number, "")

    def _lead_of(self, passage: Passage) -> int:
        """The passage with which the paragraph of an item begins."""
        return self.leading.get((passage.bearing.scope, passage.number), passage.index)

    def _cited_by(self, passage: Passage) -> Sequence[Reference]:
        """The tables that a passage cites; what a paragraph cites, its items are about."""
        own = self.cited.get(passage.index, ())
        return own or (self.cited.get(self._lead_of(passage), ()) if passage.items else ())

    def _posts(self, at: int, mention: Mention) -> _Slot:
        """Posts that a source of funds other than the regular budget is to pay for."""
        if mention.name or mention.bearing.source in ("", REGULAR):
            return _Slot(at, reason=UNSTATED)
        others = [slot.at for slot in self.slots.values() if slot.facts]
        counted = [each for each in others if self.mentions[each].kind is mention.kind]
        if counted and self._is_contained(self.mentions[counted[-1]], mention):
            return _Slot(at, reason=DETAIL)  # 78 posts, inclusive of 10 posts
        return _slot(at, self._candidates(mention, Kind.PROPOSED, POSTS))

    def _is_contained(self, one: Mention, other: Mention) -> bool:
        """Whether words between two mentions of a sentence say that the other is part of one."""
        between = self.prose.passages[one.span.passage].text[one.span.end : other.span.start]
        is_near = one.sentence == other.sentence
        return is_near and bool(grammar_of(self.language.code).incomplete.search(between))

    def _candidates(self, mention: Mention, kind: Kind, measure: str) -> list[Fact]:
        """The facts that a mention of this kind may state, by its bearing, else by its tables."""
        bearing = mention.bearing
        source = self._source_of(mention)
        entity = self._entity_of(bearing)
        found = self.by_key.get((bearing.scope, entity, kind, source), [])
        if not bearing.entity and self._is_first(mention):
            # Where no component is listed, the first statement is about the whole.
            found = self.by_key.get((bearing.scope, OVERALL, kind, source), [])
        if not found and bearing.entity in ("", OVERALL):
            found = [
                fact
                for each in self._cited_by(self.prose.passages[mention.span.passage])
                for fact in self.by_table.get((each.number, each.part), ())
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

    def _entity_of(self, bearing: Bearing) -> str:
        """The key of an entity in the tables; of a path in part, the only one that fits."""
        known = self.entities[bearing.scope]
        if bearing.entity in known:
            return bearing.entity
        fitting = [each for each in known if compatible(bearing.entity, each)]
        return fitting[0] if len(fitting) == 1 else bearing.entity

    def _source_of(self, mention: Mention) -> str:
        """The source of funds of a mention; of two that are named, both, if there are no more."""
        source, known = mention.bearing.source, self.sources[mention.bearing.scope]
        if source == SEVERAL and len(known - {ALL_SOURCES}) == 2:
            return ALL_SOURCES
        return source or REGULAR

    def _is_first(self, mention: Mention) -> bool:
        """Whether nothing divides the part of a document, and no passage before stated a level."""
        scope, passage = mention.bearing.scope, mention.span.passage
        return scope not in self.divided and self.opened.get(scope, passage) == passage

    def _row_above(self, mention: Mention, kind: Kind) -> list[Fact]:
        """The facts of a kind in the small table right above, if it has one object for its row."""
        above = self.prose.passages[mention.span.passage].follows - 1
        found = [fact for fact in self.single.get(above, ()) if fact.meaning.kind is kind]
        source = self._source_of(mention)
        is_one = len({fact.meaning.measure for fact in found}) == 1
        return [fact for fact in found if is_one and fact.meaning.source == source]

    # What figures decide.

    def _decided(self) -> dict[int, Statement]:
        """The amounts of a passage with the facts that they state, record by record."""
        records: defaultdict[Record, list[tuple[Mention, list[Fact]]]] = defaultdict(list)
        for slot in self.slots.values():
            mention = self.mentions[slot.at]
            for record, facts in _by_record(slot.facts).items():
                nearest = self._nearest(mention, facts)
                records[record].append((mention, nearest))
                self.agrees |= self._missed(mention, nearest[0]) == EXACT
        weights: dict[Record, Weight] = {}
        for record, pairs in records.items():
            # Several tables may print a record: the one that the sentence cites speaks for it.
            prior = max(self._prior(mention, fact) for mention, facts in pairs for fact in facts)
            weights[record] = weigh((self._trial(m, facts[0]) for m, facts in pairs), prior)
        return {
            at: self._statement(slot, weights)
            for at, slot in self.slots.items()
            if self.mentions[at].kind not in _RATIOS or slot.reason == ROUNDED
        }

    def _statement(self, slot: _Slot, weights: Mapping[Record, Weight]) -> Statement:
        """The facts that bear a mention out; else those that contradict it, if they must."""
        mention = self.mentions[slot.at]
        if slot.reason == ROUNDED:
            return Statement(slot.at, reason=ROUNDED)
        facts = self._nearest(mention, slot.facts)
        nearest = self._missed(mention, facts[0]) if facts else EXACT
        facts.sort(key=partial(self._prior, mention), reverse=True)
        prior = self._prior(mention, facts[0]) if facts else 0
        if facts and nearest == EXACT:
            return Statement(slot.at, _each_table_once(facts), prior=prior)
        if facts and self._is_needed(slot.at, facts[0]):
            return Statement(slot.at, _each_table_once(facts), prior=prior)
        best = max((weights[record] for record in _by_record(facts)), key=_bits, default=Weight())
        other, found = self._elsewhere(mention)
        same = [fact for fact in found if self._missed(mention, fact) == EXACT]
        # Where the tables print it with the other sign, only its word is in question.
        found = same if facts and nearest[0] == 0 else found
        if found and other >= max(best.bits - BORNE_OUT_BITS + 1, 0 if facts else BORNE_OUT_BITS):
            return Statement(slot.at, _each_table_once(same), reason="" if same else UNSURE)
        if not facts or not _may_contradict(best):
            return Statement(slot.at, reason=slot.reason or UNSURE)
        return Statement(slot.at, _each_table_once(facts), prior=prior)

    def _is_needed(self, at: int, fact: Fact) -> bool:
        """Whether a breakdown that the mention is part of would add up with what a table shows.

        The list and the table are two witnesses against what the sentence says.
        """
        shown = self._value(fact, fact.scale)
        says = significance(self.vector.numbers[fact.figure].units)
        return says >= BORNE_OUT_BITS and shown in self.needed.get(at, ())

    def _misprinted(self, decided: Mapping[int, Statement]) -> Iterator[tuple[int, Statement]]:
        """The amounts of a passage that are misprints of the rows that it speaks of."""
        stated = [fact for each in decided.values() for fact in each.facts]
        said = {self._value(self.mentions[at], 0) for at in self.slots}
        for at, statement in decided.items():
            mention = self.mentions[at]
            if statement.facts or mention.kind not in _MONEY or mention.rounded:
                continue
            alike = self.printed.same(self.vector.numbers[mention.figure], "money")
            is_turned = mention.kind is MentionKind.CHANGE and bool(alike)
            # What one amount says with the sign of the table, no other says in its place.
            is_own = is_turned and -self._value(mention, 0) in said
            if is_own or any(self._missed(mention, fact) == EXACT for fact in alike):
                continue
            passage = self.prose.passages[mention.span.passage]
            sentence = passage.text[slice(*sentence_of(passage, mention))]
            if shown := self._shown_as_needed(at, mention):
                yield at, shown
                continue
            rows = self.meant.rows(sentence, self._cited_tables(mention), stated)
            meant = self.meant.misprinted(mention, rows, stated, is_turned=is_turned)
            if meant is None and not alike and self._is_alone(mention):
                meant = self.meant.repeated(self.vector.numbers[mention.figure])
            if meant is not None:
                yield at, Statement(at, (meant.fact,), prior=meant.bits + FAILURE_BITS)

    def _is_alone(self, mention: Mention) -> bool:
        """Whether no other passage states an amount, and its words say nothing of its table."""
        stated = self.said[abs(self._value(mention, 0))]
        return mention.kind in _LOOSE and len(stated) == 1

    def _shown_as_needed(self, at: int, mention: Mention) -> Statement | None:
        """The figures of tables that an amount would have to be for its breakdown to add up."""
        for value in self.needed.get(at, ()):
            bits, found = self._printed_as(mention, Number(value, FINEST_EXPONENT))
            facts = [fact for fact in found if self._value(fact, fact.scale) == value]
            if facts and bits >= BORNE_OUT_BITS:
                return Statement(at, _each_table_once(facts), prior=bits + FAILURE_BITS)
        return None

    def _nearest(self, mention: Mention, facts: Sequence[Fact]) -> list[Fact]:
        """Those of some facts that differ least from a mention."""
        missed = [self._missed(mention, fact) for fact in facts]
        least = min(missed, default=EXACT)
        return [fact for fact, each in zip(facts, missed, strict=True) if each == least]

    def _missed(self, mention: Mention, fact: Fact) -> tuple[int, int]:
        """By how much a fact differs from a mention, whatever the sign, and whether in its sign."""
        said, shown = self._value(mention, 0), self._value(fact, fact.scale)
        turned = mention.kind is MentionKind.CHANGE and said * shown < 0
        return abs(abs(said) - abs(shown)), int(turned)

    def _elsewhere(self, mention: Mention) -> tuple[int, list[Fact]]:
        """Whether any figure of a cited table, or of any, is the amount: with the bits for it."""
        return self._printed_as(mention, self.vector.numbers[mention.figure])

    def _printed_as(self, mention: Mention, number: Number) -> tuple[int, list[Fact]]:
        """The figures of the tables a passage cites, or of any, that are a number, and the bits.

        The more figures there are, the more easily one of them is the same by chance.
        """
        unit = "posts" if mention.kind is MentionKind.POSTS else "money"
        found = self.printed.same(number, unit)
        if not found or not number.units:
            return -1, []
        says = significance(number.units)
        cited = self._cited_tables(mention)
        near = [fact for fact in found if fact.table in cited]
        if near:
            return CITED_BITS + says - self.printed.bits_of(cited, unit), near
        return says - self.printed.bits_of(None, unit), found

    def _cited_tables(self, mention: Mention) -> set[int]:
        cited = self.cited.get(mention.span.passage, ())
        places = {(each.number, each.part) for each in cited}
        return {table for place in places for table in self.numbered.get(place, ())}

    def _prior(self, mention: Mention, fact: Fact) -> int:
        """What words say for a fact that a mention may state, in bits."""
        passage = self.prose.passages[mention.span.passage]
        begin, end = sentence_of(passage, mention)
        cited = self.cited.get(passage.index, ())
        named = {each.number for each in cited if begin <= each.at.start < end}
        if passage.items and not cited:
            named = {each.number for each in self._cited_by(passage)}
        bits = CITED_BITS * (1 if self.tables[fact.table].number in named else -2 * bool(named))
        plain = is_plain(passage, mention, self.language.code)
        entity = compatible(mention.bearing.entity, fact.meaning.entity) or 0
        if fact.meaning.scope not in self.divided:
            entity = SAME_ENTITY_BITS  # there is no other
        return NAMED_BITS + entity + bits + PLAIN_BITS * plain + BESIDE_BITS * self.agrees

    def _trial(self, mention: Mention, fact: Fact) -> Trial:
        """A mention against a fact, in the finer unit of the two."""
        said, shown = self.vector.numbers[mention.figure], self.vector.numbers[fact.figure]
        shown = replace(shown, exponent=shown.exponent + fact.scale)
        finest = min(said.exponent, shown.exponent)
        one, other = scaled(said, finest), scaled(shown, finest)
        if mention.kind is not MentionKind.CHANGE:
            one, other = abs(one), abs(other)
        return Trial(one, other, addends=1, terms=PAIR)

    def _value(self, each: Mention | Fact, scale: int) -> int:
        return comparable(self.vector.numbers[each.figure], scale)

    # Rates and shares, by the amounts beside them.

    def _ratio(self, at: int, decided: Mapping[int, Statement]) -> Statement:
        mention = self.mentions[at]
        if mention.kind is MentionKind.SHARE:
            return self._share(at, mention)
        change = decided.get(mention.of)
        for fact in change.facts if change else ():
            base = self.printed.base_beside(fact)
            if base is not None and fact.meaning.kind is Kind.CHANGE:
                return Statement(at, (fact,), base, prior=change.prior if change else 0)
        return Statement(at, reason=UNSTATED)

    def _share(self, at: int, mention: Mention) -> Statement:
        """The share of one source of funds in the resources from all of them."""
        found = self._candidates(mention, Kind.PROPOSED, RESOURCES)
        key = mention.bearing.scope, mention.bearing.entity, Kind.PROPOSED, ALL_SOURCES
        bases = [f for f in self.by_key.get(key, ()) if f.meaning.measure == RESOURCES]
        if not found or not bases:
            return Statement(at, reason=UNSTATED)
        return Statement(at, (found[0],), bases[0], prior=self._prior(mention, found[0]))


def _phrases(found: Iterable[Fact], language: Language, form: str) -> dict[str, str]:
    """What stands beside an amount that is booked under an object -> the measure of the object."""
    terms = {fact.meaning.measure: fact.meaning.measure for fact in found if fact.view in _DIVIDED}
    terms |= dict.fromkeys(language.rows["posts"], POST)
    terms |= dict.fromkeys(language.rows["non_post"], NON_POST)
    forms = language.prose[form]
    return {form.replace("{object}", term): terms[term] for form in forms for term in terms}


def _slot(at: int, found: Iterable[Fact]) -> _Slot:
    facts = tuple(found)
    return _Slot(at, facts, reason="" if facts else UNSTATED)


def _by_record(found: Iterable[Fact]) -> Mapping[Record, list[Fact]]:
    """The facts by the record that they belong to, in whichever table it is printed."""
    records: defaultdict[Record, list[Fact]] = defaultdict(list)
    for fact in found:
        records[fact.meaning.record].append(fact)
    return records


def _bits(weight: Weight) -> int:
    return weight.bits


def _may_contradict(weight: Weight) -> bool:
    """Whether the tables may contradict an amount of this record.

    The other amounts of the record bear it out, or a misprint would explain the only one; or the
    words are as plain as can be.
    """
    standing = standing_of(weight)
    plain = weight.prior >= NAMED_BITS + SAME_ENTITY_BITS + CITED_BITS + PLAIN_BITS
    return standing is Standing.BORNE_OUT or (plain and standing is Standing.UNDECIDED)


def _each_table_once(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.table: fact for fact in found}.values())
