"""Every language file says the same things: a finding reads whole in each of the six languages."""

from __future__ import annotations

from string import Formatter

import pytest

from tests.as_printed import MONEY, check
from unbudget_check.evidence.slips import Slip
from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.messages import Text, call, load_words, spoken_languages

EACH = pytest.mark.parametrize("code", language_codes())
# Sections of which a language needs all, for a finding to be told in it.
TOLD = ("sentences.", "slips.")
ENGLISH = load_words("en").texts


def names_in(text: Text) -> set[str]:
    assert isinstance(text, str)
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@EACH
def test_every_sentence_is_there_with_the_same_blanks(code: str) -> None:
    texts = load_words(code).texts
    places = {f"places.{kind}" for kind in ("paragraph", "figure", "row", "column", "table")}
    needed = {*places, "suspects.range", *(name for name in ENGLISH if name.startswith(TOLD))}
    assert {name: names_in(texts[name]) for name in needed} == {
        name: names_in(ENGLISH[name]) for name in needed
    }


@EACH
def test_every_slip_has_words(code: str) -> None:
    slips = {name for name in load_words(code).texts if name.startswith("slips.")}
    assert slips == {f"slips.{slip}" for slip in Slip}


@EACH
def test_a_finding_names_the_figure_the_slip_and_the_witnesses(code: str) -> None:
    language = load_language(code)
    heads = [language.columns[name][0] for name in ("approved", "change", "estimate")]
    total = language.rows["total"][0]
    rows = ["", "1 327.1 | (63.7) | 1 263.4", "231.5 | 17.2 | 248.7", "146.9 | 4.1 | 115.0"]
    labels = ["", *language.grades]
    lines = [" | ".join(("", f"{heads[0]} 2025", heads[1], f"{heads[2]} 2026"))]
    lines += [f"{label} | {row}" for label, row in zip(labels[1:4], rows[1:], strict=True)]
    lines.append(f"{total} | 1 705.5 | (42.4) | 1 663.1")
    text = "\n".join(lines)
    if language.numbers.decimal.startswith(","):
        text = text.replace(".", ",")
    (finding,) = check(text, MONEY, code).findings
    # Rules do not speak every language yet; a message is in one language as a whole.
    spoken = code if code in spoken_languages() else "en"
    assert call(spoken, "slips", Slip.TRANSPOSED) in finding.message
    computed = "151,0" if "," in text else "151.0"
    assert finding.message.count(computed) >= 2  # computed by one relation, named by all
    assert "{" not in finding.message
