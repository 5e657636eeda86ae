"""Comments in Word documents: at the right figure, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.compose.archive import unpack
from tests.readers.word_file import (
    MAIN,
    RAISED,
    SIGNED,
    STRICT,
    cell,
    control,
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
from tests.reporters.copied import (
    comment_texts,
    found,
    marked_texts,
    members,
    result_of,
    unmarked,
)
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.messages import say
from unbudget_check.reporters.office.docx import annotate

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding

BODY = "word/document.xml"
COMMENTS = "word/comments.xml"
RELATIONS = "word/_rels/document.xml.rels"
TOUCHED = {BODY, COMMENTS, RELATIONS, "[Content_Types].xml"}
FIRST = "/w:body/w:p[1]"
CELL = "/w:body/w:tbl[1]/w:tr[2]/w:tc[2]"
SENTENCE = "The amount of $4,817,000 is $4,817,000 less."
NOTES = part(
    "footnotes", '<w:footnote w:id="2"><w:p><w:r><w:t>See 12.5.</w:t></w:r></w:p></w:footnote>'
)
BOTH = "Rose [12.5] to 13"


def _table(figure: str) -> str:
    return table(row("Item", "2026"), row("Total", figure))


LINK = f'<w:hyperlink w:history="1">{run("see 12.5 there")}</w:hyperlink>'
PROOFED = '<w:proofErr w:type="spellStart"/>'
CASES = {
    "cell": (_table("12.5"), found(CELL, "12.5"), "12.5"),
    "cell with a footnote mark": (
        _table(cell(paragraph("12.5", run("a", RAISED)))),
        found(CELL, "12.5"),
        "12.5",
    ),
    "cell of two paragraphs": (
        _table(cell("12.5", "of which 3")),
        found(CELL, "12.5 of which 3"),
        "12.5of which 3",
    ),
    "cell in a content control": (
        _table(cell(control(paragraph("12.5")))),
        found(CELL, "12.5"),
        "12.5",
    ),
    "empty cell": (_table(cell("")), found(CELL, ""), ""),
    "one run": (
        paragraph("It rose 12.5 to 13"),
        found(FIRST, quote="It rose [12.5] to 13"),
        "12.5",
    ),
    "the second of two": (
        paragraph(SENTENCE),
        found(FIRST, quote="The amount of $4,817,000 is [$4,817,000] less."),
        "$4,817,000",
    ),
    "several runs": (
        paragraph("It rose 1", PROOFED, run("2.", "<w:b/>"), "5 to 13"),
        found(FIRST, quote="It rose [12.5] to 13"),
        "12.5",
    ),
    "blanks of other kinds": (
        paragraph("It rose\u00a012\u202f500  to 13"),
        found(FIRST, quote="It rose [12 500] to 13"),
        "12\u202f500",
    ),
    "escaped signs": (
        paragraph("R&amp;D &lt;12.5&gt; &#49;3"),
        found(FIRST, quote="R&D <[12.5]> 13"),
        "12.5",
    ),
    "a link": (paragraph(LINK, " and on"), found(FIRST, quote="see [12.5] there"), "12.5"),
    "an insertion": (
        paragraph("Rose ", inserted(run("12.5")), deleted("11.5"), " to 13"),
        found(FIRST, quote=BOTH),
        "12.5",
    ),
    "a break": (
        paragraph("<w:r><w:t>Rose</w:t><w:br/><w:t>12.5 to</w:t></w:r>", " 13"),
        found(FIRST, quote=BOTH),
        "12.5",
    ),
    "a number of the list": (
        paragraph("Rose 12.5 to 13"),
        found(FIRST, quote="5.\u2003Rose [12.5] to 13"),
        "12.5",
    ),
    "a quotation that is not there": (
        paragraph("Rose 12.5 to 13"),
        found(FIRST, quote="Fell [11.5] to 13"),
        "Rose 12.5 to 13",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_figure_is_marked_and_nothing_else_changes(name: str) -> None:
    body, finding, marked = CASES[name]
    data = word_file(
        body, parts={"word/media/image1.png": "no picture", "docProps/app.xml": "<a/>"}
    )
    copy = annotate(data, result_of(data, [finding]))
    before, after = members(data), members(copy)
    assert {each for each in after if after[each] != before.get(each)} == TOUCHED
    parts = unpack(copy)
    assert marked_texts(parts[BODY]) == {"0": marked}
    assert unmarked(parts[BODY]) == unmarked(unpack(data)[BODY])
    assert list(comment_texts(parts[COMMENTS])) == ["0"]


def test_the_comment_says_what_is_wrong_and_what_to_do() -> None:
    data = word_file(_table("12.5"))
    parts = unpack(annotate(data, result_of(data, [found(CELL, "12.5")])))
    assert comment_texts(parts[COMMENTS])["0"] == (
        "error ARI101 column-total | 12.5 is <wrong> & more | printed 12.5"
        " | What to do: Look again."
    )
    assert b'w:author="unbudget-check"' in parts[COMMENTS]
    assert b"w:date" not in parts[COMMENTS]


def test_several_comments_stand_at_one_figure() -> None:
    data = word_file(paragraph("Rose 12.5 to 13.5"))
    findings = [
        found(FIRST, quote=each) for each in (BOTH + ".5", BOTH + ".5", "Rose 12.5 to [13.5]")
    ]
    copy = annotate(data, result_of(data, findings))
    assert marked_texts(unpack(copy)[BODY]) == {"0": "12.5", "1": "12.5", "2": "13.5"}
    assert unmarked(unpack(copy)[BODY]) == unmarked(unpack(data)[BODY])


def test_comments_that_are_there_stay() -> None:
    old = '<w:comment w:id="7" w:author="Editor"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    marks = ('<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>')
    mark = '<w:r><w:commentReference w:id="7"/></w:r>'
    text = f"<w:p>{run('Rose ')}{marks[0]}{run('12.5')}{marks[1]}{mark}{run(' to 13')}</w:p>"
    extended = '<w15:commentsEx xmlns:w15="urn:x"><w15:commentEx paraId="1"/></w15:commentsEx>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    data = word_file(
        text,
        parts={
            COMMENTS: part("comments", old),
            "word/commentsExtended.xml": extended,
            RELATIONS: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId3" Type="{kind}" Target="comments.xml"/>'
            "</Relationships>",
        },
    )
    copy = annotate(data, result_of(data, [found(FIRST, quote=BOTH)]))
    before, after = members(data), members(copy)
    assert {each for each in after if after[each] != before.get(each)} == {BODY, COMMENTS}
    parts = unpack(copy)
    assert (
        parts[COMMENTS]
        .replace(b"</w:comments>", b"")
        .startswith(unpack(data)[COMMENTS].replace(b"</w:comments>", b""))
    )
    assert list(comment_texts(parts[COMMENTS])) == ["7", "8"]
    assert marked_texts(parts[BODY]) == {"7": "12.5", "8": "12.5"}
    assert unmarked(parts[BODY], known=["7"]) == unmarked(unpack(data)[BODY], known=["7"])


@pytest.mark.parametrize(
    ("body", "parts", "finding", "said"),
    [
        (
            paragraph("Figure", text_box(paragraph("2 posts"))),
            {},
            found(f"{FIRST}/w:txbxContent[1]/w:p[1]", quote="[2] posts"),
            "This finding is in a text box here: row Total: 2 posts",
        ),
        (
            paragraph("Text", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            {"word/footnotes.xml": NOTES},
            found("/w:footnotes/w:footnote[1]", quote="See [12.5]."),
            "This finding is in a footnote here: row Total: See 12.5.",
        ),
        (
            paragraph("Text"),
            {},
            found("/w:body/w:p[99]", quote="See [12.5]."),
            "This place could not be found again in the document: row Total: See 12.5.",
        ),
        (
            paragraph("Text"),
            {},
            found(None, "12.5"),
            "This place could not be found again in the document: row Total: 12.5",
        ),
    ],
)
def test_where_no_comment_can_stand_it_says_where_the_figure_is(
    body: str, parts: dict[str, str], finding: object, said: str
) -> None:
    data = word_file(body, parts=parts)
    copy = unpack(annotate(data, result_of(data, [finding])))  # type: ignore[list-item]
    assert said in comment_texts(copy[COMMENTS])["0"]
    assert unmarked(copy[BODY]) == unmarked(unpack(data)[BODY])
    assert b"comment" not in copy[BODY].partition(b"<w:txbxContent>")[2].partition(b"</w:txbx")[0]


def test_accepted_findings_have_no_comment_and_a_copy_without_any_is_the_document() -> None:
    data = word_file(_table("12.5"))
    accepted = [found(CELL, "12.5", status=each) for each in ("waived", "baselined")]
    assert annotate(data, result_of(data, accepted)) == data


def test_the_reading_of_tracked_changes_is_that_of_the_check() -> None:
    body = (
        f"{paragraph('New', settings=f'<w:rPr><w:ins {SIGNED}/></w:rPr>')}{paragraph('Rose 12.5')}"
    )
    data = word_file(body)
    for revisions in ("accepted", "original"):
        copy = annotate(data, result_of(data, [found(FIRST, quote="[Rose]")], revisions=revisions))
        assert unmarked(unpack(copy)[BODY]) == unmarked(unpack(data)[BODY])


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_the_part_may_name_its_namespace_in_another_way(space: str) -> None:
    data = word_file(_table("12.5"), space=space)
    text = unpack(data)[BODY].decode().replace("w:", "x:").replace("xmlns:x:", "xmlns:w:")
    text = text.replace(f'xmlns:w="{space}"', f'xmlns:x="{space}"')
    from tests.compose.archive import pack

    odd = pack({**{k: v.decode() for k, v in unpack(data).items()}, BODY: text})
    copy = unpack(annotate(odd, result_of(odd, [found(CELL, "12.5")])))
    assert marked_texts(copy[BODY]) == {"0": "12.5"}
    assert space.encode() in copy[COMMENTS]
    kinds = space.partition("wordprocessingml")[0] if space == STRICT else "/2006/relationships/"
    assert kinds.encode() in copy[RELATIONS]


def test_the_same_input_gives_the_same_bytes() -> None:
    data = word_file(_table("12.5"))
    result = result_of(data, [found(CELL, "12.5")])
    assert annotate(data, result) == annotate(data, result)


def test_a_file_that_was_changed_since_is_refused() -> None:
    data = word_file(_table("12.5"))
    with pytest.raises(UserError, match="is not the file that was checked"):
        annotate(word_file(_table("12.6")), result_of(data, [found(CELL, "12.5")]))


@pytest.mark.parametrize("marked", [[], [found(CELL, "12.5")]])
def test_no_copy_is_written_of_a_file_that_word_does_not_open(marked: list[Finding]) -> None:
    picture = "word/media/picture.bin"
    data = bytearray(word_file(_table("12.5"), parts={picture: "a picture"}))
    assert annotate(bytes(data), result_of(bytes(data), marked))
    data[data.rindex(picture.encode()) - 46 + 16] ^= 1  # its check sum in the directory
    with pytest.raises(UnreadableError, match="damaged"):
        annotate(bytes(data), result_of(bytes(data), marked))
    torn = word_file(_table("12.5"), parts={"word/theme.xml": "<a><b></a>"})
    with pytest.raises(UnreadableError, match="damaged"):
        annotate(torn, result_of(torn, marked))


def test_a_damaged_part_is_said() -> None:
    data = word_file(_table("12.5"), parts={RELATIONS: "<!DOCTYPE a><a/>"})
    with pytest.raises(UnreadableError, match="document type"):
        annotate(data, result_of(data, [found(CELL, "12.5")]))


def test_a_comment_speaks_the_language_asked_for() -> None:
    data = word_file(_table("12.5"))
    parts = unpack(annotate(data, result_of(data, [found(CELL, "12.5")]), "zh"))
    said = comment_texts(parts[COMMENTS])["0"]
    assert say("zh", "office.advice", text="Look again.") in said
    assert "What to do" not in said
    assert b"<w:bidi/>" not in parts[COMMENTS]


def test_a_comment_in_arabic_runs_from_the_right() -> None:
    data = word_file(_table("12.5"))
    parts = unpack(annotate(data, result_of(data, [found(CELL, "12.5")]), "ar"))
    assert b"<w:bidi/>" in parts[COMMENTS]
