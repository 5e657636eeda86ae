"""OpenDocument texts as an editor sees them: text, lists, merged cells, boxes, notes, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import RULES
from tests.readers.odt_file import SPACES, cell, odt_body, odt_file, row, table
from unbudget_check.engine import check_document
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Paragraph, Table
from unbudget_check.readers.odt.document import read
from unbudget_check.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

COVERED = "<table:covered-table-cell/>"


def read_body(body: str, revisions: str = "accepted", **parts: str) -> Document:
    return read(Source("a.odt", odt_file(body, **parts), ReadOptions(revisions)))


def texts(body: str, revisions: str = "accepted") -> list[str]:
    blocks = read_body(body, revisions).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def only_table(body: str) -> Table:
    (found,) = (block for block in read_body(body).blocks if isinstance(block, Table))
    return found


def places(found: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.rows, c.columns) for each in found.rows for c in each]


def test_blanks_tabs_and_breaks() -> None:
    body = "<text:p>The\n   fee<text:s text:c='2'/>is<text:tab/>5<text:line-break/>now</text:p>"
    assert texts(body) == ["The fee  is\t5\nnow"]


def test_spans_links_and_fields_are_text_and_remarks_are_none() -> None:
    body = (
        "<text:p>A<text:span>B<text:a xlink:href='#x'>C</text:a></text:span>"
        "<office:annotation><text:p>look</text:p></office:annotation>"
        "<text:sequence>4</text:sequence><text:bookmark text:name='x'/>D</text:p>"
    )
    assert texts(body) == ["ABC4D"]


def test_raised_texts_are_marks_and_hidden_ones_are_said() -> None:
    body = "<text:p>25<text:span text:style-name='Up'>a</text:span></text:p>"
    found = only_table(table(row(f"{body}", "<text:p>1</text:p>")))
    assert (found.rows[0][0].text, found.rows[0][0].marks) == ("25", "a")
    document = read_body("<text:p>5<text:span text:style-name='Gone'>draft</text:span></text:p>")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["5"]
    assert [each.name for each in document.remarks] == ["text-hidden"]


def test_merged_cells() -> None:
    found = only_table(
        table(
            "<table:table-header-rows>"
            f"{row(cell('Item', rows=2), cell('Cost', columns=2), COVERED)}"
            f"{row(COVERED, '2025', '2026')}</table:table-header-rows>",
            row("Fuel", "1", "2"),
        )
    )
    assert places(found) == [
        ("Item", 0, 0, 2, 1),
        ("Cost", 0, 1, 1, 2),
        ("2025", 1, 1, 1, 1),
        ("2026", 1, 2, 1, 1),
        ("Fuel", 2, 0, 1, 1),
        ("1", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]
    assert (
        found.rows[2][1].address
        == "/office:text/table:table[1]/table:table-row[1]/table:table-cell[2]"
    )


def test_nested_tables_and_sections() -> None:
    inner = table(row("b", "7"))
    whole = table(row("A", "1"), row(f"<text:p>B</text:p>{inner}", "2"))
    body = f"<text:section>{whole}</text:section>"
    outer, nested = (block for block in read_body(body).blocks if isinstance(block, Table))
    assert [c.text for r in outer.rows for c in r] == ["A", "1", "B", "2"]
    assert [c.text for r in nested.rows for c in r] == ["b", "7"]
    assert nested.address.startswith(outer.address + "/")


def items(*texts: str, style: str = "L", more: str = "") -> str:
    made = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f"<text:list text:style-name='{style}'{more}>{made}</text:list>"


def test_lists_count_as_the_program_prints_them() -> None:
    inner = "<text:list><text:list-item><text:p>c</text:p></text:list-item></text:list>"
    nested = (
        "<text:list xml:id='x' text:style-name='L'><text:list-item><text:p>a</text:p>"
        f"<text:p>b</text:p>{inner}</text:list-item></text:list>"
    )
    assert texts(nested + items("d", more=" text:continue-list='x'") + items("e")) == [
        "1.\ta",
        "b",
        "(a)\tc",
        "2.\td",
        "1.\te",
    ]


def test_a_list_goes_on_and_a_caption_may_be_a_number_alone() -> None:
    body = items("", style="T") + items("", style="T", more=" text:continue-numbering='true'")
    assert texts(body) == ["Table 4.1\t", "Table 4.2\t"]


def test_a_note_in_an_item_takes_no_number_and_comes_last() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Net"
        "</text:p></text:note-body></text:note>"
    )
    assert texts(items(f"{note}a", "b") + "<text:p>z</text:p>") == ["1.\ta", "2.\tb", "z", "Net"]


OUTLINE = (
    "<text:outline-style><text:outline-level-style text:level='1' style:num-format='I'"
    " style:num-suffix='.'/></text:outline-style>"
)


def test_headings_are_numbered_unless_their_style_takes_the_number_away() -> None:
    named = f"<office:styles>{OUTLINE}</office:styles>"
    styles = f"<office:document-styles {SPACES}>{named}</office:document-styles>"
    body = (
        "<text:h text:outline-level='1'>A</text:h>"
        "<text:h text:outline-level='1' text:style-name='Plain'>B</text:h>"
        "<text:h text:outline-level='1'>C</text:h>"
    )
    found = read_body(body, styles=styles).blocks
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        "I.\tA",
        "B",
        "II.\tC",
    ]


def test_boxes_follow_their_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>Registry</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>1 P-4</text:p></draw:custom-shape>"
    blocks = read_body(f"<text:p>See {box}<draw:g>{shape}</draw:g>below</text:p>").blocks
    shown = [(b.text, bool(b.frame)) for b in blocks if isinstance(b, Paragraph)]
    assert shown == [("See below", False), ("Registry", True), ("1 P-4", True)]


def test_labels_that_are_set_in() -> None:
    found = only_table(
        table(
            row("<text:p>A</text:p>", "1"),
            row("<text:p text:style-name='Deep'>B</text:p>", "1"),
            row("<text:p><text:tab/>C</text:p>", "1"),
        )
    )
    assert [each[0].indent for each in found.rows] == [0, 2, 1]


CHANGES = """<text:tracked-changes><text:changed-region text:id="c1"><text:insertion/>
</text:changed-region><text:changed-region text:id="c2"><text:deletion><text:p>100</text:p>
</text:deletion></text:changed-region></text:tracked-changes>"""


def test_tracked_changes() -> None:
    body = (
        f"{CHANGES}<text:p>The fee is <text:change text:change-id='c2'/>"
        "<text:change-start text:change-id='c1'/>120<text:change-end text:change-id='c1'/>."
        "</text:p>"
    )
    assert texts(body) == ["The fee is 120."]
    assert texts(body, "original") == ["The fee is 100."]


CHART = """<office:document-content {spaces}><office:automatic-styles>
<number:percentage-style style:name="N1"><number:number number:decimal-places="0"/>
<number:text>%</number:text></number:percentage-style>
<style:style style:name="s" style:data-style-name="N1"/></office:automatic-styles>
<office:body><office:chart><chart:chart><chart:plot-area>
<chart:series chart:style-name="s" chart:values-cell-range-address="local-table.$B$2:.$B$3"
 chart:label-cell-address="local-table.$B$1" chart:class="chart:bar"><chart:data-point/>
