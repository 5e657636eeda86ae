"""Decisions on findings: what they do to a report, and the file that keeps them and merges."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import whole_report
from unbudget_check.errors import UserError
from unbudget_check.messages.telling import told_in
from unbudget_check.model.decision import Decision, DecisionState, Verdict
from unbudget_check.reporters.words import doubt_of
from unbudget_check.triage.decisions import (
    PLACES,
    added,
    apply_decisions,
    decision_on,
    decisions_on,
    document_names,
    finding_meant,
    refuse_incomplete,
    states_of,
    undone,
)
from unbudget_check.triage.decisions_file import parse_decisions, with_decisions

if TYPE_CHECKING:
    from pathlib import Path

REPORT = whole_report()
WORD = REPORT.documents[0]
(FINDING,) = WORD.findings
TODAY, LATER = date(2026, 11, 30), date(2027, 3, 31)


def decided(verdict: Verdict, **more: str | date | Decimal | None) -> Decision:
    made = decision_on(finding_meant(FINDING, WORD.symbol), verdict, by="B. Reader", on=TODAY)
    usual: dict[str, Any] = {"reason": "As published", "owner": "A. Officer", "until": LATER}
    return replace(made, **{**usual, **more})


@pytest.mark.parametrize(
    ("verdict", "status", "said"),
    [
        (Verdict.ACCEPT, "waived", "Accepted by A. Officer until 2027-03-31: As published"),
        (Verdict.WRONG, "waived", "false alarm by B. Reader on 2026-11-30: As published"),
        (Verdict.TODO, "open", "To do, noted by B. Reader on 2026-11-30. Owner: A. Officer."),
        (Verdict.CORRECTED, "open", "Marked as corrected by B. Reader on 2026-11-30, but still"),
    ],
)
def test_what_was_decided_is_said_beside_the_finding(
    verdict: Verdict, status: str, said: str
) -> None:
    decision = decided(verdict)
    (finding,) = apply_decisions(WORD, [decision], TODAY).findings
    assert (finding.status, finding.decision) == (status, decision)
    assert said in finding.acceptance


def test_a_rejected_finding_is_called_so_in_every_language() -> None:
    document = apply_decisions(WORD, [decided(Verdict.WRONG)], TODAY)
    assert "rejected as wrong" in doubt_of(document.findings[0])
    chinese = told_in(replace(REPORT, documents=(document,)), "zh")
    assert "误报" in chinese.findings[0].acceptance
    assert "误报" in doubt_of(chinese.findings[0], "zh")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_decision_lapses_with_its_difference(verdict: Verdict) -> None:
    decision = replace(decided(verdict), difference=Decimal("0.3"))
    (finding,) = apply_decisions(WORD, [decision], TODAY).findings
    assert (finding.status, finding.decision) == ("open", None)
    assert finding.acceptance
    assert states_of([decision], WORD, TODAY)[0] is DecisionState.LAPSED


@pytest.mark.parametrize(
    ("verdict", "now", "later", "gone"),
    [
        (Verdict.ACCEPT, "used", "expired", "unused"),
        (Verdict.WRONG, "used", "expired", "unused"),
        (Verdict.TODO, "used", "used", "done"),
        (Verdict.CORRECTED, "still found", "still found", "done"),
    ],
)
def test_what_becomes_of_a_decision(verdict: Verdict, now: str, later: str, gone: str) -> None:
    decision, mended = decided(verdict), replace(WORD, findings=())
    assert states_of([decision], WORD, TODAY)[0] == now
    assert states_of([decision], WORD, date(2027, 4, 1))[0] == later
    assert states_of([decision], mended, TODAY)[0] == gone
    remarks = apply_decisions(mended, [decision], TODAY).coverage.remarks
    assert len(remarks) == (gone == "unused")


def test_a_fingerprint_tells_findings_at_one_place_apart() -> None:
    twin = replace(FINDING, fingerprint="2222222222222222")
    document = replace(WORD, findings=(FINDING, twin))
    decision = decided(Verdict.WRONG)
    found = apply_decisions(document, [decision], TODAY).findings
    assert [each.status for each in found] == ["waived", "open"]
    assert decisions_on(FINDING, document, [decision]) == (decision,)
    assert decisions_on(twin, document, [decision]) == ()
    placed = replace(decision, finding="")
    assert {e.status for e in apply_decisions(document, [placed], TODAY).findings} == {"waived"}


def test_a_decision_speaks_of_its_folder_only() -> None:
    here = replace(decided(Verdict.WRONG), below="annual")
    document = replace(WORD, path="annual/a.docx")
    assert apply_decisions(document, [here], TODAY).findings[0].status == "waived"
    other = replace(WORD, path="annual-old/a.docx")
    assert apply_decisions(other, [here], TODAY) == other


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    paths = ("a/2025/wards.csv", "a/2026/wards.csv", "b/2026/wards.csv", "a/total.csv", "x\\y.csv")
    documents = [replace(WORD, path=path, symbol=None) for path in paths]
    named = document_names([*documents, replace(WORD, path="c/wards.csv", symbol="A/99/6")])
    assert list(named.values()) == [
        "2025/wards.csv",
        "a/2026/wards.csv",
        "b/2026/wards.csv",
        "total.csv",
        "y.csv",
        "A/99/6",
    ]
    here = replace(decided(Verdict.WRONG), document=named["a/2026/wards.csv"])
    states = [apply_decisions(each, [here], TODAY).findings[0].status for each in documents]
    assert states == ["open", "waived", "open", "open", "open"]


def test_the_newest_decision_holds_and_of_one_day_the_one_that_hides_least() -> None:
    wrong, todo = decided(Verdict.WRONG), decided(Verdict.TODO)
    for both in ([wrong, todo], [todo, wrong]):
        (finding,) = apply_decisions(WORD, both, TODAY).findings
        assert (finding.status, finding.decision) == ("open", todo)
    newer = replace(wrong, on=date(2026, 12, 1))
    for both in ([newer, todo], [todo, newer]):
        assert apply_decisions(WORD, both, TODAY).findings[0].status == "waived"


def test_a_new_decision_replaces_the_one_before_and_is_undone() -> None:
    accept, wrong = decided(Verdict.ACCEPT), decided(Verdict.WRONG, difference=Decimal(7))
    other = replace(accept, document="other.docx")
    both = added([accept, other], [wrong])
    assert both == (other, wrong)
    assert undone(both, [accept]) == (other,)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (decided(Verdict.ACCEPT, reason=""), "needs a reason"),
        (decided(Verdict.ACCEPT, owner=""), "needs an owner"),
        (decided(Verdict.ACCEPT, until=None), "needs a last day"),
        (decided(Verdict.WRONG, reason=""), "needs a reason"),
        (decided(Verdict.TODO, by=""), "needs the name of whoever"),
        (decided(Verdict.ACCEPT, until=date(2026, 11, 29)), "2026-11-29, is over"),
    ],
)
def test_what_is_incomplete_or_over_is_refused(decision: Decision, said: str) -> None:
    with pytest.raises(UserError, match=said):
        refuse_incomplete(decision, TODAY)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
DIFFERENCES = st.one_of(st.none(), st.decimals(-999, 999, places=2))
DECISIONS = st.builds(
    Decision,
    rule=st.sampled_from(["ARI101", "REF102"]),
    document=TEXTS,
    reason=TEXTS,
    owner=TEXTS,
    until=DAYS,
    place=st.dictionaries(st.sampled_from(PLACES), TEXTS, max_size=3),
    difference=DIFFERENCES,
    verdict=st.sampled_from(list(Verdict)),
    by=TEXTS,
    on=DAYS,
    finding=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
)
DIFFERENT = st.lists(DECISIONS, max_size=6, unique_by=lambda each: each.finding)


def read(text: str) -> set[tuple[object, ...]]:
    return {key(each) for each in parse_decisions(text, "d.toml")}


def key(decision: Decision) -> tuple[object, ...]:
    place = tuple(sorted(decision.place.items()))
    return (replace(decision, source="", place={}), place)


@given(DIFFERENT)
def test_what_is_written_is_read_again(decisions: list[Decision]) -> None:
    text = with_decisions("", decisions, "d.toml")
    assert read(text) == set(map(key, decisions))
    assert with_decisions(text, parse_decisions(text, "d.toml"), "d.toml") == text


@given(DIFFERENT, st.data())
def test_the_rows_do_not_depend_on_who_wrote_first(
    decisions: list[Decision], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(decisions))
    assert with_decisions("", shuffled, "d") == with_decisions("", decisions, "d")


@given(DIFFERENT, DIFFERENT, DIFFERENT)
def test_the_rows_of_two_people_together_are_the_union(
    base: list[Decision], ours: list[Decision], theirs: list[Decision]
) -> None:
    """Whatever the order of the rows that both added, nobody's decision is lost."""
    every = (*base, *ours, *theirs)
    if len({each.finding for each in every}) < len(every):
        return
    mine = with_decisions("", [*base, *ours], "d").split("\n")
    other = with_decisions("", [*base, *theirs], "d").split("\n")
    merged = [*mine[:-2], *(row for row in other[1:-2] if row not in mine), *mine[-2:]]
    assert read("\n".join(merged)) == set(map(key, every))


