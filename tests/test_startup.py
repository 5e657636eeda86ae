"""What a command must not load: a cold start is felt by everybody who types it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# Runs one command in a fresh process and says which of the heavy libraries it loaded.
PROBE = """
import sys
from unbudget_check.cli.main import run
code = run({arguments!r})
loaded = [name for name in {heavy!r} if name in sys.modules]
sys.exit(f"loaded: {{loaded}}, exit code {{code}}" if loaded or code else 0)
"""
FRAMES = ["pandas", "pandera", "pyarrow", "scipy", "openpyxl", "jinja2"]


def run_fresh(arguments: list[str], heavy: list[str]) -> None:
    probe = PROBE.format(arguments=arguments, heavy=heavy)
    command = [sys.executable, "-c", probe]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["extract", "--help"], ["explain", "ARI101"], ["rules"]],
)
def test_help_and_explanations_load_no_numpy(arguments: list[str]) -> None:
    run_fresh(arguments, ["numpy", "lxml", "starlette", "uvicorn", *FRAMES])


def test_a_word_document_is_checked_without_data_frames(project: Path) -> None:
    path = project / "sample_data" / "clean" / "word" / "section-40.docx"
    run_fresh(["check", str(path), "-o", "concise"], ["starlette", "uvicorn", *FRAMES])


@pytest.mark.parametrize("name", ["csv", "json"])
def test_facts_become_text_without_data_frames(project: Path, name: str) -> None:
    path = project / "sample_data" / "clean" / "word" / "section-40.docx"
    run_fresh(["extract", str(path), "-o", name], FRAMES)
