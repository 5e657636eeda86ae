"""Settings: the nearest file wins, and a slip in it is one sentence with the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check.errors import UserError
from unbudget_check.model.finding import Severity
from unbudget_check.model.options import DocumentWishes, Profile, TidyMapping
from unbudget_check.model.outcome import Rounding
from unbudget_check.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
select = ["ARI", "column-total"]
ignore = ["ARI301"]
language = "zh"
revisions = "original"
rounding = "truncated"
fail-on = "warning"
rules = "ours"
profile = "audit"
exclude = ["drafts/*"]

[severity]
NAM = "note"

[per-document."A/80/6*"]
ignore = ["REF"]
severity = {ARI301 = "warning"}

[tidy."exports/*.csv"]
labels = ["section", "item"]
measures = ["2025", "2026"]
unit = "Thousands of United States dollars"
hierarchy = true
totals = ["All"]
"""


def write(folder: Path, text: str, name: str = "unbudget-check.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    settings = load_settings(str(path), ".")
    wishes = settings.wishes
    assert settings.fail_on is Severity.WARNING
    assert wishes.select == ("ARI", "column-total")
    assert wishes.ignore == ("ARI301",)
    assert (wishes.language, wishes.revisions) == ("zh", "original")
    assert wishes.rounding is Rounding.TRUNCATED
    assert wishes.rules_dir == str(tmp_path / "ours")
    assert (wishes.profile, wishes.exclude) == (Profile.AUDIT, ("drafts/*",))
    assert wishes.severities == {"NAM": Severity.NOTE}
    assert wishes.per_document == {
        "A/80/6*": DocumentWishes(("REF",), {"ARI301": Severity.WARNING})
    }
    assert wishes.tidy == {
        "exports/*.csv": TidyMapping(
            labels=("section", "item"),
            measures=("2025", "2026"),
            unit="Thousands of United States dollars",
            hierarchy=True,
            totals=("All",),
        )
    }


def test_the_nearest_file_wins_and_none_is_merged(tmp_path: Path) -> None:
    write(tmp_path, 'language = "zh"\n')
    inner = tmp_path / "a" / "b"
    write(inner.parent, 'ignore = ["NOT"]\n')
    inner.mkdir()
    wishes = load_settings(None, str(inner)).wishes
    assert wishes.ignore == ("NOT",)
    assert wishes.language is None


def test_a_shared_file_counts_only_with_our_section(tmp_path: Path) -> None:
    write(tmp_path, '[tool.unbudget_check]\nfail-on = "never"\n', "pyproject.toml")
    inner = tmp_path / "inner"
    write(inner, "[tool.other]\nx = 1\n", "pyproject.toml")
    assert load_settings(None, str(inner)).fail_on is None
    assert load_settings(str(tmp_path / "pyproject.toml"), ".").fail_on is None


def test_our_own_file_goes_before_the_shared_one(tmp_path: Path) -> None:
    write(tmp_path, '[tool.unbudget_check]\nlanguage = "zh"\n', "pyproject.toml")
    write(tmp_path, 'language = "en"\n')
    assert load_settings(None, str(tmp_path)).wishes.language == "en"


def test_without_any_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(str(write(tmp_path, "")), ".") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["ARI"]', "unknown key 'selct'; did you mean 'select'?"),
        ('fail_on = "error"', "unknown key 'fail_on'; did you mean 'fail-on'?"),
        ('fail-on = "eror"', "did you mean 'error'?"),
        ('language = "xx"', "language = 'xx' is unknown"),
        ('select = "ARI"', "'select' must be a list in square brackets, not a text in quotes"),
        ("select = [1]", "'select' must be a text in quotes, not a whole number"),
        ('[tidy."*.csv"]\nlables = ["a"]', "unknown key 'lables'; did you mean 'labels'?"),
        ('[tidy."*.csv"]\nmeasures = ["a"]', "'labels' must contain at least one column"),
        ('[tidy."*.csv"]\nlabels = ["a"]\nhierarchy = 1', "'hierarchy' must be true or false"),
        ('[tidy."*.csv"]\nlabels = ["a"]', "no column holds figures: name it as 'value', or"),
        ('[tidy."*.csv"]\nlabels = ["a"]\nvalue = ""', "tidy.*.csv: no column holds figures"),
        ("select = [", "this is not valid TOML"),
    ],
)
def test_a_slip_is_one_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UserError) as caught:
        load_settings(str(path), ".")
    message = str(caught.value)
    assert message.startswith(str(path))
    assert said in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "unbudget-check.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="cannot be read: not UTF-8"):
        load_settings(None, str(tmp_path))


def test_a_shared_file_without_our_section_is_no_settings_file(tmp_path: Path) -> None:
    path = write(tmp_path, "[tool.other]\nx = 1\n", "pyproject.toml")
    with pytest.raises(UserError, match="it has no section"):
        load_settings(str(path), ".")
