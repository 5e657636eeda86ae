"""The verb ``map`` prints a mapping that can be kept as it is, and says where there is none."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from tests.tidy.test_propose import LEVELS, proposed
from unbudget_check.settings import read_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]


def test_the_verb_prints_a_table_for_the_settings(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "posten.csv"
    path.write_text(LEVELS, encoding="utf-8")
    ran = command("map", str(path))
    assert ran.code == 0
    assert "# It checks 6 sums, of which none fails:\n" in ran.out
    (mapping,) = tomllib.loads(ran.out)["tidy"].items()
    assert mapping[0] == "posten.csv"
    assert read_mapping(mapping[1]) == proposed(LEVELS).mapping
    (tmp_path / "unbudget-check.toml").write_text(ran.out, encoding="utf-8")
    checked_now = command("check", str(path))
    assert checked_now.code == 0
    assert "6 passed" in checked_now.out
    shown = command("inspect", str(path))
    assert shown.code == 0
    assert "# It checks 6 sums, of which none fails:\n#   Betrag: 1\n" in shown.out


def test_what_holds_no_data_is_said(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("a,b\nx,y\n", encoding="utf-8")
    ran = command("map", str(path))
    assert (ran.code, ran.out) == (3, "")
    assert "nothing to map" in ran.err
