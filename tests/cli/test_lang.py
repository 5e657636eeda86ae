"""The option ``--lang``: on every verb that speaks, from the environment and from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.words.test_reading_language import report_in
from unbudget_check import check
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

TABLE = """Table 1
Resources
(Thousands of United States dollars)
,2025,2026
Posts,1327.1,3.1
Travel,231.5,2.2
Rent,146.9,1.1
Total,1750.5,6.4
"""


@pytest.fixture(autouse=True)
def nobody_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNBUDGET_LANG", raising=False)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_check_speaks_chinese_of_an_english_document(command: Command, small: Path) -> None:
    ran = command("check", str(small), "--lang", "zh", "-o", "concise")
    assert ran.code == 1
    assert "错误 ARI101 column-total" in ran.out
    assert "结果：发现 1 处问题" in ran.out
    assert "所列数字为" in ran.out
    assert "stated" not in ran.out


def test_the_environment_chooses_and_the_option_overrules(
    command: Command, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNBUDGET_LANG", "zh")
    assert "结果：" in command("check", str(small), "-o", "concise").out
    assert "result: 1 finding" in command("check", str(small), "-o", "concise", "--lang", "en").out


def test_the_settings_choose(command: Command, small: Path) -> None:
    (small.parent / "unbudget-check.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "结果：" in command("check", str(small), "-o", "concise").out
    assert "result: 1 finding" in command("check", str(small), "-o", "concise", "--isolated").out


def test_an_unknown_language_is_refused(command: Command, small: Path) -> None:
    ran = command("check", str(small), "--lang", "tlh")
    assert ran.code == 2
    assert "en" in ran.err
    assert "zh" in ran.err


def test_a_wrong_language_in_the_settings_names_those_there_are(
    command: Command, small: Path
) -> None:
    (small.parent / "unbudget-check.toml").write_text('lang = "zb"\n', encoding="utf-8")
    ran = command("check", str(small))
    assert ran.code == 2
    assert "zh" in ran.err


def test_a_saved_report_is_rendered_in_another_language(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(render(report_in("en"), RenderOptions()), encoding="utf-8")
    chinese = command("render", str(path), "--lang", "zh", "-o", "concise")
    english = command("render", str(path), "-o", "concise")
    assert chinese.code == english.code == 0
    assert "所列数字为 1 750.5" in chinese.out
    assert "Stated 1 750.5" in english.out


@pytest.mark.parametrize("name", ["html", "markdown", "github", "junit", "statistics", "csv"])
def test_other_formats_follow(command: Command, small: Path, name: str) -> None:
    ran = command("check", str(small), "--lang", "zh", "-o", name)
    assert "所列数字为 1750.5" in ran.out or name == "statistics"
    assert "错误" in ran.out or name == "csv"


def test_explain_and_rules_speak_chinese(command: Command) -> None:
    explained = command("explain", "ARI101", "--lang", "zh").out
    assert "严重程度：  错误（可信度高）" in explained
    assert "如何更正" in explained
    assert "Why" not in explained
    listed = command("rules", "--lang", "zh").out
    assert "错误" in listed
    assert "表中各部分相加等于其总数" in listed


def test_the_function_speaks_chinese(small: Path) -> None:
    (finding,) = check(small, lang="zh").findings
    assert "所列数字为" in finding.message


def test_inspect_speaks_chinese(command: Command, small: Path) -> None:
    told = command("inspect", str(small), "--lang", "zh", "-v").out
    assert "语文 en，1 个表" in told
    assert "相加的各行" in told
    assert "2 栏中有 1 个相符" in told
    assert max(map(cell_len, told.splitlines())) <= 80
    assert "rows that add up" in command("inspect", str(small)).out


def test_why_a_document_cannot_be_read_is_said_in_chinese(command: Command, tmp_path: Path) -> None:
    path, saved = tmp_path / "section.docx", tmp_path / "report.json"
    path.write_bytes(b"%PDF-1.7")
    names = [str(path), str(tmp_path / "absent.txt")]
    ran = command("check", *names, "-o", f"json={saved}", "-o", "concise")
    assert ran.code == 3
    assert "is a PDF file: give it the file extension" in ran.out
    told = command("render", str(saved), "--lang", "zh", "-o", "concise").out
    assert f"无法读取：{path}：为 PDF 文件：请改用扩展名 .pdf。" in told
    assert "absent.txt：不存在；请核对文件或文件夹的名称。" in told
