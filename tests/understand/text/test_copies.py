"""Copies of one passage are compared number by number, however many numbers they have."""

from __future__ import annotations

from tests.work import calls
from unbudget_check.engine import check_document, rules_of
from unbudget_check.model.document import Document, Paragraph
from unbudget_check.model.options import Wishes

RULES = tuple(rule for rule in rules_of(Wishes()) if rule.code == "TXT111")


def _document(numbers: list[int], odd: int | None = None) -> Document:
    """Four copies of a passage; the third has one more at some place."""
    blocks = []
    for copy in range(4):
        own = [each + (copy == 2 and at == odd) for at, each in enumerate(numbers)]
        listed = ", ".join(f"of berth {each} at the north quay" for each in own)
        blocks.append(Paragraph(f"4.{copy + 1} The pilots bring the ships {listed}."))
    return Document("copies.docx", blocks=tuple(blocks))


def test_one_number_of_many_differs_in_one_copy() -> None:
    numbers = [17 * at % 89 + 10 for at in range(60)]
    for odd in (0, 31, 59):
        (found,) = check_document(_document(numbers, odd), RULES).findings
        assert found.where.paragraph == "4.3"
        assert f"{numbers[odd] + 1} here, but {numbers[odd]} everywhere" in found.message
    assert not check_document(_document(numbers), RULES).findings


def test_work_grows_with_the_numbers_of_a_copy() -> None:
    def work(count: int) -> int:
        document = _document([7] * count)
        return calls(lambda: check_document(document, RULES))

    assert work(800) < 4.4 * work(200)
