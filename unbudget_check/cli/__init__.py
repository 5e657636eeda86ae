"""The command line: one file a verb, each a click command named ``command``.

A verb reads its options, calls the program and leaves through ``context.exit`` with one of the
codes of ``exits.py``. What can go wrong at the desk is a ``UserError``; ``main.py`` prints it.
"""

from __future__ import annotations
