"""What plug-ins import stays: names may come, but none of these may go."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT
from unbudget_check import plugin_api

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "Cell",
    "CheckWithParameters",
    "Claims",
    "Column",
    "ColumnRole",
    "Confidence",
    "Document",
    "DocumentFacts",
    "DocumentResult",
    "Finding",
    "Paragraph",
    "ReadOptions",
    "Remark",
    "RenderOptions",
    "Report",
    "Row",
    "RowRole",
    "Rule",
    "Severity",
    "Skipped",
    "Source",
    "Spot",
    "Table",
    "TableFacts",
    "UnreadableError",
    "UserError",
    "Where",
    "place_of",
}
EXAMPLE = sorted((PROJECT / "tests" / "plugin_example").rglob("*.py"))


def test_no_name_goes() -> None:
    assert set(plugin_api.__all__) >= NAMES
    assert all(hasattr(plugin_api, name) for name in plugin_api.__all__)


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: path.name)
def test_the_example_imports_nothing_else_of_the_program(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imported if module.startswith("unbudget_check")}
    assert ours <= {"unbudget_check.plugin_api"}
