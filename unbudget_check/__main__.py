"""``python -m unbudget_check`` is the same as ``unbudget-check``."""

from __future__ import annotations

from unbudget_check.cli.main import main

if __name__ == "__main__":
    main()
