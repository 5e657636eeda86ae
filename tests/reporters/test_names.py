"""What documents are called: as short as they can be told apart; and which figures are named."""

from __future__ import annotations

from dataclasses import replace

from tests.reports import column_total, whole_report
from unbudget_check.reporters.words import names_of, sums_of

DOCUMENT = replace(whole_report().documents[0], symbol=None)


def named(*paths: str, symbol: str | None = None) -> dict[str, str]:
    return names_of(replace(DOCUMENT, path=path, symbol=symbol) for path in paths)


def test_only_documents_of_one_name_show_their_folders() -> None:
    assert named("a/en/1.docx", "a/fr/1.docx", "a/2.docx") == {
        "a/en/1.docx": "en/1.docx",
        "a/fr/1.docx": "fr/1.docx",
        "a/2.docx": "2.docx",
    }
    assert named("a/1.docx", "2.docx") == {"a/1.docx": "1.docx", "2.docx": "2.docx"}
    assert named("1.docx", "old/1.docx") == {"1.docx": "1.docx", "old/1.docx": "old/1.docx"}
    assert named() == {}


def test_a_symbol_names_a_document_where_it_is_wanted() -> None:
    one, other = (replace(DOCUMENT, path=path, symbol="A/99/6") for path in ("a.docx", "b.docx"))
    assert names_of([one], symbols=True) == {"a.docx": "A/99/6"}
    assert names_of([one]) == {"a.docx": "a.docx"}
    assert len(set(names_of([one, other], symbols=True).values())) == 2


def test_what_has_no_cell_is_not_said_to_print_a_dash() -> None:
    """A row of a data file that does not fit prints something, but no figure."""
    row = replace(column_total(), stated_text="", stated=None, computed=None, residual=None)
    assert sums_of(row) == ()
    assert sums_of(replace(row, stated_text="(2")) == (("printed", "(2"),)
