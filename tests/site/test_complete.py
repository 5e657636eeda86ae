"""Nothing is missing from the documentation: every format, setting, option and verb is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site.texts import texts
from unbudget_check.cli.main import program
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.rulebook.kinds import KINDS
from unbudget_check.rulebook.rule import RULE
from unbudget_check.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = texts()
EVERYTHING = "\n".join(TEXTS.values())
VERBS = [name for name, verb in program.commands.items() if not verb.hidden]
# What the page of all commands says of them is enough.
PLAIN = {"--help", "--color", "--quiet", "--verbose", "--output", "--waivers", "--config"}
OPTIONS = sorted(
    {
        name
        for each in program.commands["check"].params
        for name in each.opts
        if name.startswith("--") and not getattr(each, "hidden", False)
    }
    - PLAIN
)


@pytest.mark.parametrize("name", [*FORMATS, *OFFICE])
def test_every_format_is_described(name: str) -> None:
    assert f"| `{name}` |" in TEXTS["formats"]
    assert f"`{name}`" in TEXTS["README"]


@pytest.mark.parametrize("name", SETTINGS.keys)
def test_every_setting_is_described(name: str) -> None:
    assert re.search(rf"^{name} = |^\[{name}[.\]]", TEXTS["configuration"], re.MULTILINE)


@pytest.mark.parametrize("name", RULE.keys)
def test_every_key_of_a_rule_is_described(name: str) -> None:
    assert re.search(rf"^{name} = |^\[+{name}\]", TEXTS["write-a-rule"], re.MULTILINE)


def test_every_key_and_every_kind_of_check_has_its_row(site: Mapping[str, str]) -> None:
    page = site["keys.html"]
    for name in (*SETTINGS.keys, *RULE.keys, "per-document.NAME.ignore", "tidy.NAME.labels"):
        assert f"<dt><code>{name}</code></dt>" in page
    for kind, parameters in KINDS.items():
        assert f'<dt id="{kind}">' in page
        assert all(f"<code>{name}</code>" in page for name in parameters)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_on_some_page_of_prose(verb: str) -> None:
    assert re.search(rf"unbudget-check {verb}\b|`{verb}\b", EVERYTHING)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_of_check_is_on_some_page_of_prose(option: str) -> None:
    assert re.search(rf"{option}(?![a-z-])", EVERYTHING)
