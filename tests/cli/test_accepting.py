"""Waivers and baselines as a person uses them, on a document of our own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]


@pytest.fixture
def draft(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A document with findings in a folder of its own, in which we stand."""
    source = project / "sample_data" / "broken" / "printed-csv" / "section-40.csv"
    shutil.copy(source, tmp_path / "section-40.csv")
    monkeypatch.chdir(tmp_path)
    return "section-40.csv"


def identities(command: Command, draft: str) -> list[str]:
    command("check", draft, "-o", "json=report.json")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    return [each["fingerprint"] for each in report["findings"]]


def accept(command: Command, *names: str) -> Ran:
    terms = ("--reason", "Known to the section", "--owner", "A. Officer", "--until", "2027-03-31")
    return command("waivers", "add", "report.json", *names, *terms, "--today", "2027-01-01")


def test_a_finding_is_accepted_until_its_last_day(command: Command, draft: str) -> None:
    names = identities(command, draft)
    assert accept(command, *names[:-1]).code == 0
    assert accept(command, names[-1][:8]).out.endswith("added to unbudget-decisions.toml\n")
    ran = command("check", draft, "--today", "2027-03-31")
    assert (ran.code, ran.out.count("error")) == (0, 0)
    assert "accepted earlier" in command("check", draft, "--today", "2027-03-31", "-v").out
    over = command("check", draft, "--today", "2027-04-01")
    assert over.code == 1
    assert "expired on 2027-03-31" in over.out
    assert command("check", draft, "--no-waivers").code == 1


def test_a_waiver_holds_for_documents_below_the_folder_where_it_was_added(
    command: Command, draft: str
) -> None:
    Path("drafts", "annexes").mkdir(parents=True)
    shutil.move(draft, "drafts/annexes")
    accept(command, *identities(command, "drafts"))
    assert command("check", "drafts", "--today", "2027-01-01").code == 0
    assert command("waivers", "audit", "drafts", "--today", "2027-01-01").code == 0


def test_an_audit_says_which_waivers_are_needed(command: Command, draft: str) -> None:
    names = identities(command, draft)
    accept(command, names[0])
    ran = command("waivers", "audit", draft, "--today", "2027-01-01")
    assert (ran.code, ran.out.split(":")[0]) == (0, "used")
    ran = command("waivers", "audit", draft, "--today", "2028-01-01")
    assert (ran.code, ran.out.split(":")[0]) == (1, "expired")


def test_only_what_is_new_fails_after_a_baseline(
    command: Command, draft: str, tmp_path: Path
) -> None:
    names = identities(command, draft)
    ran = command("baseline", "write", "report.json")
    assert ran.out == f"{len(names)} findings in unbudget-baseline.json\n"
    assert command("baseline", "write", "report.json").code == 2
    assert command("baseline", "write", "report.json", "--force").code == 0
    assert command("check", draft, "--baseline", "unbudget-baseline.json").code == 0
    assert command("check", draft).code == 1
    assert f"{len(names)} findings set aside" in command("baseline", "show").out
    settings = tmp_path / "unbudget-check.toml"
    settings.write_text('baseline = "unbudget-baseline.json"\n', encoding="utf-8")
    assert command("check", draft).code == 0


def test_a_baseline_is_pruned_of_what_is_mended(
    command: Command, draft: str, project: Path, tmp_path: Path
) -> None:
    names = identities(command, draft)
    command("baseline", "write", "report.json")
    clean = project / "sample_data" / "clean" / "printed-csv" / "section-40.csv"
    shutil.copy(clean, tmp_path / draft)
    assert not identities(command, draft)
    assert f"{len(names)} findings taken out" in command("baseline", "prune", "report.json").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("waivers", "add", "report.json", "ffff0000", "--reason", "x", "--owner", "y"), "--until"),
        (("check", "section-40.csv", "--waivers", "missing.toml"), "cannot be read"),
        (("check", "section-40.csv", "--baseline", "report.json"), "is not a baseline"),
        (("baseline", "show"), "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence(
    command: Command, draft: str, arguments: tuple[str, ...], said: str
) -> None:
    identities(command, draft)
    ran = command(*arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_identity_that_is_none_is_refused(command: Command, draft: str, tmp_path: Path) -> None:
    identities(command, draft)
    ran = accept(command, "no-such-thing")
    assert ran.code == 2
    assert "no finding of this identity" in ran.err
    assert not list(tmp_path.glob("unbudget-*.toml"))


def test_the_old_verb_refuses_what_the_new_one_refuses(command: Command, draft: str) -> None:
    (name, *_) = identities(command, draft)
    late = ("--reason", "x", "--owner", "y", "--until", "2020-01-01")
    assert "is over" in command("waivers", "add", "report.json", name, *late).err
    assert accept(command, name).code == 0
    ran = accept(command, name)
    assert (ran.code, "accepted until 2027-03-31 already" in ran.err) == (2, True)
