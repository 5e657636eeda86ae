"""What becomes of findings once they are known: their identity from one run to the next."""

from __future__ import annotations
