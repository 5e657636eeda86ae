"""``python -m unbudget_check`` is the same as ``unbudget-check``; `make app` begins here, too."""

from __future__ import annotations

import sys

from unbudget_check.cli.main import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # the process that checks for the page is this program, started anew
    main()
