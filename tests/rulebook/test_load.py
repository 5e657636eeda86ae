"""Loading rules: the packaged ones from anywhere, one's own with every mistake named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unbudget_check.errors import UserError
from unbudget_check.rulebook import load
from unbudget_check.rulebook.load import OWN_FOLDERS, join_rules, load_rules

PROJECT = Path(__file__).resolve().parents[2]

GOOD = """\
code = "OWN101"
name = "own-total"
family = "own"
severity = "warning"
confidence = "low"
check = "equation"
since = "1.0"
source = "The house rules of our office"

[parameters]
equation = "base + change = estimate"
unit = "money"

[title]
en = "Our totals add up"

[message]
en = "{row}: stated {stated}, computed {computed}"

[why]
en = "They are read first."

[fix]
en = "Add them up."

[[examples]]
what = "wrong"
kind = "fails"
table = '''
Item | 2026
Total | 12.0
'''
findings = [{ at = "Total / 2026", stated = "12.0", computed = "11.7" }]

[[examples]]
what = "right"
kind = "passes"
table = "Item | 2026"

[[examples]]
what = "rounded"
kind = "rounding"
before = ["Table 1"]
language = "zh"
table = "Item | 2026"
"""


def folder_with(tmp_path: Path, text: str | bytes, name: str = "own/own-total.toml") -> Path:
    path = tmp_path / "mine" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return tmp_path / "mine"


def complaint(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        load_rules(folder)
    return str(caught.value)


def test_the_rules_come_sorted_by_code_and_always_the_same() -> None:
    codes = [rule.code for rule in load_rules()]
    assert codes == sorted(codes)
    assert load_rules() is load_rules()


def test_the_rules_are_found_from_any_working_directory(tmp_path: Path) -> None:
    script = "from unbudget_check.rulebook.load import load_rules; print(len(load_rules()))"
    ran = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(PROJECT)!r}); {script}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(ran.stdout) == len(load_rules())


def test_an_installed_copy_carries_the_rules_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PROJECT / "rules", tmp_path / "_rules")
    monkeypatch.setattr("unbudget_check.rulebook.load.OWN_FOLDERS", (tmp_path / "_rules",))
    assert load._own_rules.__wrapped__() == load_rules()
    assert OWN_FOLDERS[0].name == "_rules"


def test_missing_rules_are_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unbudget_check.rulebook.load.OWN_FOLDERS", (tmp_path / "_rules",))
    with pytest.raises(UserError, match="the rules are missing"):
        load._own_rules.__wrapped__()


def test_loading_rules_loads_no_heavy_library() -> None:
    script = (
        "import sys; from unbudget_check.rulebook.load import load_rules;"
        "[rule.examples for rule in load_rules()];"
        "print({'numpy', 'pandas', 'pydantic', 'difflib'} & set(sys.modules))"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"


def test_a_folder_of_ones_own_is_read_whole(tmp_path: Path) -> None:
    (rule,) = load_rules(folder_with(tmp_path, GOOD))
    assert (rule.code, rule.name, rule.family) == ("OWN101", "own-total", "own")
    assert rule.parameters == {"equation": "base + change = estimate", "unit": "money"}
    assert [example.kind for example in rule.examples] == ["fails", "passes", "rounding"]
    assert rule.examples[0].findings[0].computed == "11.7"
    assert (rule.examples[2].before, rule.examples[2].language) == (("Table 1",), "zh")


def test_ones_own_rules_join_the_others(tmp_path: Path) -> None:
    joined = join_rules(load_rules(), load_rules(folder_with(tmp_path, GOOD)))
    assert len(joined) == len(load_rules()) + 1
    assert [rule.code for rule in joined] == sorted(rule.code for rule in joined)


# What is written instead of what, and what the officer is told; every message begins with the file.
MISTAKES = [
    ('severity = "', 'serverity = "', "unknown key 'serverity'; did you mean 'severity'?"),
    ('since = "1.0"', "", "the key 'since' is missing"),
    ('since = "1.0"', "since = 1.0", "'since' must be a text in quotes, not a number"),
    ('since = "1.0"', "since = 1", "'since' must be a text in quotes, not a whole number"),
    ('since = "1.0"', "since = true", "'since' must be a text in quotes, not true or false"),
    ('since = "1.0"', "since = 2026-01-01", "'since' must be a text in quotes, not a date"),
    ('"equation"', '"equatoin"', "check = 'equatoin' is unknown; did you mean 'equation'?"),
    ('"warning"', '"fatal"', "severity = 'fatal' is unknown; it must be one of: note, warning,"),
    ('"low"', '"hihg"', "confidence = 'hihg' is unknown; did you mean 'high'?"),
    ('"OWN101"', '"OWN1"', "code = 'OWN1' is not three capitals and three digits: ARI101"),
    ('"own-total"', '"Own total"', "name = 'Own total' is not lower-case words joined by hyphens"),
    ('"own-total"', '"sum"', "the file of the rule 'sum' must be called sum.toml"),
    ('"own"', '"other"', "a rule of the family 'other' must be in a folder of that name"),
    ("base + change =", "base change =", "character 6: '+' or '-' is missing before 'change'"),
    ("base + change = estimate", "base + change", "it needs one '=', and there are 0"),
    ("base + ", "bse + ", "uses an unknown column 'bse'; did you mean 'base'?"),
    ('unit = "money"', "", "[parameters]: the key 'unit' is missing"),
    ('unit = "money"', 'unit = "monye"', "unit = 'monye' is unknown; did you mean 'money'?"),
    (
        'unit = "money"',
        'units = "money"',
        "unknown key 'units'; did you mean 'unit'?",
    ),
    ("[parameters]", "[parameter]", "unknown key 'parameter'; did you mean 'parameters'?"),
    ("{stated}", "{sated}", "[message], en: unknown placeholder '{sated}'; did you mean 'stated'?"),
    ("{stated}", "{stated:>9}", "unknown placeholder '{stated:>9}'"),
    ("{stated}", "{}", "unknown placeholder '{}'"),
    ("{stated}", "{stated", "[message], en: unmatched brace"),
    ('en = "Add', 'english = "Add', "[fix]: 'english' is not a language code; use two letters"),
    ('en = "Add', 'zh = "Add', "[fix]: the key 'en' is missing"),
    ('"Add them up."', '" "', "[fix]: the text for 'en' is empty"),
    ("[why]", "[[why]]", "'why' must be a table, not a list in square brackets"),
    ('"rounding"', '"passes"', 'an [[examples]] table with kind = "rounding" is missing'),
    ('"rounding"', '"rounded"', "example 3: kind = 'rounded' is unknown; did you mean 'rounding'?"),
    ('what = "right"', 'waht = "right"', "example 2: unknown key 'waht'; did you mean 'what'?"),
    ('what = "right"', "", "example 2: the key 'what' is missing"),
    ("findings = [", "[[examples.findings]]\n#", "example 1, finding 1: the key 'at' is missing"),
    ("findings = [", "#", "example 1: an example that fails must list its findings"),
    ('["Table 1"]', '["Table 1", 2]', "'before' must be a text in quotes, not a whole number"),
    ('["Table 1"]', '"Table 1"', "'before' must be a list in square brackets, not a text"),
    (
        '"wrong"',
        '"wrong',
        "this is not valid TOML: Illegal character '\\n' (at line 27,",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[new for _, new, _ in MISTAKES])
def test_a_mistake_is_told_with_the_file_and_the_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    told = complaint(folder_with(tmp_path, GOOD.replace(old, new, 1)))
    assert told.startswith("mine/own/own-total.toml")
    assert message in told
    assert "\n" not in told


def test_an_example_that_passes_has_no_findings(tmp_path: Path) -> None:
    text = GOOD.replace('kind = "passes"', 'kind = "fails"').replace('"fails"', '"passes"', 1)
    told = complaint(folder_with(tmp_path, text))
    assert "example 1: an example that passes must not list findings" in told


def test_the_check_without_parameters_takes_none(tmp_path: Path) -> None:
    text = GOOD.replace('check = "equation"', 'check = "shares"')
    told = complaint(folder_with(tmp_path, text))
    assert told == "mine/own/own-total.toml, [parameters]: unknown key 'equation'; known keys: none"


@pytest.mark.parametrize("word", ["code", "name"])
def test_a_code_or_name_used_twice_names_both_files(tmp_path: Path, word: str) -> None:
    folder = folder_with(tmp_path, GOOD)
    other = GOOD.replace('family = "own"', 'family = "second"')
    name = "second/own-total.toml"
    if word == "code":
        other, name = other.replace('"own-total"', '"other"'), "second/other.toml"
    else:
        other = other.replace("OWN101", "OWN102")
    told = complaint(folder_with(tmp_path, other, name))
    assert "mine/own/own-total.toml" in told
    assert f"mine/{name}" in told
    assert f"two rules have the {word} '" in told
    assert folder.is_dir()


def test_ones_own_rule_cannot_take_the_code_of_another(tmp_path: Path) -> None:
    text = GOOD.replace("OWN101", "ARI101")
    with pytest.raises(UserError, match=r"/column-total\.toml and .*/own-total\.toml"):
        join_rules(load_rules(), load_rules(folder_with(tmp_path, text)))


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    told = complaint(folder_with(tmp_path, b'code = "\xff"'))
    assert told == "mine/own/own-total.toml: byte 8 is not UTF-8; save the file as UTF-8"


def test_a_file_with_a_byte_order_mark_or_other_line_ends_is_read(tmp_path: Path) -> None:
    windows = GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    assert (
        load_rules(folder_with(tmp_path, windows))[0].examples
        == load_rules(folder_with(tmp_path / "plain", GOOD))[0].examples
    )


def test_deeply_nested_toml_is_no_crash(tmp_path: Path) -> None:
    told = complaint(folder_with(tmp_path, f"code = {'[' * 5000}"))
    assert "this is not valid TOML" in told


def test_a_rule_outside_a_family_folder_is_told(tmp_path: Path) -> None:
    told = complaint(folder_with(tmp_path, GOOD, "own-total.toml"))
    assert "a rule of the family 'own' must be in a folder of that name" in told


def test_a_folder_that_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    assert "this folder of rule files does not exist" in complaint(tmp_path / "nowhere")
    assert "this folder contains no rule files" in complaint(tmp_path)
