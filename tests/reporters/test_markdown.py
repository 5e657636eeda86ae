"""Markdown: a site renders what was printed, marks nothing up by itself, and has room for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.reports import WORD, column_total, lone_relation, notation, whole_report
from tests.spoiled import spoiled, with_findings
from unbudget_check.reporters.ci.hosting import DOLLAR, fenced, in_markdown
from unbudget_check.reporters.ci.markdown import MOST_COMMENT_CHARS, render
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.words import shown, spaced

SITE = MarkdownIt("gfm-like", {"linkify": True})
UNSEEN = "\u200b"
MARKS = st.text(alphabet="*_`~[]()<>#|!&;:@\\-+=.$1a wW/", max_size=30)


def page(text: str) -> str:
    found: str = SITE.render(text)
    return found


def read_by_a_person(text: str) -> str:
    """One paragraph as a site shows it, its letters only; fails where something was marked up."""
    tokens = SITE.parse(text.replace(DOLLAR, "$"))
    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inner = tokens[1].children or []
    assert {each.type for each in inner} <= {"text", "text_special"}
    return (
        "".join(each.content for each in inner)
        .replace(UNSEEN, "")
        .replace("\N{NO-BREAK SPACE}", " ")
    )


@given(MARKS.map(shown).filter(bool))
def test_marks_read_as_they_were_printed(text: str) -> None:
    assert read_by_a_person(in_markdown(text)) == text


@given(st.text(max_size=20).map(shown).filter(bool))
def test_any_text_reads_as_it_was_printed(text: str) -> None:
    assert read_by_a_person(in_markdown(text)) == text


def test_a_figure_is_never_split() -> None:
    assert in_markdown("is 25 358.9 of 2 000 000") == "is 25\xa0358.9 of 2\xa0000\xa0000"


@pytest.mark.parametrize(
    "text",
    [
        "see www.example.org or https://example.org/a_b",
        "@everyone and #12 and GH-12",
        "<script>alert(1)</script><img src=x onerror=y>",
        "![a](b) [c](d) <https://example.org> a@example.org",
        "1. one",
        "- a",
        "# heading",
        "> quote",
        "--- a | b",
        "2024 $10 to $12",
        ":bug: &amp;",
    ],
)
def test_nothing_becomes_a_link_a_mention_or_markup(text: str) -> None:
    assert read_by_a_person(in_markdown(text)) == text


@given(st.text(alphabet="`~ a\n", max_size=40).filter(str.strip))
def test_no_row_closes_a_fence(rows: str) -> None:
    (token,) = SITE.parse(fenced(rows))
    assert token.type == "fence"
    assert token.content == f"{rows}\n"


def test_the_page_holds_a_heading_a_list_and_folded_proofs() -> None:
    html = page(render(whole_report(), RenderOptions()))
    assert html.count("<details>") == 4
    assert html.count("<pre><code") == 3
    assert "<h3>A/99/6 (Sect. 4) – annual/section 4 [advance].docx</h3>" in html
    assert "<td>43 read, 41 checked</td>" in html
    assert "<strong>unreadable</strong>: annual/torn.docx" in html
    assert "the structure of its rows is unclear (40 figures)" in html


def test_quiet_leaves_the_coverage_out() -> None:
    text = render(whole_report(), RenderOptions(quiet=True))
    assert "Coverage" not in text
    assert "ARI101" in text


def test_a_comment_has_room_and_the_gravest_findings_come_in_first() -> None:
    found = [*[notation()] * 2000, *[lone_relation()] * 20, column_total()]
    report = with_findings(*(replace(each, document=WORD) for each in found))
    text = render(report, RenderOptions())
    assert len(text) <= MOST_COMMENT_CHARS
    assert text.index("ARI101") < text.index("ARI501") < text.index("NOT101")
    missing = 2021 - text.count("\n- **")
    assert f"And {spaced(missing)} more findings, none more serious." in text
    assert text.count("<details><summary>Proof") < 100


@pytest.mark.parametrize(("mark", "length"), [("$", 1), ("@", 40), ("|", 400), ("字", 9_000)])
def test_a_comment_has_room_whatever_is_printed(mark: str, length: int) -> None:
    count = 2_000 // length + 8
    torn = [replace(whole_report().documents[-1], path=f"{n}.docx") for n in range(count)]
    found = with_findings(*[column_total()] * count).documents
    report = spoiled(replace(whole_report(), documents=(*found, *torn)), mark * length)
    assert len(render(report, RenderOptions(verbose=True))) <= MOST_COMMENT_CHARS


def test_accepted_findings_are_left_out() -> None:
    text = render(with_findings(replace(column_total(), status="baselined")), RenderOptions())
    assert "no new findings; 1 finding accepted earlier" in text
    assert "ARI101" not in text
