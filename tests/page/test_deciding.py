"""Decisions on the page: they hold at once, are kept beside the documents or handed out, undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.page.conftest import RIGHT, TODAY, WRONG, OpenPage, text_of
from unbudget_check.cli.open import _keep
from unbudget_check.model.decision import Verdict
from unbudget_check.model.options import Wishes
from unbudget_check.page.checking import Task, check_all
from unbudget_check.page.deciding import FILE, Decisions
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from unbudget_check.model.finding import Finding

ACCEPT = {
    "verdict": "accept",
    "reason": "The publisher rounded <b>it</b>",
    "owner": "B. Chief",
    "until": "2027-03-31",
    "by": "A. Officer",
}


def finding_of(page: OpenPage, number: int = 1) -> Finding:
    entry = page.session.entry(number)
    assert entry
    assert entry.report
    return entry.report.findings[0]


def decide(page: OpenPage, terms: Mapping[str, str], number: int = 1) -> int:
    form = {"finding": finding_of(page, number).fingerprint, "by": "A. Officer", **terms}
    return page.post(f"documents/{number}/decide", form).status_code


def test_an_accepted_finding_is_put_apart_with_who_and_why(checked: OpenPage) -> None:
    assert decide(checked, ACCEPT) == 303
    tree = checked.tree("documents/1")
    (apart,) = tree.xpath("//section[contains(@class, 'accepted')]")
    assert "B. Chief until 2027-03-31: The publisher rounded <b>it</b>" in text_of(apart)
    listed = checked.tree()
    assert text_of(listed.xpath("//tbody/tr[1]/td[1]")[0]) == "0"
    assert "1 accepted earlier" in text_of(listed.xpath("//tbody/tr[1]")[0])
    assert checked.get("as/json").json()["findings"][0]["status"] == "waived"


def test_a_decision_leads_back_to_its_finding(checked: OpenPage) -> None:
    form = {"finding": finding_of(checked).fingerprint, "verdict": "todo", "by": "A"}
    place = checked.post("documents/1/decide", form).headers["location"]
    path, _, anchor = place.removeprefix(checked.keys.base).partition("#")
    assert checked.tree(path).get_element_by_id(anchor) is not None


@pytest.mark.parametrize("verdict", ["todo", "corrected"])
def test_what_is_to_be_done_stays_open_and_says_so(checked: OpenPage, verdict: str) -> None:
    assert decide(checked, {"verdict": verdict}) == 303
    tree = checked.tree("documents/1")
    (pressed,) = tree.xpath("//button[@aria-pressed='true'][@name='verdict']")
    assert pressed.get("value") == verdict
    assert "A. Officer on 2026-11-30" in text_of(tree.xpath("//article")[0])
    assert not tree.xpath("//section[contains(@class, 'accepted')]")


def test_a_decision_is_undone(checked: OpenPage) -> None:
    assert not checked.tree("documents/1").xpath("//form[contains(@action, '/undo')]")
    decide(checked, ACCEPT)
    assert checked.tree("documents/1").xpath("//form[contains(@action, '/undo')]")
    checked.post("documents/1/undo", {"finding": finding_of(checked).fingerprint})
    tree = checked.tree("documents/1")
    assert not tree.xpath("//section[contains(@class, 'accepted')]")
    assert checked.decisions.made == ()


@pytest.mark.parametrize(
    ("terms", "lacking"),
    [
        (ACCEPT | {"reason": " "}, "needs a reason"),
        (ACCEPT | {"owner": ""}, "needs an owner"),
        (ACCEPT | {"until": ""}, "needs a last day"),
        (ACCEPT | {"until": "2026-11-29"}, "is over"),
        (ACCEPT | {"until": "soon"}, "is no day"),
        (ACCEPT | {"by": ""}, "needs the name"),
        ({"verdict": "wrong"}, "needs a reason"),
        ({"verdict": "nonsense"}, "is no decision"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_what_it_lacks(
    checked: OpenPage, terms: dict[str, str], lacking: str
) -> None:
    form = {"finding": finding_of(checked).fingerprint, "by": "A. Officer", **terms}
    answer = checked.post("documents/1/decide", form)
    assert (answer.status_code, lacking in answer.text) == (422, True)
    assert checked.decisions.made == ()


def test_only_findings_of_the_document_are_decided_on(checked: OpenPage) -> None:
    form = {"finding": "0000", "verdict": "todo", "by": "A"}
    for path in ("documents/1/decide", "documents/2/decide", "documents/1/undo"):
        assert checked.post(path, form).status_code == 404


def test_decisions_on_dropped_documents_are_handed_out_and_taken_over(checked: OpenPage) -> None:
    assert not checked.tree().xpath("//a[contains(@href, '/decisions')]")
    decide(checked, {"verdict": "wrong", "reason": "the note explains it"})
    assert checked.tree().xpath("//a[contains(@href, '/decisions')]")
    saved = checked.get("decisions")
    assert FILE in saved.headers["content-disposition"]
    (kept,) = parse_decisions(saved.text, FILE)
    assert (kept.verdict, kept.reason, kept.by) == (
        Verdict.WRONG,
        "the note explains it",
        "A. Officer",
    )
    later = OpenPage()
    later.drop((FILE, saved.content), ("wrong.csv", WRONG))
    later.check()
    assert later.tree("documents/1").xpath("//section[contains(@class, 'accepted')]")
    assert len(later.session.entries) == 1


@pytest.mark.parametrize("data", [b"\xff\xfe", b"decisions = 1", b"<<<<<<< a\n", b"x = ["])
def test_a_file_of_decisions_that_is_none_is_refused(opened: OpenPage, data: bytes) -> None:
    answer = opened.drop((FILE, data))
    assert answer.status_code == 422
    assert FILE in answer.text


def local_page(tmp_path: Path) -> tuple[OpenPage, Path]:
    """A page with a document of this computer; its decisions go to the file beside it."""
    path, kept = tmp_path / "wrong.csv", tmp_path / FILE
    path.write_bytes(WRONG)
    page = OpenPage(decisions=Decisions((), TODAY, "A. Officer", partial(_keep, [kept])))
    page.session.add_paths([str(path)])
    page.check()
    return page, kept


def test_decisions_on_local_documents_are_kept_beside_them(tmp_path: Path) -> None:
    page, kept = local_page(tmp_path)
    decide(page, ACCEPT)
    (decision,) = parse_decisions(kept.read_text(encoding="utf-8"), FILE)
    assert (decision.verdict, decision.owner, decision.on) == (Verdict.ACCEPT, "B. Chief", TODAY)
    wishes = Wishes(decisions=(decision,), today=TODAY)
    assert not page.decisions.made
    from unbudget_check import engine

    report = engine.check([str(tmp_path / "wrong.csv")], wishes)
    assert [each.status for each in report.findings] == ["waived"]
    page.post("documents/1/undo", {"finding": finding_of(page).fingerprint})
    assert parse_decisions(kept.read_text(encoding="utf-8"), FILE) == ()
    assert sorted(each.name for each in tmp_path.iterdir()) == [FILE, "wrong.csv"]


def test_remarks_in_the_file_of_decisions_stay(tmp_path: Path) -> None:
    page, kept = local_page(tmp_path)
    kept.write_text("# ours\n", encoding="utf-8")
    decide(page, {"verdict": "todo"})
    assert "# ours" in kept.read_text(encoding="utf-8")


def test_a_decision_lapses_when_the_difference_changes(checked: OpenPage) -> None:
    decide(checked, ACCEPT)
    checked.drop(("wrong.csv", WRONG.replace(b"17.9", b"19.9")))
    checked.check()
    tree = checked.tree("documents/1")
    assert not tree.xpath("//section[contains(@class, 'accepted')]")
    assert "difference" in text_of(tree.xpath("//article")[0])
    assert finding_of(checked).status == "open"


def test_documents_are_checked_without_the_decisions_so_that_each_can_be_undone() -> None:
    page = OpenPage()
    page.drop(("wrong.csv", WRONG), ("right.csv", RIGHT))
    page.check()
    decide(page, ACCEPT)
    wishes = Wishes(decisions=page.decisions.made, today=TODAY)
    (draft,) = check_all([Task("wrong.csv", WRONG)], wishes)
    assert [each.status for each in draft.report.findings] == ["open"]
