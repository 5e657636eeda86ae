"""References: every example in the language files, and what no example can say."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from unbudget_check.extract.prose.references import references_in
from unbudget_check.languages import language_codes, load_language
from unbudget_check.model.prose import Passage, PassageKind, Reference


def raw(code: str) -> dict[str, Any]:
    source = files("unbudget_check.languages") / f"{code}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


EXAMPLES = [
    pytest.param(code, example["text"], example["found"], id=f"{code} {example['text'][:40]}")
    for code in language_codes()
    for example in raw(code)["reference_examples"]
]


def passage(text: str, body: int = 0) -> Passage:
    return Passage(0, PassageKind.PARAGRAPH, text, body=body)


def said(reference: Reference) -> str:
    star = "* " if reference.is_outside else ""
    rest = (reference.part, *reference.items)
    return " ".join(filter(None, (f"{star}{reference.kind} {reference.number}", *rest)))


@pytest.mark.parametrize(("code", "text", "found"), EXAMPLES)
def test_a_sentence_refers_to_what_its_example_says(code: str, text: str, found: list[str]) -> None:
    references = references_in(passage(text), load_language(code))
    assert [said(reference) for reference in references] == found
