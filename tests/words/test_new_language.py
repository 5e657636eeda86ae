"""One new file makes a language: what it says is said, and English says the rest."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, RULES, document
from tests.reports import whole_report
from unbudget_check import messages
from unbudget_check.engine import check_document
from unbudget_check.messages import form_of
from unbudget_check.messages.telling import told_in
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.terminal import full
from unbudget_check.rulebook.page import cards_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRENCH = """
name = "français"
plural = "french"
[labels]
documents = "documents lus"
[counts]
relation = { one = "{count} calcul", other = "{count} calculs" }
[rules.ARI101]
title = "Le total d'une colonne est la somme de ses parties"
message = "{row}, {column} : {stated} au lieu de {computed}."
fix = "Additionner la colonne."
"""
TABLE = """
 | 2025 | 2026
Posts | 10.2 | 3.1
Travel | 1.5 | 2.2
Rent | 2.0 | 1.1
Total | 19.7 | 6.4
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The languages of reports, and French as one more file among theirs."""
    for code in messages.spoken_languages():
        own = files(messages.__name__) / f"{code}.toml"
        (tmp_path / f"{code}.toml").write_bytes(own.read_bytes())
    (tmp_path / "fr.toml").write_text(FRENCH, encoding="utf-8")
    monkeypatch.setattr(messages, "files", lambda _: tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    messages.spoken_languages.cache_clear()
    messages.load_words.cache_clear()


@pytest.mark.usefixtures("french")
def test_one_file_is_all_that_a_language_takes() -> None:
    assert messages.spoken_languages() == ("en", "fr", "zh")
    text = full.render(told_in(whole_report(), "fr"), RenderOptions())
    assert "documents lus" in text
    assert "not checked" in text  # what the file does not say
    assert messages.say("fr", "counts.relation", count=0) == "0 calcul"


@pytest.mark.usefixtures("french")
def test_its_file_may_speak_for_rules() -> None:
    result = check_document(document(TABLE, MONEY), RULES)
    (finding,) = result.findings
    assert finding.code == "ARI101"
    assert finding.messages["fr"].startswith("Total, 2025 : 19.7 au lieu de 13.7.")
    (card,) = (each for each in cards_of(RULES, [result]) if each.code == "ARI101")
    assert card.fix["fr"] == "Additionner la colonne."


def test_a_language_without_a_file_falls_back_as_a_whole() -> None:
    report = whole_report()
    english, spanish = (
        full.render(told_in(report, code), RenderOptions()) for code in ("en", "es")
    )
    assert spanish == english


@pytest.mark.parametrize(
    ("plural", "forms"),
    [
        ("germanic", {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("french", {0: "one", 1: "one", 2: "other"}),
        ("slavic", {1: "one", 2: "few", 5: "many", 11: "many", 21: "one", 112: "many"}),
        ("arabic", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other"}),
        ("", {0: "other", 1: "other", 7: "other"}),
    ],
)
def test_a_number_chooses_its_form(plural: str, forms: dict[int, str]) -> None:
    assert {count: form_of(plural, count) for count in forms} == forms
