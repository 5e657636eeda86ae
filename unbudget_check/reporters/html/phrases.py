"""All words that the page itself says, in one place, so that they can be put in another language.

What places, figures and verdicts are called is said in ``reporters/words.py`` and ``closing.py``,
as in every other report; what a rule says comes from the rule.
"""

from __future__ import annotations

from unbudget_check.reporters.words import spaced

# The language of these words, for screen readers.
SPOKEN = "en"

PHRASES = {
    # The head of the page.
    "subject": "which printed figures contradict each other",
    "skip": "Skip to the findings",
    "held back": "Not shown",
    "held back, rule": "{count} more of {rule}",
    "documents": "Documents",
    "documents, told": "Findings by severity, and how far each document was checked",
    "document": "Document",
    "errors": "Errors",
    "warnings": "Warnings",
    "notes": "Notes",
    "accepted, column": "Accepted",
    "tables checked": "Tables checked",
    "figures checked": "Figures checked",
    "relations judged": "Relations judged",
    "part of": "{part} of {whole}",
    "unreadable": "unreadable",
    "nothing to check": "nothing to check",
    # How the tables are to be read.
    "how to read": "How to read the tables",
    "how, printed": "Tables are drawn as printed. Point at a finding, or reach its heading with "
    "the keyboard, and the figures of its proof light up. The numbers in the cells lead to the "
    "findings, and the places named in a finding lead to the cells.",
    "how, blamed": "the figure to blame in finding 1",
    "how, doubted": "may be to blame in finding 2",
    "how, accepted": "found before and accepted",
    "how, part": "part of a proof",
    "how, plus": "is added",
    "how, minus": "is taken away",
    "how, stated": "is what the total states",
    "how, other": "is needed by other relations of the finding",
    # The choice of findings.
    "choose": "Show only some findings",
    "severity": "Severity",
    "rule": "Rule",
    "all rules": "all rules",
    "all documents": "all documents",
    "accepted, choice": "accepted ones",
    "show all": "Show all",
    "shown": "{seen} of {all} findings shown",
    # How far a document was checked.
    "tables": "Tables",
    "figures": "Figures",
    "relations": "Relations",
    "sentences": "Sentences",
    "read, checked": "{read} read, {checked} checked",
    "read, checked, share": "{read} read, {checked} checked ({share})",
    "relations, told": "{exact} held exactly, {rounding} by rounding, {broken} broken, "
    "{unchecked} unchecked",
    "sentences, told": "{read} with amounts read, {tied} tied to other statements",
    "count, error": "{count} errors",
    "count, error, one": "1 error",
    "count, warning": "{count} warnings",
    "count, warning, one": "1 warning",
    "count, note": "{count} notes",
    "count, note, one": "1 note",
    "count, accepted": "{count} accepted before",
    "nothing checked": "Nothing was checked",
    "nothing understood": "no figures that depend on each other were understood",
    "nothing found": "No contradiction found",
    # The findings of a document.
    "index": "The {count} findings of this document",
    "index, region": "Findings of {name}",
    "number": "No.",
    "place": "Place",
    "difference": "Difference",
    "in text": "In the text, in figures and elsewhere",
    "findings": "Findings",
    "cited": "Tables that the proofs need",
    "cited, told": "No open finding stands in these tables; findings draw on their dotted figures.",
    "cited for": "For findings {numbers}",
    "cited for, one": "For finding {numbers}",
    "accepted": "Found before and accepted",
    "accepted, told": "These findings fail no run: a waiver or the baseline names them. They are "
    "told because they are still there.",
    "table, unnamed": "Table without a number",
    "table, at": "Table at {place}",
    "rows left out": "{count} rows without a part in any finding are left out here",
    "rows left out, one": "1 row without a part in any finding is left out here",
    # One finding.
    "finding": "finding {number}",
    "badge": "{severity}, finding {number}",
    "badge, doubted": "{severity}, in doubt, finding {number}",
    "around": "The table around finding {number}",
    "proof": "Proof",
    "terms left out": "… {count} more figures in the same way …",
    "percentage of": "÷",
    "computed": "computed",
    "computed, share": "computed, per cent",
    "stated": "stated",
    "difference, row": "difference",
    "allowance": "allowance for rounding",
    "in the text": "in the text",
    "in document": "{document}, {place}",
    "meant, cell": "What should stand there",
    "meant, cells": "What should stand there, in all of these cells",
    "meant, alternatives": "One of these figures is wrong, and nothing tells which",
    "further": "{count} more relations need this figure",
    "further, one": "1 more relation needs this figure",
    "what to do": "What to do:",
    "waiver": "Waiver:",
    "why": "Why this rule",
    # What was not checked.
    "gaps": "What was not checked",
    "gaps, unchecked": "Tables and figures that were not checked",
    "gaps, untied": "Sentences that were read but not tied to other statements",
    "gaps, remarks": "Remarks",
    "gap, figures": "{count} figures",
    "gap, figures, one": "1 figure",
    # The rules, and the run.
    "rules": "Rules",
    "rules, told": "What each rule claims, and how its relations between figures came out in all "
    "documents together.",
    "rules, region": "Relations judged, by rule",
    "held": "Held exactly",
    "by rounding": "By rounding",
    "broken": "Broken",
    "rule, why": "Why:",
    "run": "This run",
    "program": "Program",
    "rules, hash": "Rules",
    "only rules": "only {rules}",
    "without rules": "without {rules}",
    "files": "Files that were read, as they were when they were read",
    "file": "File",
    "language": "Language",
    "not known": "not known",
    "not read": "not read",
}


def say(key: str, **values: object) -> str:
    """A phrase with its values; ``count`` chooses between one and many.

    Whole numbers are printed in groups of three digits.
    """
    single = f"{key}, one"
    chosen = single if values.get("count") == 1 and single in PHRASES else key
    printed = {
        name: spaced(value) if isinstance(value, int) else value for name, value in values.items()
    }
    return PHRASES[chosen].format(**printed)
