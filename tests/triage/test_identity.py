"""A finding keeps its identity while its cause stands, and only then."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.reports import column_total
from unbudget_check.model.document import Where
from unbudget_check.model.finding import Quote
from unbudget_check.triage.identity import fingerprint, identified

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding


def placed(**changes: str | int) -> Finding:
    finding = column_total()
    return replace(finding, where=replace(finding.where, **changes))  # type: ignore[arg-type]


def test_it_is_sixteen_digits_and_the_same_every_time() -> None:
    found = fingerprint(column_total())
    assert len(found) == 16
    assert int(found, 16) >= 0
    assert found == fingerprint(column_total())


def test_amounts_and_rows_of_the_file_do_not_matter() -> None:
    finding = column_total()
    proofs = tuple(
        replace(
            proof,
            residual=Decimal(500),
            parts=tuple(
                replace(part, stated=Decimal(1), where=replace(part.where, line=9, address="x"))
                for part in proof.parts
            ),
        )
        for proof in finding.relations
    )
    where = replace(finding.where, line=77, address="elsewhere", page="3")
    moved = replace(
        finding,
        where=where,
        stated=Decimal(1),
        computed=Decimal(2),
        message="other words",
        relations=proofs,
    )
    assert fingerprint(moved) == fingerprint(finding)


def test_the_proofs_and_the_look_of_labels_do_not_matter() -> None:
    finding = column_total()
    grown = replace(finding, relations=finding.relations[:1])
    assert fingerprint(grown) == fingerprint(finding)
    assert fingerprint(placed(row="  TOTAL ")) == fingerprint(finding)


def test_a_sentence_is_known_by_its_words() -> None:
    quote = Quote("The increase of $4,500 is owing to travel.", 16, 22)
    finding = replace(column_total(), quote=quote, where=Where("a.docx", paragraph="4.31"))
    amount = replace(quote, text="The increase of $5,400 is owing to travel.")
    moved = replace(finding, quote=amount, where=Where("a.docx", paragraph="4.32", item="(b)"))
    assert fingerprint(moved) == fingerprint(finding)
    reworded = replace(quote, text="The decrease of $4,500 is owing to travel.")
    assert fingerprint(replace(finding, quote=reworded)) != fingerprint(finding)


def test_twins_are_told_apart_by_their_order() -> None:
    finding = column_total()
    other = replace(finding, code="ARI102")
    found = [each.fingerprint for each in identified([finding, other, finding, finding])]
    assert len(set(found)) == 4
    assert found[0] == fingerprint(finding)
    assert found[:2] == [each.fingerprint for each in identified([finding, other])]


def test_the_folder_does_not_matter_and_a_symbol_stands_for_the_file() -> None:
    moved = replace(column_total(), document="elsewhere/section 4 [advance].docx")
    assert fingerprint(moved) == fingerprint(column_total())
    renamed = replace(column_total(), document="copy.docx")
    assert fingerprint(renamed) != fingerprint(column_total())
    assert fingerprint(renamed, "A/99/6") == fingerprint(column_total(), "A/99/6")


@pytest.mark.parametrize(
    "changes",
    [{"table": "4.8"}, {"part": "(2)"}, {"row": "Subtotal"}, {"column": "2025"}, {"item": "2"}],
)
def test_another_place_is_another_finding(changes: dict[str, str]) -> None:
    assert fingerprint(placed(**changes)) != fingerprint(column_total())


def test_another_rule_is_another_finding() -> None:
    finding = column_total()
    assert fingerprint(replace(finding, code="ARI102")) != fingerprint(finding)


def test_a_label_does_not_slip_into_the_next_one() -> None:
    assert fingerprint(placed(row="a b", column="c")) != fingerprint(placed(row="a", column="b c"))
