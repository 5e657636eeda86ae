"""What the figures of a document mean, as a page: table by table, then sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.diagnose.fact_rows import names_of
from unbudget_check.diagnose.places import text_of
from unbudget_check.extract.gaps import gaps_of
from unbudget_check.extract.prose.entities import OVERALL
from unbudget_check.languages.messages import ENGLISH, tell
from unbudget_check.model.prose import MentionKind
from unbudget_check.reporters.layout import hung
from unbudget_check.reporters.words import count_of, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.meaning import Fact, Meaning
    from unbudget_check.model.prose import Passage, Statement

    Names = Mapping[tuple[str, str], str]

STEP, GAP = 2, "   "
SCALES = {0: "", 3: ", in thousands", 6: ", in millions"}
SAYS = {
    MentionKind.LEVEL: "the level of",
    MentionKind.CHANGE: "a change of",
    MentionKind.RATE: "a change in per cent of",
    MentionKind.SHARE: "a share of",
    MentionKind.POSTS: "the number of",
    MentionKind.AMOUNT: "an amount of",
}


def meaning_rows(facts: DocumentFacts, tables: Sequence[TableFacts], width: int) -> Iterator[Text]:
    """The page of some tables of a document, and of the sentences that speak of them.

    Where all tables are wanted, sentences that are tied to none are shown with the reason, and
    then what charts show.
    """
    names, gaps = names_of(facts), gaps_of(facts)
    by_table: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts.meanings:
        by_table[fact.table].append(fact)
    yield from _head(facts, width)
    for table in (each for each in tables if _figures([each])):
        yield Text()
        yield from _table(facts, table, by_table[table.ordinal], names, width)
        yield from _gaps(gaps[table.ordinal], width)
    yield from _sentences(facts, tables, names, width)
    if len(tables) == len(facts.tables):
        yield from _charts(facts, names, width)


def _head(facts: DocumentFacts, width: int) -> Iterator[Text]:
    symbol = f"{shown(facts.symbol)}  " if facts.symbol else ""
    yield from (Text(row, "bold") for row in hung(f"{symbol}{shown(facts.path)}", width))
    tied = sum(bool(each.facts) for each in facts.prose.statements)
    meant = f"{spaced(len(facts.meanings))} of {count_of(_figures(facts.tables), 'figure')}"
    stated = f"{spaced(tied)} of {count_of(len(facts.prose.statements), 'figure')} in sentences"
    yield from map(
        Text, hung(f"{meant} in tables have a meaning, {stated} are tied to them", width)
    )


def _figures(tables: Iterable[TableFacts]) -> int:
    return sum(figure >= 0 for table in tables for row in table.grid for figure in row)


def _table(
    facts: DocumentFacts, table: TableFacts, found: Sequence[Fact], names: Names, width: int
) -> Iterator[Text]:
    title = " ".join(shown(each) for each in (table.title, table.part_title) if each)
    heading = f"Table {_number(table) or 'without a number'}  {title}".rstrip()
    yield from (Text(row, "bold") for row in hung(heading, width))
    grouped: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in found:
        meaning = fact.meaning
        unit = f"{meaning.unit}{SCALES.get(fact.scale, '')}"
        about = f"{_component(meaning, names)}, {shown(meaning.source)}, {unit}"
        grouped[about][shown(meaning.measure)].append(_told(facts, fact))
    for about, measures in grouped.items():
        yield from map(Text, hung(about, width, indent=STEP, hanging=STEP))
        for measure, told in measures.items():
            yield from map(Text, _packed([f"{measure}:", *told], width, 2 * STEP))


def _component(meaning: Meaning, names: Names) -> str:
    return _name(meaning.scope, meaning.entity, names)


def _name(scope: str, entity: str, names: Names) -> str:
    """The component as printed, with its key where that says more."""
    name, key = shown(names.get((scope, entity), "")), shown(entity)
    is_same = not name or key.casefold() in name.casefold() or key == OVERALL
    return (name or key) if is_same else f"{name} [{key}]"


def _told(facts: DocumentFacts, fact: Fact) -> str:
    return f"{_kind(fact.meaning)} {shown(text_of(facts, facts.spots[fact.figure]))}"


def _kind(meaning: Meaning) -> str:
    return f"{meaning.kind} {meaning.year}" if meaning.year else str(meaning.kind)


def _packed(pieces: Sequence[str], width: int, indent: int) -> Iterator[str]:
    """Pieces side by side, as many as a row holds; the rows after the first stand further in."""
    row = " " * indent + pieces[0]
    for piece in pieces[1:]:
        if cell_len(row) + len(GAP) + cell_len(piece) > width:
            yield row
            row = " " * (indent + STEP) + piece
        else:
            row += GAP + piece
    yield row


def _gaps(reasons: Mapping[str, int], width: int) -> Iterator[Text]:
    for reason, count in reasons.items():
        said = f"{count_of(count, 'figure')} without a meaning: {tell(ENGLISH, reason)}"
        yield from map(Text, hung(said, width, indent=STEP, hanging=STEP))


def _sentences(
    facts: DocumentFacts, tables: Sequence[TableFacts], names: Names, width: int
) -> Iterator[Text]:
    """Paragraph by paragraph what is stated, with the tables that print it, or why none does."""
    chosen = {table.ordinal for table in tables}
    whole = len(chosen) == len(facts.tables)
    last = ""
    for statement in facts.prose.statements:
        if not whole and not any(fact.table in chosen for fact in statement.facts):
            continue
        passage = facts.prose.passages[facts.prose.mentions[statement.mention].span.passage]
        if not last:
            yield Text()
            yield Text("Sentences", "bold")
        if _place(passage) != last:
            yield from map(Text, hung(_place(passage), width, indent=STEP))
        last = _place(passage)
        said = _stated(facts, statement, names)
        yield from map(Text, hung(said, width, indent=2 * STEP, hanging=STEP))


def _place(passage: Passage) -> str:
    named = " ".join(shown(each) for each in (passage.number, *passage.items) if each)
    if named:
        return f"paragraph {named}"
    return f"line {passage.line}" if passage.line else f"at {shown(passage.address)}"


def _stated(facts: DocumentFacts, statement: Statement, names: Names) -> str:
    mention = facts.prose.mentions[statement.mention]
    quoted = f'"{shown(text_of(facts, mention.span))}"'
    if not statement.facts:
        whole = _whole_of(facts, statement.mention)
        return f"{quoted}: {whole or f'not tied: {tell(ENGLISH, statement.reason)}'}"
    meaning = statement.facts[0].meaning
    about = f"{_component(meaning, names)}, {shown(meaning.measure)}, {_kind(meaning)}"
    places = dict.fromkeys(_number(facts.tables[fact.table]) for fact in statement.facts)
    printed = ", ".join(place for place in places if place) or "without a number"
    tables = count_of(len(places), "table").partition(" ")[2]
    says = SAYS[mention.kind]
    return f"{quoted}: {says} {about}, {shown(meaning.source)}; {tables} {printed}"


def _whole_of(facts: DocumentFacts, mention: int) -> str:
    """The stated change that a mention helps to explain, quoted; empty where there is none."""
    for found in facts.prose.explanations:
        if mention in [part for part, _ in found.parts]:
            whole = facts.prose.mentions[found.whole].span
            place = _place(facts.prose.passages[whole.passage])
            return f'must add up, with others, to "{shown(text_of(facts, whole))}", {place}'
    return ""


def _charts(facts: DocumentFacts, names: Names, width: int) -> Iterator[Text]:
    """Figure by figure what its charts show, for the components that it may be about."""
    for chart in facts.charts:
        about = " or ".join(_name(chart.scope, entity, names) for entity in chart.entities)
        told = [
            f"{shown(each.measure)} {shown(text_of(facts, facts.spots[each.figure]))}"
            for group in chart.groups
            for each in group
        ]
        if told:
            year = f", {chart.year}" if chart.year else ""
            yield Text()
            yield Text(f"Figure {shown(chart.number)}", "bold")
            said = [f"{about or 'of nothing that is known'}{year}:", *told]
            yield from map(Text, _packed(said, width, STEP))


def _number(table: TableFacts) -> str:
    return " ".join(shown(each) for each in (table.number, table.part) if each)
