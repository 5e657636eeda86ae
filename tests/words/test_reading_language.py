"""Reports in the language of whoever reads them."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.as_printed import MONEY, RULES, document
from tests.reports import empty_report, whole_report
from unbudget_check.engine import check, check_document
from unbudget_check.messages import load_words
from unbudget_check.messages.telling import common_language, told_in
from unbudget_check.model.options import Wishes
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.data import json
from unbudget_check.reporters.data.saved import read_report
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.terminal import concise, full
from unbudget_check.reporters.terminal.layout import wrapped
from unbudget_check.rulebook.page import cards_of
from unbudget_check.triage.identity import numbered

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from unbudget_check.model.report import Report

ENGLISH_TABLE = """
 | 2025 | 2026
Posts | 1 327.1 | 3.1
Travel | 231.5 | 2.2
Rent | 146.9 | 1.1
Total | 1 750.5 | 6.4
"""
CHINESE_TABLE = """
 | 2025年 | 2026年
员额 | 1 327.1 | 3.1
差旅 | 231.5 | 2.2
租金 | 146.9 | 1.1
共计 | 1 750.5 | 6.4
"""
CHINESE_MONEY = ("表 1", "所需资源", "（千美元）")


def report_in(lang: str) -> Report:
    """A report of an English and a Chinese document."""
    chinese = replace(document(CHINESE_TABLE, CHINESE_MONEY, "zh"), path="chinese.docx")
    both = (document(ENGLISH_TABLE, MONEY), chinese)
    checked = [check_document(each, RULES) for each in both]
    results = tuple(replace(each, findings=numbered(each.findings)) for each in checked)
    report = replace(whole_report(), documents=results, rules=cards_of(RULES, results))
    return told_in(report, lang)


@pytest.mark.parametrize("name", ["github", "junit", "markdown", "sarif"])
def test_sites_and_servers_say_nothing_of_their_own_in_english(name: str) -> None:
    text = import_module(FORMATS[name]).render(report_in("zh"), RenderOptions())
    ours = ("What to do", "Parts:", "Proof", "computed", "Coverage", " row ", "error:")
    assert [word for word in ours if word in text] == []
    assert "“" in text


@pytest.mark.parametrize("name", ["full", "concise"])
def test_a_whole_report_reads_well_in_chinese(name: str, snapshot: SnapshotAssertion) -> None:
    render = {"full": full.render, "concise": concise.render}[name]
    for report in (report_in("zh"), told_in(whole_report(), "zh"), told_in(empty_report(), "zh")):
        text = render(report, RenderOptions(verbose=True, proofs=True))
        assert text == snapshot
        if name == "full":
            assert max(map(cell_len, text.splitlines())) <= 80


def test_messages_of_both_languages_travel_with_the_finding() -> None:
    english, chinese = report_in("en"), report_in("zh")
    for one, other in zip(english.findings, chinese.findings, strict=True):
        assert one.messages == other.messages
        assert one.message == one.messages["en"]
        assert other.message == other.messages["zh"]
        assert one.advice != other.advice
        assert one.fingerprint == other.fingerprint


def test_a_document_is_told_in_its_own_language_where_none_is_chosen() -> None:
    (finding,) = check_document(document(CHINESE_TABLE, CHINESE_MONEY, "zh"), RULES).findings
    assert finding.message == finding.messages["zh"]


@pytest.mark.parametrize(
    ("languages", "common"),
    [(["zh", "zh"], "zh"), (["zh", "en"], None), (["fr"], None), (["zh", None], "zh"), ([], None)],
)
def test_a_report_speaks_as_its_documents_do(
    languages: list[str | None], common: str | None
) -> None:
    result = whole_report().documents[0]
    assert common_language([replace(result, language=each) for each in languages]) == common


def test_the_wish_overrules_the_documents(tmp_path: Path) -> None:
    path = tmp_path / "small.txt"
    rows = "\n".join(row.replace(" | ", "\t") for row in CHINESE_TABLE.strip("\n").splitlines())
    path.write_text("\n".join((*CHINESE_MONEY, rows)), encoding="utf-8")
    own, chosen = check([str(path)]), check([str(path)], Wishes(lang="en"))
    assert (own.lang, chosen.lang) == ("zh", "en")
    assert own.findings
    assert [each.messages["en"] for each in own.findings] == [
        each.message for each in chosen.findings
    ]


def test_a_saved_report_can_be_told_in_another_language() -> None:
    saved = read_report(json.render(report_in("en"), RenderOptions()), "report.json")
    assert told_in(saved, "zh") == report_in("zh")


def test_a_report_saved_without_messages_changes_its_own_words_only() -> None:
    text = full.render(told_in(whole_report(), "zh"), RenderOptions())
    assert "Stated 27 138.0, but" in " ".join(text.split())
    assert "所列数 27 138.0" in text
    assert "结果" in text


@pytest.mark.parametrize("width", range(12, 44, 3))
def test_chinese_wraps_without_splitting_a_figure(width: int) -> None:
    text = "“共计”行：所列数为 27 138.0，但其 2 个组成部分合计为 27 183.0（相差 (45.0)）。应为此。"
    rows = wrapped(text, width)
    assert max(map(cell_len, rows)) <= width
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    for figure in ("27 138.0", "27 183.0", "(45.0)"):
        assert any(figure in row for row in rows)
    assert not [row for row in rows if row[0] in "，。：）”"]


def test_english_quotation_marks_stay_with_their_words() -> None:
    text = "the officers’ note (“Total”) says so"
    assert " ".join(wrapped(text, 14)).split() == text.split()


def test_a_language_is_read_only_when_somebody_speaks_it() -> None:
    load_words.cache_clear()
    full.render(whole_report(), RenderOptions())
    assert load_words.cache_info().currsize == 1
