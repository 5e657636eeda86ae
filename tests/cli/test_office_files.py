"""Copies of documents: where they go, what they never replace, and which file they are made of."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.compose.archive import unpack
from tests.conftest import PROJECT
from tests.readers.word_file import row, table, word_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

WRONG = word_file(
    table(row("Item", "2026"), row("A", "1 361.5"), row("B", "2 518.4"), row("Total", "3 789.9"))
)
BROKEN = PROJECT / "sample_data" / "broken"
COMMENTS = "word/comments.xml"
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with one wrong document in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(WRONG)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )


def test_one_document_becomes_one_copy(command: Command, folder: Path) -> None:
    ran = command("check", "a.docx", "-o", "docx=copy.docx")
    assert ran.code == 1
    assert "ARI101" in ran.out
    assert names(folder) == ["a.docx", "copy.docx"]
    assert b"3 789.9" in unpack((folder / "copy.docx").read_bytes())[COMMENTS]
    assert (folder / "a.docx").read_bytes() == WRONG


@pytest.mark.parametrize("target", ["out/", "out"])
def test_several_documents_become_a_folder_of_their_names(
    command: Command, folder: Path, target: str
) -> None:
    (folder / "b").mkdir()
    for name in ("b/a.docx", "b/B.DOCX"):
        (folder / name).write_bytes(WRONG)
    (folder / "torn.docx").write_bytes(b"PK")
    (folder / "c.csv").write_text("Item,2026\nA,1\nB,2\nTotal,3\n", encoding="utf-8")
    before = names(folder)
    assert command("check", ".", "-o", f"docx={target}").code == 1
    made = ["out/a.docx", "out/b/B.DOCX", "out/b/a.docx"]
    assert names(folder) == sorted([*before, *made])
    assert all(COMMENTS in unpack((folder / each).read_bytes()) for each in made)


def test_a_slash_or_a_folder_means_a_folder(command: Command, folder: Path) -> None:
    (folder / "there").mkdir()
    for target, made in (("new/", "new/a.docx"), ("there", "there/a.docx")):
        assert command("check", "a.docx", "-o", f"docx={target}").code == 1
        assert COMMENTS in unpack((folder / made).read_bytes())


def test_of_two_documents_one_of_which_is_torn_there_is_a_folder(
    command: Command, folder: Path
) -> None:
    (folder / "torn.docx").write_bytes(b"PK")
    assert command("check", "a.docx", "torn.docx", "-o", "docx=out").code == 1
    assert names(folder) == ["a.docx", "out/a.docx", "torn.docx"]


def test_a_saved_report_gives_the_same_copy(command: Command, folder: Path) -> None:
    command("check", "a.docx", "-o", "json=r.json", "-o", "docx=one.docx")
    assert command("render", "r.json", "-o", "docx=two.docx").code == 0
    assert (folder / "one.docx").read_bytes() == (folder / "two.docx").read_bytes()


def test_a_document_from_standard_input_can_be_copied(command: Command, folder: Path) -> None:
    arguments = ("--stdin-filename", "given.docx", "-o", "docx=copy.docx")
    assert command("check", "-", *arguments, given=WRONG).code == 1
    assert COMMENTS in unpack((folder / "copy.docx").read_bytes())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.unlink(), "is not there any more"),
        (lambda path: path.write_bytes(WRONG + b"\n"), "is not the file that was checked"),
    ],
)
def test_another_document_than_the_one_checked_is_refused(
    command: Command, folder: Path, change: Callable[[Path], object], said: str
) -> None:
    command("check", "a.docx", "-o", "json=r.json")
    change(folder / "a.docx")
    ran = command("render", "r.json", "-o", "docx=copy.docx")
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (folder / "copy.docx").exists()


def test_a_file_that_exists_is_replaced_only_by_force(command: Command, folder: Path) -> None:
    (folder / "out").mkdir()
    for name, target in (("copy.docx", "copy.docx"), ("out/a.docx", "out")):
        (folder / name).write_bytes(b"kept")
        ran = command("check", "a.docx", "-o", f"docx={target}")
        assert ran.code == 2
        assert "it exists; --force replaces it" in ran.err
        assert (folder / name).read_bytes() == b"kept"
        assert command("check", "a.docx", "-o", f"docx={target}", "--force").code == 1
        assert COMMENTS in unpack((folder / name).read_bytes())


@ON_POSIX
@pytest.mark.parametrize("target", ["a.docx", "./x/../a.docx", ".", "hard.docx", "soft.docx", "x"])
def test_the_document_is_not_replaced_even_by_force(
    command: Command, folder: Path, target: str
) -> None:
    (folder / "x").mkdir()
    os.link(folder / "a.docx", folder / "hard.docx")
    (folder / "soft.docx").symlink_to("a.docx")
    (folder / "x" / "a.docx").symlink_to("../a.docx")
    digest, before = hashlib.sha256(WRONG).digest(), names(folder)
    command("check", "a.docx", "-o", "json=r.json")
    for arguments in (("check", "a.docx"), ("render", "r.json")):
        ran = command(*arguments, "-o", f"docx={target}", "--force")
        assert ran.code == 2
        assert "one of the documents that are read" in ran.err
    assert hashlib.sha256((folder / "a.docx").read_bytes()).digest() == digest
    assert names(folder) == sorted([*before, "r.json"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.docx", "-o", "docx"), "cannot be printed"),
        (("a.docx", "-o", "docx=-"), "cannot be printed"),
        (("a.docx", "-o", "docx="), "give a file after"),
        (("a.docx", "-o", "docx=copy.txt"), "must end in .docx"),
        (("a.docx", "-o", "docx=gone/copy.docx"), "create it first"),
        (("a.docx", "-o", "docx=gone/out/"), "create it first"),
        (("a.docx", "b.docx", "-o", "docx=copy.docx"), "name a folder"),
        (("c.csv", "-o", "docx=copy.docx"), "none of the documents is a Word document"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    command: Command, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "b.docx").write_bytes(WRONG)
    (folder / "c.csv").write_text("Item,2026\nA,1\nB,2\nTotal,3\n", encoding="utf-8")
    before = names(folder)
    ran = command("check", *arguments)
    assert ran.code == 2
    assert said in ran.err.splitlines()[-1]
    assert names(folder) == before


def test_a_document_that_could_not_be_read_has_no_copy(command: Command, folder: Path) -> None:
    (folder / "torn.docx").write_bytes(b"PK")
    ran = command("check", "torn.docx", "-o", "docx=copy.docx")
    assert ran.code == 3
    assert "torn.docx" in ran.err
    assert names(folder) == ["a.docx", "torn.docx"]


def test_a_lone_workbook_becomes_a_marked_copy(command: Command, folder: Path) -> None:
    given = (BROKEN / "workbook" / "section-40.xlsx").read_bytes()
    (folder / "b.xlsx").write_bytes(given)
    assert command("check", "b.xlsx", "-o", "xlsx=copy.xlsx", "-o", "json=r.json").code == 1
    copy = unpack((folder / "copy.xlsx").read_bytes())
    assert copy["xl/worksheets/sheet5.xml"] != unpack(given)["xl/worksheets/sheet5.xml"]
    assert b"NOT108" in copy["xl/comments5.xml"]
    assert command("render", "r.json", "-o", "xlsx=again.xlsx").code == 0
    assert (folder / "again.xlsx").read_bytes() == (folder / "copy.xlsx").read_bytes()


@pytest.mark.parametrize("paths", [("a.docx",), ("a.docx", "b.xlsx"), ("torn.xlsx",)])
def test_anything_else_becomes_a_findings_workbook(
    command: Command, folder: Path, paths: tuple[str, ...]
) -> None:
    (folder / "b.xlsx").write_bytes((BROKEN / "workbook" / "section-40.xlsx").read_bytes())
    (folder / "torn.xlsx").write_bytes(b"PK")
    command("check", *paths, "-o", "xlsx=book.xlsx")
    assert b"Not checked" in unpack((folder / "book.xlsx").read_bytes())["xl/workbook.xml"]
    ran = command("check", *paths, "-o", "xlsx=book.xlsx")
    assert ran.code == 2
    assert "--force replaces it" in ran.err


@pytest.mark.parametrize(("target", "said"), [("out/", "folder"), ("b.txt", "must end in .xlsx")])
def test_a_workbook_is_one_file(command: Command, folder: Path, target: str, said: str) -> None:
    (folder / "out").mkdir()
    ran = command("check", "a.docx", "-o", f"xlsx={target}")
    assert ran.code == 2
    assert said in ran.err
    assert names(folder) == ["a.docx"]
