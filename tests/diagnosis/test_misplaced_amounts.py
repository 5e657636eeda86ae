"""An amount counted in the wrong place is one finding that names both, in every output."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from tests.as_printed import RULES, check
from tests.compose.docx import render_docx
from tests.compose.printed import Box
from tests.compose.section import compose_section
from tests.compose.volume import words_of
from unbudget_check import engine
from unbudget_check.reporters.author.corrections import corrections_of, questions_of
from unbudget_check.reporters.author.email import render
from unbudget_check.reporters.office import docx, page, workbook_copy
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

Rows = list[list[str]]
# A unit with two sections: names of the sections, of their items, of subtotals and of the total.
ENGLISH = ("Administration", "Operations", "Posts", "Travel", "Supplies", "Subtotal, {}", "Total")
CHINESE = ("行政", "业务", "员额", "差旅", "用品", "小计（{}）", "共计")
SPANISH = ("Administración", "Obras", "Personal", "Viajes", "Material", "Subtotal, {}", "Total")
RUSSIAN = (
    "Администрация",
    "Работы",
    "Персонал",
    "Поездки",
    "Материалы",
    "Итого, {}",
    "Всего",
)
FRENCH = (
    "Administration",
    "Travaux",
    "Postes",
    "Voyages",
    "Fournitures",
    "Total partiel, {}",
    "Total",
)
YEARS = ("2024", "2025", "2026")
FIRST = ((47_020, 189_510, 123_670), (86_580, 41_630, 66_840), (15_028, 15_774, 12_739))
SECOND = ((71_790, 133_750, 162_860), (12_280, 130_730, 143_300), (36_940, 14_894, 9_027))
FOREIGN = pytest.mark.parametrize("words", [SPANISH, RUSSIAN, FRENCH], ids=["es", "ru", "fr"])


def sections(words: tuple[str, ...], *moves: tuple[int, int, int]) -> Rows:
    """The printed rows; a move is the section, the item and what its last year is changed by."""
    one, other, *items, subtotal, total = words
    rows: Rows = []
    sums = []
    for at, (name, block) in enumerate(((one, FIRST), (other, SECOND))):
        sums.append([sum(column) for column in zip(*block, strict=True)])
        for item, (label, figures) in enumerate(zip(items, block, strict=True)):
            change = sum(each[2] for each in moves if each[:2] == (at, item))
            rows.append([label, *map(str, figures[:2]), str(figures[2] + change)])
        rows.append([subtotal.format(name), *map(str, sums[-1])])
    rows.append([total, *(str(sum(column)) for column in zip(*sums, strict=True))])
    return rows


def markdown(rows: Rows) -> str:
    lines = [["", *YEARS], ["---"] * 4, *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def checked(folder: Path, name: str, data: bytes | str) -> DocumentResult:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (result,) = engine.check([str(path)]).documents
    return result


def the_finding(result: DocumentResult) -> Finding:
    (found,) = result.findings
    return found


SAID = {
    "en": (
        "There is 15,250 too much in the parts of Subtotal, Administration, 2026 and 15,250 too"
        " little in the parts of Subtotal, Operations, 2026: perhaps an amount was counted in one"
        " instead of the other."
    ),
    "zh": (
        "小计（行政），2026 的各组成部分：多 15,250；小计（业务），2026 的各组成部分：少 15,250。"
        "可能有一笔数额应计入其中一处而计入了另一处。"
    ),
}


@pytest.mark.parametrize(("code", "words"), [("en", ENGLISH), ("zh", CHINESE)])
def test_an_amount_in_the_sibling_section_is_one_sentence_with_both(
    tmp_path: Path, code: str, words: tuple[str, ...]
) -> None:
    text = markdown(sections(words, (0, 1, 15_250), (1, 1, -15_250)))
    found = the_finding(checked(tmp_path, "two.md", text))
    assert found.messages[code].replace("15250", "15,250").endswith(SAID[code])
    assert [each.where.row for each in found.relations] == [
        words[5].format(words[0]),
        words[5].format(words[1]),
    ]
    assert [each.where for each in found.suspects] == [each.where for each in found.relations]


@FOREIGN
def test_in_a_data_file_of_any_language_too(tmp_path: Path, words: tuple[str, ...]) -> None:
    rows = sections(words, (0, 2, -3_400), (1, 0, 3_400))
    text = "".join(";".join(cells) + "\n" for cells in [["", *YEARS], *rows])
    found = the_finding(checked(tmp_path, "two.csv", text))
    assert [each.where.row for each in found.suspects] == [
        words[5].format(words[1]),
        words[5].format(words[0]),
    ]
    assert {each.slip for each in found.suspects} == {"counted elsewhere"}


@FOREIGN
def test_misprints_of_other_amounts_stay_two_findings(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    rows = sections(words, (0, 2, -3_400), (1, 0, 4_300))
    text = "".join(";".join(cells) + "\n" for cells in [["", *YEARS], *rows])
    assert len(checked(tmp_path, "two.csv", text).findings) == 2


def test_what_is_told_first_is_a_sum_of_the_place_that_is_named_first(tmp_path: Path) -> None:
    text = markdown(sections(ENGLISH, (0, 1, -15_250), (1, 1, 15_250)))
    found = the_finding(checked(tmp_path, "two.md", text))
    assert found.where == found.relations[0].where == found.suspects[0].where
    assert found.where.row == "Subtotal, Operations"


OFFICES = ("North", "South", "East", "West", "Centre")
CELLS = (
    (215_310, 33_010, 30_810, 12_130),
    (584_000, 70_390, 85_430, 37_250),
    (147_020, 19_440, 24_890, 9_410),
    (319_510, 41_810, 44_910, 18_310),
    (148_760, 21_510, 20_890, 8_770),
)


def exchanged() -> Rows:
    """Offices by object: the travel of South and of East stand in each other's place."""
    printed = [list(row) for row in CELLS]
    printed[1][1], printed[2][1] = CELLS[2][1], CELLS[1][1]
    rows = [
        [name, *map(str, figures), str(sum(right))]
        for name, figures, right in zip(OFFICES, printed, CELLS, strict=True)
    ]
    sums = [sum(column) for column in zip(*CELLS, strict=True)]
    heading = ["Office", "Posts", "Travel", "Supplies", "Contracts", "Total"]
    return [heading, *rows, ["Total", *map(str, sums), str(sum(sums))]]


