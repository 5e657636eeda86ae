"""Where this program came from, as pip has to be told to install it again on another machine."""

from __future__ import annotations

import json

from unbudget_check.version import __version__

PACKAGE = "unbudget-check"
RELEASE = f"{PACKAGE}=={__version__}"


def own_requirement() -> str:
    """The commit of the repository that it was installed from, else the version on an index."""
    from importlib.metadata import PackageNotFoundError, distribution  # slow to load

    try:
        said = distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        return RELEASE
    origin = json.loads(said) if said else {}
    source = origin.get("vcs_info")
    if not source:
        return RELEASE  # a folder or a file of this machine is nowhere else
    return f"{PACKAGE} @ {source['vcs']}+{origin['url']}@{source['commit_id']}"
