"""The verb ``render``: what was saved as JSON looks as it would have looked at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.reports import whole_report
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import FakeEngine, Ran

    Command = Callable[..., Ran]

SAVED = render(whole_report(), RenderOptions())


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(SAVED, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["full", "concise", "html", "json"])
def test_it_looks_as_when_it_was_checked(
    command: Command, engine: FakeEngine, saved: Path, name: str
) -> None:
    checked = command("check", "a.docx", "-o", name)
    rendered = command("render", str(saved), "-o", name)
    assert engine.paths
    assert rendered.out == checked.out
    assert rendered.code == 0


def test_it_reads_standard_input_and_writes_files(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    ran = command("render", "-", "-o", f"full={page}", given=b"\xef\xbb\xbf" + SAVED.encode())
    assert "result: 3 findings" in ran.out
    assert "Table 4.7 (1)" in page.read_text(encoding="utf-8")


def test_it_never_writes_over_the_report(command: Command, saved: Path) -> None:
    ran = command("render", str(saved), "-o", f"full={saved}")
    assert ran.code == 2
    assert saved.read_text(encoding="utf-8") == SAVED


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 3, "cannot be read"),
        (b"\xff\xfe", 2, "not written in UTF-8"),
        (b"Table 1", 2, "is not a report"),
        (SAVED.replace('"schema_version": 1', '"schema_version": 7').encode(), 2, "version 7"),
        (re.sub(r'"column": \d+', '"column": 1e308', SAVED).encode(), 2, "is not a report"),
    ],
)
def test_what_cannot_be_rendered_is_said_in_one_sentence(
    command: Command, tmp_path: Path, content: bytes | None, code: int, said: str
) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_bytes(content)
    ran = command("render", str(path))
    assert ran.code == code
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not ran.out
