"""What stays of a finding from one run to the next."""

from __future__ import annotations
