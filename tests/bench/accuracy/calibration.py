"""How often findings of each confidence were true, on the documents whose findings were audited."""

from __future__ import annotations

from collections import Counter

from tests.audited import hold, verdicts_of
from tests.conftest import PROJECT
from unbudget_check import engine
from unbudget_check.model.finding import CONFIDENCES, SEVERITIES, Severity

MORE = PROJECT.parent / "shared" / "more"
LAYOUT = "  {:<12}{:<10}{:>8}{:>8}{:>12}{:>14}"


def report() -> list[str]:
    """Predicted against true: findings by severity and confidence, with the verdicts on them."""
    documents = [
        path
        for path in sorted((MORE / "docx").glob("*.docx"))
        if verdicts_of(MORE / "audited", path.name)
    ]
    if not documents:
        return ["Calibration: the audited documents are not here", ""]
    counts: Counter[tuple[str, str, str]] = Counter()
    kept = lost = 0
    for result in engine.check([str(path) for path in documents]).documents:
        name = result.path.rpartition("/")[2]
        held = hold(result, verdicts_of(MORE / "audited", name))
        kept, lost = kept + len(held.kept), lost + len(held.lost)
        for verdict, findings in (
            ("true", held.true),
            ("false", held.false),
            ("fresh", held.fresh),
        ):
            for finding in findings:
                counts[finding.severity, finding.confidence, verdict] += 1
    rows = [f"Calibration on {len(documents)} audited documents", ""]
    rows.append(LAYOUT.format("severity", "told with", "true", "false", "not audited", "precision"))
    told = [each for each in SEVERITIES if each is not Severity.NOTE]
    for severity in reversed(told):
        for confidence in reversed(CONFIDENCES):
            found = [counts[severity, confidence, each] for each in ("true", "false", "fresh")]
            rows.append(LAYOUT.format(severity, confidence, *found, _share(*found[:2])))
    rows += ["", f"  true root causes still told: {kept} of {kept + lost}"]
    rows.append("  targets: 95% of them; high confidence 98% true, errors 95% true")
    return rows


def _share(true: int, false: int) -> str:
    return f"{1000 * true // (true + false) // 10}%" if true + false else "–"
