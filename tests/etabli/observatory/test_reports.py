"""The page « Données »: every row read is kept, or set aside for a reason."""

import pytest

from etabli.observatory.reports import build_report
from tests.maillage.watch.editions import BEFORE, Month, edition


@pytest.fixture
def month_alone(settings, tmp_path):
    """Puts a first edition, without daily files, in force."""

    def put() -> None:
        month = Month()
        month.crowd()
        edition(month.before, tmp_path, BEFORE)
        settings.STORES_DIR = tmp_path / "stores"

    return put


def number(text: str) -> int:
    return int(text.replace("\u202f", ""))


def test_rows_add_up_for_each_file(demo):
    for source in build_report().sources:
        assert number(source.read) == number(source.kept) + sum(number(count) for _, count in source.set_aside)


def test_the_edition_says_what_it_is(demo):
    facts = dict(build_report().facts)
    assert facts["Nature"] == "données fictives"
    assert facts["Date des données"] == "1er\u00a0novembre 2026"


def test_the_edition_says_what_it_keeps_of_those_before_and_what_was_read_since(demo, month_alone):
    facts = dict(build_report().facts)
    assert facts["Effectifs et codes NAFA d’avant"] == "gardés depuis l’édition du 1er\u00a0octobre 2026"
    assert (
        facts["Fichiers quotidiens"]
        == "2 lus, le dernier du 15\u00a0novembre 2026, pour la veille et les noms à masquer"
    )
    month_alone()
    facts = dict(build_report().facts)
    assert facts["Effectifs et codes NAFA d’avant"] == "aucun encore"
    assert facts["Fichiers quotidiens"] == "aucun depuis"


def test_the_page_shows_every_file_and_its_reasons(demo, visit):
    page, report = visit("/donnees/"), build_report()
    for source in report.sources:
        assert source.file in page.text
        assert all(reason in page.text.replace("\u00a0", " ").replace("\u202f", " ") for reason, _ in source.set_aside)
