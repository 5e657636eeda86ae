"""Writes the documentation: ``python -m unbudget_check.site FOLDER``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from unbudget_check.site.build import broken_links, build_site

USAGE = "use: python -m unbudget_check.site FOLDER"
# Marks a folder as ours, so that nothing else is ever emptied.
STAMP = ".unbudget-check-site"


def main(arguments: list[str]) -> str | None:
    """Write the site into a folder, and say what is wrong with it, if anything is."""
    if len(arguments) != 1:
        return USAGE
    folder = Path(arguments[0])
    if folder.exists() and any(folder.iterdir()):
        if not (folder / STAMP).is_file():
            return f"{folder} holds something else; name an empty folder or a new one"
        shutil.rmtree(folder)
    site = build_site()
    broken = broken_links(site)
    for name, text in {STAMP: "", **site}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(site)} files; open {folder / 'index.html'}\n")
    return "\n".join(broken) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
