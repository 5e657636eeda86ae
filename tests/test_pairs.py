"""The comparison of one document in two formats: what is the same counts, what differs is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import pairs
from tests.bench.pairs import Shared

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TABLE = """Table 3
Cost of berths
(Thousands of dollars)
Item\t2025\t2026
Dredging\t120.5\t130.5
Lighting\t80.5\t69.5
Paint\t20.0\t30.0
Total\t221.0\t230.0
"""


def files(folder: Path, first: str, second: str) -> tuple[str, str]:
    paths = folder / "a.txt", folder / "b.txt"
    for path, text in zip(paths, (first, second), strict=True):
        path.write_text(text, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_a_document_is_like_itself_with_other_blanks(tmp_path: Path) -> None:
    found = pairs.compare(*files(tmp_path, TABLE, TABLE.replace("of berths", "of  berths")))
    assert found.shared[pairs.FIGURES] == Shared(8, 8, 8)
    assert found.shared[pairs.TABLES] == Shared(1, 1, 1)
    assert all(str(each) in ("100%", "–") for each in found.shared.values())


def test_another_figure_is_named_with_its_row_and_column(tmp_path: Path) -> None:
    found = pairs.compare(*files(tmp_path, TABLE, TABLE.replace("69.5", "68.5")))
    assert found.only_first[pairs.FIGURES] == ["695e-1 | Lighting | 2026"]
    assert found.only_second[pairs.FIGURES] == ["685e-1 | Lighting | 2026"]
    assert str(found.shared[pairs.FIGURES]) == "87.5% 1"
    assert len(found.only_second[pairs.FINDINGS]) == 1


def test_another_heading_leaves_the_values(tmp_path: Path) -> None:
    found = pairs.compare(*files(tmp_path, TABLE, TABLE.replace("Paint", "Paints")))
    assert found.shared[pairs.VALUES].both == 8
    assert found.shared[pairs.COLUMNS].both == 8
    assert found.shared[pairs.ROWS].both == 6


def test_pairs_of_folders_go_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "berths.txt").write_text(TABLE, encoding="utf-8")
    (tmp_path / "one" / "alone.txt").write_text(TABLE, encoding="utf-8")
    assert pairs.main([str(tmp_path / "one"), str(tmp_path / "two"), "--list", "5"]) == 0
    printed = capsys.readouterr().out
    assert "all 1" in printed
    assert "alone" not in printed
