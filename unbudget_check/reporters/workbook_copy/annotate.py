"""A copy of a workbook with a filled cell and a note at every finding, and nothing else changed."""

from __future__ import annotations

from functools import partial
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.errors import UnreadableError
from unbudget_check.languages.messages import ENGLISH, say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.readers.xlsx import WORKBOOK
from unbudget_check.reporters.office.originals import open_findings
from unbudget_check.reporters.office.parts import Package, relations_of
from unbudget_check.reporters.office.remarks import remarks_of
from unbudget_check.reporters.words import place_of, shown
from unbudget_check.reporters.workbook_copy.cells import (
    grid_of,
    place_of_reference,
    reference_of,
    restyled,
)
from unbudget_check.reporters.workbook_copy.notes import add_notes, known_notes
from unbudget_check.reporters.workbook_copy.styles import styles_of, write_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from unbudget_check.model.finding import Finding, Severity
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.reporters.workbook_copy.styles import Styles

    Place = tuple[int, int]


class Spot(NamedTuple):
    """A cell of a worksheet; ``is_found`` is False where a finding only stands in for its place."""

    part: str
    place: Place
    is_found: bool = True


def annotate(data: bytes, document: DocumentResult, lang: str = ENGLISH) -> bytes:
    """The same workbook with every open finding marked.

    Raises UserError where the file is not the one that was checked.
    """
    findings = open_findings(data, document)
    if not findings:
        return data
    package = Package(document.path, data)
    sheets = _sheets(package)
    if not sheets:
        message = f"{shown(document.path)} is written in an unusual way: save it again."
        raise UnreadableError(message)
    marked: dict[str, dict[Spot, list[Finding]]] = {}
    for finding in findings:
        spot = _spot(finding, sheets)
        marked.setdefault(spot.part, {}).setdefault(spot, []).append(finding)
    styles = styles_of(package, WORKBOOK)
    for part, spots in marked.items():
        texts = partial(_text, lang=lang)
        _mark(package, part, spots, styles, texts)
    write_styles(package, styles)
    return package.written()


def _sheets(package: Package) -> dict[str, str]:
    """The parts of the worksheets by their names, in the order of their tabs."""
    targets = {each.identity: each.target for each in relations_of(package, WORKBOOK)}
    markup = package.markup(WORKBOOK)
    found = {}
    for element in markup.elements:
        if element.local == "sheet":
            said = markup.attributes(element)
            identity = next((value for name, value in said.items() if name.endswith(":id")), "")
            found[unescape(said.get("name", ""))] = targets.get(identity, "")
    return {
        name: part for name, part in found.items() if part in package and "/worksheets/" in part
    }


def _spot(finding: Finding, sheets: Mapping[str, str]) -> Spot:
    """The cell of a finding; the first one of the workbook where it has none."""
    name, _, reference = (finding.where.address or "").rpartition("!")
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    place = place_of_reference(reference)
    if name in sheets and place is not None:
        return Spot(sheets[name], place)
    return Spot(next(iter(sheets.values())), (0, 0), is_found=False)


def _mark(
    package: Package,
    part: str,
    spots: Mapping[Spot, Sequence[Finding]],
    styles: Styles,
    text: Callable[[Sequence[Finding], Spot, Place], str],
) -> None:
    """Fill the cells of one worksheet and put notes at them."""
    markup = package.markup(part)
    fills = [
        (spot.place, partial(styles.filled, severity=_worst(findings)))
        for spot, findings in spots.items()
        if spot.is_found
    ]
    used = set(known_notes(package, part))
    notes: dict[Place, str] = {}
    for spot, findings in spots.items():
        at = _free(spot.place, used)
        used.add(at)
        notes[at] = text(findings, spot, at)
    edits = list(restyled(grid_of(markup), fills)) if styles.known else []
    edits += add_notes(package, part, markup, notes)
    package.changed[part] = markup.edited(edits)


def _free(place: Place, used: Collection[Place]) -> Place:
    """The cell itself, or where it has a note already, the next one to its right that has none."""
    row, column = place
    while (row, column) in used:
        column += 1
    return row, column


def _worst(findings: Iterable[Finding]) -> Severity:
    return max((each.severity for each in findings), key=SEVERITIES.index)


def _text(findings: Iterable[Finding], spot: Spot, at: Place, lang: str) -> str:
    """What the note says: every finding, and where it is about another cell than its own."""
    texts = []
    for finding in findings:
        head, *rest = remarks_of(finding, lang)
        if not spot.is_found:
            rest.insert(0, say(lang, "office.elsewhere", place=place_of(finding.where, lang=lang)))
        elif at != spot.place:
            rest.insert(0, say(lang, "office.about_cell", cell=reference_of(spot.place)))
        texts.append("\n".join([head, *rest]))
    return "\n\n".join(texts)
