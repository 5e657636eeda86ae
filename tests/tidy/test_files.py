"""Data files of all formats give the same result, with places that people find again."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from tests.readers.test_xlsx import saved, workbook_of
from tests.tidy.data_files import checked, reasons, relations, told
from unbudget_check import engine
from unbudget_check.model.options import TidyMapping, Wishes

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = TidyMapping(("fund", "item"), ("2025", "2026"), hierarchy=True)
ROWS = [
    ("A", "Posts", 1.5, 10),
    ("A", "Rent", 2.25, -3),
    ("A", "Total", 3.75, 80),
    ("Total", "", 3.75, 7),
]
WRONG = ("ARI101", "Total, A", "2026", "7")


def frame() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=["fund", "item", "2025", "2026"])


def as_csv() -> bytes:
    return frame().to_csv(index=False).encode()


def as_parquet() -> bytes:
    written = BytesIO()
    frame().to_parquet(written)
    return written.getvalue()


def as_workbook() -> bytes:
    return saved(workbook_of([tuple(frame().columns), *ROWS]))


def as_lines() -> bytes:
    return frame().to_json(orient="records", lines=True).encode()


def as_list() -> bytes:
    return json.dumps(frame().to_dict("records")).encode()


@pytest.mark.parametrize(
    ("name", "data", "address"),
    [
        ("data.csv", as_csv(), "row 4, column D"),
        ("data.tsv", as_csv().replace(b",", b"\t"), "row 4, column D"),
        ("data.xlsx", as_workbook(), "Sheet!D4"),
        ("data.parquet", as_parquet(), "row 3, column 2026"),
        ("data.jsonl", as_lines(), "row 3, column 2026"),
        ("data.json", as_list(), "row 3, column 2026"),
    ],
)
def test_every_format_has_the_same_sums(name: str, data: bytes, address: str) -> None:
    result = checked(data, MAPPING, name)
    assert told(result) == [WRONG]
    assert relations(result) == (2, 0, 2)
    assert result.findings[0].where.address == address


@pytest.mark.parametrize(
    "text",
    [
        "Export of 3 May\n\nfund,item,2025,2026\nA,Posts,1,2\nA,Total,1,2\n",  # a title above
        "fund,item,2025,2026\nA,Posts,1,2\n\nA,Total,1,2\n",  # a blank line
        'fund,item,2025,2026\nA,"Posts\nand staff",1,2\nA,Total,1,2\n',  # a cell of two lines
        "\ufefffund;item;2025;2026\r\nA;Posts;1;2\r\nA;Total;1;2\r\n",
        "fund,item,2025,2026,note\nA,Posts,1,2\nA,Total,1,2,x,y\n",  # rows of several lengths
    ],
)
def test_files_that_people_write_are_read_record_by_record(text: str) -> None:
    result = checked(text, MAPPING)
    assert relations(result) == (2, 0, 0)


def test_another_encoding_is_read() -> None:
    text = "fund,item,2025,2026\nÉcole,Été,1,2\nÉcole,Total,1,3\n"
    result = checked(text.encode("latin-1"), MAPPING)
    assert [each[1] for each in told(result)] == ["Total, École"] * 1


@pytest.mark.parametrize(
    ("figures", "total"),
    [
        (["1,234.50", "(200.25)", "–"], "1,034.25"),
        (["1.234,50", "-200,25", "0"], "1.034,25"),
        (["1 234,50", "−200,25", ""], "1 034,25"),
        (["1'234.50", "-200.25", "n/a"], "1'034.25"),
        (["$1,234.50", "-$200.25", "+0"], "$1,034.25"),
        (["1.2345e3", "-200.25", "0"], "1034.25"),
        (["1234.5000000000002", "-200.25", "0"], "1034.2500000000001"),
        (["١٢٣٤", "-200", "0"], "١٠٣٤"),
    ],
)
def test_figures_as_people_and_programs_write_them(figures: list[str], total: str) -> None:
    rows = "".join(f'"{n}";"{figure}"\n' for n, figure in enumerate(figures))
    mapping = TidyMapping(("item",), ("amount",), exact=True)
    result = checked(f'item;amount\n{rows}Total;"{total}"\n', mapping)
    assert relations(result) == (1, 0, 0)
    assert not result.findings


def test_figures_that_64_bits_do_not_hold_are_exact() -> None:
    text = "item,amount\na,9223372036854775807.01\nb,9223372036854775807.02\n"
    mapping = TidyMapping(("item",), ("amount",), exact=True)
    right = checked(text + "Total,18446744073709551614.03\n", mapping)
    assert relations(right) == (1, 0, 0)
    wrong = checked(text + "Total,18446744073709551614.04\n", mapping)
    assert told(wrong)[0][3] == "18446744073709551614.03"


def test_what_does_not_fit_is_told_by_row_and_column() -> None:
    text = "fund,item,2025,2026\nA,Posts,1,2\n,Rent,3,4\nA,Travel,twelve,2.679.6\n"
    found = [(f.where.address, f.message) for f in checked(text, MAPPING).findings]
    assert found == [
        ("row 3, column fund", "row 3, column fund: the label is blank, so the row was skipped."),
        ("row 4, column 2025", 'row 4, column 2025: "twelve" is not a number.'),
        ("row 4, column 2026", 'row 4, column 2026: "2.679.6" is not a number.'),
    ]


def test_what_does_not_fit_is_found_at_its_line_by_a_program() -> None:
    """A build server shows the finding at the line; a workbook has rows, but no lines."""
    blank = "fund,item,2025,2026\nA,Posts,1,2\n,Rent,3,4\nA,Travel,twelve,1\n"
    again = "fund,item,2025,2026\nA,Posts,1,2\nA,Travel,twelve,1\nA,Travel,12,1\n"
    unique = TidyMapping(("fund", "item"), ("2025", "2026"), unique=("fund", "item"))
    for text, mapping, lines in ((blank, MAPPING, [3, 4]), (again, unique, [3, 4])):
        assert sorted(f.where.line or 0 for f in checked(text, mapping).findings) == lines
    book = saved(workbook_of([["fund", "item", "2025", "2026"], ["A", "Posts", "twelve", 2]]))
    assert {f.where.line for f in checked(book, MAPPING, "data.xlsx").findings} == {None}


def test_a_sum_with_a_cell_that_is_no_figure_is_not_told_twice() -> None:
    text = "fund,item,2025,2026\nA,Posts,1,2\nA,Rent,x,4\nA,Total,8,6\n"
    result = checked(text, MAPPING)
    assert [f.code for f in result.findings] == ["DAT101"]
    assert result.coverage.relations_unchecked == 1


def test_missing_columns_are_named_and_nothing_is_made_up() -> None:
    result = checked("fund,2025\nA,1\n", MAPPING)
    assert [f.message for f in result.findings] == [
        'heading row: the column "item" is missing.',
        'heading row: the column "2026" is missing.',
    ]
    assert not result.coverage.judged


def test_a_mapping_without_totals_says_what_to_do() -> None:
    result = checked("fund,item,2025,2026\nA,Posts,1,2\nA,Rent,3,4\n", MAPPING)
    assert any("unbudget-check map" in reason for reason in reasons(result))


def test_a_long_list_without_a_mapping_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = [f"Dept {n % 7},Item {n % 50},2026,{n}.50\n" for n in range(400)]
    path.write_text("dept,item,year,amount\n" + "".join(rows), encoding="utf-8")
    result = engine.check([str(path)]).documents[0]
    assert not result.coverage.judged
    assert any("unbudget-check map" in reason for reason in reasons(result))


def test_a_format_of_data_without_a_mapping_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    path.write_bytes(as_parquet())
    result = engine.check([str(path)]).documents[0]
    assert result.status == "unreadable"
    assert f"unbudget-check map {path}" in result.reason


def test_data_in_a_folder_is_found_by_its_mapping(tmp_path: Path) -> None:
    (tmp_path / "data.parquet").write_bytes(as_parquet())
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "table.csv").write_text("a,2025\nPosts,1\n", encoding="utf-8")
    report = engine.check([str(tmp_path)], Wishes(tidy={"*.parquet": MAPPING}))
    names = [each.path.removeprefix(str(tmp_path)) for each in report.documents]
    assert names == ["/data.parquet", "/table.csv"]
    assert [f.code for f in report.findings] == ["ARI101"]


@pytest.mark.parametrize("name", ["data.parquet", "data.jsonl", "data.xlsx"])
def test_a_file_that_is_no_such_file_is_unreadable(name: str) -> None:
    assert checked("fund,item\n", MAPPING, name).status == "unreadable"


def test_of_a_workbook_every_sheet_with_the_columns_is_checked() -> None:
    workbook = workbook_of([("about",), ("this workbook",)])
    for title in ("North", "South"):
        sheet = workbook.create_sheet(title)
        for row in [tuple(frame().columns), *ROWS]:
            sheet.append(row)
    result = checked(saved(workbook), MAPPING, "data.xlsx")
    assert [f.where.address for f in result.findings] == ["North!D4", "South!D4"]
    assert [table.key for table in result.tables] == ["t0", "t1"]
