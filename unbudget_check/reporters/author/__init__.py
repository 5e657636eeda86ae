"""What goes back to the author of a document: corrections, questions, an e-mail."""

from __future__ import annotations