def exchanged_page() -> str:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in exchanged()
    )
    return f"<!doctype html><html><body><h1>Offices</h1><table>{cells}</table></body></html>"


def test_values_in_each_others_place_are_two_corrections_under_one_number(tmp_path: Path) -> None:
    path = tmp_path / "offices.html"
    path.write_text(exchanged_page(), "utf-8")
    report = engine.check([str(path)])
    (document,) = report.documents
    told = corrections_of(document, "en")
    assert [(each.number, each.printed, each.should) for each in told] == [
        (1, "70390", "19440"),
        (1, "19440", "70390"),
    ]
    assert not questions_of(document, "en")
    (line,) = [row for row in render(report, RenderOptions()).splitlines() if row[:2] == "1."]
    assert "row South" in line
    assert "row East" in line


def test_both_places_are_marked_in_the_copy_of_a_page(tmp_path: Path) -> None:
    data = exchanged_page()
    copy = page.mark_page(data.encode(), checked(tmp_path, "offices.html", data)).decode()
    marked = re.findall(r'<td style="[^"]*outline[^"]*">(\d+)<a[^>]*>(\d+)</a>', copy)
    assert marked == [("19440", "1"), ("70390", "1")]
    assert copy.count('<li id="') == 1


def test_both_places_are_marked_in_the_copy_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    for row in exchanged():
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    result = checked(tmp_path, "offices.xlsx", buffer.getvalue())
    copy = load_workbook(io.BytesIO(workbook_copy.annotate(buffer.getvalue(), result)))
    notes = {
        cell.coordinate: cell.comment.text
        for row in copy.worksheets[0].iter_rows()
        for cell in row
        if cell.comment
    }
    assert set(notes) == {"C3", "C4"}
    assert all("South" in text and "East" in text for text in notes.values())


def organized(moved: int) -> bytes:
    """The section in Word; so many general staff of one box are counted in the box before it."""
    words = words_of("en")
    said = words["sentences"]
    blocks = list(compose_section(words))
    boxes = [at for at, block in enumerate(blocks) if isinstance(block, Box)]
    for at, change in zip(boxes[:2], (moved, -moved), strict=True):
        blocks[at] = recounted(blocks[at], change)
    return render_docx(tuple(blocks), said["box"], said["footnote"])


def recounted(box: object, change: int) -> Box:
    """A box with another number of the staff that it lists last, in its list and its totals."""
    assert isinstance(box, Box)

    def more(text: str) -> str:
        return re.sub(r"\d+", lambda found: str(int(found[0]) + change), text, count=1)

    regular, lent = box.posts
    posts = ((*regular[:-1], more(regular[-1])), lent)
    return replace(box, posts=posts, sums=(more(box.sums[0]), box.sums[1]), total=more(box.total))


def test_a_post_in_another_box_of_a_chart_is_one_finding(tmp_path: Path) -> None:
    assert not checked(tmp_path, "section.docx", organized(0)).findings
    data = organized(1)
    result = checked(tmp_path, "section.docx", data)
    found = the_finding(result)
    assert "There is 1 too much in" in found.message
    copy = zipfile.ZipFile(io.BytesIO(docx.annotate(data, result)))
    text = copy.read("word/document.xml").decode()
    assert text.count("<w:commentReference") == 2


def test_a_post_in_another_grade_of_a_list_is_told_by_the_numbers_of_the_list() -> None:
    (rule,) = (each for each in RULES if each.code == "ARI502")
    table = rule.examples[0].table
    (found,) = check(table, rule.examples[0].before).findings
    assert found.message.endswith(
        "There is 1 too much in Proposed for 2026, P-4, Details (14 should be 13) and 1 too little"
        " in Proposed for 2026, P-3, Details (14 should be 15): perhaps an amount was counted in"
        " one instead of the other."
    )