def test_git_merges_the_files_of_two_people(tmp_path: Path) -> None:
    git = shutil.which("git") or pytest.skip("git is not installed here")
    base = [replace(decided(Verdict.WRONG), finding=f"{n:016x}") for n in range(3)]
    ours = replace(decided(Verdict.ACCEPT), finding="0" * 15 + "a")
    theirs = replace(decided(Verdict.TODO), finding="0" * 15 + "b", by="Another")
    for name, more in (("base", []), ("ours", [ours]), ("theirs", [theirs])):
        (tmp_path / name).write_text(with_decisions("", [*base, *more], name), encoding="utf-8")
    command = (git, "merge-file", "-p", "--union", "ours", "base", "theirs")
    merged = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603
    assert read(merged.stdout) == set(map(key, [*base, ours, theirs]))


@given(DIFFERENT)
def test_applying_twice_changes_nothing_more(decisions: list[Decision]) -> None:
    own = [replace(each, document=WORD.symbol or "", place={}) for each in decisions]
    once = apply_decisions(WORD, own, TODAY)
    twice = apply_decisions(once, own, TODAY)
    assert twice == once
    assert added(added(decisions, own), own) == added(decisions, own)


WAIVER = """[[waivers]]
rule = "ARI101"
document = "A/99/6 (Sect. 4)"
reason = "As published"
owner = "A. Officer"
until = 2027-03-31
"""


