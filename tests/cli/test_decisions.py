"""Decisions as a person makes them at a terminal, and where they are kept and found."""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.page.conftest import OpenPage
from unbudget_check.cli.open import _keep
from unbudget_check.page.deciding import Decisions
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

FILE, TODAY = "unbudget-decisions.toml", ("--today", "2026-11-30")
TERMS = ("--reason", "Known to the section", "--owner", "A. Officer", "--until", "2027-03-31")
# As the build of the day before decisions came wrote it.
YESTERDAY = """[[waivers]]
rule = "ARI101"
document = "wards.csv"
row = "Total"
column = "2025"
difference = "-18.0"
reason = "as agreed"
owner = "A. Clerk"
until = 2999-12-31
"""
WARDS = "Item,2024,2025\nWards,120.5,131.0\nTheatres,41.5,44.0\nTotal,162.0,157.0\n"


@pytest.fixture
def draft(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A document with findings below a folder in which we stand."""
    source = project / "sample_data" / "broken" / "printed-csv" / "section-40.csv"
    (tmp_path / "drafts" / "annexes").mkdir(parents=True)
    shutil.copy(source, tmp_path / "drafts" / "annexes" / "section-40.csv")
    monkeypatch.chdir(tmp_path)
    return "drafts/annexes/section-40.csv"


def identities(command: Command, path: str) -> list[str]:
    command("check", path, "-o", "json=report.json", "--force")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    return [each["fingerprint"] for each in report["findings"]]


def accept(command: Command, *names: str) -> Ran:
    return command(
        "decisions", "accept", "report.json", *names, *TERMS, "--by", "B. Reader", *TODAY
    )


def test_the_reply_says_what_was_accepted_and_check_finds_it(command: Command, draft: str) -> None:
    first, *others = identities(command, draft)
    ran = accept(command, first[:8])
    assert (ran.code, ran.err) == (0, "")
    told, where = ran.out.splitlines()
    finding = json.loads(Path("report.json").read_text(encoding="utf-8"))["findings"][0]
    assert told.startswith(f"accepted until 2027-03-31: {finding['code']} in ")
    assert f"row {finding['where']['row']}" in told
    assert told.endswith(f"[{first[:8]}]")
    assert where == f"1 decision added to drafts/annexes/{FILE}"
    accept(command, *others)
    for path in (draft, "drafts", "."):
        assert command("check", path, *TODAY).code == 0, path
        assert command("check", path, "--today", "2027-04-01").code == 1, path
        assert command("check", path, "--trust", "config").code == 1, path


def test_decisions_go_to_the_nearest_folder_that_has_some(command: Command, draft: str) -> None:
    Path("drafts", "unbudget-waivers.toml").write_text(YESTERDAY, encoding="utf-8")
    (name, *_) = identities(command, draft)
    assert accept(command, name).out.endswith(f"added to drafts/{FILE}\n")
    assert Path("drafts", "unbudget-waivers.toml").read_text(encoding="utf-8") == YESTERDAY
    rows = command("decisions", "list", "drafts").out.splitlines()
    assert len(rows) == 3
    assert rows[-1] == "2 decisions"


def test_a_file_beside_one_document_says_nothing_of_another(command: Command, draft: str) -> None:
    accept(command, *identities(command, draft))
    Path("drafts", "old").mkdir()
    shutil.copy(draft, "drafts/old")
    assert command("check", "drafts/annexes", *TODAY).code == 0
    assert command("check", "drafts", *TODAY).code == 1


def test_a_waiver_that_yesterdays_build_wrote_still_holds(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wards.csv").write_text(WARDS, encoding="utf-8")
    assert command("check", "wards.csv").code == 1
    Path("unbudget-waivers.toml").write_text(YESTERDAY, encoding="utf-8")
    ran = command("check", "wards.csv")
    assert ran.code == 0
    assert "1 finding accepted earlier" in ran.out
    assert command("decisions", "audit", "wards.csv").out.startswith("used: ARI101 in wards.csv")


def test_a_rejected_finding_fails_nothing_and_is_called_wrong(command: Command, draft: str) -> None:
    names = identities(command, draft)
    terms = ("--reason", "The note explains it", "--by", "B. Reader", *TODAY)
    ran = command("decisions", "reject", "report.json", *names, *terms)
    assert ran.out.count("rejected as wrong: ") == len(names)
    ran = command("check", draft, "-o", "json=again.json", "-o", "full", "-v")
    assert ran.code == 0
    assert "rejected as wrong" in ran.out
    told = " ".join(ran.out.split())
    assert f"{len(names)} findings rejected as wrong (" in told
    assert "accepted earlier or rejected as wrong." in told
    assert "accepted earlier (" not in told
    found = json.loads(Path("again.json").read_text(encoding="utf-8"))["findings"]
    assert {each["status"] for each in found} == {"waived"}
    assert {each["decision"]["verdict"] for each in found} == {"wrong"}
    assert found[0]["decision"]["reason"] == "The note explains it"


@pytest.mark.parametrize("form", ["junit", "sarif", "github", "markdown"])
def test_what_machines_read_takes_a_rejected_finding_as_an_accepted_one(
    command: Command, draft: str, form: str
) -> None:
    names = identities(command, draft)
    command("decisions", "reject", "report.json", *names, "--reason", "so printed", "--by", "B")
    rejected = command("check", draft, "-o", form).out
    Path("drafts", "annexes", FILE).unlink()
    accept(command, *names)
    accepted = command("check", draft, "-o", form).out
    for mark in ("<failure", "::error", '"suppressions"', "skipped="):
        assert rejected.count(mark) == accepted.count(mark)
    if form == "junit":
        assert "rejected as wrong" in rejected


def test_the_same_is_not_decided_twice(command: Command, draft: str) -> None:
    (name, *_) = identities(command, draft)
    accept(command, name)
    before = Path("drafts/annexes", FILE).read_text(encoding="utf-8")
    ran = accept(command, name)
    assert ran.code == 2
    assert "accepted until 2027-03-31 already" in ran.err
    command("decisions", "reject", "report.json", name, "--reason", "no", "--by", "B", *TODAY)
    after = Path("drafts/annexes", FILE).read_text(encoding="utf-8")
    assert after.count("\n") == before.count("\n")
    assert '"wrong"' in after


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*TERMS[:4], "--until", "2026-11-29", *TODAY), "2026-11-29, is over"),
        (("--reason", " ", *TERMS[2:], *TODAY), "needs a reason"),
        ((*TERMS[:4], "--until", "soon"), "soon"),
    ],
)
def test_a_decision_that_cannot_hold_is_refused(
    command: Command, draft: str, arguments: tuple[str, ...], said: str
) -> None:
    (name, *_) = identities(command, draft)
    ran = command("decisions", "accept", "report.json", name, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not list(Path().rglob(FILE))


def test_a_decision_is_undone(command: Command, draft: str) -> None:
    first, *others = identities(command, draft)
    accept(command, first, *others)
    ran = command("decisions", "undo", first[:8])
    assert ran.out.startswith("undone: accepted until 2027-03-31: ")
    assert command("check", draft, *TODAY).code == 1
    assert f"{len(others)} decision" in command("decisions", "list").out
    ran = command("decisions", "undo", first)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no decision" in ran.err


def test_the_decisions_of_another_file_are_taken_over_once(command: Command, draft: str) -> None:
    accept(command, *identities(command, draft))
    shutil.move(f"drafts/annexes/{FILE}", "theirs.toml")
    ran = command("decisions", "apply", "theirs.toml", "--documents", "drafts")
    assert ran.out.endswith(f"added to drafts/{FILE}\n")
    once = Path("drafts", FILE).read_text(encoding="utf-8")
    ran = command("decisions", "apply", "theirs.toml", "--documents", "drafts")
    assert (ran.code, ran.out) == (0, f"{once.count('decision =')} decisions known already\n")
    assert Path("drafts", FILE).read_text(encoding="utf-8") == once
    assert command("check", "drafts", *TODAY).code == 0


def test_an_audit_names_what_was_corrected_and_is_still_found(command: Command, draft: str) -> None:
    accept(command, *identities(command, draft))
    path = Path("drafts/annexes", FILE)
    text = path.read_text(encoding="utf-8").replace('"accept"', '"corrected"')
    path.write_text(text, encoding="utf-8")
    ran = command("decisions", "audit", "drafts", *TODAY)
    assert (ran.code, ran.out.split(":")[0]) == (1, "still found")
    ran = command("check", draft, "-v")
    assert ran.code == 1
    assert "but still found" in " ".join(ran.out.split())


@pytest.mark.parametrize("verb", ["waivers", "baseline"])
def test_the_old_names_work_and_say_the_new_one(command: Command, draft: str, verb: str) -> None:
    identities(command, draft)
    old = {"waivers": ("audit", draft), "baseline": ("write", "report.json")}[verb]
    ran = command(verb, *old)
    assert ran.code == 0
    assert "unbudget-check decisions" in ran.err
    assert ran.err.count("\n") == 1
    assert verb not in command("--help").out


@pytest.mark.parametrize("word", ["reject", "Rejected as wrong", "wrong", "误报"])
def test_decisions_in_the_findings_workbook_are_applied(
    command: Command, draft: str, word: str
) -> None:
    command("check", draft, "-o", "xlsx=findings.xlsx")
    book = load_workbook("findings.xlsx")
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    count = sheet.max_row - 1
    for row in range(2, sheet.max_row + 1):
        for name, value in (("Decision", word), ("Reason or comment", "see the note")):
            sheet.cell(row, head.index(name) + 1).value = value
    book.save("findings.xlsx")
    ran = command("decisions", "apply", "findings.xlsx", "--by", "B. Reader", *TODAY)
    assert ran.code == 0, ran.err
    assert ran.out.count("rejected as wrong: ") == count
    assert ran.out.endswith(f"{count} decisions added to {FILE}\n")
    assert command("check", draft).code == 0
    once = Path(FILE).read_text(encoding="utf-8")
    assert once.count("B. Reader") == count
    ran = command("decisions", "apply", "findings.xlsx", "--by", "Another")
    assert (ran.out, Path(FILE).read_text(encoding="utf-8")) == (
        f"{count} decisions known already\n",
        once,
    )


@pytest.mark.parametrize(
    "name", ["empty.xlsx", "missing.xlsx", "report.json", "missing.toml", "findings.ods"]
)
def test_a_file_without_decisions_is_refused_in_one_sentence(
    command: Command, draft: str, name: str
) -> None:
    identities(command, draft)
    Path("empty.xlsx").write_bytes(b"")
    ran = command("decisions", "apply", name)
    assert ran.code in {2, 3}
    assert (ran.out, ran.err.count("\n")) == ("", 1)
    assert name in ran.err
    assert not Path(FILE).exists()


def test_decisions_are_written_to_the_file_that_the_settings_name(
    command: Command, draft: str
) -> None:
    Path("unbudget-check.toml").write_text("", encoding="utf-8")
    names = identities(command, draft)
    Path("unbudget-check.toml").write_text('waivers = "ours.toml"\n', encoding="utf-8")
    assert command("check", draft).code == 1  # it is not there yet: nothing is decided
    assert command("decisions", "list", draft).out == "0 decisions\n"
    assert command("check", draft, "--decisions", "mistyped.toml").code == 2
    ran = accept(command, *names)
    assert ran.out.endswith("added to ours.toml\n")
    assert command("check", draft, *TODAY).code == 0
    assert command("check", draft, *TODAY, "--trust", "config").code == 0
    assert command("decisions", "undo", *names).code == 0
    assert command("check", draft, *TODAY).code == 1


@pytest.mark.parametrize("form", ["full", "html", "xlsx"])
def test_a_saved_report_is_rendered_with_its_decisions(
    command: Command, draft: str, form: str
) -> None:
    names = identities(command, draft)
    command("decisions", "reject", "report.json", *names, "--reason", "see note", "--by", "B")
    command("check", draft, "-o", "json=decided.json", "-o", f"{form}=now.{form}", "-v")
    command("render", "decided.json", "-o", f"{form}=later.{form}", "-v")
    now = Path(f"now.{form}").read_bytes()
    assert now == Path(f"later.{form}").read_bytes()
    assert form == "xlsx" or b"see note" in now


def test_a_decision_on_a_file_with_brackets_in_its_name_holds(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wards [v1].csv").write_text(WARDS, encoding="utf-8")
    accept(command, *identities(command, "wards [v1].csv"))
    assert command("check", "wards [v1].csv", *TODAY).code == 0


def test_the_tick_of_the_page_is_kept_and_means_nothing_to_a_run(
    command: Command, draft: str
) -> None:
    kept = Path(draft).with_name(FILE)
    keep = partial(_keep, [kept])
    page = OpenPage(decisions=Decisions((), date(2026, 11, 30), "A. Officer", keep))
    page.session.add_paths([draft])
    page.check()
    page.post("documents/1/done", {"done": "1"})
    assert command("check", draft, *TODAY).code == 1
    assert command("decisions", "list", "drafts").out.startswith("ticked off as done: ")
    assert command("decisions", "audit", "drafts", *TODAY).out.startswith("done: ")
    (tick,) = parse_decisions(kept.read_text(encoding="utf-8"), FILE)
    assert command("decisions", "undo", tick.finding, "--documents", "drafts").code == 0
    assert parse_decisions(kept.read_text(encoding="utf-8"), FILE) == ()
