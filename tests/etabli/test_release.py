"""The mark of a page changes with what the page is made of."""

import pytest

from etabli import release
from tests.etabli.conftest import LENS_LIEVIN

CHANGES = {
    "PUBLISHED_TERRITORIES": frozenset({"epci:246200364"}),
    "LEGAL_NOTICE": {"publisher": "CA de Lens - Liévin"},
    "DEMO": True,
    "PUBLIC_URL": "https://etabli.example",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_setting_that_is_shown_changes_the_mark_of_every_page(demo, client, settings, name):
    before = client.get(LENS_LIEVIN).headers["ETag"]
    setattr(settings, name, CHANGES[name])
    answer = client.get(LENS_LIEVIN, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


@pytest.mark.parametrize("name", ["rule.py", "tables/trades.csv", "page.html", "style.css", "portrait.typ"])
def test_a_file_of_either_package_changes_the_mark(tmp_path, name):
    package = tmp_path / "package"
    (package / "tables").mkdir(parents=True)
    (package / name).write_text("1")
    before = release.code((package,))
    release.code.cache_clear()
    (package / name).write_text("2")
    assert release.code((package,)) != before


def test_the_engine_is_part_of_the_code():
    assert {package.name for package in release.PACKAGES} == {"etabli", "maillage"}


def test_the_order_in_which_territories_agreed_changes_nothing(settings):
    settings.PUBLISHED_TERRITORIES = frozenset(["epci:1", "epci:2", "epci:3"])
    before = release.mark()
    settings.PUBLISHED_TERRITORIES = frozenset(["epci:3", "epci:2", "epci:1"])
    assert release.mark() == before
