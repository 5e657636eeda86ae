"""An output never takes the place of anything but an earlier report of the same format."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.facts import FORMATS as FACTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

TABLE = "Item,2024,2025\nBeds,12.5,13.0\nLinen,4.5,4.0\nTotal,17.0,18.0\n"


@pytest.fixture
def linen(tmp_path: Path) -> Path:
    path = tmp_path / "linen.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["other.docx", "other.csv", "notes.txt", "gate.toml", "a.json"])
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a_file_that_is_no_such_report_stays(
    command: Command, linen: Path, name: str, format_: str
) -> None:
    other = linen.with_name(name)
    other.write_text("Beds and linen are dear this year.\n", encoding="utf-8")
    ran = command("check", str(linen), "-o", f"{format_}={other}")
    assert ran.code == 2
    assert "is no earlier" in ran.err
    assert other.read_text(encoding="utf-8") == "Beds and linen are dear this year.\n"
    assert command("check", str(linen), "-o", f"{format_}={other}", "--force").code == 1
    assert "dear" not in other.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["unbudget-check.toml", "unbudget-decisions.toml", "unbudget-waivers.toml"]
)
def test_no_report_takes_a_name_under_which_the_next_run_reads_settings(
    command: Command, linen: Path, name: str
) -> None:
    for arguments in ([], ["--force"]):
        ran = command("check", str(linen), "-o", f"json={linen.with_name(name)}", *arguments)
        assert ran.code == 2
        assert "a file of this name holds settings or decisions" in ran.err
    assert not linen.with_name(name).exists()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("options", [[], ["-q"]])
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_an_earlier_report_is_replaced(
    command: Command, linen: Path, format_: str, options: list[str], lang: str
) -> None:
    target = linen.with_name("report.out")
    arguments = ["check", str(linen), "-o", f"{format_}={target}", "--lang", lang, *options]
    for text in (TABLE, TABLE.replace("18.0", "17.0"), TABLE):
        linen.write_text(text, encoding="utf-8")
        assert command(*arguments).code in {0, 1}, command(*arguments).err


@pytest.mark.parametrize("format_", sorted(FACTS))
def test_earlier_facts_are_replaced_and_nothing_else(
    command: Command, linen: Path, format_: str
) -> None:
    target = linen.with_name("facts.out")
    for _ in range(2):
        assert command("extract", str(linen), "-o", f"{format_}={target}").code == 3
    target.write_text("Beds", encoding="utf-8")
    assert command("extract", str(linen), "-o", f"{format_}={target}").code == 2
    assert command("extract", str(linen), "-o", f"{format_}={target}", "--force").code == 3


def test_relations_replace_relations(command: Command, linen: Path) -> None:
    target = linen.with_name("relations.json")
    for _ in range(2):
        assert command("inspect", str(linen), "-o", f"json={target}").code == 0
    target.write_text("Beds", encoding="utf-8")
    assert command("inspect", str(linen), "-o", f"json={target}").code == 2


@pytest.mark.parametrize("forced", [[], ["--force"]])
@pytest.mark.parametrize("kind", ["settings", "waivers", "baseline"])
def test_what_the_run_heeds_is_never_replaced(
    command: Command, linen: Path, kind: str, forced: list[str]
) -> None:
    settings = linen.with_name("unbudget-check.toml")
    heeded = {
        "settings": settings,
        "waivers": linen.with_name("unbudget-waivers.toml"),
        "baseline": linen.with_name("known.json"),
    }
    saved = linen.with_name("saved.json")
    assert command("check", str(linen), "-o", f"json={saved}").code == 1
    file = str(heeded["baseline"])
    assert command("baseline", "write", str(saved), "--baseline", file).code == 0
    settings.write_text('baseline = "known.json"\n', encoding="utf-8")
    heeded["waivers"].write_text(
        '[[waivers]]\nrule = "ARI101"\ndocument = "x.csv"\nreason = "r"\nowner = "o"\n'
        'until = 2999-01-01\ndifference = "1"\n',
        encoding="utf-8",
    )
    before = heeded[kind].read_bytes()
    ran = command("check", str(linen), "-o", f"json={heeded[kind]}", *forced)
    assert ran.code == 2, ran.out
    assert "this run heeds what stands in it" in ran.err
    assert heeded[kind].read_bytes() == before


def test_what_a_killed_run_left_is_cleaned(command: Command, linen: Path) -> None:
    gone = 2**22 + 1  # no system gives such a number to a process
    left = linen.with_name(f".r.json.{gone}-0a1b2c3d.unbudget-part")
    own = linen.with_name(f".r.json.{os.getpid()}-0a1b2c3d.unbudget-part")
    for each in (left, own):
        each.write_text("half a rep", encoding="utf-8")
    assert command("check", str(linen), "-o", f"json={linen.with_name('r.json')}").code == 1
    assert not left.exists()
    assert own.exists()
