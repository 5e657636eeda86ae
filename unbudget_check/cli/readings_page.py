"""The readings of a table or paragraph with their evidence: why something was told, or was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.checks.formula_cells import formula_cells
from unbudget_check.diagnose.places import where_of
from unbudget_check.errors import UserError
from unbudget_check.languages.messages import call, reading_of, say
from unbudget_check.model.reading import Standing
from unbudget_check.reporters.layout import hung
from unbudget_check.reporters.words import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.engine import Understood
    from unbudget_check.model.location import Where
    from unbudget_check.model.reading import Settled, Weight

# What was decided comes first, what was left open last.
ORDER = (Standing.BORNE_OUT, Standing.REFUTED, Standing.UNDECIDED)


def reading_rows(found: Understood, place: str, width: int, lang: str) -> Iterator[Text]:
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


def _formulas(found: Understood, wanted: str, lang: str) -> Iterator[str]:
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


def _numbers(found: Understood) -> Iterator[str]:
    """All numbers that the document prints."""
    prose = found.facts.prose
    yield from (table.number for table in found.facts.tables if table.number)
    yield from (caption.number for caption in prose.captions)
    yield from (passage.number for passage in prose.passages)


def _is_about(found: Understood, settled: Settled, wanted: str) -> bool:
    where = where_of(found.facts, settled.reading.at)
    return wanted in {"".join(each.casefold().split()) for each in _names(where, settled)}


def _names(where: Where, settled: Settled) -> Iterator[str]:
    """The numbers under which somebody may ask for a reading."""
    yield from filter(None, (where.table, where.figure, where.paragraph, settled.reading.other))
    if where.paragraph and where.item:
        yield f"{where.paragraph}{where.item}"


def _page(found: Understood, chosen: Sequence[Settled], width: int, lang: str) -> Iterator[Text]:
    for settled in sorted(chosen, key=lambda each: (ORDER.index(each.standing), -each.margin)):
        reading = settled.reading
        where = where_of(found.facts, reading.at)
        told = reading_of(lang, reading.kind, shown(reading.other))
        head = say(
            lang,
            "inspect.reading",
            standing=call(lang, "standings", settled.standing),
            place=_place(where, lang),
            reading=told,
        )
        yield from (Text(row, "bold") for row in hung(head, width, hanging=2))
        yield from map(Text, hung(_evidence(settled.weight, lang), width, indent=4, hanging=2))
        if settled.runner_up is not None:
            told = say(lang, "inspect.runner_up", evidence=_evidence(settled.runner_up, lang))
            yield from map(Text, hung(told, width, indent=4, hanging=2))


def _place(where: Where, lang: str) -> str:
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
