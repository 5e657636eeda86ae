"""The verb ``schema``: JSON Schemas of the report, of settings and of rule files."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import click

from unbudget_check.cli.screen import write_out

HELP = """Print a JSON Schema (draft 2020-12) for programs that read reports, and for editors.

\b
unbudget-check dev schema report   of `check -o json`
unbudget-check dev schema config   of settings files
unbudget-check dev schema rule     of rule files, with checks installed here

\b
A TOML editor can use it to complete keys and mark errors:
  unbudget-check dev schema rule > rule.schema.json
in a rule file that begins with
  #:schema ./rule.schema.json
"""


@click.command("schema", help=HELP, short_help="Print the JSON Schema of a file.")
@click.argument(
    "file", metavar="report|config|rule", type=click.Choice(["report", "config", "rule"])
)
def command(file: str) -> None:
    """Print the schema of a kind of file."""
    schema = {"report": _report, "config": _config, "rule": _rule}[file]()
    write_out(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", machine=True)


def _report() -> Any:  # noqa: ANN401  as it was published
    text = (files("unbudget_check.reporters") / "report.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def _config() -> dict[str, Any]:
    from unbudget_check.rulebook.shapes import published
    from unbudget_check.settings import SETTINGS

    return published("config", "The settings of unbudget-check", SETTINGS)


def _rule() -> dict[str, Any]:
    from unbudget_check.rulebook.rule import rule_schema

    return rule_schema()
