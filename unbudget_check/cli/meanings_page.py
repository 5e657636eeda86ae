"""What ``inspect`` prints of the meaning of figures, and of readings with their evidence.

The readings of a table or paragraph with their evidence: why something was told, or was not.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.checks.worksheets.cells import formula_cells
from unbudget_check.diagnosis.data_rows import names_of
from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH, call, reading_of, say, tell
from unbudget_check.model.facts import Standing
from unbudget_check.model.meaning import OVERALL
from unbudget_check.model.prose import MentionKind
from unbudget_check.reporters.terminal.layout import hung
from unbudget_check.reporters.words import count_of, listed, shown, spaced
from unbudget_check.understand.tables.meaning import gaps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.meaning import Fact, Meaning
    from unbudget_check.model.prose import Passage, Statement

    Names = Mapping[tuple[str, str], str]
    from unbudget_check.engine import UnderstoodDocument
    from unbudget_check.model.document import Where
    from unbudget_check.model.facts import Settled, Weight


STEP, GAP = 2, "   "
SCALES = {0: "", 3: ", in thousands", 6: ", in millions"}
SAYS = {
    MentionKind.LEVEL: "the level of",
    MentionKind.BASE: "the base of",
    MentionKind.CHANGE: "a change of",
    MentionKind.RATE: "a change in per cent of",
    MentionKind.SHARE: "a share of",
    MentionKind.POSTS: "the number of",
    MentionKind.GRADE: "the number of one grade of",
    MentionKind.PART: "a part of",
    MentionKind.AMOUNT: "an amount of",
}

# What was decided comes first, what was left open last.
ORDER = (Standing.BORNE_OUT, Standing.REFUTED, Standing.UNDECIDED)


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
        Text, hung(f"{meant} in tables have a meaning, {stated} are matched to them", width)
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
        if _passage_place(passage) != last:
            yield from map(Text, hung(_passage_place(passage), width, indent=STEP))
        last = _passage_place(passage)
        said = _stated(facts, statement, names)
        yield from map(Text, hung(said, width, indent=2 * STEP, hanging=STEP))


def _passage_place(passage: Passage) -> str:
    named = " ".join(shown(each) for each in (passage.number, *passage.items) if each)
    if named:
        return f"paragraph {named}"
    return f"line {passage.line}" if passage.line else f"at {shown(passage.address)}"


def _stated(facts: DocumentFacts, statement: Statement, names: Names) -> str:
    mention = facts.prose.mentions[statement.mention]
    quoted = f'"{shown(text_of(facts, mention.span))}"'
    if not statement.facts:
        whole = _whole_of(facts, statement.mention)
        return f"{quoted}: {whole or f'not matched: {tell(ENGLISH, statement.reason)}'}"
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
            place = _passage_place(facts.prose.passages[whole.passage])
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


def reading_rows(found: UnderstoodDocument, place: str, width: int, lang: str) -> Iterator[Text]:
    """The page of all readings made in, or read against, a table, figure or paragraph.

    Raises UserError where the document has no such place.
    """
    wanted = "".join(place.casefold().split())
    formulas = list(_formulas(found, wanted, lang))
    if formulas:
        return (Text(row) for told in formulas for row in hung(told, width, hanging=2))
    chosen = [each for each in found.claims.settled if _is_about(found, each, wanted)]
    if chosen:
        return _page(found, chosen, width, lang)
    if wanted not in {"".join(each.casefold().split()) for each in _numbers(found)}:
        message = f"there is no {shown(place)} here: give the number of a table or paragraph"
        raise UserError(message)
    return iter([Text(say(lang, "inspect.no_reading"))])


def _formulas(found: UnderstoodDocument, wanted: str, lang: str) -> Iterator[str]:
    """What the formulas say at an address, with or without its sheet: Budget!C9, C9."""
    if not found.facts.worksheets:
        return
    cells = formula_cells(found.facts)
    for cell in cells.found.formulas():
        address = cells.address(cell)
        bare = "".join(address.casefold().split())
        if wanted not in {bare, bare.rpartition("!")[2]}:
            continue
        parts = cells.named(cells.taken_by(cell), cell)
        result = {
            True: say(lang, "inspect.formula_holds"),
            False: say(lang, "inspect.formula_dated"),
            None: say(lang, "inspect.formula_open"),
        }[cells.agrees(cell)]
        yield say(
            lang,
            "inspect.formula",
            place=shown(address),
            formula=shown(cells.found.formula(cell) or ""),
            parts=shown(parts),
            result=result,
        )


def _numbers(found: UnderstoodDocument) -> Iterator[str]:
    """All numbers that the document prints."""
    prose = found.facts.prose
    yield from (table.number for table in found.facts.tables if table.number)
    yield from (caption.number for caption in prose.captions)
    yield from (passage.number for passage in prose.passages)


def _is_about(found: UnderstoodDocument, settled: Settled, wanted: str) -> bool:
    where = where_of(found.facts, settled.reading.at)
    return wanted in {"".join(each.casefold().split()) for each in _names(where, settled)}


def _names(where: Where, settled: Settled) -> Iterator[str]:
    """The numbers under which somebody may ask for a reading."""
    yield from filter(None, (where.table, where.figure, where.paragraph, settled.reading.other))
    if where.paragraph and where.item:
        yield f"{where.paragraph}{where.item}"


def _page(
    found: UnderstoodDocument, chosen: Sequence[Settled], width: int, lang: str
) -> Iterator[Text]:
    for settled in sorted(chosen, key=lambda each: (ORDER.index(each.standing), -each.margin)):
        reading = settled.reading
        where = where_of(found.facts, reading.at)
        told = reading_of(lang, reading.kind, shown(reading.other))
        head = say(
            lang,
            "inspect.reading",
            standing=call(lang, "standings", settled.standing),
            place=_reading_place(where, lang),
            reading=told,
        )
        yield from (Text(row, "bold") for row in hung(head, width, hanging=2))
        yield from map(Text, hung(_evidence(settled.weight, lang), width, indent=4, hanging=2))
        if settled.runner_up is not None:
            told = say(lang, "inspect.runner_up", evidence=_evidence(settled.runner_up, lang))
            yield from map(Text, hung(told, width, indent=4, hanging=2))


def _reading_place(where: Where, lang: str) -> str:
    """Where a reading is made, by what is printed there."""
    names = [
        say(lang, f"places.{kind}", name=shown(name))
        for kind, name in (
            ("table", where.table),
            ("figure", where.figure),
            ("paragraph", where.paragraph),
        )
        if name
    ]
    cell = (shown(each) for each in (where.row, where.column) if each)
    return listed((*names, *cell), lang) or say(lang, "inspect.unnumbered")


def _evidence(weight: Weight, lang: str) -> str:
    """The bits of one reading, one by one, as a sum that can be followed."""
    parts = (
        ("inspect.bits_words", 0, weight.prior),
        ("inspect.bits_agreed", weight.held, weight.gain),
        ("inspect.bits_failed", weight.failed, -weight.loss),
    )
    told = [
        say(lang, name, bits=f"{bits:+d}", count=count)
        for name, count, bits in parts
        if bits or count
    ]
    return say(lang, "inspect.bits", parts=listed(told, lang) or "0", total=weight.bits)
