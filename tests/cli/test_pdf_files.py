"""PDF files on the command line: their password, and copies of them with the findings marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.pdf import render_pdf
from tests.readers.pdf.test_reading import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

WORD = "spring tide"


def test_the_password_is_asked_for_by_option_or_variable(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "closed.pdf"
    path.write_bytes(render_pdf(BLOCKS, password=WORD))
    refused = command("check", str(path), "-o", "concise")
    assert refused.code == 3
    assert "--password" in refused.out
    ran = command("check", str(path), "--password", WORD, "-o", "json")
    assert ran.code == 0
    assert WORD not in ran.out
    monkeypatch.setenv("UNBUDGET_CHECK_PASSWORD", WORD)
    assert command("check", str(path)).code == 0


def test_a_protected_file_is_copied_with_the_password_that_opened_it(
    command: Command, tmp_path: Path
) -> None:
    path, copy = tmp_path / "closed.pdf", tmp_path / "marked.pdf"
    path.write_bytes(render_pdf(BLOCKS, password=WORD))
    ran = command("check", str(path), "--password", WORD, "-o", f"pdf={copy}", "-o", "concise")
    assert ran.code == 0, ran.err
    assert "1 finding: 0 errors, 1 warning" in ran.out
    assert len(copy.read_bytes()) > len(path.read_bytes())
    assert copy.read_bytes().startswith(path.read_bytes())


def test_a_copy_is_written_by_option(command: Command, project: Path, tmp_path: Path) -> None:
    path = project / "sample_data" / "broken" / "pdf" / "section-40.pdf"
    copy = tmp_path / "marked.pdf"
    assert command("check", str(path), "-o", f"pdf={copy}", "-o", "concise").code == 1
    assert copy.read_bytes().startswith(path.read_bytes())
    refused = command("check", str(path.parent.parent / "word"), "-o", f"pdf={copy}", "--force")
    assert "none of the documents is a PDF file" in refused.out + refused.err
