"""One small report that holds everything a reporter has to cope with."""

from __future__ import annotations

from decimal import Decimal

from tests.report_cards import CARDS
from unbudget_check.messages.telling import spoken, unchecked
from unbudget_check.model.document import Where
from unbudget_check.model.finding import (
    Confidence,
    Excerpt,
    Finding,
    Part,
    Proof,
    Severity,
    Suspect,
)
from unbudget_check.model.message import Message, saying
from unbudget_check.model.report import (
    Coverage,
    DocumentResult,
    HeededFile,
    HeededKind,
    PrintedCell,
    PrintedTable,
    Report,
    Setup,
    Tally,
    Tool,
    Unchecked,
)

TOOL = Tool("unbudget-check", "0.1.0", "0123456789abcdef")
WORD = "annual/section 4 [advance].docx"
BOOK = "annual/outlay.xlsx"
TEXT = "annual/narrative.txt"
BROKEN = "annual/torn.docx"
NOTES = "annual/notes [draft].txt"


TOTAL = Where(
    WORD,
    table="4.7",
    part="(1)",
    row="Total",
    column="2026 estimate (before recosting)",
    address="tbl[12]/r9/c6",
    cell="t11r6c8",
)
PROGRAMME = Where(WORD, table="4.7", part="(1)", row="B. Programme of work", column="2026 estimate")
SUBTOTAL = Where(WORD, table="4.7", part="(1)", row="Subtotal", cell="t11r4c8")
SUPPORT = Where(WORD, table="4.7", part="(1)", row="C. Support", cell="t11r5c8")
DOWN = Proof(
    "ARI101",
    TOTAL,
    Decimal("27138.0"),
    Decimal("27183.0"),
    Decimal("-45.0"),
    Decimal("0.15"),
    (
        Part(SUBTOTAL, Decimal("25872.5"), 1),
        Part(SUPPORT, Decimal("1310.5"), 1),
    ),
)
ACROSS = Proof(
    "ARI302",
    TOTAL,
    Decimal("27138.0"),
    Decimal("27183.0"),
    Decimal("-45.0"),
    Decimal("0.15"),
    (Part(PROGRAMME, Decimal("27420.5"), 1), Part(PROGRAMME, Decimal("-237.5"), 1)),
)
TOTAL_EXCERPT = Excerpt(
    header=(
        "Component",
        "2024 expenditure",
        "2025 appropriation",
        "Technical adjustments",
        "New/expanded mandates",
        "Other changes",
        "Total changes",
        "Percentage",
        "2026 estimate (before recosting)",
    ),
    rows=tuple(
        (label, *figures.split(" | "))
        for label, figures in (
            (
                "A. Executive direction [see sect. 1]",
                "100.0 | 110.0 | – | – | 2.0 | 2.0 | 1.8 | 112.0",
            ),
            (
                "B. Programme of work, including the liaison office and its field stations",
                "25 900.4 | 26 000.0 | (300.0) | 10.0 | 50.5 | (239.5) | (0.9) | 25 760.5",
            ),
            (
                "Subtotal, A and B",
                "26 000.4 | 26 110.0 | (300.0) | 10.0 | 52.5 | (237.5) | (0.9) | 25 872.5",
            ),
            (
                "C. Programme support",
                "1 204.0 | 1 310.5 | – | – | – | – | – | 1 310.5",
            ),
            (
                "Total",
                "27 204.4 | 27 420.5 | (300.0) | 10.0 | 52.5 | (237.5) | (0.9) | 27 138.0",
            ),
        )
    ),
    stated=(4, 8),
    parts=((2, 8), (3, 8)),
    numbers=(3, 4, 5, 6, 12),
    signs=(1, 1),
    title="Overall: evolution of financial resources by component and main category",
    unit="(Thousands of United States dollars)",
)


def _printed() -> PrintedTable:
    """The table of the excerpt as printed: two rows of headings, the changes under one of them."""
    single = [0, 1, 2, 7, 8]
    heads = TOTAL_EXCERPT.header
    top = [PrintedCell(heads[at], 0, at, rows=2) for at in single]
    top.insert(3, PrintedCell("Changes [see annex]", 0, 3, columns=4))
    below = [PrintedCell(heads[at], 1, at) for at in range(len(heads)) if at not in single]
    body = tuple(
        tuple(
            PrintedCell(
                text, at, column, marks="a" if (at, column) == (3, 0) else "", indent=int(at == 4)
            )
            for column, text in enumerate(row)
        )
        for at, row in enumerate(TOTAL_EXCERPT.rows, 2)
    )
    return PrintedTable(
        "t11",
        (tuple(top), tuple(below), *body),
        len(heads),
        2,
        "4.7",
        "(1)",
        TOTAL_EXCERPT.title,
        "Regular budget",
        "tbl[12]",
    )


def _told(finding: Finding) -> Finding:
    """The finding with the sentence that its rule has for it."""
    wording = next(card.message for card in CARDS if card.code == finding.code)
    where = finding.where
    labels = {"row": where.row or "", "column": where.column or ""}
    if where.paragraph:
        labels = {"where": f"paragraph {where.paragraph}"}
    name = f"message.{finding.code}"
    return spoken(finding, "en", Message(name, tuple(labels.items()), where, wording))


