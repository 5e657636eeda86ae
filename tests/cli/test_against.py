"""``check --against`` tells what an edit changed and broke, and fails for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adopting.conftest import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

SETTINGS = """\
[tidy."*.csv"]
labels = ["office", "item"]
measures = ["amount"]
hierarchy = true
"""
DATA = """\
office,item,amount
Harbour,Rent,120.5
Harbour,Paint,12.3
Harbour,Total,132.8
Market,Rent,80.0
Market,Boats,20.0
Market,Total,105.0
"""
PRINTED = """\
Department,2024,2025,2026
Parks,1204,1251,1310
Lights,860,871,902
Libraries,2415,2460,2498
Total,4479,4582,4710
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with data of which one total was wrong before, and a printed table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unbudget-check.toml").write_text(SETTINGS.replace("*.csv", "data/*.csv"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "items.csv").write_text(DATA)
    (tmp_path / "table.csv").write_text(PRINTED)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "first")):
        git(tmp_path, *words)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_was_wrong_before_lets_nothing_fail(command: Command, repository: Path) -> None:
    assert command("check", "data").code == 1
    ran = command("check", str(repository / "data"), "--against", "HEAD")
    assert ran.code == 0
    assert "figures since HEAD: 0 changed, 0 added, 0 removed" in ran.out


def test_a_total_that_was_forgotten_is_told(command: Command, repository: Path) -> None:
    edit(repository / "data" / "items.csv", "Paint,12.3", "Paint,15.3")
    ran = command("check", "data", "--against", "HEAD")
    assert ran.code == 1
    assert "figures since HEAD: 1 changed" in ran.out
    assert "12.3 was changed to 15.3: row Paint, Harbour, column amount" in ran.out
    forgotten = "although Paint, Harbour, amount was changed to 15.3 (before: 12.3)"
    assert f"{forgotten}: row Total, Harbour, column amount" in ran.out


def test_an_edit_that_is_carried_through_breaks_nothing(command: Command, repository: Path) -> None:
    edit(repository / "data" / "items.csv", "Paint,12.3", "Paint,15.3")
    edit(repository / "data" / "items.csv", "132.8", "135.8")
    assert command("check", "data", "--against", "HEAD").code == 0


def test_what_the_edit_mended_is_counted(command: Command, repository: Path) -> None:
    edit(repository / "data" / "items.csv", "105.0", "100.0")
    ran = command("check", "data", "--against", "HEAD")
    assert ran.code == 0
    assert "1 earlier finding is fixed" in ran.out


def test_rows_that_moved_are_the_same_rows(command: Command, repository: Path) -> None:
    first, *rows = DATA.splitlines(keepends=True)
    text = "".join([first, *reversed(rows)]).replace("Boats,20.0", "Boats,7.5\nMarket,Nets,17.5")
    (repository / "data" / "items.csv").write_text(text)
    ran = command("check", "data", "--against", "HEAD")
    assert ran.code == 0
    assert "figures since HEAD: 1 changed, 1 added, 0 removed" in ran.out


def test_printed_tables_are_compared_by_their_labels(command: Command, repository: Path) -> None:
    edit(repository / "table.csv", "Lights,860,871,902", "Lights,860,871,920")
    edit(repository / "table.csv", "Parks,", "Roads,100,210,300\nParks,")
    edit(repository / "table.csv", "4479,4582", "4579,4792")
    ran = command("check", "table.csv", "--against", "HEAD")
    assert ran.code == 1
    assert "figures since HEAD: 3 changed, 3 added, 0 removed" in ran.out
    assert "902 was changed to 920: row Lights, column 2026" in ran.out
    assert (
        "unchanged since HEAD, although Lights, 2026 was changed to 920 (before: 902): row Total"
        in ran.out
    )


def test_a_sum_that_held_before_the_edit_is_an_error(command: Command, repository: Path) -> None:
    """Two wrong totals of six make the figures of one version doubtful, but not the edit."""
    path = repository / "small.csv"
    path.write_text(
        "Item,2022,2023,2024,2025,2026,2027\n"
        "Posts,10.0,14.0,10.0,11.0,12.0,13.0\n"
        "Travel,1.0,2.5,1.0,2.0,3.5,4.0\n"
        "Supplies,2.0,2.0,2.0,3.0,4.5,6.0\n"
        "Total,13.0,18.5,13.0,16.0,20.0,32.0\n"
    )
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "second")
    edit(path, "10.0,11.0", "10.0,19.0")
    assert "note ARI101" in command("check", "small.csv").out
    ran = command("check", "small.csv", "--against", "HEAD", "--profile", "gate")
    assert ran.code == 1
    assert "error ARI101 column-total: Total, 2025" in ran.out


def test_an_older_file_or_folder_will_do(command: Command, repository: Path) -> None:
    older = repository / "older"
    older.mkdir()
    (older / "items.csv").write_text(DATA)
    edit(repository / "data" / "items.csv", "132.8", "137.8")
    for old in ("older", "older/items.csv"):
        ran = command("check", "data", "--against", old)
        assert ran.code == 1
        assert f"figures since {old}: 1 changed" in ran.out


def test_a_new_document_is_checked_in_full(command: Command, repository: Path) -> None:
    (repository / "data" / "more.csv").write_text(DATA)
    ran = command("check", "data/more.csv", "--against", "HEAD")
    assert ran.code == 1
    assert "not in HEAD: everything in it is new" in ran.out


def test_what_is_no_older_version_is_wrong_use(command: Command, repository: Path) -> None:
    ran = command("check", "data", "--against", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no such file, folder or git revision" in ran.err
    ran = command("check", str(repository), "--against", "data/items.csv")
    assert ran.code == 2
    assert "--against data/items.csv is one file, but 2 documents are to be checked" in ran.err
    assert command("check", "data", "--against=--output=x").code == 2
