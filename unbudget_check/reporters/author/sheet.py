"""The correction sheet: what to change, with a box to tick, and the questions to the author.

As a workbook, a Word document with tables, or a task list in Markdown, by the ending of the file.
What documents say becomes no formula and marks up nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.messages import say
from unbudget_check.reporters.author.corrections import (
    asked_of_author,
    corrections_of,
    counted,
    questions_of,
)
from unbudget_check.reporters.ci.hosting import in_markdown
from unbudget_check.reporters.office.remarks import OfficeFile
from unbudget_check.reporters.office.word_tables import Heading, WordTable, word_document
from unbudget_check.reporters.words import names_of, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.remarks import Original

OPEN, TICKED = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH CHECK}"
# Columns with their width: characters of a workbook, and shares of the width of a page.
CORRECTIONS = {"done": 10, "number": 6, "place": 40, "printed": 18, "should": 18, "why": 70}
QUESTIONS = {"done": 10, "number": 6, "place": 40, "printed": 24, "asked": 82}
DOCUMENT = 30


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One file about all documents that were checked; raises UserError for another ending."""
    write = WRITERS.get(original.ending.lower())
    if write is None:
        message = (
            f"-o corrections: the name of the file must end in {', '.join(WRITERS)}, "
            "such as -o corrections=corrections.docx"
        )
        raise UserError(message)
    return (OfficeFile(write(report)),)


def _head(name: str, lang: str) -> str:
    """The heading of a column; those that no other workbook has are this sheet's own."""
    own = name in {"done", "should", "why", "asked"}
    return say(lang, f"author.{name}" if own else f"heads.{name}")


def _rows(document: DocumentResult, lang: str) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of both tables as texts, without the boxes."""
    corrections = [
        [str(each.number), each.place, each.printed, each.should, each.why]
        for each in corrections_of(document, lang)
    ]
    questions = [
        [str(each.number), each.place, each.printed, each.question]
        for each in questions_of(document, lang)
    ]
    return corrections, questions


def _workbook(report: Report) -> bytes:
    from unbudget_check.reporters.office.findings_book import BookColumn, BookPage, book_of

    lang, names = report.lang, names_of(report.documents, symbols=True)
    pages = []
    for at, (title, widths) in enumerate(
        (("author.corrections", CORRECTIONS), ("author.questions", QUESTIONS))
    ):
        rows: tuple[tuple[str | int, ...], ...] = tuple(
            (OPEN, names[document.path], int(number), *others)
            for document in report.documents
            for number, *others in _rows(document, lang)[at]
        )
        done, *after = (BookColumn(_head(name, lang), width) for name, width in widths.items())
        columns = (done, BookColumn(_head("document", lang), DOCUMENT), *after)
        pages.append(BookPage(say(lang, title), columns, rows, kept=3, ticks=(OPEN, TICKED)))
    return book_of(pages, lang)


def _word(report: Report) -> bytes:
    lang, names = report.lang, names_of(report.documents, symbols=True)

    def blocks() -> Iterator[Heading | WordTable | str]:
        for document in report.documents:
            yield Heading(say(lang, "author.title", document=names[document.path]), 1)
            yield _told(document, lang)
            tables = zip(
                _rows(document, lang),
                (CORRECTIONS, QUESTIONS),
                ("author.corrections", "author.questions"),
                strict=True,
            )
            for rows, widths, title in tables:
                if rows:
                    yield Heading(say(lang, title), 2)
                    head = tuple(_head(name, lang) for name in widths)
                    yield WordTable(head, tuple(map(tuple, rows)), tuple(widths.values()))

    return word_document(blocks(), lang)


def _markdown(report: Report) -> bytes:
    lang, names = report.lang, names_of(report.documents, symbols=True)
    rows: list[str] = []
    for document in report.documents:
        title = say(lang, "author.title", document=names[document.path])
        rows += [f"# {in_markdown(title)}", "", in_markdown(_told(document, lang)), ""]
        told = [
            (each.number, say(lang, "author.correction", place=each.place, printed=each.printed,
                              should=each.should, why=each.why))
            for each in corrections_of(document, lang)
        ]  # fmt: skip
        rows += _tasks(say(lang, "author.corrections"), told)
        told = [(each.number, each.whole) for each in questions_of(document, lang)]
        rows += _tasks(say(lang, "author.questions"), told)
    return "\n".join(rows).encode("utf-8", "backslashreplace")


def _tasks(title: str, told: list[tuple[int, str]]) -> list[str]:
    tasks = [f"- [ ] **{number}.** {in_markdown(text)}" for number, text in told]
    return [f"## {title}", "", *tasks, ""] if tasks else []


def _told(document: DocumentResult, lang: str) -> str:
    """What there is to do; of a document that was not read, why."""
    if document.status == "unreadable":
        return reason_of(document, lang)
    if not asked_of_author(document):
        return say(lang, "author.nothing")
    return counted(document, lang)


WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".xlsx": _workbook,
    ".docx": _word,
    ".md": _markdown,
}
