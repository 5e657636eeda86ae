"""Comments wherever a figure may stand: in drawn texts of many runs, and in the real documents."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compose.archive import unpack
from tests.readers.word_file import inserted, paragraph, run, word_file
from tests.reporters.copied import (
    comment_texts,
    found,
    marked_texts,
    members,
    result_of,
    unmarked,
)
from unbudget_check.engine import check
from unbudget_check.reporters.office.docx import annotate
from unbudget_check.reporters.office.package import pack_parts
from unbudget_check.reporters.office.remarks import at_places

if TYPE_CHECKING:
    from pathlib import Path

BODY, COMMENTS = "word/document.xml", "word/comments.xml"
TEXTS = st.text(st.sampled_from("12.5 ,&<\u00a0\u202fé"), min_size=1, max_size=8)
SETTINGS = st.sampled_from(["", "<w:b/>", '<w:color w:val="FF0000"/>'])
# The smallest of the real documents in which something is found, with all kinds of places.
REAL = ("UNAMI", "Sect.29.", "CORR.1")


@given(
    st.lists(st.tuples(TEXTS, SETTINGS, st.booleans()), min_size=1, max_size=6),
    st.data(),
)
def test_any_piece_of_any_runs_is_marked_exactly(
    pieces: list[tuple[str, str, bool]], data: st.DataObject
) -> None:
    text = "".join(each for each, _, _ in pieces)
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    sought = " ".join(text[begin:end].split())
    if not sought or text[begin].isspace() or text[end - 1].isspace():
        return
    before, after = " ".join(text[:begin].split()), " ".join(text[end:].split())
    before += " " if before and text[begin - 1].isspace() else ""
    after = " " + after if after and text[end].isspace() else after
    runs = [run(escape(each, quote=False), settings) for each, settings, _ in pieces]
    tracked = [inserted(r) if each[2] else r for r, each in zip(runs, pieces, strict=True)]
    document = word_file(paragraph(*tracked))
    finding = found("/w:body/w:p[1]", quote=f"{before}[{sought}]{after}")
    copy = annotate(document, result_of(document, [finding]))
    (marked,) = marked_texts(unpack(copy)[BODY]).values()
    assert " ".join(marked.split()) == sought
    assert unmarked(unpack(copy)[BODY]) == unmarked(unpack(document)[BODY])


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>'),
        ("utf-8-sig", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("utf-8", "<?xml version='1.0'?><!-- <w:p> --><?tool <w:p> ?>"),
    ],
)
def test_a_part_stays_in_its_encoding(encoding: str, head: str) -> None:
    parts = {name: text.decode() for name, text in unpack(word_file(paragraph("é 12.5"))).items()}
    data = pack_parts(
        {
            **{name: text.encode() for name, text in parts.items()},
            BODY: (head + parts[BODY]).encode(encoding),
        }
    )
    copy = annotate(data, result_of(data, [found("/w:body/w:p[1]", quote="é [12.5]")]))
    body = unpack(copy)[BODY]
    assert body[:4] == unpack(data)[BODY][:4]
    assert marked_texts(body) == {"0": "12.5"}
    assert unmarked(body) == unmarked(unpack(data)[BODY])


@pytest.mark.parametrize("name", REAL)
def test_a_real_document_differs_in_its_comments_only(corpus: Path, name: str) -> None:
    (path,) = (each for each in (corpus / "docx").iterdir() if name in each.name)
    original = path.read_bytes()
    (document,) = check([str(path)]).documents
    copy = annotate(original, document)
    old, new = members(original), members(copy)
    added = (
        {"[Content_Types].xml", "word/_rels/document.xml.rels"} if COMMENTS not in old else set()
    )
    assert {each for each in new if new[each] != old.get(each)} == {BODY, COMMENTS, *added}
    before, after = unpack(original), unpack(copy)
    known = list(comment_texts(before[COMMENTS])) if COMMENTS in before else []
    assert unmarked(after[BODY], known) == unmarked(before[BODY], known)
    marked = marked_texts(after[BODY])
    numbers = [each for each in comment_texts(after[COMMENTS]) if each not in known]
    assert len(numbers) >= len(document.findings)
    for number, finding in zip(numbers, at_places(document.findings), strict=True):
        if "txbxContent" not in (finding.where.address or ""):
            assert " ".join(marked[number].split()) == finding.stated_text
