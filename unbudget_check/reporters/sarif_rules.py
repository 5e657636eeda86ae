"""A rule as SARIF says it: its promise, why it matters, how to mend it, and how far to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unbudget_check.languages.messages import say, words_in
from unbudget_check.reporters.markdown_text import in_markdown
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.report import RuleCard

SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}


def rule_data(card: RuleCard, lang: str) -> dict[str, Any]:
    """One rule of the driver; help in both forms, since sites show the one in Markdown."""
    texts = (card.title, card.why, card.fix)
    title, why, fix = (shown(words_in(text, lang)) for text in texts)
    command = f"unbudget-check explain {card.code}"
    source = _labelled(lang, "rule.source", shown(card.source)) if card.source else ""
    advice = say(lang, "full.advice")
    told = [title, why, fix, source, say(lang, "sites.examples", command=command)]
    marked = [
        f"**{in_markdown(title)}**",
        in_markdown(why),
        f"**{advice[:1].upper()}{advice[1:]}**",
        in_markdown(fix),
        in_markdown(source),
        say(lang, "sites.examples", command=f"`{command}`"),
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


def _labelled(lang: str, label: str, text: str) -> str:
    told = say(lang, "full.labelled", label=say(lang, label), text=text)
    return told[:1].upper() + told[1:]
