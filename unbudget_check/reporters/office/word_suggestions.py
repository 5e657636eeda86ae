"""Write proved corrections into a copy of a Word document as suggestions: tracked changes.

The wrong figure is struck out and the right one inserted beside it, in the same format, for
somebody to accept or reject. Only plain text of a paragraph is touched: what stands in a field, a
link, a content control, a text box or another person's tracked change is left to the comment.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.readers.docx.places import find_places
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.reporters.office.package import OfficePackage, TextEdit, attribute, content
from unbudget_check.reporters.office.remarks import AUTHOR
from unbudget_check.reporters.office.word_marks import (
    KEPT,
    UNIT,
    boxed,
    may_split,
    quoted_part,
)
from unbudget_check.reporters.repairs import repairs_of, reprint_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.readers.docx.places import Place
    from unbudget_check.reporters.office.package import Element, Markup
    from unbudget_check.reporters.repairs import Repair

BODY = "/w:body"


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters of one text of a run that are struck out, and what is inserted after them."""

    run: int
    carrier: int
    start: int
    end: int
    inserted: str


def suggested(
    data: bytes, document: DocumentResult, findings: Sequence[Finding], on: date
) -> bytes:
    """The same document with every proved correction as a suggestion of that day.

    The corrections of a finding are written together or not at all.
    """
    repairs = {finding.number: repairs_of(finding) for finding in findings}
    addresses = [each.suspect.where.address or "" for found in repairs.values() for each in found]
    plain = [each for each in addresses if each.startswith(BODY) and "#" not in each]
    if not plain:
        return data
    source = Source(document.path, data, ReadOptions(document.revisions))
    places = find_places(source, plain)
    package = OfficePackage(document.path, data)
    markup = package.markup(places.part)
    fields = frozenset(_in_fields(markup))
    taken: dict[int, list[Cut]] = defaultdict(list)
    for finding in findings:
        told = [
            _cuts(markup, places.found.get(each.suspect.where.address or ""), each, finding, fields)
            for each in repairs[finding.number]
        ]
        cuts = [cut for each in told for cut in each]
        if all(told) and not any(_meets(cut, taken[cut.carrier]) for cut in cuts):
            for cut in cuts:
                taken[cut.carrier].append(cut)
    edits = _edits(markup, [cut for cuts in taken.values() for cut in cuts], on)
    if not edits:
        return data
    package.changed[places.part] = markup.edited(edits)
    return package.written()


def _meets(cut: Cut, others: Iterable[Cut]) -> bool:
    return any(cut.start < other.end and other.start < cut.end for other in others)


def _in_fields(markup: Markup) -> Iterator[int]:
    """The runs between the beginning and the end of a field, which Word fills in."""
    depth = 0
    for number, element in enumerate(markup.elements):
        if element.local == "fldChar":
            kind = next(
                (
                    value
                    for name, value in markup.attributes(element).items()
                    if name.endswith("fldCharType")
                ),
                "",
            )
            depth = max(0, depth + {"begin": 1, "end": -1}.get(kind, 0))
        elif element.local == "r" and depth:
            yield number


def _cuts(
    markup: Markup,
    place: Place | None,
    repair: Repair,
    finding: Finding,
    fields: frozenset[int],
) -> list[Cut]:
    """What to strike out and insert for one correction; nothing where the text is not plain."""
    if place is None or boxed(markup, place.element):
        return []
    text = "".join(piece.text for piece in place.pieces)
    suspect = repair.suspect
    quote = finding.quote if suspect.where == finding.where else None
    sought = replace(finding, stated_text=suspect.stated, quote=quote)
    begin, finish = quoted_part(text, sought)
    if " ".join(text[begin:finish].split()) != " ".join(suspect.stated.split()):
        return []
    put = reprint_in(text[begin:finish], repair, finding)
    if put is None or put.start == put.end:
        return []
    return _pieces(markup, place, (begin + put.start, begin + put.end), put.figure, fields)


