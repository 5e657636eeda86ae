"""What a person at a terminal types, sees and gets as an exit code."""

from __future__ import annotations
