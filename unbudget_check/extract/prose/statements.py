"""Which facts of the tables a sentence states again: by component, source, factor and year."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.known import NEAR, REGULAR, Known
from unbudget_check.extract.prose.portions import source_before, source_beside
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
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.languages import Language
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.prose import Passage, Prose

# The change that a passage is about stands near its beginning; later ones are details of it.
EARLY = 200
ROUNDED = "rounded"
DETAIL = "detail"
NETTED = "netted"
UNSTATED = "unstated"
_FACTORS = {"technical": Kind.TECHNICAL, "mandates": Kind.MANDATES, "other": Kind.OTHER}
# Views in which objects of expenditure are rows.
_DIVIDED = (View.OBJECTS, View.CATEGORIES)
# A passage of which the level of a source, or the change, was stated.
Lead = tuple[str, int]


def statements_of(
    prose: Prose, tables: Sequence[TableFacts], found: Sequence[Fact], language: Language
) -> tuple[Statement, ...]:
    """One statement for each level, change, rate, share and count of posts that is mentioned."""
    rows = language.rows
    under, before = (_phrases(found, language, form) for form in ("under", "for"))
    known = Known(prose.passages, rows["non_post"], rows["posts"], under, before)
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
    return tuple(_Reading(prose.mentions, known, language.code).statements())


def _phrases(found: Iterable[Fact], language: Language, form: str) -> dict[str, str]:
    """What stands beside an amount that is booked under an object -> the measure of the object."""
    terms = {fact.meaning.measure: fact.meaning.measure for fact in found if fact.view in _DIVIDED}
    terms |= dict.fromkeys(language.rows["posts"], POST)
    terms |= dict.fromkeys(language.rows["non_post"], NON_POST)
    forms = language.prose[form]
    return {form.replace("{object}", term): terms[term] for form in forms for term in terms}


@dataclass(slots=True)
class _Reading:
    """The mentions of a document, and what was found out about those already read."""

    mentions: Sequence[Mention]
    known: Known
    code: str
    told: dict[int, Statement] = field(default_factory=dict)
    leads: set[Lead] = field(default_factory=set)
    levels: dict[int, int] = field(default_factory=dict)  # passage -> its first level that is tied

    def statements(self) -> Iterator[Statement]:
        """The statements in reading order; a rate belongs to the change before it."""
        for at, mention in enumerate(self.mentions):
            if mention.kind is MentionKind.GRADE:
                continue
            if mention.kind is MentionKind.PART:
                if (found := self._named_before(at, mention)) is not None:
                    yield found
                continue
            self.told[at] = self._told(at, mention)
            yield self.told[at]

    def _told(self, at: int, mention: Mention) -> Statement:
        if mention.rounded:
            return Statement(at, reason=ROUNDED)
        told = {
            MentionKind.RATE: self._rate,
            MentionKind.LEVEL: self._level,
            MentionKind.CHANGE: self._change,
            MentionKind.BASE: self._base,
            MentionKind.SHARE: self._share,
            MentionKind.POSTS: self._posts,
        }
        return told.get(mention.kind, self._amount)(at, mention)

    def _level(self, at: int, mention: Mention) -> Statement:
        """The level of each source that a passage states first is that of its component."""
        known, passage = self.known, mention.span.passage
        if known.is_non_post(mention):
            return _tied(at, known.candidates(mention, Kind.PROPOSED, NON_POST))
        if (portion := self._portion(at, mention)) is not None:
            return portion
        source = known.source_of(mention)
        if (source, passage) in self.leads:
            # Beside the first level, that of another source says so right before its amount.
            source = source_before(known.passages[passage].text, mention, self.code)
            mention = replace(mention, bearing=replace(mention.bearing, source=source))
        if not source or (source, passage) in self.leads:
            return Statement(at, reason=DETAIL)
        self.leads.add((source, passage))
        found = known.candidates(mention, Kind.PROPOSED, RESOURCES)
        known.opened.setdefault(mention.bearing.scope, passage)
        found = found or known.row_above(mention, Kind.PROPOSED)
        if found:
            self.levels.setdefault(passage, at)
        return _tied(at, found)

    def _portion(self, at: int, mention: Mention) -> Statement | None:
        """An amount behind the total of two sources, with the name of one of them beside it."""
        whole = self.levels.get(mention.span.passage, -1)
        facts = self.told[whole].facts if whole >= 0 else ()
        if not facts or facts[0].meaning.source != ALL_SOURCES:
            return None
        text = self.known.passages[mention.span.passage].text
        source = source_beside(text, self.mentions, whole, at, self.code)
        if not source or mention.sentence != self.mentions[whole].sentence:
            return None
        bearing = replace(mention.bearing, source=source)
        found = self.known.candidates(replace(mention, bearing=bearing), Kind.PROPOSED, RESOURCES)
        return _tied(at, found)

    def _base(self, at: int, mention: Mention) -> Statement:
        """What a level or change of the same passage is set beside was approved for the same."""
        before = (self.told[each] for each in range(at - 1, -1, -1) if each in self.told)
        for each in before:
            owner = self.mentions[each.mention]
            if owner.span.passage != mention.span.passage:
                break
            if each.facts and owner.kind in (MentionKind.LEVEL, MentionKind.CHANGE):
                about = each.facts[0].meaning
                key = about.scope, about.entity, Kind.APPROVED, about.source
                found = self.known.by_key.get(key, ())
                return _tied(at, [f for f in found if f.meaning.measure == about.measure])
        return Statement(at, reason=UNSTATED)

    def _amount(self, at: int, mention: Mention) -> Statement:
        """An amount under an object of expenditure, or under posts, is what is proposed for it."""
        if (portion := self._portion(at, mention)) is not None:
            return portion
        text = self.known.passages[mention.span.passage].text
        behind = normalise(text[mention.span.end : mention.span.end + NEAR])
        for phrase, measure in self.known.phrases.items():
            if behind.startswith(phrase):
                return _tied(at, self.known.candidates(mention, Kind.PROPOSED, measure))
        return self._named_before(at, mention) or Statement(at, reason=UNSTATED)

    def _named_before(self, at: int, mention: Mention) -> Statement | None:
        """An amount right behind an object, in a passage that states a level and no change."""
        passage = mention.span.passage
        if self.known.changes[passage] or passage not in self.levels or mention.rounded:
            return None
        begin = max(mention.span.start - NEAR, 0)
        before = normalise(self.known.passages[passage].text[begin : mention.span.start])
        ends = (each for each in self.known.openings.items() if before.endswith(each[0]))
        phrase, measure = max(ends, key=lambda each: len(each[0]), default=("", ""))
        found = self.known.candidates(mention, Kind.PROPOSED, measure) if phrase else []
        return Statement(at, _each_table_once(found)) if found else None

    def _change(self, at: int, mention: Mention) -> Statement:
        """The change that a passage states first is that of its component under its factor."""
        known, leads = self.known, self.leads
        passage = known.passages[mention.span.passage]
        early = mention.span.start - passage.body <= EARLY
        # Beside the level of a component, the only change is that of the component.
        beside = passage.index in self.levels and known.changes[passage.index] == 1
        is_later = ("change", passage.index) in leads
        if is_later or len(passage.items) > 1 or not (early or beside):
            return Statement(at, reason=DETAIL)
        if passage.items and not passage.entity:
            return Statement(at, reason=DETAIL)
        leads.add(("change", passage.index))
        if mention.offset:
            return Statement(at, reason=NETTED)
        kind = _FACTORS.get(_factor(mention, passage, known), Kind.CHANGE)
        found = known.candidates(mention, kind, RESOURCES)
        return _tied(at, found or known.row_above(mention, kind))

    def _rate(self, at: int, mention: Mention) -> Statement:
        """A change in per cent of what was approved, in the table that states the change."""
        change = self.told.get(mention.of)
        for fact in change.facts if change else ():
            meaning = fact.meaning
            key = meaning.scope, meaning.entity, Kind.APPROVED, meaning.source
            for base in self.known.by_key.get(key, ()):
                same = base.table == fact.table and base.meaning.measure == meaning.measure
                if same and meaning.kind is Kind.CHANGE:
                    return Statement(at, (fact,), base)
        return Statement(at, reason=UNSTATED)

    def _share(self, at: int, mention: Mention) -> Statement:
        """The share of one source of funds in the resources from all of them."""
        found = self.known.candidates(mention, Kind.PROPOSED, RESOURCES)
        key = mention.bearing.scope, mention.bearing.entity, Kind.PROPOSED, ALL_SOURCES
        bases = [f for f in self.known.by_key.get(key, ()) if f.meaning.measure == RESOURCES]
        if not found or not bases:
            return Statement(at, reason=UNSTATED)
        return Statement(at, (found[0],), bases[0])

    def _posts(self, at: int, mention: Mention) -> Statement:
        """Posts that a source of funds other than the regular budget is to pay for."""
        if mention.name or mention.bearing.source in ("", REGULAR):
            return Statement(at, reason=UNSTATED)
        return _tied(at, self.known.candidates(mention, Kind.PROPOSED, POSTS))


def _tied(at: int, found: Iterable[Fact]) -> Statement:
    facts = _each_table_once(found)
    return Statement(at, facts, reason="" if facts else UNSTATED)


def _factor(mention: Mention, passage: Passage, known: Known) -> str:
    """The factor of a change; an item has that of its paragraph."""
    if not passage.items:
        known.factors[passage.number] = mention.bearing.factor
    return mention.bearing.factor or known.factors.get(passage.number, "")


def _each_table_once(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.table: fact for fact in found}.values())
