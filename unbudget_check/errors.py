"""What can go wrong that the person at the desk can put right."""

from __future__ import annotations


class UserError(Exception):
    """One plain sentence that says where the trouble is and what to do; no traceback is shown."""


class UnreadableError(UserError):
    """A document that was asked for and cannot be read; the other documents are still checked."""


class PluginError(UserError):
    """An installed package that cannot be used; nothing is checked before it is mended."""
