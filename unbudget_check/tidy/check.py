"""Check a data file: from its columns to the result that a report has of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.checks.document.complaints import complaints_of
from unbudget_check.diagnosis.findings import find
from unbudget_check.diagnosis.places import printed_tables
from unbudget_check.lexicon import detect_language
from unbudget_check.messages.telling import unchecked
from unbudget_check.model.document import Document, Where
from unbudget_check.model.faults import Faults
from unbudget_check.model.message import saying
from unbudget_check.model.options import Profile, Wishes
from unbudget_check.model.outcome import Verdict
from unbudget_check.model.report import Coverage, DocumentResult, Tally, add_up
from unbudget_check.rulebook.select import rules_for
from unbudget_check.tidy.amounts import Status
from unbudget_check.tidy.data import data_of, needed_columns, text_columns
from unbudget_check.tidy.printed import plain_finding, printed_case, small
from unbudget_check.tidy.schema import misfits
from unbudget_check.tidy.sheet import load, sheet_of_frame
from unbudget_check.triage.identity import identified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.message import Message
    from unbudget_check.model.options import TidyMapping
    from unbudget_check.model.report import PrintedTable, Unchecked
    from unbudget_check.readers.source import MappedFile
    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.tidy.data import Complaint, Data
    from unbudget_check.tidy.sheet import DataSheet

SUMS, EQUATIONS = 0, 1
# Findings of each rule that are reported; the rest are counted.
MOST_FINDINGS_A_RULE = 100
# Sums of one kind from which, where most fail, the mapping is doubted before the figures: a
# published figure is wrong about once in 300.
DOUBTED = 10
SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """What is said of one sheet; ``lines`` are those of the file at the places of complaints."""

    findings: tuple[Finding, ...]
    complaints: tuple[Complaint, ...]
    lines: Mapping[str, int | None]
    tables: tuple[PrintedTable, ...]
    coverage: Coverage
    tallies: tuple[Tally, ...]


def check_data(file: MappedFile, rules: Sequence[Rule], wishes: Wishes) -> DocumentResult:
    """Check a data file by its mapping; raises UnreadableError for what is no such file.

    Of a workbook the sheets with the mapped columns are checked; where none has them, the missing
    columns of the first one are reported.
    """
    sheets, sha256, remarks = _loaded(file)
    return check_sheets(sheets, file.mapping, rules, wishes, (file.path, sha256, remarks))


def check_frame(
    frame: pd.DataFrame, mapping: TidyMapping, rules: Sequence[Rule], wishes: Wishes, name: str
) -> DocumentResult:
    """Check a frame of pandas by its mapping; rows are numbered from 1 in their order."""
    sheet = sheet_of_frame(frame, needed_columns(mapping))
    return check_sheets([sheet], mapping, rules, wishes, (name, "", ()))


def _loaded(file: MappedFile) -> tuple[list[DataSheet], str, tuple[Message, ...]]:
    source = file.fetch()
    sheets, remarks = load(source, needed_columns(file.mapping), text_columns(file.mapping))
    return sheets, source.sha256, remarks


def check_sheets(
    sheets: Sequence[DataSheet],
    mapping: TidyMapping,
    rules: Sequence[Rule],
    wishes: Wishes,
    named: tuple[str, str, tuple[Message, ...]],
) -> DocumentResult:
    """Check loaded sheets; ``named`` are path, fingerprint and remarks of the file."""
    path, sha256, remarks = named
    rules = rules_for(rules, path, None, wishes.per_document)
    needed = set(needed_columns(mapping))
    fitting = [sheet for sheet in sheets if needed <= set(sheet.columns)]
    complaints: list[Complaint] = []
    if not fitting:
        there = set(sheets[0].columns) if sheets else set()
        missing = [name for name in needed_columns(mapping) if name not in there]
        complaints += [("heading row", saying("column-missing", column=name)) for name in missing]
    language = wishes.language or _language(fitting, mapping)
    faults = Faults(path)
    told: list[SheetFindings] = []
    for sheet in fitting:
        data = data_of(sheet, mapping, wishes.language, wishes.rounding)
        told.append(_told(data, rules, wishes, (path, language, len(told)), faults))
    complaints += [each for one in told for each in one.complaints]
    lines = {place: line for one in told for place, line in one.lines.items()}
    document = Document(path, complaints=tuple(complaints))
    findings = (
        *(
            replace(each, where=replace(each.where, line=lines.get(each.where.address or "")))
            for each in complaints_of(document, language, rules)
        ),
        *(finding for one in told for finding in one.findings),
    )
    coverage = add_up(one.coverage for one in told)
    noted = (*(unchecked(Where(path), each) for each in remarks),)
    noted += tuple(unchecked(where, each) for where, each in faults.found)
    return DocumentResult(
        path,
        None,
        language,
        sha256,
        "checked",
        "",
        replace(coverage, remarks=(*coverage.remarks, *noted)),
        tuple(identified(findings)),
        tuple(table for one in told for table in one.tables),
        tuple(tally for one in told for tally in one.tallies),
        wishes.revisions,
    )


def _language(sheets: Sequence[DataSheet], mapping: TidyMapping) -> str:
    """The language of the headings and the first labels."""
    texts = list(needed_columns(mapping))
    for sheet in sheets[:1]:
        for name in mapping.labels:
            texts += map(
                str, sheet.columns[name].slice(0, SAMPLE // len(mapping.labels)).to_pylist()
            )
    return detect_language(" ".join(dict.fromkeys(texts))) or "en"


def _told(
    data: Data, rules: Sequence[Rule], wishes: Wishes, named: tuple[str, str, int], faults: Faults
) -> SheetFindings:
    """All that is said of one sheet; ``named`` are path, language and number of the sheet."""
    path, language, number = named
    pair = _rules_of_sums(rules)
    unfit, more = misfits(data, MOST_FINDINGS_A_RULE)
    broken = data.result.broken
    asked = np.array([rule is not None for rule in pair])
    broken = broken[asked[data.result.relations.rules[broken]]]
    broken, excused = _without_unread(data, broken)
    doubts, clear = _doubts(data, broken)
    chosen, left = _chosen(data, clear)
    usable = [rule for rule in pair if rule is not None]
    given = [rule or usable[0] for rule in pair] if usable else []
    findings: tuple[Finding, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    if len(chosen):
        few = small(data, chosen)
        case = printed_case(data, chosen[few].tolist(), given, path, language)
        if few.any():
            found = find(case.case, faults, rounded=wishes.profile is Profile.AUDIT)
            tables = printed_tables(case.document, case.case.facts, found)
            findings, tables = _renumbered(found, tables, number)
        findings += tuple(
            plain_finding(data, int(relation), given, path, language) for relation in chosen[~few]
        )
    coverage = _coverage(data, path, pair, len(excused))
    remarks = [unchecked(Where(path), each) for each in _counted(left, more)]
    return SheetFindings(
        findings,
        (*data.complaints, *doubts, *(complaint for _, complaint in unfit)),
        {place: data.sheet.line(row) for row, (place, _) in unfit},
        tables,
        replace(coverage, remarks=tuple(remarks)),
        tuple(_tallies(data, pair, path)),
    )


def _rules_of_sums(rules: Sequence[Rule]) -> tuple[Rule | None, Rule | None]:
    """The rules under which sums and equations of data are reported, where they were asked for."""
    footing = (r for r in rules if r.check == "footing" and r.parameters.get("kind") == "column")
    formula = (r for r in rules if r.check == "formula")
    return next(footing, None), next(formula, None)


def _without_unread(
    data: Data, broken: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The broken relations, and apart from them those with a cell that could not be read.

    What stands in such a cell may be what is missing; the cell is reported by itself.
    """
    wrong = [np.flatnonzero(each.statuses == Status.WRONG) for each in data.amounts]
    if not len(broken) or not any(map(len, wrong)):
        return broken, broken[:0]
    found = data.result.relations
    doubtful: set[int] = set()
    width = len(data.amounts)
    for column, rows in enumerate(wrong):
        for tree in data.trees:
            nodes = {*tree.own[rows].tolist(), *tree.part[rows].tolist()} - {-1}
            members = np.isin(tree.own, list(nodes)) | np.isin(tree.part, list(nodes))
            doubtful.update((np.flatnonzero(members) * width + column).tolist())
        if data.mapping.equations:
            doubtful.update((rows[:, None] * width + np.arange(width)).ravel().tolist())
    stated = found.figures[found.pointers[broken]]
    unread = np.isin(stated, list(doubtful))
    return broken[~unread], broken[unread]


