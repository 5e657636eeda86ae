"""A copy of a Word document with a comment at every finding."""

from __future__ import annotations
