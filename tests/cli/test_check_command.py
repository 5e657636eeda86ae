"""``check``: what is printed where, which exit code it ends with, and what reaches the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.reports import TOOL, empty_report, notation, whole_report
from unbudget_check.model.finding import Severity
from unbudget_check.model.outcome import Rounding
from unbudget_check.model.report import Coverage, DocumentResult, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import FakeEngine, Ran

    Command = Callable[..., Ran]


def clean_report() -> Report:
    coverage = Coverage(tables_read=1, tables_checked=1, figures_read=4, figures_checked=4, exact=3)
    return Report(TOOL, (DocumentResult("a.docx", None, "en", "00", "checked", "", coverage),))


def report_of(severity: Severity) -> Report:
    document = clean_report().documents[0]
    finding = replace(notation(), severity=severity)
    return Report(TOOL, (replace(document, findings=(finding,)),))


@pytest.mark.parametrize(
    ("report", "options", "code"),
    [
        (clean_report(), [], 0),
        (report_of(Severity.ERROR), [], 1),
        (report_of(Severity.WARNING), [], 0),
        (report_of(Severity.WARNING), ["--fail-on", "warning"], 1),
        (report_of(Severity.NOTE), ["--fail-on", "note"], 1),
        (report_of(Severity.ERROR), ["--fail-on", "never"], 0),
        (report_of(Severity.ERROR), ["--exit-zero"], 0),
        (whole_report(), [], 1),
        (whole_report(), ["--exit-zero"], 3),
        (empty_report(), [], 3),
        (Report(TOOL, ()), [], 3),
    ],
)
def test_the_exit_code_says_how_it_went(
    command: Command, engine: FakeEngine, report: Report, options: list[str], code: int
) -> None:
    engine.report = report
    assert command("check", "a.docx", *options).code == code


def test_the_exit_code_is_the_same_in_every_format(command: Command, engine: FakeEngine) -> None:
    assert {command("check", "a.docx", "-o", each).code for each in ("full", "json")} == {1}
    assert engine.paths == ("a.docx",)


def test_without_a_terminal_the_report_is_concise(command: Command, engine: FakeEngine) -> None:
    ran = command("check", "a.docx")
    assert "annual/narrative.txt:812: warning ARI501 grade-list: " in ran.out
    assert engine.report.documents[-1].path in ran.out
    assert ran.err == ""


def test_json_goes_out_alone(command: Command, engine: FakeEngine) -> None:
    ran = command("check", "a.docx", "-o", "json")
    assert len(json.loads(ran.out)["findings"]) == len(engine.report.findings)
    assert "annual/torn.docx: the file ends too early" in ran.err


def test_several_documents_are_counted_on_standard_error(
    command: Command, engine: FakeEngine
) -> None:
    ran = command("check", "a.docx", "b.docx")
    assert len(ran.err.splitlines()) == len(engine.report.documents)
    assert "annual/outlay.xlsx: 9 checks, 1 finding\n" in ran.err
    assert "annual/torn.docx: unreadable\n" in ran.err
    assert "9 checks, 1 finding" not in ran.out


def test_quiet_prints_findings_only(command: Command, engine: FakeEngine) -> None:
    ran = command("check", "a.docx", "b.docx", "-q")
    assert len(ran.out.splitlines()) == len(engine.report.findings)
    torn, *taken = ran.err.splitlines()
    assert torn == "annual/torn.docx: the file ends too early; copy it anew"
    assert [each.partition(" (")[0].partition(":")[0] for each in taken] == [
        "2 documents excluded",
        "1 error lowered to a note",
        "annual/old.doc, annual/print.rtf",
    ]


def test_quiet_does_not_hide_that_nothing_was_checked(command: Command, engine: FakeEngine) -> None:
    engine.report = empty_report()
    ran = command("check", "a.docx", "-q")
    assert (ran.code, ran.out) == (3, "")
    assert "nothing was checked" in ran.err


def test_nothing_checked_never_sounds_well(command: Command, engine: FakeEngine) -> None:
    engine.report = empty_report()
    out = command("check", "a.docx").out
    assert "result: nothing was checked" in out
    assert "no contradiction" not in out


def test_colour_is_printed_when_it_is_asked_for(
    command: Command, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = ["check", "a.docx", "-o", "full"]
    assert "\x1b" not in command(*full).out
    assert "\x1b[" in command(*full, "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in command(*full).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in command(*full).out
    assert "\x1b" not in command(*full, "--color", "never").out
    assert engine.report.findings


def test_what_was_asked_reaches_the_engine(command: Command, engine: FakeEngine) -> None:
    command(
        *("check", "a.docx", "--select", "ARI,NOT101", "--select", "posts", "--ignore", "ARI301"),
        *("--language", "zh", "--revisions", "original", "--rounding", "half-even"),
    )
    wishes = engine.wishes
    assert wishes is not None
    assert wishes.select == ("ARI", "NOT101", "posts")
    assert wishes.ignore == ("ARI301",)
    assert (wishes.language, wishes.revisions) == ("zh", "original")
    assert wishes.rounding is Rounding.HALF_EVEN


def test_the_command_overrules_the_settings(
    command: Command, engine: FakeEngine, tmp_path: Path
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('select = ["NOT"]\nlanguage = "zh"\nfail-on = "never"\n', encoding="utf-8")
    ran = command("check", "a.docx", "--config", str(path), "--select", "ARI")
    assert ran.code == 3
    assert engine.wishes is not None
    assert engine.wishes.select == ("ARI",)
    assert engine.wishes.language == "zh"


def test_the_settings_beside_a_document_are_found(
    command: Command, engine: FakeEngine, tmp_path: Path
) -> None:
    (tmp_path / "unbudget-check.toml").write_text('ignore = ["NOT"]\n', encoding="utf-8")
    folder = tmp_path / "fascicles"
    folder.mkdir()
    command("check", str(folder / "a.docx"), str(folder / "b.docx"))
    assert engine.wishes is not None
    assert engine.wishes.ignore == ("NOT",)


def test_a_document_comes_through_standard_input(command: Command, engine: FakeEngine) -> None:
    command("check", "-", "--stdin-filename", "section.txt", given=b"Total 3")
    assert engine.paths == ("section.txt",)
    assert engine.wishes is not None
    assert engine.wishes.given == {"section.txt": b"Total 3"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "Missing argument"),
        (["check", "a.docx", "--language", "xx"], "--language xx: unknown language"),
        (["check", "a.docx", "--fail-on", "eror"], "eror"),
        (["check", "a.docx", "--config", "no.toml"], "no.toml: this settings file does not exist"),
        (["check", "a.docx", "-o", "jsn"], "did you mean 'json'?"),
        (["check", "a.docx", "-o", "xml"], "formats are: full, concise, json"),
        (["check", "a.docx", "-o", "json", "-o", "full"], "only one format can be printed"),
    ],
)
def test_wrong_use_is_one_sentence(
    command: Command, engine: FakeEngine, arguments: list[str], said: str
) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert engine.paths == ()
