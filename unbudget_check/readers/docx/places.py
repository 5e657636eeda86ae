"""Where the addresses of a Word document lead to in the file: elements, and the runs of a text.

Addresses count paragraphs and tables as they are read: with tracked changes settled, text boxes
and nested tables apart. Here the same reading tells which element of the untouched part is meant;
elements are named by their number in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.readers.archive import read_part
from unbudget_check.readers.docx.document import FOOTNOTES, open_document, parse_part, read_opened
from unbudget_check.readers.docx.paragraphs import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from unbudget_check.readers.docx.paragraphs import Index
    from unbudget_check.readers.source import Source

NOTE = "/w:footnotes/w:footnote"


@dataclass(frozen=True, slots=True)
class RunPiece:
    """What one element of a run prints: the numbers of the run and of that element, and the text.

    A break between two paragraphs has no element; its numbers are -1.
    """

    run: int
    carrier: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the main part, and the texts in it as they are printed.

    Footnote marks set as superscripts are left out, unless there is nothing else.
    """

    element: int
    pieces: tuple[RunPiece, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The main part of a document and what stands at the addresses that were asked for.

    ``names`` are the local names of all its elements, by which a second reading can be compared.
    """

    part: str
    data: bytes
    names: tuple[str, ...]
    found: Mapping[str, Place]


def find_places(source: Source, addresses: Iterable[str]) -> Places:
    """What stands at these addresses of a document; an address that leads nowhere is left out.

    An address in the notes leads to the mark that refers to the note, one in a chart to the
    paragraph or table that holds the drawing. Raises UnreadableError where it is no document.
    """
    opened = open_document(source)
    data = read_part(opened.archive, source.path, opened.main)
    elements = list(opened.root.iter("*"))
    numbers = {element: number for number, element in enumerate(elements)}
    names = tuple(str(element.tag).rpartition("}")[2] for element in elements)
    wanted = list(dict.fromkeys(addresses))
    notes = _notes(source, opened.root) if any(each.startswith(NOTE) for each in wanted) else {}
    word = read_opened(opened)[1]
    found = {}
    for address in wanted:
        element = word.places.get(address.partition("#")[0], notes.get(address))
        if element is not None and element in numbers:
            found[address] = Place(numbers[element], tuple(_pieces(element, word, numbers)))
    return Places(opened.main, data, names, found)


def _notes(source: Source, root: etree._Element) -> dict[str, etree._Element]:
    """The run that refers to each footnote, by the address of the note."""
    opened = open_document(source)
    with opened.archive as archive:
        if FOOTNOTES not in archive.namelist():
            return {}
        notes = parse_part(archive, source, FOOTNOTES)
    runs = {
        _identity(mark): mark.getparent()
        for mark in root.iter(f"{str(root.tag).partition('}')[0]}}}footnoteReference")
    }
    placed = {f"{NOTE}[{at}]": runs.get(_identity(note)) for at, note in enumerate(notes, 1)}
    return {address: run for address, run in placed.items() if run is not None}


def _identity(element: etree._Element) -> str:
    return str(element.get(f"{str(element.tag).partition('}')[0]}}}id", ""))


def _pieces(
    element: etree._Element, word: Index, numbers: Mapping[etree._Element, int]
) -> Iterator[RunPiece]:
    """The texts of all paragraphs in an element, in the order of the file."""
    paragraphs = [list(_runs(each, word)) for each in element.iter(word.p)]
    is_mark = all(run in word.raised for runs in paragraphs for run in runs)
    for at, runs in enumerate(paragraphs):
        if at:
            yield RunPiece(-1, -1, "\n")
        for run in runs:
            if (run in word.raised) is is_mark:
                yield from _printed(run, word, numbers)


def _printed(
    run: etree._Element, word: Index, numbers: Mapping[etree._Element, int]
) -> Iterator[RunPiece]:
    """What the elements of one run print."""
    for carrier in run:
        if carrier.tag == word.t:
            yield RunPiece(numbers[run], numbers[carrier], carrier.text or "")
        elif carrier.tag in word.carriers:
            yield RunPiece(numbers[run], numbers[carrier], text_of(carrier, word))


def _runs(parent: etree._Element, word: Index) -> Iterator[etree._Element]:
    """The runs below an element that are not hidden; links and content controls are opened."""
    for child in parent:
        if child.tag == word.r:
            if child not in word.hidden:
                yield child
        elif child.tag not in word.closed:
            yield from _runs(child, word)
