"""A fault of this program costs the part of a document in which it is met, and nothing else."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from tests.as_printed import MONEY, RULES, document, told
from tests.compose import printed
from tests.compose.pdf import Look, render_pdf
from tests.readers.odt_file import odt_file
from tests.readers.odt_file import row as odt_row
from tests.readers.odt_file import table as odt_table
from tests.readers.word_file import row as word_row
from tests.readers.word_file import table as word_table
from tests.readers.word_file import word_file
from unbudget_check import checks, engine
from unbudget_check.cli.main import run
from unbudget_check.diagnosis import findings
from unbudget_check.messages import tell
from unbudget_check.model import faults
from unbudget_check.model.document import Document, Paragraph, Table
from unbudget_check.model.options import Wishes
from unbudget_check.readers.text import document as text
from unbudget_check.readers.text.tables import find_table
from unbudget_check.understand import understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from unbudget_check.model.report import DocumentResult
    from unbudget_check.readers.text.heading_lines import Headings
    from unbudget_check.readers.text.pages import Idiom, Textline

WRONG = """
Item   | 2025 | 2026
Posts  | 10.0 | 12.0
Travel |  1.0 |  2.0
Total  | 11.0 | 15.0
"""
FOUND = [("ARI101", "Total / 2026", "15.0", "14.0")]
FAILS = "boom"


@pytest.fixture(autouse=True)
def _as_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "STRICT", False)


def fail(*_: object, **__: object) -> object:
    raise KeyError(FAILS)


def failing_at(text: str, work: Callable[..., object]) -> Callable[..., object]:
    """The step of understanding, which fails on every document that prints a text."""

    def step(found: Document, *others: object) -> object:
        printed = [block.text for block in found.blocks if isinstance(block, Paragraph)]
        for table in (block for block in found.blocks if isinstance(block, Table)):
            printed += [cell.text for row in table.rows for cell in row]
        return fail() if any(text in each for each in printed) else work(found, *others)

    return step


def checked(found: Document) -> DocumentResult:
    return engine.check_document(found, RULES)


def remarks(result: DocumentResult, lang: str = "en") -> list[str]:
    return [tell(lang, each.told) for each in result.coverage.remarks if each.told]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_paragraph_that_is_not_understood_costs_itself(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(understand, "understand", failing_at("4 P–4", understand.understand))
    found = document(WRONG, MONEY)
    strange = [Paragraph(f"{at}. Of these, 4 P–4.", f"at {at}") for at in range(count)]
    result = checked(Document("a.docx", blocks=(*strange, *found.blocks, *strange)))
    assert [told(finding) for finding in result.findings] == FOUND
    assert result.coverage.faults == 2 * count
    assert {each.where.address for each in result.coverage.remarks} == {p.address for p in strange}
    (said, *_), (chinese, *_) = remarks(result), remarks(result, "zh")
    assert '"0. Of these, 4 P–4."' in said
    assert "please report it (KeyError: 'boom' (test_faults.py:" in said
    assert "内部故障" in chinese
    assert "“0. Of these, 4 P–4.”" in chinese


def test_a_table_that_is_not_understood_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understand, "understand", failing_at("Boats", understand.understand))
    other = document("Item | 2025 | 2026\nBoats | 1.0 | 2.0\nTotal | 1.0 | 2.0", MONEY)
    result = checked(Document("a.docx", blocks=(*other.blocks, *document(WRONG, MONEY).blocks)))
    assert [told(finding) for finding in result.findings] == FOUND
    assert result.coverage.tables_read == 1
    (said,) = remarks(result)
    assert "Item | 2025 | 2026 | Boats" in said


def test_what_comes_after_too_many_faults_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understand, "understand", failing_at("4 P–4", understand.understand))
    strange = (Paragraph("4 P–4"),) * (understand.FAULTS_MOST + 5)
    result = checked(Document("a.docx", blocks=(*document(WRONG, MONEY).blocks, *strange)))
    assert [told(finding) for finding in result.findings] == FOUND
    assert result.coverage.faults == understand.FAULTS_MOST


def test_a_rule_that_fails_takes_back_what_it_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = next(rule for rule in RULES if rule.code == "ARI202")

    def loaded(name: str) -> Callable[..., None]:
        work = checks.load_check(name)

        def check(facts: object, rule: object, *others: object) -> None:
            work(facts, rule, *others)  # type: ignore[arg-type]
            if rule is broken:
                fail()

        return check

    monkeypatch.setattr(engine, "load_check", loaded)
    table = "Item | 2025 | Change | 2026\nPosts | 10.0 | 1.0 | 12.0\nTravel | 1.0 | 1.0 | 2.0"
    result = checked(document(table, MONEY))
    assert not result.findings
    (said,) = remarks(result)
    assert said.startswith("internal error in rule ARI202, please report it")
    assert "规则 ARI202 出现内部故障" in remarks(result, "zh")[0]


@pytest.mark.parametrize("name", ["excerpt_at", "proof_of", "suspects_of", "tell"])
def test_a_finding_that_cannot_be_told_in_full_is_told_by_its_title(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(findings, name, fail)
    result = checked(document(WRONG, MONEY))
    (finding,) = result.findings
    assert (finding.code, finding.where.row, finding.where.column) == ("ARI101", "Total", "2026")
    assert finding.message == "The printed total of a column equals the sum of its parts"
    assert finding.messages["zh"]
    assert result.coverage.faults == 1


def test_a_table_of_a_text_that_is_not_read_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(lines: Sequence[Textline], idiom: Idiom, above: Headings | None = None) -> object:
        boats = any("Boats" in each.bare for each in lines)
        return fail() if boats else find_table(lines, idiom, above)

    monkeypatch.setattr(text, "find_table", failing)
    strange, plain = (
        f"Table 1.{at}\nResources\nItem   2025   2026\n{item}   10.0   12.0\nNets   1.0   2.0\n"
        "Total   11.0   15.0\n\n"
        for at, item in ((1, "Boats"), (2, "Posts"))
    )
    given = {"a.txt": (strange + plain).encode()}
    (result,) = engine.check(["a.txt"], Wishes(given=given)).documents
    assert [told(finding) for finding in result.findings] == FOUND
    assert "Table 1.1" in next(each for each in remarks(result) if "internal error" in each)
    assert any("look like table rows" in each.reason for each in result.coverage.unchecked)


def workbook(*tables: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table[1][0])
        for label, *figures in table:
            sheet.append([label, *(float(each) if "." in each else each for each in figures)])
        for cell in (each for row in sheet["B2:C9"] for each in row):
            cell.number_format = "0.0"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


STRANGE = (("Item", "2025", "2026"), ("Boats", "9.5", "8.5"), ("Total", "9.5", "8.5"))
PLAIN = tuple(tuple(map(str.strip, line.split("|"))) for line in WRONG.strip().splitlines())
BOTH = (STRANGE, PLAIN)
FILLING = [printed.Paragraph(f"{at}. Of this nothing is said here.") for at in range(60)]
GRIDS = [
    printed.Grid(str(at), (tuple(map(printed.Heading, head)),), tuple(rows))
    for at, (head, *rows) in enumerate(BOTH)
]
PAGE = "".join(
    "<table>" + "".join("<tr><td>" + "<td>".join(each) for each in table) + "</table>"
    for table in BOTH
).encode()
# A file, the step of its reader that fails, and which of what that is given prints the table.
READ = {
    "a.docx": (
        word_file("".join(word_table(*(word_row(*each) for each in table)) for table in BOTH)),
        "docx.document.read_table",
        0,
    ),
    "a.html": (PAGE, "flow.table_of", 0),
    "b.html": (PAGE, "html.tree._mend_table", 0),
    "a.odt": (
        odt_file("".join(odt_table(*(odt_row(*each) for each in table)) for table in BOTH)),
        "flow.table_of",
        0,
    ),
    "a.csv": (
        "\n\n".join("\n".join(map(",".join, table)) for table in BOTH).encode(),
        "grid.blocks._table",
        1,
    ),
    "a.xlsx": (workbook(*BOTH), "sheets.xlsx.read_sheet", 2),
    "a.pdf": (
        render_pdf((GRIDS[0], *FILLING, GRIDS[1]), Look(rules="all")),
        "pdf.blocks_of",
        0,
    ),
}


def printed_in(given: object) -> str:
    texts = getattr(given, "itertext", None)
    return "".join(texts()) if texts is not None else repr(given)


@pytest.mark.parametrize("name", READ)
def test_a_part_that_is_not_read_costs_itself(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    data, step, at = READ[name]
    module, _, called = f"unbudget_check.readers.{step}".rpartition(".")
    work = getattr(import_module(module), called)

    def failing(*given: object, **more: object) -> object:
        return fail() if "Boats" in printed_in(given[at]) else work(*given, **more)

    monkeypatch.setattr(f"{module}.{called}", failing)
    (result,) = engine.check([name], Wishes(given={name: data})).documents
    assert [(each.code, str(each.stated), str(each.computed)) for each in result.findings] == [
        ("ARI101", "15.0", "14.0")
    ]
    assert result.coverage.faults == 1
    (said,) = [each for each in remarks(result) if "internal error" in each]
    assert "please report it (KeyError: 'boom' (test_faults.py:" in said


def test_a_search_that_fails_leaves_every_broken_sum_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "causes_of", fail)
    result = checked(document(WRONG, MONEY))
    assert [told(finding) for finding in result.findings] == FOUND
    assert result.coverage.faults == 1


@pytest.mark.parametrize("name", ["printed_tables", "tallies_of"])
def test_what_a_report_adds_costs_no_finding(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(engine, name, fail)
    result = checked(document(WRONG, MONEY))
    assert [told(finding) for finding in result.findings] == FOUND
    assert result.coverage.faults == 1


def test_a_place_that_fails_costs_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "text_of", fail)
    result = checked(document(WRONG, MONEY))
    assert not result.findings
    assert result.coverage.faults == 2  # the finding, and its title


@pytest.mark.parametrize("verb", [["check"], ["check", "-q"], ["inspect"], ["extract"]])
def test_a_run_with_a_fault_is_incomplete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verb: list[str]
) -> None:
    path = tmp_path / "small.txt"
    rows = "Item\t2025\t2026\nPosts\t10.0\t12.0\nTotal\t10.0\t12.0\n"
    path.write_text(f"Of these, 4 P–4.\n\n{rows}", encoding="utf-8")
    monkeypatch.setattr(understand, "understand", failing_at("4 P–4", understand.understand))
    with CliRunner().isolation() as (out, err, *_):
        code = run([*verb, str(path)])
        said = out.getvalue().decode() + err.getvalue().decode()
    assert code == 3
    assert "internal error" in said
    assert "Traceback" not in said
