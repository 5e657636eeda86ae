"""The numbers that Word prints by itself are part of the text, as if they had been typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.drawing import draw
from tests.readers.word_file import (
    SIGNED,
    STRICT,
    cell,
    deleted,
    inserted,
    paragraph,
    part,
    row,
    run,
    table,
    text_box,
    word_file,
)
from tests.readers.word_lists import (
    NUMBERS,
    PLAIN,
    asked,
    defined,
    item,
    labels,
    level,
    listed,
    override,
    read_with,
    setting,
    style,
    texts,
)
from unbudget_check.model.document import Paragraph
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import ReadOptions, Source

MARK = "<w:rPr>{}</w:rPr>"
OUTLINE = defined(
    0,
    level(0, "%1.", "upperRoman"),
    level(1, "%2.", "upperLetter"),
    level(2, "(%3)", "lowerLetter"),
    level(3, "%1.%2.%4"),
) + listed(1, 0)


def test_a_number_and_its_tab_begin_the_text_and_are_told_apart() -> None:
    found = read_with(item("The office") + paragraph("Note") + item("The harbour"), PLAIN)
    kept = [(each.text, each.label) for each in found.blocks if isinstance(each, Paragraph)]
    assert kept == [("1.\tThe office", "1.\t"), ("Note", ""), ("2.\tThe harbour", "2.\t")]


def test_typed_and_automatic_numbers_make_the_same_document() -> None:
    shown = [
        ("I.\t", 0, "Overview"),
        ("A.\t", 1, "Plan"),
        ("(a)\t", 2, "Ports"),
        ("(b)\t", 2, "Sails"),
        ("B.\t", 1, "Posts"),
        ("(a)\t", 2, "Harbours"),
        ("I.B.1\t", 3, "Ships"),
        ("II.\t", 0, "Annex"),
        ("A.\t", 1, "Chart"),
    ]
    typed = word_file("".join(paragraph(f"{label}{text}") for label, _, text in shown))
    automatic = "".join(item(text, 1, at) for _, at, text in shown)
    assert texts(automatic, OUTLINE) == draw(read(Source("a.docx", typed)))
    in_cells = table(*(row(cell(item(text, 1, at)), "1.0") for _, at, text in shown))
    typed_cells = table(*(row(f"{label}{text}", "1.0") for label, _, text in shown))
    typed = word_file(typed_cells)
    assert texts(in_cells, OUTLINE) == draw(read(Source("a.docx", typed)))


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("", ["1.", "(a)", "(b)", "2.", "(a)"]),
        (setting("lvlRestart", 0), ["1.", "(a)", "(b)", "2.", "(c)"]),
        (setting("lvlRestart", 1), ["1.", "(a)", "(b)", "2.", "(a)"]),
    ],
)
def test_items_begin_anew_below_the_next_number(more: str, shown: list[str]) -> None:
    lists = defined(0, level(0, "%1."), level(1, "(%2)", "lowerLetter", more)) + listed(1, 0)
    order = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]
    assert labels(lists, *order) == [f"{label}\t" for label in shown]


def test_a_level_may_begin_anew_only_below_some_of_those_above() -> None:
    third = level(2, "(%3)", "lowerRoman", setting("lvlRestart", 1))
    lists = defined(0, level(0, "%1."), level(1, "(%2)"), third) + listed(1, 0)
    order = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert labels(lists, *order)[4] == "(ii)\t"
    assert labels(lists, *order)[6] == "(i)\t"


def test_lists_of_one_definition_count_on_unless_they_begin_anew() -> None:
    again = listed(3, 0, override(0, setting("startOverride", 5)))
    lists = PLAIN + listed(2, 0) + again
    order = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    assert labels(lists, *order) == ["1.\t", "2.\t", "5.\t", "6.\t", "7.\t"]


def test_a_list_may_show_a_level_in_its_own_way() -> None:
    own = listed(2, 0, override(0, level(0, "%1)", "lowerLetter", start=9)))
    assert labels(PLAIN + own, (1, 0), (2, 0)) == ["1.\t", "b)\t"]
    both = setting("startOverride", 1) + level(0, "%1)", "lowerLetter", start=9)
    assert labels(PLAIN + listed(2, 0, override(0, both)), (1, 0), (2, 0)) == ["1.\t", "i)\t"]


@pytest.mark.parametrize(
    ("more", "label"),
    [
        (setting("suff", "space"), "(1) "),
        (setting("suff", "nothing"), "(1)"),
        (setting("suff", "tab"), "(1)\t"),
        (f"<w:rPr>{setting('vanish', 0)}</w:rPr>", "(1)\t"),
        ("<w:rPr><w:vanish/></w:rPr>", ""),
    ],
)
def test_what_stands_behind_a_number(more: str, label: str) -> None:
    lists = defined(0, level(0, "(%1)", "decimal", more)) + listed(1, 0)
    assert labels(lists, (1, 0)) == [label]


@pytest.mark.parametrize(
    ("lists", "label"),
    [
        (defined(0, level(0, "\u2022", "bullet")), ""),
        (defined(0, level(0, "%1", "none")), ""),
        (defined(0, level(0, "Note", "none")), "Note\t"),
        (defined(0, level(0, "")), ""),
        (defined(0, level(0, "%3%1.")), "1."),
    ],
)
def test_a_mark_that_is_no_number(lists: str, label: str) -> None:
    found = labels(lists + listed(1, 0), (1, 0))
    assert [text.rstrip("\t") for text in found] == [label.rstrip("\t")]


def test_numbers_of_levels_above_may_be_shown_in_figures() -> None:
    below = level(1, "%1.%2", "upperLetter", "<w:isLgl/>")
    lists = defined(0, level(0, "%1.", "upperRoman"), below) + listed(1, 0)
    assert labels(lists, (1, 0), (1, 0), (1, 1)) == ["I.\t", "II.\t", "2.1\t"]
    assert labels(lists, (1, 1)) == ["1.1\t"]


def test_a_style_numbers_its_paragraphs() -> None:
    second = level(1, "%1.%2", "decimal", setting("pStyle", "Sub"))
    lists = defined(0, level(0, "%1.", "upperLetter"), second) + listed(1, 0)
    styles = (
        style("Head", asked(1))
        + style("Sub", asked(1))
        + style("Like", "", based="Head")
        + style("Deep", asked(at=1), based="Head")
        + style("Off", asked(0), based="Head")
    )
    names = ["Head", "Sub", "Like", "Deep", "Off", "Unknown"]
    body = "".join(paragraph("x", settings=setting("pStyle", name)) for name in names)
    assert texts(body, lists, styles) == ["A.\tx", "A.1\tx", "B.\tx", "B.1\tx", "x", "x"]


def test_the_setting_of_a_paragraph_goes_before_that_of_its_style() -> None:
    lists = PLAIN + defined(7, level(0, "(%1)"), level(1, "(%2)", "lowerLetter")) + listed(2, 7)
    styles = style("Head", asked(1))
    head = setting("pStyle", "Head")
    body = "".join(
        paragraph("x", settings=head + own) for own in (asked(2, 1), asked(0), asked(at=0), "")
    )
    assert texts(body, lists, styles) == ["(a)\tx", "x", "1.\tx", "2.\tx"]


def test_the_style_of_paragraphs_that_name_none_may_be_numbered() -> None:
    styles = style("Normal", asked(1), more=' w:default="1"')
    assert texts(paragraph("x") + paragraph("y"), PLAIN, styles) == ["1.\tx", "2.\ty"]


def test_a_list_may_be_that_of_a_style() -> None:
    link = f'<w:abstractNum w:abstractNumId="9">{setting("numStyleLink", "Legal")}</w:abstractNum>'
    lists = PLAIN + link + listed(2, 9)
    styles = style("Legal", asked(1))
    assert labels(lists, (1, 0), (2, 0), styles=styles) == ["1.\t", "2.\t"]


def test_empty_paragraphs_are_counted_and_hidden_ones_are_not() -> None:
    hidden = paragraph(run("x", "<w:vanish/>"), settings=asked(1, 0) + MARK.format("<w:vanish/>"))
    body = item("a") + hidden + item("b") + item("") + item("c")
    assert texts(body, PLAIN) == ["1.\ta", "2.\tb", "4.\tc"]


def test_boxes_and_notes_count_for_themselves() -> None:
    note = f'<w:footnote w:id="2">{item("n")}{item("m")}</w:footnote>'
    body = item("a") + paragraph("host", text_box(item("b"), item("c"))) + item("d")
    footnotes = part("footnotes", note)
    shown = ["1.\ta", "host", "1.\tb", "2.\tc", "2.\td", "1.\tn 2.\tm"]
    assert texts(body, PLAIN, footnotes=footnotes) == shown


def test_tables_inside_tables_are_numbered_in_reading_order() -> None:
    inner = table(row(cell(item("b"))))
    body = table(row(cell(item("a"), inner), cell(item("c"))))
    assert texts(body, PLAIN) == ["== 2 columns", "1.\ta|3.\tc", "== 1 columns", "2.\tb"]


def revised(body: str, revisions: str) -> list[str]:
    data = word_file(body, parts={NUMBERS: part("numbering", PLAIN)})
    return draw(read(Source("a.docx", data, ReadOptions(revisions))))


@pytest.mark.parametrize(
    ("revisions", "shown"),
    [("accepted", ["1.\ta", "2.\tnew", "3.\tc"]), ("original", ["1.\ta", "2.\told", "3.\tc"])],
)
def test_paragraphs_that_are_gone_do_not_count(revisions: str, shown: list[str]) -> None:
    gone = asked(1, 0) + MARK.format(f"<w:del {SIGNED}/>")
    new = asked(1, 0) + MARK.format(f"<w:ins {SIGNED}/>")
    body = (
        item("a")
        + paragraph(deleted("old"), settings=gone)
        + paragraph(inserted(run("new")), settings=new)
        + item("c")
    )
    assert revised(body, revisions) == shown


def test_paragraphs_that_were_joined_take_one_number() -> None:
    gone = MARK.format(f"<w:del {SIGNED}/>")
    body = paragraph("a ", settings=gone) + item("b") + item("c")
    assert revised(body, "accepted") == ["1.\ta ", "b", "2.\tc"]
    assert revised(body, "original") == ["a ", "1.\tb", "2.\tc"]


def test_a_number_that_was_given_or_taken_as_a_change() -> None:
    given = f"<w:numPr>{setting('numId', 1)}<w:ins {SIGNED}/></w:numPr>"
    taken = f"<w:pPrChange {SIGNED}><w:pPr>{asked(1)}</w:pPr></w:pPrChange>"
    body = paragraph("a", settings=given) + paragraph("b", settings=taken)
    assert revised(body, "accepted") == ["1.\ta", "b"]
    assert revised(body, "original") == ["a", "1.\tb"]


RING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">{setting("numStyleLink", f"S{n}")}</w:abstractNum>'
    + listed(n + 1, n)
    for n in range(2)
)


@pytest.mark.parametrize(
    "lists",
    [
        "",
        "<w:num/><w:abstractNum/>",
        listed(1, 5),
        RING,
        defined(0, level(12, "%1.")) + listed(1, 0),
        defined(0, level(0, "%1." * 1000)) + listed(1, 0),
        defined(0, '<w:lvl w:ilvl="x"/><w:lvl/>') + listed(1, 0, "<w:lvlOverride/>"),
    ],
)
def test_a_damaged_list_leaves_the_text_as_it_is(lists: str) -> None:
    styles = style("S0", asked(2), based="S1") + style("S1", asked(1), based="S0")
    body = item("x") + item("y", "one", -1) + item("z", 1, 99)
    assert texts(body, lists, styles) == ["x", "y", "z"]


@pytest.mark.parametrize(
    "damage",
    ["", "<", "<w:numbering>", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "<other/>", "\x00\x01"],
)
@pytest.mark.parametrize("name", [NUMBERS, "word/styles.xml"])
def test_a_damaged_part_does_not_stop_the_reading(damage: str, name: str) -> None:
    parts = {NUMBERS: part("numbering", PLAIN), "word/styles.xml": part("styles", ""), name: damage}
    found = draw(read(Source("a.docx", word_file(item("x"), parts=parts))))
    assert found in (["x"], ["1.\tx"])


def test_counts_beyond_all_reason_are_printed_in_figures() -> None:
    lists = defined(0, level(0, "%1.", "lowerLetter", start=99_999_999)) + listed(1, 0)
    assert labels(lists, (1, 0), (1, 0)) == ["99999999.\t", "100000000.\t"]


def test_documents_of_the_strict_standard() -> None:
    parts = {NUMBERS: part("numbering", PLAIN, STRICT)}
    data = word_file(item("x"), space=STRICT, parts=parts)
    assert draw(read(Source("a.docx", data))) == ["1.\tx"]


@given(st.lists(st.integers(min_value=0, max_value=3), min_size=1, max_size=30))
def test_every_number_is_one_more_than_the_last_beside_it(order: list[int]) -> None:
    lists = defined(0, *(level(at, f"%{at + 1}.") for at in range(4))) + listed(1, 0)
    counts: dict[int, int] = {}
    for at, label in zip(order, labels(lists, *((1, at) for at in order)), strict=True):
        counts = {each: count for each, count in counts.items() if each <= at}
        counts[at] = counts.get(at, 0) + 1
        assert label == f"{counts[at]}.\t"


@pytest.mark.parametrize("text", ["Table 4.%1", "Tableau 4.%1", "表 4.%1"])
def test_an_empty_paragraph_whose_list_prints_a_caption_is_that_caption(text: str) -> None:
    lists = defined(0, level(0, text, "decimal", setting("suff", "nothing"))) + listed(1, 0)
    body = item("") + paragraph("Lights") + item("") + paragraph("Sails")
    first, second = text.replace("%1", "1"), text.replace("%1", "2")
    assert printed(body, lists) == [first, "Lights", second, "Sails"]


@pytest.mark.parametrize("text", ["%1.", "(%1)", "A.%1"])
def test_an_empty_paragraph_with_a_mere_number_is_nothing(text: str) -> None:
    lists = defined(0, level(0, text)) + listed(1, 0)
    assert printed(item("") + paragraph("Lights"), lists) == ["Lights"]


def printed(body: str, lists: str) -> list[str]:
    blocks = read_with(body, lists).blocks
    return [each.text for each in blocks if isinstance(each, Paragraph)]
