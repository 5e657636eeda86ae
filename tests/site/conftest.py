"""The site, built once, and every text that people read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unbudget_check.site.build import build_site

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="session")
def site() -> Mapping[str, str]:
    """All files of the site by their paths."""
    return build_site()
