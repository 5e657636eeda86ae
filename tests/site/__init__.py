"""Tests of the documentation: it is complete, its links lead somewhere, and what it says works."""

from __future__ import annotations