<chart:data-point><chart:data-label><text:p>31%</text:p></chart:data-label></chart:data-point>
</chart:series><chart:series chart:class="chart:scatter"
 chart:values-cell-range-address="local-table.$C$2:.$C$3"/></chart:plot-area>
<table:table table:name="local-table"><table:table-row><table:table-cell><text:p/>
</table:table-cell><table:table-cell><text:p>Share</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2025</text:p></table:table-cell>
<table:table-cell office:value="0.25"><text:p>0.25</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2026</text:p></table:table-cell>
<table:table-cell office:value="0.3"><text:p>0.3</text:p></table:table-cell></table:table-row>
</table:table></chart:chart></office:chart></office:body></office:document-content>"""


def test_charts_show_their_values_and_labels() -> None:
    body = "<text:p><draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>"
    document = read_body(body, **{"Object 1__content": CHART.format(spaces=SPACES)})
    (chart,) = (block for block in document.blocks if isinstance(block, Table))
    assert chart.chart
    assert [[(c.text, c.drawn) for c in each] for each in chart.rows] == [
        [("", ""), ("Share", "")],
        [("2025", ""), ("25%", "")],
        [("2026", ""), ("31%", "30%")],
    ]


def test_flat_files() -> None:
    (block,) = read(Source("a.fodt", odt_body("<text:p>One</text:p>").encode())).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "One"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.4", "PDF"),
        (odt_file("<text:p>"), r"damaged \(part content.xml"),
        (odt_file("", **{"META-INF__manifest": "<m><encryption-data/></m>"}), "password"),
        (b"<x/>", "not a Word or Excel file"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(Source("a.odt", data))


def test_a_wrong_total_is_found_at_its_cell() -> None:
    lines = [("Item", "2025", "2026"), ("Alder", "120", "131"), ("Birch", "80", "62")]
    lines += [("Cedar", "43", "57"), ("Total", "243", "260")]
    body = "<text:p>Table 4</text:p><text:p>Cost</text:p>" + table(*(row(*each) for each in lines))
    (finding,) = check_document(read_body(body), RULES).findings
    assert (finding.code, finding.where.table, finding.stated_text) == ("ARI101", "4", "260")
    assert (finding.where.address or "").endswith("/table:table-row[5]/table:table-cell[3]")
