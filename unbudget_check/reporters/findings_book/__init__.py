"""A workbook that lists everything a report says, for people who work in spreadsheets."""

from __future__ import annotations
