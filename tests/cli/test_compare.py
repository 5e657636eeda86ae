"""The verb ``compare``: files, folders, revisions and saved reports, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.adopting.conftest import git
from tests.compare.drafts import CARRIED, FORGOTTEN, OFFICES
from unbudget_check.understand.understand import understand_guarded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran
    from unbudget_check.model.document import Document
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.faults import Faults

    Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three drafts, where the command runs."""
    monkeypatch.chdir(tmp_path)
    for name, draft in (("first", OFFICES), ("second", FORGOTTEN), ("third", CARRIED)):
        (tmp_path / f"{name}.html").write_bytes(draft.page())
    return tmp_path


def test_it_tells_what_was_changed_and_what_was_forgotten(command: Command) -> None:
    ran = command("compare", "first.html", "second.html")
    assert ran.code == 1
    words = " ".join(ran.out.split())
    assert (
        "1 figure forgotten table 1, row Dredging, column 2025 approved: 2 460.7 was changed to "
        "2 461.7 table 1, row Total, column 2025 approved 4 905.3 was left as it was; its parts "
        "now give 4 906.3"
    ) in words
    assert "1 figure changed table 1, row Dredging, column 2025 approved 2 460.7 was" in words
    assert words.endswith("result 1 figure forgotten, 1 new (1 error).")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_each_version_is_understood_once(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    understood = []

    def counted(document: Document, language: str | None, faults: Faults) -> DocumentFacts:
        understood.append(document.path)
        return understand_guarded(document, language, faults)

    monkeypatch.setattr("unbudget_check.engine.understand_document", counted)
    assert command("compare", "first.html", "second.html").code == 1
    assert understood == ["first.html", "second.html"]


def test_an_edit_that_was_carried_through_is_clean(command: Command) -> None:
    ran = command("compare", "first.html", "third.html")
    assert ran.code == 0
    assert "2 changed, 0 added, 0 removed, 0 forgotten" in ran.out
    assert "no new findings" in ran.out


def test_what_an_edit_fixed_is_no_fault(command: Command) -> None:
    ran = command("compare", "second.html", "third.html")
    assert ran.code == 0
    assert "1 fixed" in ran.out


def test_folders_are_compared_by_names(command: Command, desk: Path) -> None:
    for folder, name, draft in (
        ("old/a", "x.html", OFFICES),
        ("old/b", "x.html", CARRIED),
        ("old/b", "gone.html", OFFICES),
        ("new/a", "x.html", FORGOTTEN),
        ("new/b", "x.html", CARRIED),
        ("new/b", "come.html", CARRIED),
    ):
        (desk / folder).mkdir(parents=True, exist_ok=True)
        (desk / folder / name).write_bytes(draft.page())
    ran = command("compare", "old", "new", "-o", "json")
    assert ran.code == 1
    documents = {
        each["path"] or each["path_before"]: each for each in json.loads(ran.out)["documents"]
    }
    assert {path: each["fate"] for path, each in documents.items()} == {
        "new/a/x.html": "compared",
        "new/b/x.html": "compared",
        "new/b/come.html": "new",
        "old/b/gone.html": "missing",
    }
    assert documents["new/a/x.html"]["edit"]["changed"] == 1
    assert documents["new/b/x.html"]["edit"]["changed"] == 0
    assert command("compare", "old/a", "new/a/x.html", "-q").code == 1


def test_revisions_are_compared(command: Command, desk: Path) -> None:
    path = desk / "work" / "paper.html"
    path.parent.mkdir()
    for words in (("init", "-q"),):
        git(desk, *words)
    for draft in (OFFICES, CARRIED):
        path.write_bytes(draft.page())
        git(desk, "add", "work")
        git(desk, "commit", "-q", "-m", "draft")
    path.write_bytes(FORGOTTEN.page())
    for old, new, code in (
        ("HEAD~1", "HEAD", 0),
        ("HEAD~1", "work/paper.html", 1),
        ("HEAD~1", "work", 1),
        ("work", "HEAD", 0),
    ):
        ran = command("compare", old, new)
        assert ran.code == code, (old, new)
        assert "documents  1 compared" in ran.out


def test_saved_reports_are_compared(command: Command) -> None:
    for name in ("first", "second"):
        command("check", f"{name}.html", "-o", f"json={name}.json")
    ran = command("compare", "first.json", "second.json")
    assert (ran.code, "1 new (1 error)" in ran.out) == (1, True)
    assert command("report", "diff", "first.json", "second.json").out == ran.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("first.html",), 2, "Missing argument 'NEW'"),
        (("nowhere", "first.html"), 2, "there is no such file, folder or git revision"),
        (("first.html", "a.json"), 2, "a saved report is compared with another one"),
        (("first.html", "second.html", "-o", "json=first.html"), 2, "one of the documents"),
        (("first.html", "second.html", "-o", "sarif"), 2, "there is no format 'sarif'"),
    ],
)
def test_wrong_use_is_refused(
    command: Command, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = command("compare", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
