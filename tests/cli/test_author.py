"""What goes back to the author: correction sheets and e-mails as ``check`` writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adopting.test_hooks import BAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(BAD, "utf-8")
    return path


@pytest.mark.parametrize("ending", ["md", "docx", "xlsx"])
def test_the_ending_of_the_file_says_which_sheet_it_is(
    command: Command, source: Path, ending: str
) -> None:
    target = source.with_name(f"c.{ending}")
    assert command("check", str(source), "-q", "-o", f"corrections={target}").code == 1
    assert target.stat().st_size > 0
    refused = command("check", str(source), "-q", "-o", f"corrections={target}")
    assert refused.code == 2
    assert "--force replaces it" in refused.err


def test_another_ending_writes_nothing(command: Command, source: Path) -> None:
    ran = command("check", str(source), "-q", "-o", f"corrections={source.with_name('c.odt')}")
    assert ran.code == 2
    assert "must end in .xlsx, .docx, .md" in ran.err
    assert [each.name for each in source.parent.iterdir()] == ["table.csv"]


def test_an_e_mail_is_printed_and_replaces_an_earlier_one(command: Command, source: Path) -> None:
    ran = command("check", str(source), "-o", "email")
    assert ran.out.startswith("table.csv: 1 finding in the figures\n\n")
    target = source.with_name("mail.txt")
    for _ in range(2):
        assert command("check", str(source), "-q", "-o", f"email={target}").code == 1
    assert target.read_text("utf-8") == ran.out


def test_suggestions_need_a_word_copy(command: Command, source: Path) -> None:
    ran = command("check", str(source), "--suggest")
    assert ran.code == 2
    assert "add -o docx=FILE" in ran.err
    assert not ran.out


def test_suggestions_carry_the_day_and_leave_the_original(command: Command, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "broken" / "word" / "section-40.docx"
    source = tmp_path / "section.docx"
    source.write_bytes(sample.read_bytes())
    words = ("-q", "--suggest", "-o", f"docx={tmp_path / 'copy.docx'}", "-o")
    saved = tmp_path / "report.json"
    command("check", str(source), *words, f"json={saved}", "--today", "2026-11-30")
    assert source.read_bytes() == sample.read_bytes()
    with zipfile.ZipFile(tmp_path / "copy.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count('w:author="unbudget-check" w:date="2026-11-30T00:00:00Z"') >= 18
    later = tmp_path / "later.docx"
    assert command("render", str(saved), "--suggest", "-o", f"docx={later}").code == 0
    with zipfile.ZipFile(later) as archive:
        assert archive.read("word/document.xml").count(b"<w:delText") == text.count("<w:delText")
