"""Read the decisions that people wrote into a findings workbook, whatever program saved it."""

from __future__ import annotations

import io
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.lexicon import normalise
from unbudget_check.messages import call, say, spoken_languages
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

HEADS = ("decision", "comment", "owner", "until", "record")
MOST_COLUMNS, MOST_ROWS = 100, 200_000  # of a sheet that people decide in


def decisions_in(source: Source, by: str, on: date) -> tuple[Decision, ...]:
    """What was decided in a findings workbook, row by row; ``by`` and ``on`` say who and when.

    Raises UserError, with the row, for a decision that cannot be read, and UnreadableError for a
    file that is no workbook, or damaged.
    """
    name = shown(source.path)
    for sheet, rows in _sheets(source).items():
        columns = _columns(rows[0]) if rows else {}
        if {"decision", "record"} <= columns.keys():
            return tuple(_decided(rows, columns, f"{name}, {shown(sheet)}", (by, on)))
    message = (
        f"{name} is not a findings workbook: no sheet has the columns 'Decision' and 'Record'; "
        "write one with: unbudget-check check ... -o xlsx=findings.xlsx"
    )
    raise UserError(message)


def _sheets(source: Source) -> dict[str, list[tuple[object, ...]]]:
    """The values of all sheets; nothing hostile reaches the library that reads them."""
    with open_archive(source) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels", ".vml")):
                safe_xml(read_part(archive, source.path, part), source.path, part)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        return {
            sheet.title: list(
                islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS)
            )
            for sheet in book.worksheets
        }
    except Exception as error:  # it raises whatever a damaged part makes it stumble over
        message = f"{shown(source.path)} is damaged; save it again in Excel or LibreOffice"
        raise UnreadableError(message) from error


def _columns(head: tuple[object, ...]) -> dict[str, int]:
    """The columns that are read, by the headings of any language."""
    known = {
        normalise(say(lang, f"heads.{name}")): name for lang in spoken_languages() for name in HEADS
    }
    found = {known.get(normalise(str(text or ""))): at for at, text in enumerate(head)}
    return {name: at for name, at in found.items() if name}


def _decided(
    rows: list[tuple[object, ...]],
    columns: Mapping[str, int],
    sheet: str,
    author: tuple[str, date],
) -> Iterator[Decision]:
    words = {
        normalise(call(lang, "decisions", verdict)): verdict
        for lang in spoken_languages()
        for verdict in Verdict
    }
    for number, row in enumerate(rows[1:], 2):
        said = {name: row[at] if at < len(row) else None for name, at in columns.items()}
        word, place = _text(said["decision"]), f"{sheet}, row {number}"
        if not word:
            continue
        verdict = words.get(normalise(word))
        if verdict is None:
            listed = ", ".join(call("en", "decisions", each) for each in Verdict)
            message = f"{place}: the decision '{shown(word)}' is unknown; choose one of: {listed}"
            raise UserError(message)
        record = _text(said["record"])
        if not record:
            message = f"{place}: the column 'Record', which says what was decided on, is empty"
            raise UserError(message)
        yield decision_on(
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
