"""Web pages: what a browser shows becomes paragraphs and tables, wherever and however it stands."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest

from tests.as_printed import RULES
from unbudget_check.engine import check, check_document
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Document, Paragraph, Table
from unbudget_check.readers import html
from unbudget_check.readers.html.styles import styles_of
from unbudget_check.readers.html.tree import elements_at, parse_page
from unbudget_check.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.finding import Finding


def page(body: str, revisions: str = "accepted") -> Document:
    return html.read(Source("a.html", body.encode(), ReadOptions(revisions)))


def texts(body: str, revisions: str = "accepted") -> list[str]:
    return [block.text for block in page(body, revisions).blocks if isinstance(block, Paragraph)]


def tables(body: str) -> list[Table]:
    return [block for block in page(body).blocks if isinstance(block, Table)]


def printed(table: Table) -> list[list[str]]:
    """The texts of a table on its grid; a place that a merged cell covers repeats its text."""
    grid = [[""] * table.columns for _ in table.rows]
    for cell in (cell for row in table.rows for cell in row):
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell.text
    return grid


def only(body: str) -> list[list[str]]:
    (table,) = tables(body)
    return printed(table)


def findings_in(document: Document) -> list[Finding]:
    return list(check_document(document, RULES).findings)


def rows(*lines: str) -> str:
    return "".join(f"<tr><td>{'<td>'.join(line.split('|'))}" for line in lines)


def test_blanks_run_together_and_breaks_stay() -> None:
    assert texts("<p> The  fee\n is <b>1</b>,<i>200</i>.<br>It&nbsp;rose. </p>") == [
        "The fee is 1,200.\nIt\u00a0rose."
    ]


def test_inline_elements_part_no_words_and_blocks_do() -> None:
    assert texts("<div>1<b>2</b>3<div>4</div>5</div>") == ["123", "4", "5"]


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("&minus;5", "\u22125"),
        ("&#8722;5", "\u22125"),
        ("&#150;", "\u2013"),
        ("1&#160;234", "1\u00a0234"),
        ("1&thinsp;234", "1\u2009234"),
        ("&nbsp;&mdash;&nbsp;", "\u2014"),
        ("a&shy;b", "ab"),
        ("Non\u2011post", "Non-post"),
        ("AT&T", "AT&T"),
    ],
)
def test_entities(sign: str, text: str) -> None:
    assert texts(f"<p>{sign}</p>") == [text]


def test_raised_signs_are_marks() -> None:
    (table,) = tables(
        "<table><tr><td>Fuel<sup>a</sup></td><td>25<sup>b</sup></td>"
        "<td>3<span style='vertical-align: super; font-size: 60%'>c</span></td></tr>"
        "<tr><td>Oil<td>1<td>2</table>"
    )
    assert [(cell.text, cell.marks) for cell in table.rows[0]] == [
        ("Fuel", "a"),
        ("25", "b"),
        ("3", "c"),
    ]


def test_links_to_notes_and_back_are_left_out_as_in_word() -> None:
    body = """<p>The fee was 56<a href="#sdfootnote55sym" class="sdfootnoteanc"><sup>55</sup></a>
    dollars<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>. See table
    <a href="#t3">3</a>.</p><p id="fn1"><a href="#_ftnref1" name="_ftn1">[1]</a> Net of tax.
    <a href="#fnref1" class="footnote-back">\u21a9\ufe0e</a></p>"""
    assert texts(body) == ["The fee was 56 dollars. See table 3.", "Net of tax."]


def test_spans_place_cells() -> None:
    assert only(
        "<table><tr><th rowspan=2>Item<th colspan=2>Cost<tr><th>2025<th>2026"
        "<tr><td>Fuel<td>1<td>2</table>"
    ) == [["Item", "Cost", "Cost"], ["Item", "2025", "2026"], ["Fuel", "1", "2"]]


def test_a_span_of_nought_reaches_to_the_end_of_its_rows() -> None:
    assert only(
        f"<table><tbody><tr><td rowspan=0>A<td>1<tr><td>2</tbody><tbody>{rows('B|3')}</table>"
    ) == [["A", "1"], ["A", "2"], ["B", "3"]]


@pytest.mark.parametrize("span", ["99999999999", "1000", "-3", "two", "", "2.5"])
def test_hostile_spans_are_bounded(span: str) -> None:
    (table,) = tables(
        f"<table><tr><td colspan='{span}' rowspan='{span}'>A<td>1<tr><td>B<td>2</table>"
    )
    assert table.columns <= 4
    assert len(table.rows) == 2
    assert all(cell.row + cell.rows <= 2 for row in table.rows for cell in row)


def test_many_wide_cells_cost_no_more_than_they_are() -> None:
    wide = "<td colspan=1000 rowspan=65000>1" * 200
    (table,) = tables("<table>" + f"<tr>{wide}" * 50 + "</table>")
    assert table.columns <= 200 * 50


def test_a_title_row_wider_than_the_table_is_as_wide_as_the_table() -> None:
    grid = only(f"<table><tr><td colspan=100>Cost of berths{rows('Item|2025|2026')}</table>")
    assert grid[0] == ["Cost of berths"] * 3


def test_spans_that_cross_groups_of_rows_count_where_rows_are_full_that_way() -> None:
    assert only(
        "<table><tbody><tr><td rowspan=2>Item<td colspan=2>Cost</tbody>"
        f"<tbody><tr><td>2025<td>2026</tbody><tbody>{rows('Fuel|1|2')}</table>"
    ) == [["Item", "Cost", "Cost"], ["Item", "2025", "2026"], ["Fuel", "1", "2"]]
    assert only(
        f"<table><thead><tr><td rowspan=9>Item<td>Cost</thead><tbody>{rows('Fuel|1')}</table>"
    ) == [["Item", "Cost"], ["Fuel", "1"]]


def test_the_foot_is_shown_last_and_the_first_head_on_top() -> None:
    assert only(
        f"<table><tfoot>{rows('Total|3')}</tfoot><tbody>{rows('A|1', 'B|2')}</tbody>"
        f"<thead>{rows('Item|Cost')}</thead></table>"
    ) == [["Item", "Cost"], ["A", "1"], ["B", "2"], ["Total", "3"]]


def test_empty_rows_are_none() -> None:
    assert only(f"<table>{rows('Item|Cost')}<tr></tr>{rows('A|1')}</table>") == [
        ["Item", "Cost"],
        ["A", "1"],
    ]


def test_a_caption_stands_before_its_table() -> None:
    blocks = page("<table><caption>Table 4<br>Berths</caption>" + rows("A|1") + "</table>").blocks
    assert [type(block) for block in blocks] == [Paragraph, Table]
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "Table 4\nBerths"


def test_a_nested_table_follows_the_one_that_holds_it() -> None:
    outer, inner = tables(
        f"<table>{rows('A|1')}<tr><td>B<table>{rows('b|7', 'c|8')}</table><td>2</table>"
    )
    assert printed(outer) == [["A", "1"], ["B", "2"]]
    assert printed(inner) == [["b", "7"], ["c", "8"]]
    assert inner.address.startswith(outer.address + "/")


FRAMED = "<h2>Table 3</h2><p>Cost</p><table>{}</table><p>Note</p>"


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</table>",
        "<table role=presentation><tr><td>Menu<td>{}</table>",
        "<table><tr><td><a>Home</a><td>{}<td><p>Advice</table>",
        "<table><tr><td><table><tr><td>{}</table></table>",
    ],
)
def test_a_table_that_lays_out_the_page_is_no_table(frame: str) -> None:
    blocks = page(frame.format(FRAMED.format(rows("A|1", "B|2")))).blocks
    (at,) = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
    assert [block.text for block in blocks[at - 2 : at] if isinstance(block, Paragraph)] == [
        "Table 3",
        "Cost",
    ]


@pytest.mark.parametrize(
    ("broken", "grid"),
    [
        ("<table><tr><td>A<td>1<tr><td>B<td>2", [["A", "1"], ["B", "2"]]),
        ("<table><td>A<td>1<tr><td>B<td>2</table>", [["A", "1"], ["B", "2"]]),
        ("<tr><td>A</td><td>1</td></tr><tr><td>B<td>2", [["A", "1"], ["B", "2"]]),
        ("<td>A<td>1", [["A", "1"]]),
        ("<table><tr><td><b>A<td>1</b></tr></table>", [["A", "1"]]),
        ("<table><tr><td>A</td>oops<td>1</td></tr></table>", [["A", "1"]]),
        ("<table><p>Cost</p><tr><td>A<td>1</table>", [["A", "1"]]),
        ("<TABLE><TR><TD NOWRAP>A</TD><TD ALIGN=right>1</TD></TR></TABLE>", [["A", "1"]]),
        ("</body></html><table><tr><td>A<td>1</table>", [["A", "1"]]),
        ("<table><tr><td>A<td>1<script>write('</td><td>9')</script></table>", [["A", "1"]]),
        ("<table><tbody></table><table><tr><td>A<td>1</table>", [["A", "1"]]),
    ],
)
def test_broken_pages(broken: str, grid: list[list[str]]) -> None:
    found = [printed(table) for table in tables(broken) if table.rows]
    assert found == [grid]


def test_a_table_that_was_not_closed_ends_where_the_next_begins() -> None:
    first, second = tables(f"<table>{rows('A|1')}<table>{rows('B|2')}</table>")
    assert printed(first) == [["A", "1"]]
    assert printed(second) == [["B", "2"]]


def test_texts_between_rows_stand_before_the_table() -> None:
    assert texts("<table>Cost of berths<tr><td>A<td>1</table>") == ["Cost of berths"]


def test_unprintable_signs_between_rows_are_shown() -> None:
    broken = "<table>Cost\f1\x010<tr><td>A<td>1</tr>&#11;</table>"
    assert texts(f"<p>{'A' * 500}</p>{broken}")[1:] == ["Cost 1\ufffd0\ufffd"]


@pytest.mark.parametrize(
    "hiding",
    [
        "hidden",
        "style='display:none'",
        "style='DISPLAY: none !important; color: red'",
        "style='visibility: hidden'",
        "aria-hidden=true",
        "class=gone",
        "class='note gone'",
        "id=secret",
        "style='font-size:0'",
    ],
)
def test_hidden_parts_are_not_read_and_that_is_said(hiding: str) -> None:
    style = "<style>/* {x} */ .gone, p#secret { display : none } @media print { p {display:none} }"
    found = page(f"{style}</style><p>Shown</p><p {hiding}>Draft 12</p>")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["Shown"]
    assert [(each.name, dict(each.values)) for each in found.remarks] == [
        ("page-hidden", {"count": 1, "places": "“Draft 12”"})
    ]


def test_a_hidden_cell_shifts_its_row_and_an_invisible_one_does_not() -> None:
    assert only(
        "<table><tr><td>A<td hidden>9<td>1<tr><td>B<td style='visibility:hidden'>8<td>2"
        "<tr style='display:none'><td>C<td>3</table>"
    ) == [["A", "1", ""], ["B", "", "2"]]


def test_later_rules_win_and_rules_for_other_elements_do_not_hold() -> None:
    style = (
        "<style>.a{display:none} p.a{display:block} div .b{display:none} ul .b{color:red}</style>"
    )
    assert texts(f"{style}<p class=a>1</p><p class=b>2</p><div><p class=b>3</p></div>") == [
        "1",
        "2",
    ]


def test_rules_are_looked_up_once_for_the_cells_of_a_column() -> None:
    style = "".join(f".page{n} .body td{{display:none}}" for n in range(500))
    root = parse_page(f"<style>{style}</style><table>{rows(*['A|1'] * 500)}</table>", "a.html")
    styles = styles_of(root)
    kinds = {each: styles.kind_of(each, 0) for each in root.iter("td")}
    assert len(set(kinds.values())) == 1
    assert styles.count == 500


def test_a_long_style_sheet_without_a_rule_is_walked_once() -> None:
    """It took a minute for every 50,000 words."""
    style = "<style" * 50_000 + "@media " * 50_000 + "} td{display:none}"
    root = parse_page(f"<style>{style}</style><table>{rows('A|1')}</table>", "a.html")
    assert styles_of(root).count == 1


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript", "svg", "select"])
def test_what_prints_nothing_is_not_read(tag: str) -> None:
    assert texts(f"<p>1<{tag}>9</{tag}></p>") == ["1"]


def test_other_pages_in_frames_are_named() -> None:
    (remark,) = page("<p>1</p><iframe src='https://example.org/x'>2</iframe>").remarks
    assert (remark.name, dict(remark.values)["count"]) == ("page-framed", 1)


def test_struck_out_text_is_left_out_unless_the_original_is_asked_for() -> None:
    body = "<p>The fee is <del>100</del><ins>120</ins> dollars <s>a year</s>.</p>"
    assert texts(body) == ["The fee is 120 dollars ."]
    assert texts(body, revisions="original") == ["The fee is 100 dollars a year."]
    assert [each.name for each in page(body).remarks] == ["page-struck"]


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=5><li>a<li value=9>b<li>c</ol>", ["5. a", "9. b", "10. c"]),
        ("<ol type=a><li>a<li>b</ol>", ["a. a", "b. b"]),
        ("<ol style='list-style-type: upper-roman'><li>a<li>b</ol>", ["I. a", "II. b"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<ol style='list-style: none'><li>(a) a</ol>", ["(a) a"]),
        ("<ol><li>a<ol><li>b</ol>c<li>d</ol>", ["1. a", "1. b", "c", "2. d"]),
        ("<ol><li><p>a<p>b</ol>", ["1. a", "b"]),
        ("<dl><dt>Fuel<dd>12</dl>", ["Fuel", "12"]),
    ],
)
def test_lists_carry_the_numbers_that_a_browser_shows(items: str, shown: list[str]) -> None:
    assert texts(items) == shown


def test_a_boxed_text_does_not_run_into_its_paragraph() -> None:
    found = page(
        "<p>The fee <span style='float:left'><p>Registry</p><p>1 P-4</p></span>is 5.</p>"
    ).blocks
    shown = [(block.text, block.frame) for block in found if isinstance(block, Paragraph)]
    frame = "/html/body/p[1]/span[1]"
    assert shown == [("The fee is 5.", ""), ("Registry", frame), ("1 P-4", frame)]


def test_labels_that_are_set_in() -> None:
    (table,) = tables(
        "<style>.sub { padding: 2px 4px 2px 30px }</style><table><tr><td>A<td>1"
        "<tr><td class=sub>B<td>1<tr><td><p style='margin-left: 1cm'>C<td>1"
        "<tr><td>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;D<td>1"
        "<tr><td style='padding-inline-start: 4em'>E<td>1</table>"
    )
    assert [(row[0].text, row[0].indent) for row in table.rows] == [
        ("A", 0),
        ("B", 1),
        ("C", 2),
        ("D", 2),
        ("E", 3),
    ]


def test_tables_by_role_and_by_style() -> None:
    roles = (
        "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Item</span>"
        "<span role=columnheader>Cost</span></div></div><div role=row><span role=cell>A</span>"
        "<span role=cell>1</span></div></div>"
    )
    assert only(roles) == [["Item", "Cost"], ["A", "1"]]
    style = "<style>.t{display:table} .r{display:table-row} .c{display:table-cell}</style>"
    row = "<div class=r><div class=c>{}</div><div class=c>{}</div></div>"
    body = row.format("Item", "Cost") + row.format("A", 1)
    assert only(f"{style}<div class=t>{body}</div>") == [["Item", "Cost"], ["A", "1"]]


def test_amounts_in_fields_of_a_form_are_read_in_tables() -> None:
    assert only(
        "<table><tr><td>A<td><input value='120'><input type=hidden value=7><tr><td>B<td>2</table>"
    ) == [["A", "120"], ["B", "2"]]


def test_text_that_is_set_in_lines_is_read_as_such() -> None:
    lines = "Table 3\nCost of berths\n\nItem          2025    2026\nDredging     120.5   130.5\n"
    lines += "Lighting      80.5    69.5\nTotal        201.0   200.0\n"
    (table,) = tables(f"<pre>{lines}</pre>")
    assert printed(table)[-1] == ["Total", "201.0", "200.0"]
    assert all(cell.address.startswith("/html/body/pre[1]#") for r in table.rows for cell in r)


ADDRESSES = """<html><body><p>1</p><div><table><tr><td>A<td>1</table></div>
<table><thead><tr><th>h<tbody><tr><td>B<table><tr><td>n<td>5</table><td>2</table></body></html>"""


def test_an_address_leads_to_its_element_as_xpath_does() -> None:
    root = parse_page(ADDRESSES, "a.html")
    blocks = page(ADDRESSES).blocks
    cells = [c for block in blocks if isinstance(block, Table) for row in block.rows for c in row]
    places = {cell.address: cell.text for cell in cells}
    assert set(places) == set(elements_at(root, iter(places)))
    for address, text in places.items():
        (found,) = list(root.xpath(f"{address}//text()[normalize-space()='{text}']"))  # type: ignore[arg-type]
        assert str(found) == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251"),
        ("<meta charset='koi8-r'>", "koi8-r"),
        ("<meta charset=x-unknown>", "utf-8"),
        ("<meta charset=utf-8>", "utf-16"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-8"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    data = f"<html><head>{declared}</head><body><p>Смета причалов</p></body></html>".encode(
        encoding
    )
    (block,) = html.read(Source("a.html", data)).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Смета причалов"


def test_chinese_and_western_pages_without_a_declaration() -> None:
    for text, encoding in (
        ("码头预算总额为三百万元，比去年增加", "gb18030"),
        ("Coût – 5 €", "cp1252"),
    ):
        (block,) = html.read(Source("a.html", f"<p>{text * 9}</p>".encode(encoding))).blocks
        assert isinstance(block, Paragraph)
        assert block.text == text * 9


MHTML = """From: <Saved by Blink>
Subject: Budget
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Part--x"

