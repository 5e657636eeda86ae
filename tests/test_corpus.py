"""What is found in the real documents, measured against the answers that people confirmed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.as_printed import RULES, figure
from unbudget_check import engine
from unbudget_check.diagnosis.judging import judge_claims
from unbudget_check.model.facts import Spot
from unbudget_check.model.finding import Localisation, Severity
from unbudget_check.model.outcome import Bound, Rounding
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

Gold = dict[str, Any]
Cell = tuple[str, str, str, str, str, str]
# Table, part, row, column, stated and computed of every cell that a confirmed entry is about; the
# places of the answers are written for people.
CELLS: dict[str, tuple[Cell, ...]] = {
    "E19": (
        (
            "15.11",
            "(1)",
            "3. Strengthened climate action and improved urban environment",
            "2026 estimate",
            "2.679.6",
            "2 679.6",
        ),
    ),
    "E20": tuple(("29E.23", "", row, "Total", "–", "1") for row in ("P-4", "Subtotal", "Total")),
    "E21": (
        ("8.I.30", "", "P-3", "Total", "–", "(1)"),
        ("8.I.30", "", "P-2/1", "Total", "–", "(2)"),
        ("8.I.30", "", "Subtotal", "Total", "–", "(3)"),
        ("8.I.30", "", "GS (OL)", "Total", "–", "(1)"),
        ("8.I.30", "", "Subtotal", "Total", "–", "(1)"),
        ("8.I.30", "", "Total", "Total", "–", "(4)"),
    ),
    "E22": (
        ("9.38", "", "P-4", "Total", "–", "2"),
        ("9.38", "", "P-3", "Total", "–", "1"),
        ("9.38", "", "Subtotal", "Total", "–", "3"),
        ("9.38", "", "Total", "Total", "–", "3"),
    ),
    "E26": (
        ("26.13", "", "D-1", "2026 proposed", "16", "17"),
        ("26.13", "", "P-3", "2026 proposed", "53", "52"),
    ),
    "29C-D01": (("29C.1", "", "议事机构文件(文件数目)", "2023 年计划", "—", "1"),),
    "29C-D08": (("29C.16", "(1)", "小计(B)", "共计", "—", "(3.1)"),),
    "29C-D09": (("29C.16", "(2)", "1. 战略和技术创新", "百分比", "3.5", "6.4"),),
    "29C-D10": (("29C.16", "(2)", "2. 业务支助", "百分比", "2.6", "8.2"),),
    "29C-D11": (("29C.16", "(2)", "3. 企业解决办法", "百分比", "1.0", "2.5"),),
    "29C-D12": (("29C.16", "(2)", "小计(B)", "百分比", "1.9", "5.4"),),
    "29C-D13": (("29C.16", "(2)", "小计(2)", "百分比", "2.0", "3.9"),),
    "29E24-D01": (("29E.27", "(2)", "3. 支助事务", "百分比", "(4.0)", "(3.6)"),),
    "29E24-D02": (("29E.29", "", "专业及以上职类", "百分比", "2.6", "2.7"),),
    "29E24-D03": (
        ("29E.29", "", "共计", "其他", "—", "2"),
        ("29E.29", "", "共计", "共计", "—", "2"),
    ),
}
# Rule and place (paragraph, or table) of every confirmed error outside the sums of tables.
WORDS = {
    "29C-D02": ("TXT103", "29C.63"),
    "29C-D03": ("TXT103", "29C.73"),
    "29C-D04": ("TXT101", "29C.79"),
    "29C-D05": ("REF105", "29C.73"),
    "29C-D06": ("REF105", "29C.79"),
    "29C-D07": ("REF103", "29C.65"),
    "29C-D14": ("REF301", ""),
    "29C-D15": ("NAM101", "29C.16"),
    "29C-D16": ("NAM201", "29C.80"),
    "29C-D17": ("NAM301", "29C.14"),
    "29E24-D04": ("REF102", "29E.28"),
    "29E24-D05": ("NAM302", "29E.25"),
    "29E24-D06": ("NAM301", "29E.97"),
}
TRAPS = {"rounding", "artifact"}
# A programme plan and a report of a committee: no table of theirs is a budget table.
SILENT = ("Prog.24", "Prog.25")
LEAST_COVERED = 97  # per cent of the figures of tables of money and of posts


@pytest.fixture(scope="module")
def results(corpus: Path) -> dict[str, DocumentResult]:
    """Every document of the corpus, checked, by its file name."""
    return {Path(each.path).name: each for each in engine.check([str(corpus)]).documents}


@pytest.fixture(scope="module")
def gold(corpus: Path) -> list[Gold]:
    """The confirmed answers; those of one document name it above all of them."""
    entries = []
    for path in sorted((corpus / "gold").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        entries += [{"document": told["document"], **entry} for entry in told["findings"]]
    return entries


def tight(text: str | None) -> str:
    """A printed text without its spaces: the texts were taken from pages."""
    return re.sub(r"\s", "", text or "")


def cell_of(finding: Finding) -> tuple[str, ...]:
    where = finding.where
    texts = (where.table, where.part, where.row, where.column, finding.stated_text)
    return tuple(map(tight, (*texts, figure(finding.computed))))


def cells_of(finding: Finding) -> Iterator[tuple[str, ...]]:
    """The cells that a finding blames: the first suspect, or all of a line of missing values."""
    alone = finding.localisation is not Localisation.CELLS
    for suspect in finding.suspects[:1] if alone else finding.suspects:
        where = suspect.where
        texts = (where.table, where.part, where.row, where.column, suspect.stated)
        yield tuple(map(tight, (*texts, figure(suspect.proposed))))


def is_arithmetic(entry: Gold) -> bool:
    return entry["class"] == "definite" and entry.get("family") == "table arithmetic"


def test_every_confirmed_error_is_localised_to_its_cell_with_the_right_figure_first(
    results: dict[str, DocumentResult], gold: list[Gold]
) -> None:
    confirmed = [entry for entry in gold if is_arithmetic(entry)]
    unmapped = {entry["id"] for entry in confirmed} - CELLS.keys()
    assert not unmapped, f"write the cells of {sorted(unmapped)} into CELLS"
    missed = []
    for entry in confirmed:
        findings = results[entry["document"]].findings
        left = [cell for finding in findings for cell in cells_of(finding)]
        for cell in CELLS[entry["id"]]:
            sought = tuple(map(tight, cell))
            if sought in left:
                left.remove(sought)
            else:
                missed.append((entry["id"], cell))
    assert not missed


def test_every_confirmed_error_of_words_is_found_where_it_stands(
    results: dict[str, DocumentResult], gold: list[Gold]
) -> None:
    confirmed = [e for e in gold if e["class"] == "definite" and not is_arithmetic(e)]
    unmapped = {entry["id"] for entry in confirmed} - WORDS.keys()
    assert not unmapped, f"write the rule and place of {sorted(unmapped)} into WORDS"
    found = {
        (name, finding.code, finding.where.paragraph or finding.where.table or "")
        for name, result in results.items()
        for finding in result.findings
    }
    missed = [e["id"] for e in confirmed if (e["document"], *WORDS[e["id"]]) not in found]
    assert not missed


def test_no_trap_of_words_is_reported(results: dict[str, DocumentResult], gold: list[Gold]) -> None:
    """A sentence that only looks wrong: it speaks of other years, or of a total that nets out."""
    confirmed = {entry.get("paragraph") for entry in gold if entry["class"] == "definite"}
    traps = {
        (entry["document"], entry["paragraph"])
        for entry in gold
        if entry["class"] in TRAPS and entry.get("paragraph")
    }
    caught = [
        (name, finding.code, finding.where.paragraph)
        for name, result in results.items()
        for finding in errors(result)
        if (name, finding.where.paragraph) in traps and finding.where.paragraph not in confirmed
    ]
    assert traps
    assert not caught


def test_no_trap_is_reported_as_an_error(
    results: dict[str, DocumentResult], gold: list[Gold]
) -> None:
    """A cell that only rounding, or the way in which the text was taken, makes look wrong."""
    known = {tuple(map(tight, cell)) for cells in CELLS.values() for cell in cells}
    caught = []
    for entry in gold:
        if entry["class"] not in TRAPS or not entry.get("table"):
            continue
        stated = {tight(text) for text in re.split("[;；]", entry["stated"])}
        for finding in errors(results[entry["document"]]):
            table, part, _, column, text, _ = cell = cell_of(finding)
            same = table == entry["table"] and part == (entry.get("part") or part)
            named = column in tight(entry["place"]) or text not in {"—", "–"}
            if same and named and text in stated and cell not in known:
                caught.append((entry["id"], cell))
    assert not caught


def errors(result: DocumentResult) -> Iterator[Finding]:
    return (finding for finding in result.findings if finding.severity is Severity.ERROR)


@pytest.mark.parametrize("name", SILENT)
def test_documents_without_sums_show_no_error(
    results: dict[str, DocumentResult], name: str
) -> None:
    (found,) = [result for path, result in results.items() if name in path]
    assert not list(errors(found))


def test_what_a_report_of_a_committee_cites_elsewhere_is_one_note(
    results: dict[str, DocumentResult],
) -> None:
    (found,) = [result for name, result in results.items() if "Prog.25" in name]
    assert [(each.code, each.severity) for each in found.findings] == [("REF107", Severity.NOTE)]


def test_every_document_is_checked(results: dict[str, DocumentResult], corpus: Path) -> None:
    files = {path.name for kind in ("docx", "text") for path in (corpus / kind).iterdir()}
    assert {name: result.status for name, result in results.items()} == dict.fromkeys(
        files, "checked"
    )
    assert not any(result.coverage.faults for result in results.values())
    languages = {Path(name).suffix: result.language for name, result in results.items()}
    assert languages == {".docx": "en", ".txt": "zh"}


def test_nearly_every_figure_of_money_and_posts_is_in_a_relation(corpus: Path) -> None:
    read = covered = 0
    for kind in ("docx", "text"):
        for path in sorted((corpus / kind).iterdir()):
            facts = understand(engine.read(str(path)))
            reached = figures_in_relations(facts)
            counted = [
                figure
                for figure, spot in enumerate(facts.spots)
                if isinstance(spot, Spot) and facts.tables[spot.table].unit in {"money", "posts"}
            ]
            read += len(counted)
            covered += sum(figure in reached for figure in counted)
    assert 100 * covered >= LEAST_COVERED * read, f"{covered} of {read} figures are covered"


def figures_in_relations(facts: DocumentFacts) -> set[int]:
    """The figures of a document that stand in some relation that came to a verdict."""
    claims = engine.claims_of(facts, RULES)
    judged = judge_claims(facts, claims, Rounding.UNKNOWN)
    reached = set(judged.relations.figures.tolist())
    for claim, bound in zip(claims.percentages, judged.bounds.tolist(), strict=True):
        if bound != Bound.UNJUDGED:
            reached |= {claim.stated, claim.part, claim.base}
    return reached
