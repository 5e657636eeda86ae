"""What people and programs read of one report."""

from __future__ import annotations
