"""Facts as Parquet: typed columns, amounts as decimals of 38 digits, 9 of them after the point."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.fact_row import FactRow

# One width for all files, so that those of several years can be read as one table.
DIGITS, AFTER_POINT = 38, 9
WIDE = {"year": "int16", "scale": "int8", "line": "int32"}


def render(rows: Sequence[FactRow]) -> bytes:
    """One file; raises UserError for an amount that has more digits than a column holds."""
    import pyarrow as pa
    from pyarrow import parquet

    from unbudget_check.frames.facts import facts_frame

    frame = facts_frame(rows)
    types = {
        **dict.fromkeys(frame.columns, pa.string()),
        **{name: getattr(pa, kind)() for name, kind in WIDE.items()},
        "value": pa.decimal128(DIGITS, AFTER_POINT),
        "checked": pa.bool_(),
    }
    try:
        table = pa.Table.from_pandas(frame, pa.schema(list(types.items())), preserve_index=False)
    except pa.ArrowInvalid as error:
        message = f"parquet cannot hold an amount exactly ({error}); use csv or json"
        raise UserError(message) from None
    written = BytesIO()
    parquet.write_table(table, written)
    return written.getvalue()