------Part--x
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable

p {{ }}
------Part--x
Content-Type: text/html{charset}
Content-Transfer-Encoding: {transfer}
Content-Location: https://example.org/budget

{body}
------Part--x--
"""


def test_pages_saved_with_all_that_belongs_to_them() -> None:
    quoted = MHTML.format(
        charset="; charset=utf-8",
        transfer="quoted-printable",
        body="<p style=3D'x'>Co=C3=BBt 5</p>",
    )
    found = html.read(Source("a.mhtml", quoted.encode())).blocks
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["Coût 5"]
    resource = {"WebResourceData": "<p>Coût 5</p>".encode(), "WebResourceTextEncodingName": "UTF-8"}
    archive = plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)
    found = html.read(Source("a.webarchive", archive)).blocks
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["Coût 5"]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", b""),
        ("a.html", b" \n\x00"),
        ("a.html", b"%PDF-1.7 x"),
        ("a.html", b"PK\x03\x04xxxx"),
        ("a.mht", b"Content-Type: text/plain\n\nno page"),
        ("a.mht", b"\xff\xfe\x00"),
        ("a.webarchive", b"bplist00nothing"),
        ("a.webarchive", b"<?xml version='1.0'?><plist><dict/></plist>"),
        ("a.html", b"<!-- nothing -->"),
        ("a.html", b"<div>" * 5000),
    ],
)
def test_what_is_no_page_is_told_in_a_sentence(path: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match=path):
        html.read(Source(path, data))


def test_a_page_of_many_nested_tables_is_read() -> None:
    deep = "<table><tr><td>A<td>1<tr><td>" * 300 + "</table>" * 300
    assert len(tables(deep)) > 200


BUDGETS = {
    "en": ("Table 4", "Cost of berths", "(Thousands of dollars)", "Item", "Total"),
    "fr": ("Tableau 4", "Coût des quais", "(En milliers de dollars)", "Rubrique", "Total"),
    "es": ("Cuadro 4", "Costo de los muelles", "(En miles de dólares)", "Partida", "Total"),
    "ru": ("Таблица 4", "Стоимость причалов", "(В тыс. долл. США)", "Статья", "Всего"),
    "zh": ("表4", "码头费用", "(千美元)", "项目", "共计"),
    "ar": ("الجدول 4", "تكلفة الأرصفة", "(بآلاف الدولارات)", "البند", "المجموع"),
}


def budget(language: str, total: str) -> str:
    caption, title, unit, item, whole = BUDGETS[language]
    side = " dir=rtl" if language == "ar" else ""
    body = [("Alder", "120", "131"), ("Birch", "80", "62"), ("Cedar", "43", "57")]
    lines = "".join(f"<tr><th scope=row>{a}<td>{b}<td>{c}" for a, b, c in body)
    return (
        f"<html lang={language}{side}><h1>{title}</h1><h3>{caption}</h3><p>{title}</p><p>{unit}</p>"
        f"<table><thead><tr><th scope=col>{item}<th scope=col>2025<th scope=col>2026</thead>"
        f"<tbody>{lines}</tbody><tfoot><tr><th scope=row>{whole}<td>243<td>{total}</tfoot></table>"
    )


@pytest.mark.parametrize("language", BUDGETS)
def test_a_wrong_total_is_found_in_six_languages(language: str) -> None:
    right, wrong = (findings_in(page(budget(language, total))) for total in ("250", "260"))
    assert right == []
    (finding,) = wrong
    assert (finding.code, finding.stated_text) == ("ARI101", "260")
    assert (finding.where.table, finding.where.column) == ("4", "2026")
    assert finding.where.address == "/html/body/table[1]/tfoot[1]/tr[1]/td[2]"


def test_a_repeated_heading_is_no_row_of_figures() -> None:
    head = "<thead><tr><th>Item<th>2025<th>2026</thead>"
    pages = ("Alder|120|131", "Birch|80|62"), ("Cedar|43|57", "Total|243|250")
    first, second = (f"<tbody>{rows(*lines)}</tbody>" for lines in pages)
    body = f"<p>Table 4</p><p>Cost</p><p>(Dollars)</p><table>{head}{first}{head}{second}</table>"
    assert findings_in(page(body)) == []
    assert [f.code for f in findings_in(page(body.replace("250", "260")))] == ["ARI101"]


def test_an_earlier_report_in_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "budget.html").write_text(budget("en", "260"), encoding="utf-8")
    report = tmp_path / "report.html"
    report.write_text("<!doctype html>\n<title>1 error – unbudget-check</title>", encoding="utf-8")
    assert [each.path for each in check([str(tmp_path)]).documents] == [
        str(tmp_path / "budget.html")
    ]
    (alone,) = check([str(report)]).documents
    assert "is a report of this program" in alone.reason
