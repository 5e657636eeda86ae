"""A rule as SARIF says it: its promise, why it matters, how to mend it, and how far to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unbudget_check.languages.messages import ENGLISH
from unbudget_check.reporters.markdown_text import in_markdown
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.report import RuleCard

SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}


def rule_data(card: RuleCard) -> dict[str, Any]:
    """One rule of the driver; help in both forms, since sites show the one in Markdown."""
    title, why, fix = (shown(text[ENGLISH]) for text in (card.title, card.why, card.fix))
    command = f"unbudget-check explain {card.code}"
    source = f"Source: {shown(card.source)}" if card.source else ""
    told = [title + ".", why, fix, source, f"More: {command}"]
    marked = [
        f"**{in_markdown(title)}**",
        in_markdown(why),
        f"**What to do:** {in_markdown(fix)}",
        in_markdown(source),
        f"More, with examples: `{command}`",
    ]
    return {
        "id": card.code,
        "name": card.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n\n".join(each for each in told if each),
            "markdown": "\n\n".join(each for each in marked if each),
        },
        "defaultConfiguration": {"level": str(card.severity)},
        "properties": {
            "precision": str(card.confidence),
            "problem.severity": SEVERITIES[card.severity],
            "tags": [card.family],
        },
    }
