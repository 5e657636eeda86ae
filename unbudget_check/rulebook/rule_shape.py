"""What may stand in a rule file, declared once: the reader and the published schema use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.rulebook.added_kinds import kinds, parameters_of
from unbudget_check.rulebook.json_schema import published, schema_of
from unbudget_check.rulebook.kinds import EQUATION, ROLES
from unbudget_check.rulebook.shapes import Named, Spoken, Table, Tables, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

FAILS, PASSES, ROUNDING = "fails", "passes", "rounding"
EXAMPLE_KINDS = (FAILS, PASSES, ROUNDING)
AN_EQUATION = f"An equation, such as base + change = estimate, of: {', '.join(ROLES)}."

FINDING = Table(
    "One finding that the example must give.",
    {
        "at": Text('"row label / column heading", or the number of a paragraph.', needed=True),
        "stated": Text("The figure as printed.", needed=True),
        "computed": Text("The figure that it should be, where one can be computed."),
    },
)
EXAMPLE = Table(
    "A small table as printed, and exactly what is found in it.",
    {
        "what": Text("What the example shows, in a few words.", needed=True),
        "kind": Text(
            "It is found (fails), it holds (passes), or only rounding stands between (rounding).",
            needed=True,
            words=EXAMPLE_KINDS,
        ),
        "before": Texts("What is printed above the table: number, title, unit."),
        "table": Text("The rows, one a line, cells separated by |.", needed=True),
        "language": Text("The language of the example.", default="en"),
        "findings": Tables("Exactly what is found.", "finding", FINDING),
    },
)
RULE = Table(
    "One rule: a kind of check, its parameters, its words and its examples.",
    {
        "code": Text(
            "Stable for ever, and never used again for another rule.",
            needed=True,
            form="[A-Z]{3}[0-9]{3}",
            such="three capitals and three digits: ARI101",
        ),
        "name": Text(
            "The name for people; the file is called NAME.toml.",
            needed=True,
            form="[a-z0-9]+(?:-[a-z0-9]+)*",
            such="lower-case words joined by hyphens",
        ),
        "family": Text("The folder that the file stands in.", needed=True),
        "severity": Text("How grave a finding is.", needed=True, words=tuple(Severity)),
        "confidence": Text("How sure a finding is.", needed=True, words=tuple(Confidence)),
        "check": Text("The kind of check that finds it.", needed=True, words=kinds),
        "since": Text("The version that the rule came with.", needed=True),
        "source": Text("Where the promise comes from: a manual, a practice.", needed=True),
        "parameters": Named("What the kind of check must know.", Text("")),
        "title": Spoken("The promise in one sentence, without a full stop."),
        "message": Spoken("What is said of one finding, with {where}, {stated}, {computed}, ..."),
        "why": Spoken("Why it matters."),
        "fix": Spoken("How to put it right."),
        "examples": Tables("The tests of the rule, one of each kind at least.", "example", EXAMPLE),
    },
)


def parameters_shape(kind: str) -> Table:
    """The parameters of one kind of check: all of them are needed, and nothing else may stand."""
    known = parameters_of(kind)
    return Table(
        f"The parameters of the check {kind}.",
        {
            name: Text(AN_EQUATION, needed=True)
            if words == EQUATION
            else Text("", needed=True, words=words)
            for name, words in known.items()
        },
        needed=bool(known),
    )


def rule_schema() -> dict[str, Any]:
    """The schema of a rule file, with the kinds of check that are installed here."""
    schema = published("rule", "A rule of unbudget-check", RULE)
    schema["required"] = [*schema["required"], "examples"]
    schema["properties"]["examples"]["allOf"] = [
        {"contains": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}}
        for kind in EXAMPLE_KINDS
    ]
    return schema | {"allOf": list(_by_kind())}


def _by_kind() -> Iterator[dict[str, Any]]:
    """For each kind of check, what its parameters must be."""
    for kind in kinds():
        shape = parameters_shape(kind)
        then = {"properties": {"parameters": schema_of(shape)}}
        needed = {"required": ["parameters"]} if shape.needed else {}
        yield {
            "if": {"properties": {"check": {"const": kind}}, "required": ["check"]},
            "then": then | needed,
        }
