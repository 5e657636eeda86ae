"""What can go wrong that the person at the desk can put right."""

from __future__ import annotations


class UserError(Exception):
    """One plain sentence that says where the trouble is and what to do; no traceback is shown.

    ``told`` is the sentence before it is put in a language, where it was said so.
    """

    def __init__(self, message: str, told: object = None) -> None:
        super().__init__(message)
        self.told = told


class UnreadableError(UserError):
    """A document that was asked for and cannot be read; the other documents are still checked."""


class PluginError(UserError):
    """An installed package that cannot be used; nothing is checked before it is mended."""
