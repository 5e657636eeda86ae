"""How time and memory grow with a document: once, four and sixteen times as large, kind by kind."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import openpyxl

from tests.readers.word_file import cell, paragraph, part, row, table, word_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Composed = tuple[str, bytes]

TIMES = (1, 4, 16)
# Between two sizes, time may grow by so much more than the size: noise of a busy machine.
NOISE = 1.5
# Checks one document, after a small one for which everything was loaded; prints the processor time,
# or the calls of functions, of the check and of all reports, and the peak of memory before and
# after.
PROBE = """
import sys, time
calls = 0
def counted(*_):
    global calls
    calls += 1
spent = time.process_time
if sys.argv[3] == "calls":
    spent = lambda: calls
    sys.setprofile(counted)
from unbudget_check import engine
from unbudget_check.model.options import Wishes
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.options import RenderOptions
engine.processes_for = lambda _: 0  # else the time of large ones would be that of others
def peak():
    rows = open("/proc/self/status").read().splitlines()
    return next(row.split()[1] for row in rows if row.startswith("VmHWM"))
def go(path, data):
    report = engine.check([path], Wishes(given={path: data}))
    checked = spent()
    for name in FORMATS:
        renderer_of(name)(report, RenderOptions())
    return checked, report.documents[0].reason
go("a.csv", b"Item,2024\\nA,1\\nB,2\\nTotal,3\\n")
before, started = peak(), spent()
checked, reason = go("grown" + sys.argv[2], open(sys.argv[1], "rb").read())
assert not reason, reason
print(checked - started, spent() - checked, before, peak())
"""


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    heading = f"  {'':<44}{'size':>8}{'check s':>9}{'growth':>8}{'reports s':>11}{'MiB':>7}"
    rows = [f"Growth: documents {', '.join(map(str, TIMES))} times as large", heading]
    for name, (size, compose) in KINDS.items():
        rows.extend(_grown(name, size, compose))
    return rows


def _grown(name: str, size: int, compose: Callable[[int], Composed]) -> Iterator[str]:
    before = 0.0
    for at, times in enumerate(TIMES):
        check, reports, mebibytes = measured(*compose(size * times))
        growth = check / before if before else 0.0
        most = NOISE * times / TIMES[at - 1] if at else 0.0
        told = (f"{growth:>7.1f}" + ("!" if growth > most else " ")) if at else " " * 8
        label = name if not at else ""
        yield f"  {label:<44}{size * times:>8}{check:>9.2f}{told}{reports:>11.2f}{mebibytes:>7.0f}"
        before = check


def measured(ending: str, data: bytes, unit: str = "seconds") -> tuple[float, float, float]:
    """The cost of a check and of all reports on it, and MiB beyond those of a small check.

    Costs are `seconds` of the processor, or `calls` of functions, which are the same in each run.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "grown")
        path.write_bytes(data)
        command = [sys.executable, "-c", PROBE, str(path), ending, unit]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    check, reports, before, peak = map(float, done.stdout.split())
    return check, reports, (peak - before) / 1024


def _cells(rows: int, columns: int, *, number: int = 0, wrong: bool = False) -> list[list[str]]:
    """A table of amounts with its totals, the first of which may be wrong; others per number."""
    random = Random(rows * columns + number)
    years = [str(2000 + at) if columns < 20 else f"Office {at}" for at in range(columns)]
    made = [[random.randrange(1_000, 99_999) for _ in range(columns)] for _ in range(rows)]
    totals = [sum(column) for column in zip(*made, strict=True)]
    totals[0] += 5_000 if wrong else 0
    named = [[f"Item {at}", *each] for at, each in enumerate(made)]
    tenths = [
        [label, *(f"{each / 10:.1f}" for each in amounts)]
        for label, *amounts in [*named, ["Total", *totals]]
    ]
    return [["Item", *years], *tenths]


def _table(rows: int, columns: int, *, number: int = 0, wrong: bool = False) -> str:
    cells = _cells(rows, columns, number=number, wrong=wrong)
    return table(*(row(*each) for each in cells))


def _sentence(number: int) -> str:
    random = Random(number)
    level, change = random.randrange(100_000, 999_999), random.randrange(1_000, 9_999)
    return (
        f"{number // 50 + 1}.{number % 50 + 1} The resources of office {number} amount to "
        f"${level:,} and reflect an increase of ${change:,}, as shown in table 1.1."
    )


def _captioned(count: int, *, wrong: bool = False) -> Composed:
    made = (
        paragraph(f"Table {at // 50 + 1}.{at % 50 + 1} Resources")
        + paragraph("(Thousands of dollars)")
        + _table(5, 4, number=at, wrong=wrong)
        for at in range(count)
    )
    return ".docx", word_file("".join(made))


def _text(count: int) -> Composed:
    lines: list[str] = []
    for at in range(count):
        caption = f"Table {at // 50 + 1}.{at % 50 + 1}\nResources (Thousands of dollars)"
        printed = ("   ".join(each) for each in _cells(6, 4, number=at))
        lines += [_sentence(at), "", caption, *printed, ""]
    return ".txt", "\n".join(lines).encode()


def _csv(rows: int, columns: int) -> Composed:
    return ".csv", "\n".join(",".join(each) for each in _cells(rows, columns)).encode()


def _workbook(rows: int) -> Composed:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number, each in enumerate(_cells(rows, 5)):
        sheet.append([each[0], *(Decimal(text) if number else text for text in each[1:])])
    stream = io.BytesIO()
    book.save(stream)
    return ".xlsx", stream.getvalue()


def _nested(depth: int) -> Composed:
    inside = _table(100, 4)
    for _ in range(depth):
        inside = table(row(cell(inside)))
    return ".docx", word_file(inside)


def _headers(count: int) -> Composed:
    header = part("hdr", paragraph("Sample"))
    parts = {f"word/header{at}.xml": header for at in range(count)}
    return ".docx", word_file(_table(5, 4), parts=parts)


def _paragraphs(count: int) -> Composed:
    return ".docx", word_file("".join(paragraph(_sentence(at)) for at in range(count)))


KINDS: dict[str, tuple[int, Callable[[int], Composed]]] = {
    "tables of a Word document": (50, _captioned),
    "tables with an error each (findings)": (50, lambda count: _captioned(count, wrong=True)),
    "rows of a table in Word": (500, lambda count: (".docx", word_file(_table(count, 4)))),
    "columns of a table in Word": (20, lambda count: (".docx", word_file(_table(5, count)))),
    "paragraphs with amounts": (250, _paragraphs),
    "levels of nested tables": (4, _nested),
    "headers of a Word document": (1_200, _headers),
    "tables and paragraphs of a text": (50, _text),
    "rows of a CSV file": (1_000, lambda count: _csv(count, 5)),
    "columns of a CSV file": (100, lambda count: _csv(5, count)),
    "rows of a workbook": (1_000, _workbook),
}
