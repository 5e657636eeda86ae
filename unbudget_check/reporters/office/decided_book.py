"""Read the decisions that people wrote into a findings workbook, whatever program saved it."""

from __future__ import annotations

import io
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.lexicon import normalise
from unbudget_check.messages import ENGLISH, call, say, spoken_languages
from unbudget_check.model.decision import Verdict
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.reporters.data.plain_data import defused
from unbudget_check.reporters.words import shown
from unbudget_check.triage.decisions import decision_on
from unbudget_check.triage.decisions_file import named_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.decision import Decision
    from unbudget_check.readers.source import Source

    Cells = Mapping[str, object]

HEADS = ("decision", "comment", "owner", "until", "record")
MOST_COLUMNS, MOST_ROWS = 100, 200_000  # of a sheet that people decide in


def decisions_in(source: Source, by: str, on: date) -> tuple[Decision, ...]:
    """What was decided in a findings workbook, row by row; ``by`` and ``on`` say who and when.

    Raises UserError, with the row, for a decision that cannot be read, and UnreadableError for a
    file that is no workbook, or damaged.
    """
    name = shown(source.path)
    found = _decided_rows(source)
    if found is None:
        message = (
            f"{name} is not a findings workbook: no sheet has the columns 'Decision' and 'Record'; "
            "write one with: unbudget-check check ... -o xlsx=findings.xlsx"
        )
        raise UserError(message)
    sheet, rows = found
    words = {normalise(word): verdict for verdict in Verdict for word in _words_for(verdict)}
    return tuple(
        _decided(said, f"{name}, {shown(sheet)}, row {number}", words, (by, on))
        for number, said in rows
    )


def _words_for(verdict: Verdict) -> Iterator[str]:
    """What people may write for a decision: as files, the drop-down and reports call it."""
    yield verdict
    for lang in spoken_languages():
        yield call(lang, "decisions", verdict)
        yield call(lang, "statuses", verdict)


def _decided_rows(source: Source) -> tuple[str, list[tuple[int, Cells]]] | None:
    """The sheet in which people decide, by name, with its rows that hold a decision, by number.

    Nothing hostile reaches the library that reads the workbook, and no more is kept than is used.
    """
    with open_archive(source) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels", ".vml")):
                safe_xml(read_part(archive, source.path, part), source.path, part)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS)
            columns = _columns(next(rows, ()))
            if not {"decision", "record"} <= columns.keys():
                continue
            cells = (
                {name: row[at] for name, at in columns.items() if at < len(row)} for row in rows
            )
            decided = (
                (at, each) for at, each in enumerate(cells, 2) if _text(each.get("decision"))
            )
            return sheet.title, list(decided)
    except Exception as error:  # it raises whatever a damaged part makes it stumble over
        message = f"{shown(source.path)} is damaged; save it again in Excel or LibreOffice"
        raise UnreadableError(message) from error
    return None


def _columns(head: tuple[object, ...]) -> dict[str, int]:
    """The columns that are read, by the headings of any language."""
    known = {
        normalise(say(lang, f"heads.{name}")): name for lang in spoken_languages() for name in HEADS
    }
    found = {known.get(normalise(str(text or ""))): at for at, text in enumerate(head)}
    return {name: at for name, at in found.items() if name}


def _decided(
    said: Cells, place: str, words: Mapping[str, Verdict], author: tuple[str, date]
) -> Decision:
    """The decision in one row; ``words`` are those of the drop-down, ``author`` who and when."""
    word = _text(said["decision"])
    verdict = words.get(normalise(word))
    if verdict is None:
        listed = ", ".join(call(ENGLISH, "decisions", each) for each in Verdict)
        message = f"{place}: the decision '{shown(word)}' is unknown; choose one of: {listed}"
        raise UserError(message)
    record = _text(said.get("record"))
    if not record:
        message = f"{place}: the column 'Record', which says what was decided on, is empty"
        raise UserError(message)
    return decision_on(
        named_by(record, place),
        verdict,
        by=author[0],
        on=author[1],
        reason=_text(said.get("comment")),
        owner=_text(said.get("owner")),
        until=_day(said.get("until"), place),
    )


def _text(value: object) -> str:
    """A cell as text, without what keeps it from being a formula."""
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


def _day(value: object, place: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"{place}: '{shown(text)}' is not a day; write it as 2027-03-31"
        raise UserError(message) from None