def _doubts(data: Data, broken: NDArray[np.intp]) -> tuple[list[Complaint], NDArray[np.intp]]:
    """Kinds of relations of which most fail, as one doubt each, and the other broken ones."""
    kinds = data.result.kinds
    every = np.bincount(kinds, minlength=len(data.kinds))
    failed = np.bincount(kinds[broken], minlength=len(data.kinds))
    doubted = (failed >= DOUBTED) & (2 * failed > every)
    told: list[Complaint] = [
        (
            data.kinds[kind],
            saying("data-doubt", failed=int(failed[kind]), all=int(every[kind])),
        )
        for kind in np.flatnonzero(doubted)
    ]
    return told, broken[~doubted[kinds[broken]]]


def _chosen(data: Data, broken: NDArray[np.intp]) -> tuple[NDArray[np.intp], int]:
    """The first broken relations of each rule in the order of the file, and how many are left."""
    found = data.result.relations
    stated = found.figures[found.pointers[broken]]
    ordered = broken[np.argsort(stated, kind="stable")]
    rules = found.rules[ordered]
    kept = np.concatenate(
        [ordered[rules == rule][:MOST_FINDINGS_A_RULE] for rule in (SUMS, EQUATIONS)]
    )
    return kept, len(broken) - len(kept)


def _counted(left: int, more: int) -> Iterator[Message]:
    if left:
        yield saying("data-more-broken", count=left, most=MOST_FINDINGS_A_RULE)
    if more:
        yield saying("data-more-rows", count=more, most=MOST_FINDINGS_A_RULE)