def _pieces(
    markup: Markup, place: Place, span: tuple[int, int], figure: str, fields: frozenset[int]
) -> list[Cut]:
    """The cuts, one for each run over which the characters of a figure are spread."""
    cuts: list[Cut] = []
    at = 0
    for piece in place.pieces:
        start, end = max(span[0] - at, 0), min(span[1] - at, len(piece.text))
        at += len(piece.text)
        if start >= end:
            continue
        if piece.run < 0 or not _is_plain(markup, piece.run, piece.carrier, fields):
            return []
        if not may_split(markup, piece):
            return []
        cuts.append(Cut(piece.run, piece.carrier, start, end, ""))
    return [*cuts[:-1], replace(cuts[-1], inserted=figure)] if cuts else []


def _is_plain(markup: Markup, run: int, carrier: int, fields: frozenset[int]) -> bool:
    """Whether a run stands in its paragraph itself, under a name with a prefix."""
    element = markup.elements[run]
    parent = markup.elements[element.parent]
    is_text = markup.elements[carrier].local == "t"
    return parent.local == "p" and bool(element.prefix) and is_text and run not in fields


def _edits(markup: Markup, cuts: Iterable[Cut], on: date) -> list[TextEdit]:
    numbers = (
        int(value)
        for element in markup.elements
        for name, value in markup.attributes(element).items()
        if name.rpartition(":")[2] == "id" and value.isascii() and value.isdigit()
    )
    number = max(numbers, default=0)
    by_carrier: dict[int, list[Cut]] = defaultdict(list)
    for cut in cuts:
        by_carrier[cut.carrier].append(cut)
    edits: list[TextEdit] = []
    for carrier, own in sorted(by_carrier.items()):
        changes = []
        for cut in sorted(own, key=lambda each: each.start):
            changes.append((cut, _change(markup, cut, number, on)))
            number += 2
        edits += _put(markup, carrier, changes)
    return edits


def _change(markup: Markup, cut: Cut, number: int, on: date) -> str:
    """The characters struck out and the figure inserted, both in the format of their run."""
    run, carrier = markup.elements[cut.run], markup.elements[cut.carrier]
    starts = _starts(markup, carrier)
    old = markup.text[starts[cut.start] : starts[cut.end]]
    begin, end = _opening(markup, cut.run), f"</{run.name}>"
    p = run.prefix

    def tracked(name: str, text: str, kind: str, at: int) -> str:
        said = f'{p}id="{at}" {p}author="{attribute(AUTHOR)}" {p}date="{on.isoformat()}T00:00:00Z"'
        return f"<{p}{name} {said}>{begin}<{p}{kind} {KEPT}>{text}</{p}{kind}>{end}</{p}{name}>"

    change = tracked("del", old, "delText", number + 1)
    if cut.inserted:
        change += tracked("ins", content(cut.inserted), "t", number + 2)
    return change


def _opening(markup: Markup, run: int) -> str:
    """The beginning of a run of the same format."""
    element = markup.elements[run]
    first = next(markup.children(run), None)
    is_format = first is not None and first[1].local == "rPr"
    settings = markup.text[first[1].start : first[1].end] if first and is_format else ""
    return markup.text[element.start : element.inside] + settings


def _starts(markup: Markup, carrier: Element) -> list[int]:
    """Where each character of a text begins in the file, and where the last one ends."""
    inner = markup.text[carrier.inside : carrier.close]
    return [carrier.inside + each.start() for each in UNIT.finditer(inner)] + [carrier.close]


def _put(markup: Markup, carrier: int, changes: Sequence[tuple[Cut, str]]) -> list[TextEdit]:
    """The edits that put changes into one text: in place of its run, or where that is divided."""
    (cut, change), run = changes[0], markup.elements[changes[0][0].run]
    element = markup.elements[carrier]
    starts = _starts(markup, element)
    others = [each for _, each in markup.children(cut.run) if each.local not in {"rPr", "t"}]
    texts = [each for _, each in markup.children(cut.run) if each.local == "t"]
    if (cut.start, cut.end) == (0, len(starts) - 1) and not others and len(texts) == 1:
        return [TextEdit(run.start, run.end, change)]
    kept = f"<{element.name} {KEPT}>"
    tag = markup.text[element.start : element.inside]
    edits = [] if KEPT in tag else [TextEdit(element.start, element.inside, kept)]
    end = f"</{element.name}></{run.name}>"
    begin = _opening(markup, cut.run) + kept
    return [
        *edits,
        *(
            TextEdit(starts[each.start], starts[each.end], f"{end}{text}{begin}")
            for each, text in changes
        ),
    ]
