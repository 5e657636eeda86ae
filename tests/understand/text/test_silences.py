"""Sentences that agree with their tables, in wordings that were once misread: nothing is found."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.as_printed import check

SILENCES = tomllib.loads(Path(__file__).with_name("silences.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("silent", SILENCES["silent"], ids=lambda silent: silent["what"])
def test_nothing_is_found_in(silent: dict[str, Any]) -> None:
    before = silent.get("before", SILENCES["before"])
    table = silent.get("table", SILENCES["table"])
    found = check(table + silent["text"], before, silent.get("language", "en")).findings
    assert [(finding.code, finding.stated_text) for finding in found] == []
