"""A frame of pandas is checked like a file, whatever types its columns have."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from unbudget_check import check_frame
from unbudget_check.errors import UserError

MAPPING = {"labels": ["fund", "item"], "measures": ["2025", "2026"], "hierarchy": True}


def frame_of(third: float = 0.3) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "fund": pd.Categorical(["A", "A", "A", "B", None]),
            "item": ["a", "b", "Total", "c", "d"],
            "2025": [0.1, 0.2, 0.1 + 0.2, np.nan, 5.0],
            "2026": [Decimal("0.10"), Decimal("0.20"), Decimal(str(third)), None, None],
        },
        index=[9, 9, 7, 5, 3],
    )


def test_a_frame_is_checked_and_its_findings_are_a_frame() -> None:
    report = check_frame(frame_of(3.0), MAPPING)
    found = report.to_frame()
    assert found[["code", "row", "column", "address"]].to_numpy().tolist() == [
        ["DAT101", None, None, "row 5, column fund"],
        ["ARI101", "Total, A", "2026", "row 3, column 2026"],
    ]
    assert found["computed"].tolist()[1] == Decimal("0.30")
    assert report.coverage.exact == 1  # what a binary sum adds at its end is noise


def test_codes_that_pandas_made_numbers_are_codes() -> None:
    frame = pd.DataFrame({"code": [1, 11, 12], "above": [np.nan, 1, 1], "amount": [7, 3, 4]})
    mapping = {"labels": ["code"], "code": "code", "parent": "above", "measures": ["amount"]}
    report = check_frame(frame, mapping)
    assert not report.findings
    assert report.coverage.exact == 1


def test_a_mapping_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match="unknown key 'lables'; did you mean 'labels'"):
        check_frame(frame_of(), {"lables": ["fund"]})
    with pytest.raises(UserError, match="the equation"):
        check_frame(frame_of(), MAPPING | {"equations": ["a = b = c"]})