def _renumbered(
    findings: Sequence[Finding], tables: Sequence[PrintedTable], number: int
) -> tuple[tuple[Finding, ...], tuple[PrintedTable, ...]]:
    """The tables of a further sheet under a number of their own, and the places in them."""
    if not number:
        return tuple(findings), tuple(tables)

    def moved(where: Where) -> Where:
        cell = where.cell
        return replace(where, cell=f"t{number}{cell[2:]}") if cell else where

    renamed = [
        replace(
            each,
            where=moved(each.where),
            relations=tuple(
                replace(
                    proof,
                    where=moved(proof.where),
                    parts=tuple(replace(part, where=moved(part.where)) for part in proof.parts),
                )
                for proof in each.relations
            ),
            suspects=tuple(replace(s, where=moved(s.where)) for s in each.suspects),
        )
        for each in findings
    ]
    return tuple(renamed), tuple(replace(table, key=f"t{number}") for table in tables)


def _coverage(data: Data, path: str, pair: Sequence[Rule | None], excused: int) -> Coverage:
    """What was checked of a sheet, and what was not."""
    result = data.result
    read = sum(int((each.statuses == Status.FIGURE).sum()) for each in data.amounts)
    asked = np.array([rule is not None for rule in pair])[result.relations.rules]
    reached = np.zeros(len(result.figures), dtype=bool)
    reached[result.relations.figures[np.repeat(asked, np.diff(result.relations.pointers))]] = True
    checked = int(reached.sum())
    verdicts = result.verdicts[asked]
    counts = np.bincount(verdicts, minlength=4)
    where = Where(path, address=data.sheet.name or None)
    left: list[Unchecked] = []
    if read > checked:
        reason = "data-lonely" if checked else "data-untotalled"
        left.append(unchecked(where, reason, read - checked))
    return Coverage(
        tables_read=1,
        tables_checked=int(checked > 0),
        unchecked=tuple(left),
        figures_read=read,
        figures_checked=checked,
        exact=int(counts[Verdict.EXACT]),
        rounding=int(counts[Verdict.DRIFT]),
        broken=int(counts[Verdict.IMPLAUSIBLE] + counts[Verdict.IMPOSSIBLE]) - excused,
        relations_unchecked=excused,
    )


def _tallies(data: Data, pair: Sequence[Rule | None], path: str) -> Iterator[Tally]:
    for number, rule in enumerate(pair):
        verdicts = data.result.verdicts[data.result.relations.rules == number]
        if rule is None or not len(verdicts):
            continue
        counts = Counter(verdicts.tolist())
        yield Tally(
            rule.code,
            Where(path),
            counts[Verdict.EXACT],
            counts[Verdict.DRIFT],
            counts[Verdict.IMPLAUSIBLE] + counts[Verdict.IMPOSSIBLE],
        )
