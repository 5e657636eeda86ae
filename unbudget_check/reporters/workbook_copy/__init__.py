"""A copy of a workbook with its findings marked: cells filled, and a note at each of them."""

from __future__ import annotations
