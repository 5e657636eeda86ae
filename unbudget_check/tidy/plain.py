"""A sum of very many parts as a finding that counts them, without naming any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.document import Where
from unbudget_check.model.finding import (
    CONFIDENCES,
    Confidence,
    Finding,
    Localisation,
    Proof,
    Severity,
)
from unbudget_check.model.number import Number, decimal_of, from_scaled, number_of, printed
from unbudget_check.model.outcome import Verdict
from unbudget_check.notation.printed_style import learned
from unbudget_check.rulebook.rule import message_of, messages_of, rule_text
from unbudget_check.tidy.printed import number_at, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.tidy.data import Data


def plain_finding(
    data: Data, relation: int, rules: Sequence[Rule], path: str, language: str
) -> Finding:
    """The finding about one sum, at the figure that it states."""
    result = data.result
    rule = rules[int(result.relations.rules[relation])]
    (figure, _), *parts = result.relations.terms(relation)
    row, column = divmod(figure, len(data.amounts))
    scale = result.figures.scale
    exponent = min(-int(data.amounts[column].decimals[row]), 0)
    value, residual = int(result.figures.values[figure]), int(result.judgement.residuals[relation])
    doubled = int(result.judgement.allowances[relation])
    stated, computed, difference = (
        decimal_of(from_scaled(each, scale, exponent))
        for each in (value, value - residual, residual)
    )
    allowance = decimal_of(Number(doubled * 5, scale - 1) if doubled else Number(0))
    where = Where(
        path,
        row=data.label(row),
        column=data.heading(row, column),
        address=data.sheet.place(row, data.names[column]),
        line=data.sheet.line(row),
    )
    home = (_figure(data, each) for each in (figure, *(part for part, _ in parts)))
    notation = learned(home, ())
    told = {
        "row": where.row or "",
        "column": where.column or "",
        "stated": printed(number_of(stated), notation),
        "computed": printed(number_of(computed), notation),
        "residual": printed(number_of(difference), notation),
        "allowance": printed(number_of(allowance), notation),
        "count": str(len(parts)),
        "parts": f"... ({len(parts)})",
    }
    message, messages = messages_of(rule, language, lambda code: message_of(rule, code, **told))
    sure = result.verdicts[relation] == Verdict.IMPOSSIBLE
    level = CONFIDENCES.index(rule.confidence) - (not sure)
    return Finding(
        rule.code,
        rule.name,
        rule.severity if sure or rule.severity is not Severity.ERROR else Severity.WARNING,
        CONFIDENCES[max(level, CONFIDENCES.index(Confidence.LOW))],
        path,
        where,
        str(stated),
        stated,
        computed,
        difference,
        allowance,
        message,
        (Proof(rule.code, where, stated, computed, difference, allowance, ()),),
        localisation=Localisation.NONE,
        advice=rule_text(rule, "fix", language),
        messages=messages,
        notation=notation,
    )


def _figure(data: Data, figure: int) -> tuple[str, Number]:
    """A figure as the file writes it, and its value."""
    return text_of(data, *divmod(figure, len(data.amounts))), number_at(data, figure)
