"""CSV and TSV files as printed: tables, paragraphs around them, and where every cell stands."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.in_english import told
from tests.readers.drawing import cell_at, draw, tables
from unbudget_check.engine import check
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Paragraph
from unbudget_check.readers.csv import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from unbudget_check.model.document import Document


def read_text(text: str, path: str = "a.csv") -> Document:
    return read(Source(path, text.encode()))


def test_captions_headings_over_two_rows_and_notes() -> None:
    text = """\
Table 2.4,,,,,
Resources by object,,,,,
,,,,,(Thousands of dollars)
,2024,2025,Changes,,2026
Object,spent,approved,Technical,Total,estimate
Posts,"1,234.5","1,300.0",10.0,10.0,"1,310.0"
  Travel,12.0,13.0,(1.0),(1.0),12.0
Total,"1,246.5","1,313.0",9.0,9.0,"1,322.0"
a Without recosting.,,,,,
"""
    assert draw(read_text(text)) == [
        "Table 2.4",
        "Resources by object",
        "(Thousands of dollars)",
        "== 6 columns",
        "|2024|2025|Changes[1x2]|2026",
        "Object|spent|approved|Technical|Total|estimate",
        "Posts|1,234.5|1,300.0|10.0|10.0|1,310.0",
        "Travel>2|12.0|13.0|(1.0)|(1.0)|12.0",
        "Total|1,246.5|1,313.0|9.0|9.0|1,322.0",
        "a Without recosting.",
    ]


def test_a_unit_over_the_middle_columns_is_no_heading() -> None:
    text = ",,(Thousands of dollars),\nItem,2024,2025,2026\nPosts,1,1,5\n"
    assert draw(read_text(text))[:2] == ["(Thousands of dollars)", "== 4 columns"]


def test_a_heading_group_ends_where_another_year_begins() -> None:
    text = ",Changes,,\nItem,Technical,Total,2026 estimate\nPosts,1,1,5\n"
    assert "|Changes[1x2]|" in draw(read_text(text))


def test_a_repeated_heading_stays_as_it_is() -> None:
    text = ",Changes,Changes,2026\nItem,Other,Total,estimate\nPosts,1,1,5\n"
    assert draw(read_text(text))[1] == "|Changes|Changes|2026"


def test_every_cell_knows_its_place_and_its_physical_line() -> None:
    table = tables(read_text('Item,2026\n"Travel\nof staff",12\n\nTotal,12\n'))[0]
    assert cell_at(table, 1, 0).text == "Travel\nof staff"
    figure = cell_at(table, 3, 1)
    assert (figure.address, figure.line) == ("row 4, column B", 5)


def test_blank_rows_separate_tables_that_have_headings() -> None:
    text = "Item,2025\nA,1\nB,2\n\n\nItem,2026\nA,3\n"
    assert [len(table.rows) for table in tables(read_text(text))] == [3, 2]


@pytest.mark.parametrize("spacer", ["\n", ",,\n", "\n\n", "\nNon-post\n\n"])
def test_a_spacer_before_figures_under_the_same_columns_does_not(spacer: str) -> None:
    text = f"Item,2025,2026\nPosts,1,2\n{spacer}Travel,3,4\nTotal,4,6\n"
    (table,) = tables(read_text(text))
    assert [cell.text for cell in table.rows[-1]] == ["Total", "4", "6"]
    assert all(cell.row == index for index, row in enumerate(table.rows) for cell in row)


@pytest.mark.parametrize(
    ("first", "gap", "below", "is_one"),
    [
        ("Rent,10,20,30", 5, "Total,10,20,30", True),  # the very columns of the rows above
        ("Rent,10,20,", 5, "Total,10,20,30", False),
        ("Rent,10,20,", 1, "Fuel,10,20,30", True),  # an amount under a heading that had none yet
        ("Rent,1,2,3,4,5,6,7,8", 1, "Fuel,1,2,3,4,5,6,7,8,,99", True),  # one stray amount
        ("Rent,1,2", 1, "Fuel,1,2,,99", False),
    ],
)
def test_rows_below_a_gap_go_on_where_their_columns_say_so(
    first: str,
    gap: int,
    below: str,
    is_one: bool,  # noqa: FBT001
) -> None:
    names = [f"Site {number}" for number in range(1, first.count(",") + 1)]
    text = "\n".join((",".join(["Item", *names]), first, *[""] * gap, below, ""))
    assert (len(tables(read_text(text))) == 1) == is_one


def test_the_label_of_a_table_may_stand_left_of_its_headings() -> None:
    text = ",Paid,Owed\n,2025,2026\n\nIncome,10,20\n\nMEETINGS\n\nParis,1,2\nTotal,11,22\n"
    assert len(tables(read_text(text))) == 1


def test_headings_set_off_by_a_spacer_stay_with_their_figures() -> None:
    assert len(tables(read_text("Item,2025,2026\n\nPosts,1,2\nTotal,1,2\n"))) == 1


def test_a_caption_in_the_middle_begins_a_new_table() -> None:
    text = "Table 1\nItem,2025\nA,1\nTable 2\nItem,2025\nA,2\n"
    assert draw(read_text(text)) == [
        *("Table 1", "== 2 columns", "Item|2025", "A|1"),
        *("Table 2", "== 2 columns", "Item|2025", "A|2"),
    ]


def test_a_caption_whose_number_has_a_cell_of_its_own() -> None:
    text = "Table 3,Resources,,\nItem,2024,2025,2026\nA,1,2,3\n"
    assert draw(read_text(text))[0] == "Table 3 Resources"


def test_tables_side_by_side_are_two() -> None:
    text = "Item,2025,,Grade,2025\nPosts,1,,D-1,3\nTravel,2,,D-2,4\nTotal,3,,Total,7\n"
    left, right = tables(read_text(text))
    assert [cell.text for cell in left.rows[3]] == ["Total", "3"]
    assert [cell.text for cell in right.rows[3]] == ["Total", "7"]
    assert cell_at(right, 3, 1).address == "row 4, column E"


@pytest.mark.parametrize(
    ("label", "amount", "ours", "theirs"),
    [
        ("Uses", "Amount", ("Wages", "Rent", "Fuel"), ("Fees", "Gifts", "Interest")),
        ("Charges", "Montant", ("Achats", "Salaires", "Loyers"), ("Ventes", "Dons", "Intérêts")),
        ("Gastos", "Importe", ("Sueldos", "Rentas", "Luz"), ("Cuotas", "Ayudas", "Intereses")),
        ("Расходы", "Сумма", ("Оплата", "Аренда", "Связь"), ("Взносы", "Гранты", "Проценты")),
        ("支出", "预算数", ("工资", "租金", "水电"), ("会费", "拨款", "利息")),
        ("النفقات", "المبلغ", ("الرواتب", "الإيجار", "الوقود"), ("الرسوم", "المنح", "الفوائد")),
    ],
)
def test_two_sides_under_the_same_headings_are_two_tables(
    label: str, amount: str, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    rows = [
        f"{one},4{at}1,{other},3{at}7"
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True))
    ]
    text = "\n".join([f"{label},{amount},{label} 2,{amount}", *rows])
    left, right = tables(read_text(text))
    assert [row[0].text for row in (left.rows[1], right.rows[1])] == [ours[0], theirs[0]]
    assert cell_at(right, 2, 1).address == "row 3, column D"


@pytest.mark.parametrize(
    "between",
    [
        ("hours", "hours", "hours", "pieces"),  # units
        ("late", "", "", "see note"),  # remarks on some rows
    ],
)
def test_units_and_remarks_between_figures_begin_no_second_side(between: tuple[str, ...]) -> None:
    rows = [f"Job {at},1{at}5,{text},2{at}7" for at, text in enumerate(between)]
    text = "\n".join(["Work,Amount,Remark,Amount", *rows])
    assert len(tables(read_text(text))) == 1


def test_a_blank_column_between_figures_is_a_spacer() -> None:
    text = "Item,2025,,2026\nPosts,1,,3\nTravel,2,,4\nTotal,3,,7\n"
    (table,) = tables(read_text(text))
    assert [cell.text for cell in table.rows[1]] == ["Posts", "1", "", "3"]


def test_posts_of_one_and_two_are_figures_and_not_numbers_of_columns() -> None:
    text = "Grade,2025,2026\nD-1,1,2\n\nP-5,3,4\n"
    assert len(tables(read_text(text))) == 1


def test_figures_beyond_the_last_heading_are_read_with_doubt() -> None:
    (table,) = tables(read_text("Item,2025,2026\nPosts,1,234,2,345\nTravel,3,4\n"))
    assert table.doubt == "the figure at row 2, column D stands to the right of the last heading"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Item,2025,2026\nTravel,1.5,2.5\n", "a.csv"),
        ("Item;2025;2026\nTravel;1.5;2.5\n", "a.csv"),
        ("Item\t2025\t2026\nTravel\t1.5\t2.5\n", "a.tsv"),
        ("Item|2025|2026\nTravel|1.5|2.5\n", "a.txt"),
        ("sep=;\nItem;2025;2026\nTravel;1.5;2.5\n", "a.csv"),
        ('Item, "2025", "2026"\nTravel, "1.5", "2.5"\n', "a.csv"),
        ("Item,2025,2026\r\nTravel,1.5,2.5\r\n", "A.CSV"),
        ("Item,2025,2026\rTravel,1.5,2.5\r", "a.csv"),
    ],
)
def test_the_separator_is_found(text: str, path: str) -> None:
    drawn = draw(read_text(text, path))
    assert drawn == ["== 3 columns", "Item|2025|2026", "Travel|1.5|2.5"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Item;2025;2026\nPosts;1 234,5;2 345,6\n", "Posts|1 234,5|2 345,6"),
        ("Item;2026\nTravel, staff;1234,5\n", "Travel, staff|1234,5"),
        ("Item\t2025\t2026\nPosts\t1,234\t2,345\n", "Posts|1,234|2,345"),
        ('Item,2026\n"Posts; staff","1,234.5"\n', "Posts; staff|1,234.5"),
    ],
)
def test_marks_inside_figures_do_not_separate(text: str, last: str) -> None:
    assert draw(read_text(text))[-1] == last


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    document = read_text('Item,2025\n"Travel of staff,12\nPosts,3\n')
    assert draw(document)[1:] == ["Item|2025", '"Travel of staff|12', "Posts|3"]
    assert (
        "a quotation mark is not closed, or is closed in the wrong place, in the cells from line 2"
        in told(document.remarks)[0]
    )


def test_a_stray_quotation_mark_leaves_the_others_in_force() -> None:
    document = read_text('Item,2025\n"Travel" of staff,12\nPosts,"1,003"\n')
    assert draw(document)[1:] == ["Item|2025", "Travel of staff|12", "Posts|1,003"]
    assert document.remarks


def test_text_without_cells_is_paragraphs() -> None:
    assert draw(read_text("Only\nwords\n")) == ["Only", "words"]


@pytest.mark.parametrize("data", [b"", b"\n\n", bytes(range(200))])
def test_what_cannot_be_read_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.csv is"):
        read(Source("a.csv", data))


def test_ten_thousand_columns_and_twenty_digits() -> None:
    heads = ",".join(f"{number}a" for number in range(10_000))
    figures = ",".join(["12345678901234567890"] * 10_000)
    (table,) = tables(read_text(f"Item,{heads}\nPosts,{figures}\n"))
    assert table.columns == 10_001
    assert cell_at(table, 1, 10_000).address == "row 2, column NTQ"


WORDS = st.text("abc ü中", min_size=1).map(str.strip).filter(bool).map("x{}".format)
FIGURES = st.decimals(-10_000, 10_000, places=1).map(lambda figure: f"{figure:,}")


@given(
    st.sampled_from([",", ";", "\t", "|"]),
    st.lists(st.tuples(WORDS, FIGURES, FIGURES), min_size=1, max_size=8),
)
def test_a_table_comes_back_from_every_separator(
    delimiter: str, rows: list[tuple[str, str, str]]
) -> None:
    stream = io.StringIO()
    written = [("Item", "2025", "2026"), *rows]
    csv.writer(stream, delimiter=delimiter).writerows(written)
    (table,) = tables(read_text(stream.getvalue()))
    assert [tuple(cell.text for cell in row) for row in table.rows] == written


ENGLISH = ("Item", "Salaries", "Fuel", "Rent", "Total")
RUSSIAN = ("Статья", "Оплата труда", "Связь", "Аренда", "Итого")
CHINESE = ("项目", "工资", "燃料", "房租", "合计")


@pytest.mark.parametrize(
    ("money", "labels"),
    [
        *((money, ENGLISH) for money in ("{} €", "{} kr", "{} FCFA", "{} zł", "CHF {}", "Rs. {}")),
        ("({} €)", ENGLISH),
        ("{} руб.", RUSSIAN),
        ("{} 元", CHINESE),
    ],
)
def test_money_on_either_side_leaves_a_figure_a_figure(
    money: str, labels: Sequence[str], tmp_path: Path
) -> None:
    values = zip(labels[1:], (4200, 610, 1800, 6600), strict=True)
    rows = [f"{label};{money.format(value)};{money.format(value)}" for label, value in values]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([f"{labels[0]};2025;2026", *rows]), encoding="utf-8")
    report = check([str(path)])
    assert report.coverage.figures_checked == 8
    assert {finding.computed and abs(finding.computed) for finding in report.findings} == {6610}


def strewn(kind: str, size: int) -> bytes:
    """A small file whose table would have ``size`` times ``size`` places."""
    rows = [f"Item {at},{at}.5,{at}.0" for at in range(size)]
    match kind:
        case "one long row":
            rows.insert(size // 2, "note," + ",".join(map(str, range(size))))
        case "a far cell":
            rows.insert(size // 2, "," * size + "77")
        case _:
            rows = ["," * at + f"{at}.5" for at in range(size)]
    return ("Item,2024,2025\n" + "\n".join(rows) + "\n").encode()


@pytest.mark.parametrize("kind", ["one long row", "a far cell", "a diagonal"])
def test_what_is_strewn_costs_its_cells(kind: str) -> None:
    size = 1_500
    document = read(Source("a.csv", strewn(kind, size)))
    found = tables(document)
    assert sum(len(each.rows) * each.columns for each in found) < 40 * size
    texts = [cell.text for each in found for row in each.rows for cell in row]
    texts += [each.text for each in document.blocks if isinstance(each, Paragraph)]
    said = " ".join(texts)
    assert f"{size - 1}.5" in said  # the last row is there
    assert kind != "a far cell" or "77" in said
    assert kind != "one long row" or str(size - 1) in texts
