"""Everything that the documentation says one can type: it runs, and its options exist."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from tests.adopting.conftest import git
from tests.site.texts import named_commands, texts, typed_commands
from unbudget_check.cli.exits import WRONG_USE
from unbudget_check.cli.main import program, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXTS = texts()
# A command that waits for people or for changes never ends; its options must exist all the same.
ENDLESS = {"--watch", "open"}
# What stands on the pages for the identities of findings.
IDENTITIES = ("1f0e9d8c", "2a1b3c4d")
SAMPLES = {
    "section.docx": "word/section-40.docx",
    "section.csv": "printed-csv/section-40.csv",
    "section.xlsx": "workbook/section-40.xlsx",
    "report.pdf": "pdf/section-40.pdf",
    "fascicles/section.csv": "printed-csv/section-40.csv",
    "drafts/section.csv": "printed-csv/section-40.csv",
    "drafts/new.docx": "word/section-40.docx",
    "drafts/old.docx": "word/section-40.docx",
    "exports/items.csv": "tidy/items.csv",
    "pages/section.html": "web-page/section-40.html",
}


@pytest.fixture
def desk(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the documents of which the pages speak."""
    for name, sample in SAMPLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(project / "sample_data" / "broken" / sample, tmp_path / name)
    shutil.copytree(project / "sample_data", tmp_path / "sample_data")
    for name in ("theirs.toml", "unbudget-decisions.toml"):
        (tmp_path / name).write_text("decisions = [\n]\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "exports", "drafts")
    git(tmp_path, "commit", "--quiet", "--message", "Begun")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in TEXTS if any(typed_commands(TEXTS[name]))])
def test_what_a_page_says_to_type_runs(name: str, desk: Path) -> None:
    for words in typed_commands(TEXTS[name]):
        refuse_unknown(words)
        if ENDLESS & set(words):
            continue
        with CliRunner().isolation() as (_, err, *_):
            code = run(
                [found_identity(desk, word) if word in IDENTITIES else word for word in words]
            )
            said = err.getvalue().decode()
        assert code != WRONG_USE, f"unbudget-check {' '.join(words)}: {said}"
        assert "cannot be read" not in said, words


def found_identity(desk: Path, word: str) -> str:
    """The identity of a finding of the report that the page made, instead of the one it shows."""
    report = json.loads((desk / "report.json").read_text(encoding="utf-8"))
    found = report["documents"][0]["findings"] if "findings" not in report else report["findings"]
    return str(found[IDENTITIES.index(word)]["fingerprint"])


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_sentence_names_exists(name: str) -> None:
    for words in named_commands(TEXTS[name]):
        refuse_unknown(words)


def refuse_unknown(words: Sequence[str]) -> None:
    """Fail for a verb or an option that the command line does not know."""
    command, rest = verb_of(words)
    known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    known |= {"-h", "--help"}
    for word in rest:
        if re.match(r"--?[a-z]", word):
            assert word.partition("=")[0] in known, f"{command.name} has no option {word}"


def verb_of(words: Sequence[str]) -> tuple[click.Command, Sequence[str]]:
    command: click.Command = program
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"there is no verb {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    return command, words
