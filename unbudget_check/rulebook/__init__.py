"""The rules: one TOML file each in the folder ``rules``, folder = family.

A rule names a kind of check (a file in ``checks/``) and its parameters; it never holds code.
"""

from __future__ import annotations
