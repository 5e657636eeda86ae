"""Which language a few words of a table are in."""

from __future__ import annotations

import pytest

from unbudget_check.lexicon import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Libellé Budget 2025 Budget 2026 Fournitures Total", "fr"),
        ("Código Concepto Presupuesto 2025 Sueldos Total", "es"),
        ("Code Item Budget 2025 Actual 2025 Total", "en"),
        ("\u4ee3\u7801 \u9879\u76ee \u9884\u7b97 \u5408\u8ba1", "zh"),
        (
            "\u4e88\u7b97\u79d1\u76ee \u4e00\u822c\u4f1a\u8a08\u306e\u5408\u8a08",
            None,
        ),
        (
            "\u0412\u0438\u0434\u0430\u0442\u043a\u0438 \u0456 \u043f\u043b\u0430\u043d",
            None,
        ),
        ("Kod Nazwa Plan Wynagrodzenia Razem", None),
    ],
)
def test_the_language_of_a_few_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language