def test_waivers_and_remarks_stay_where_decisions_are_added() -> None:
    before = f"# agreed with the section\n{WAIVER}"
    text = with_decisions(before, [decided(Verdict.TODO)], "w.toml")
    assert text.endswith(before)
    waiver, todo = parse_decisions(text, "w.toml")
    assert (waiver.verdict, waiver.on, todo.verdict) == (Verdict.ACCEPT, None, Verdict.TODO)
    assert parse_decisions(with_decisions(text, [], "w.toml"), "w.toml") == (waiver,)


GOOD = with_decisions("", [decided(Verdict.ACCEPT)], "d.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('decision = "accept"', 'decision = "acept"', "did you mean 'accept'"),
        ('by = "B. Reader"', 'by = " "', "'by' is empty; a decision needs it"),
        ("on = 2026-11-30", "on = 1", "'on' must be the day of the decision"),
        ("on = 2026-11-30", 'one = "x"', "unknown key 'one'; did you mean 'on'"),
        ("decisions = [", "<<<<<<< HEAD\ndecisions = [", "conflict marks"),
        ("decisions = [", "decision = [", "unknown key 'decision'"),
    ],
)
def test_a_slip_in_the_file_is_one_sentence_with_its_place(old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(UserError, match=said) as caught:
        parse_decisions(text, "d.toml")
    assert str(caught.value).startswith("d.toml")


def test_rows_of_another_shape_are_not_rewritten() -> None:
    with pytest.raises(UserError, match="cannot be added to"):
        with_decisions(GOOD.replace("decisions = [", "decisions  = ["), [], "d.toml")
