"""The typeface of the pages: light, complete for French, made once."""

import io

import pytest
from fontTools.ttLib import TTFont

from etabli.papers import assets

FRENCH = "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ0123456789"
SIGNS = "’«»…–—€%\u00a0\u202f−→■▲◆✓"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    return folder, assets.make(folder)


def test_two_weights_of_thirty_kilobytes_at_most(made):
    _, files = made
    assert [file.name for file in files] == ["source-sans-pro-regular.woff2", "source-sans-pro-semibold.woff2"]
    assert all(file.stat().st_size <= assets.HEAVIEST for file in files)


def test_they_hold_all_letters_and_signs_of_french(made):
    for file in made[1]:
        letters = TTFont(io.BytesIO(file.read_bytes())).getBestCmap()
        assert [letter for letter in FRENCH + SIGNS if ord(letter) not in letters] == []


def test_making_them_again_does_nothing(made):
    folder, _ = made
    assert assets.make(folder) == []
