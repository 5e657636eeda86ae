"""What all tests share: where the real documents lie, and how properties are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent

# No test may depend on the speed of a machine or on luck: no deadline, the same draws each run.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents beside the project; tests that need it are skipped without."""
    folder = PROJECT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the real documents (../shared/corpus beside the project) are not here")
    return folder
