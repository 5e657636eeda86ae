"""What Word documents and workbooks have in common when a copy of one is written."""

from __future__ import annotations
