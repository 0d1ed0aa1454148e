"""Documents are made in a folder of their own, so that tests never depend on what an earlier run kept."""

import pytest

from etabli.papers import fonts


@pytest.fixture(scope="session", autouse=True)
def cache_apart(tmp_path_factory):
    """`ETABLI_DATA` points to an empty folder for the whole session of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ETABLI_DATA", str(tmp_path_factory.mktemp("data")))
        fonts.folder.cache_clear()
        yield
    fonts.folder.cache_clear()