def column_total() -> Finding:
    """A wrong cell that breaks its column and its row: one finding with a suspect."""
    finding = Finding(
        code="ARI101",
        name="column-total",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        document=WORD,
        where=TOTAL,
        stated_text="27 138.0",
        stated=Decimal("27138.0"),
        computed=Decimal("27183.0"),
        residual=Decimal("-45.0"),
        allowance=Decimal("0.15"),
        message="",
        relations=(DOWN, ACROSS),
        suspects=(Suspect(TOTAL, "27 138.0", Decimal("27183.0"), "digits transposed", (0, 1)),),
        excerpt=TOTAL_EXCERPT,
        fingerprint="1f0e9d8c7b6a5948",
        number=1,
        advice="Foot the column anew, and correct the total or the part that was mistyped.",
    )
    return _told(finding)


def lone_relation() -> Finding:
    """A tie that no excerpt can show: its parts stand in a sentence."""
    place = Where(TEXT, paragraph="4.31", line=812, address="812:14-22")
    parts = tuple(
        Part(Where(TEXT, paragraph="4.31", item=grade, line=812), Decimal(count), 1)
        for grade, count in (("D-2", 1), ("P-5", 12), ("General Service [Other level]", 30))
    )
    proof = Proof("ARI501", place, Decimal(44), Decimal(43), Decimal(1), Decimal(0), parts)
    finding = Finding(
        code="ARI501",
        name="grade-list",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        document=TEXT,
        where=place,
        stated_text="44",
        stated=Decimal(44),
        computed=Decimal(43),
        residual=Decimal(1),
        allowance=Decimal(0),
        message="",
        relations=(proof,),
        fingerprint="2f0e9d8c7b6a5948",
        number=1,
        advice="Compare the list with the table of posts of the same year.",
    )
    return _told(finding)


def notation() -> Finding:
    """A figure that is none: there is nothing to compute."""
    place = Where(BOOK, table="Outlay", row="Travel", column="2026", address="Outlay!F12")
    finding = Finding(
        code="NOT101",
        name="malformed-figure",
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        document=BOOK,
        where=place,
        stated_text="2.679.6",
        stated=None,
        computed=None,
        residual=None,
        allowance=None,
        message="",
        excerpt=Excerpt(
            header=("Object", "2025", "2026"),
            rows=(("Consultants", "12.0", "13.0"), ("Travel", "2 600.1", "2.679.6")),
            stated=(1, 2),
        ),
        fingerprint="3f0e9d8c7b6a5948",
        number=1,
        advice="Print the figure with one decimal mark.",
    )
    return _told(finding)


WORD_COVERAGE = Coverage(
    tables_read=41,
    tables_checked=39,
    unchecked=(
        Unchecked(Where(WORD, table="4.3"), "the structure of its rows is unclear", 40),
        Unchecked(Where(WORD, table="4.9", part="(2)"), "the structure of its rows is unclear"),
        Unchecked(Where(WORD, address="tbl[3]"), "it holds no figures"),
    ),
    figures_read=4210,
    figures_checked=4170,
    exact=3899,
    rounding=120,
    broken=2,
    relations_unchecked=12,
)
BOOK_COVERAGE = Coverage(
    tables_read=1,
    tables_checked=1,
    figures_read=24,
    figures_checked=24,
    exact=9,
    remarks=(Unchecked(Where(BOOK, address="Old!A1"), "the sheet is hidden; it was read"),),
)
TEXT_COVERAGE = Coverage(
    tables_read=1, tables_checked=1, figures_read=30, figures_checked=27, broken=1
)


def whole_report() -> Report:
    """Four documents: three with a finding each, one that is unreadable."""
    return Report(
        TOOL,
        (
            DocumentResult(
                WORD,
                "A/99/6 (Sect. 4)",
                "en",
                "ab" * 32,
                "checked",
                "",
                WORD_COVERAGE,
                (column_total(),),
                (_printed(),),
                (
                    Tally("ARI101", Where(WORD, table="4.7", part="(1)"), 10, 2, 1),
                    Tally("ARI101", Where(WORD, table="4.8"), 12, 0, 0),
                    Tally("ARI302", Where(WORD, table="4.7", part="(1)"), 5, 0, 1),
                ),
            ),
            DocumentResult(
                BOOK, None, "en", "cd" * 32, "checked", "", BOOK_COVERAGE, (notation(),)
            ),
            DocumentResult(
                TEXT, None, "en", "ef" * 32, "checked", "", TEXT_COVERAGE, (lone_relation(),)
            ),
            DocumentResult(
                BROKEN,
                None,
                None,
                "",
                "unreadable",
                "the file ends too early; copy it anew",
                Coverage(),
            ),
        ),
        rules=CARDS,
        setup=Setup(
            (
                HeededFile(HeededKind.SETTINGS, "annual/unbudget-check.toml"),
                HeededFile(HeededKind.WAIVERS, "annual/unbudget-waivers.toml"),
            ),
            (
                unchecked(Where("annual/unbudget-check.toml"), saying("effect-excluded", count=2)),
                unchecked(
                    Where("annual/unbudget-check.toml"),
                    saying("effect-lowered-error-note", count=1),
                ),
            ),
            ("annual/old.doc", "annual/print.rtf"),
        ),
    )


def empty_report() -> Report:
    """A document in which nothing can be checked."""
    coverage = Coverage(remarks=(Unchecked(Where(NOTES), "there is no table in it"),))
    result = DocumentResult(NOTES, None, "en", "01" * 32, "checked", "", coverage)
    return Report(TOOL, (result,), select=("ARI",), ignore=("ARI105", "percentage"))
