"""The charts of a Word document as tables: the values that their parts keep, and printed labels.

A chart that Word can edit is a part of its own, with the categories and values of each series as
they were when it was last saved. A picture of a chart keeps nothing that could be read.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.readers.display import show, stored_number
from unbudget_check.readers.docx.paragraphs import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lxml import etree

    from unbudget_check.readers.docx.paragraphs import Index

TEXT, FIELD = (
    f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}" for name in ("t", "fld")
)
# What says that a label does not take the format of its value.
UNLINKED = ("0", "false")
# Nobody draws more points than this; a part that claims them is damage or malice.
MOST_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class _Series:
    """One series: its name and, by position, its categories, values and typed labels.

    ``values`` are as shown under the number format, ``stored`` as the part keeps them.
    """

    name: str
    categories: dict[int, str]
    values: dict[int, str]
    stored: dict[int, str]
    labels: dict[int, str]


def charts_by_host(
    word: Index, main: str, parts: Collection[str], parse: Callable[[str], etree._Element]
) -> Mapping[etree._Element, list[Table]]:
    """The charts that hang on each paragraph or table of the main part, in reading order."""
    found: defaultdict[etree._Element, list[Table]] = defaultdict(list)
    folder, name = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if not word.charts or relations not in parts:
        return found
    targets = {each.get("Id"): each.get("Target", "") for each in parse(relations)}
    for drawn in word.charts:
        ancestors = list(drawn.iterancestors())
        hosts = [each for each in ancestors if each.tag in (word.p, word.name("tbl"))]
        # Word keeps a second copy of every drawing, for old programs: it is read once.
        is_copy = any(each.tag == FALLBACK for each in ancestors)
        part = posixpath.normpath(posixpath.join("/", folder, targets.get(_link(drawn), "")))
        if hosts and not is_copy and part[1:] in parts:
            table = read_chart(parse(part[1:]), part)
            found[hosts[-1]].extend([table] if table else [])
    return found


def read_chart(root: etree._Element, address: str) -> Table | None:
    """A chart as a table, or None where its part keeps no values."""
    series = list(_series(root))
    places = sorted({place for each in series for place in each.values})[:MOST_POINTS]
    if not places:
        return None
    heads = ["", *(each.name for each in series)]
    rows = [tuple(Cell(text, 0, column, address=address) for column, text in enumerate(heads))]
    for row, place in enumerate(places, 1):
        category = next((e.categories[place] for e in series if place in e.categories), "")
        label = Cell(category, row, 0, address=f"{address}#{place}")
        drawn = (
            _cell(each, place, (row, column), address) for column, each in enumerate(series, 1)
        )
        rows.append((label, *drawn))
    return Table(tuple(rows), len(heads), address, chart=True)


def _cell(series: _Series, place: int, at: tuple[int, int], address: str) -> Cell:
    value, label = series.values.get(place, ""), series.labels.get(place, "")
    where = f"{address}#{at[1]}.{place}"
    # The label of a percentage may repeat the value as it is stored, without its format.
    is_own = bool(label) and _bare(label) != _shown(series.stored.get(place, ""), "")
    return Cell(label or value, *at, address=where, drawn=value if is_own else "")


def _bare(label: str) -> str:
    return "".join(label.replace(",", "").split()).rstrip("%")


def _series(root: etree._Element) -> Iterator[_Series]:
    """Every series of a chart with its values as they are shown."""
    space = str(root.tag).partition("}")[0] + "}"
    for each in root.iter(f"{space}ser"):
        values = each.find(f"{space}val")
        if values is None:
            continue
        formats = _formats(each, values, space)
        points = dict(_points(values, space))
        shown = {
            place: _shown(text, formats.get(place, formats[None])) for place, text in points.items()
        }
        categories, name = each.find(f"{space}cat"), each.find(f"{space}tx")
        yield _Series(
            " ".join(text for _, text in _points(name, space)),
            {place: " ".join(text.split()) for place, text in _points(categories, space)},
            {place: text for place, text in shown.items() if text},
            points,
            dict(_labels(each, space)),
        )


def _points(parent: etree._Element | None, space: str) -> Iterator[tuple[int, str]]:
    """(position, text) of the points of a series; of categories in levels the lowest."""
    if parent is None:
        return
    first = next(parent.iter(f"{space}pt"), None)
    holder = first.getparent() if first is not None else None
    for point in holder if holder is not None else ():
        place = _place(point.get("idx", ""))
        if point.tag == f"{space}pt" and place >= 0:
            yield place, point.findtext(f"{space}v") or ""


def _formats(series: etree._Element, values: etree._Element, space: str) -> dict[int | None, str]:
    """The number format of all labels, and of points whose label or value has its own.

    That of a label stands before that of the values, unless it is linked to them.
    """
    of_values = next((each.text or "" for each in values.iter(f"{space}formatCode")), "")
    found: dict[int | None, str] = {None: of_values}
    for point in values.iter(f"{space}pt"):
        if code := point.get("formatCode"):
            found[_place(point.get("idx", ""))] = code
    for labels in series.iterfind(f"{space}dLbls"):
        for own in labels.iterfind(f"{space}numFmt"):
            if own.get("sourceLinked") in UNLINKED:
                found = {None: own.get("formatCode", "")}
        for label in labels.iterfind(f"{space}dLbl"):
            place, form = label.find(f"{space}idx"), label.find(f"{space}numFmt")
            if place is not None and form is not None and form.get("sourceLinked") in UNLINKED:
                found[_place(place.get("val", ""))] = form.get("formatCode", "")
    return found


def _place(text: str) -> int:
    """The place of a point in its series, -1 where it is no number."""
    return int(text) if text.isascii() and text.isdigit() else -1


def _labels(series: etree._Element, space: str) -> Iterator[tuple[int, str]]:
    """Labels that somebody typed over the value; one with a field still shows the value."""
    for label in series.iterfind(f"{space}dLbls/{space}dLbl"):
        place = label.find(f"{space}idx")
        number = place.get("val", "") if place is not None else ""
        text = " ".join("".join(piece.text or "" for piece in label.iter(TEXT)).split())
        if text and _place(number) >= 0 and label.find(f".//{FIELD}") is None:
            yield _place(number), text


def _shown(text: str, code: str) -> str:
    """A stored value as its label shows it."""
    number = stored_number(text.strip())
    return "" if number is None else show(number, code).text


def _link(drawn: etree._Element) -> str:
    """The relation that leads from a drawing to its part."""
    return next((str(value) for name, value in drawn.items() if str(name).endswith("}id")), "")
