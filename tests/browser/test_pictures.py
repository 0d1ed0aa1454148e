"""Pictures of the guide are those of the pages.

`ETABLI_PICTURES=1 ./run test tests/browser/test_pictures.py` takes them.
"""

import os

import pytest

from tests.browser import pictures
from tests.browser.conftest import NewVisitor

pytestmark = pytest.mark.browser

TAKING = os.environ.get("ETABLI_PICTURES") == "1"


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_shows_the_page_of_today(visitor: NewVisitor, name: str) -> None:
    page, kept = visitor(reduced_motion="reduce").page, pictures.FOLDER / name
    now = pictures.PICTURES[name].take(page)
    if TAKING:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(now)
    assert pictures.difference(page, kept, now) <= pictures.CHANGED, f"ETABLI_PICTURES=1 ./run test {__file__}"


def test_a_page_that_moved_is_seen(visitor: NewVisitor, tmp_path) -> None:
    page, kept = visitor().page, tmp_path / "before.png"
    kept.write_bytes(pictures.Picture("/", 600).take(page))
    moved = pictures.Picture("/", 600, before=lambda here: here.mouse.wheel(0, 120) or here.wait_for_timeout(200))
    assert pictures.difference(page, kept, pictures.Picture("/", 600).take(page)) == 0
    assert pictures.difference(page, kept, moved.take(page)) > pictures.CHANGED
