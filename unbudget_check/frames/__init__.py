"""Pandas and pandera, kept in one place: results as frames whose columns keep a declared type.

Import this package only where a frame is wanted: it takes longer to load than most documents
take to check.
"""

from __future__ import annotations

from unbudget_check.frames.findings import findings_frame

__all__ = ["findings_frame"]
