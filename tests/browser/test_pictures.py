"""Pictures of the guide are those of the pages.

`ETABLI_PICTURES=1 ./run test tests/browser/test_pictures.py` takes them; those of the back office are taken so by the
test of their page.
"""

import pytest

from tests.browser import pictures
from tests.browser.conftest import NewVisitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_shows_the_page_of_today(visitor: NewVisitor, name: str) -> None:
    pictures.compare(visitor(reduced_motion="reduce").page, name, pictures.PICTURES[name])


def test_a_page_that_moved_is_seen(visitor: NewVisitor, tmp_path) -> None:
    page, kept = visitor().page, tmp_path / "before.png"
    kept.write_bytes(pictures.Picture("/", 600).take(page))
    moved = pictures.Picture("/", 600, before=lambda here: here.mouse.wheel(0, 120) or here.wait_for_timeout(200))
    assert pictures.difference(page, kept, pictures.Picture("/", 600).take(page)) == 0
    assert pictures.difference(page, kept, moved.take(page)) > pictures.CHANGED
