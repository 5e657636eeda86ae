"""Pandas and pandera, kept in one place: results as a frame, data files as frames with a schema.

Import this package only where a frame is wanted: it takes longer to load than most documents
take to check.
"""

from __future__ import annotations

from unbudget_check.frames.data import data_frame
from unbudget_check.frames.findings import findings_frame

__all__ = ["data_frame", "findings_frame"]
