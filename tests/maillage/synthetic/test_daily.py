"""Daily files of the generator: the nesting of the API, and the same changes as the next stock."""

import json
from datetime import date
from pathlib import Path

import pytest

from maillage.store.build import build
from maillage.synthetic.daily import write_daily
from maillage.synthetic.export import write
from maillage.synthetic.population import Population
from maillage.territory import parse
from maillage.watch import Kind, diff, fresh
from maillage.watch.shelf import load
from tests.maillage.synthetic.conftest import CALL, NOVEMBER

DECEMBER = date(2026, 12, 1)


@pytest.fixture(scope="module")
def small() -> Population:
    return Population.generate(parse(CALL).communes, seed=7, scale=0.3)


@pytest.fixture(scope="module")
def file(small: Population, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every change of November."""
    return write_daily(small, tmp_path_factory.mktemp("daily") / "siret.json", NOVEMBER, DECEMBER)


def test_daily_files_say_before_the_next_stock_what_it_will_say(small, file, tmp_path):
    files = [write(small, tmp_path / str(on), on, [CALL]) for on in (NOVEMBER, DECEMBER)]
    old, new = (build(folder, tmp_path / "stores") for folder in files)
    load(file, tmp_path / "daily")
    told, said = fresh(old, tmp_path / "daily").events, diff(old, new)
    linked = {siret for event in said if event.old_siret for siret in (event.siret, event.old_siret)}  # no link is read
    seen = {event for event in said if event.siret not in linked and event.day < DECEMBER}
    assert {event for event in told if event.siret not in linked} == seen
    assert {event.kind for event in told} >= {Kind.OPENED, Kind.CLOSED, Kind.LAST_GONE}


def test_the_same_days_give_the_same_bytes(small, file, tmp_path):
    assert write_daily(small, tmp_path / "again.json", NOVEMBER, DECEMBER).read_bytes() == file.read_bytes()


def test_it_says_that_it_is_fictitious(file, tmp_path):
    assert load(file, tmp_path)[0].fictitious


@pytest.mark.real_data
def test_fields_are_nested_as_in_the_answers_of_the_api(file, real_data: Path):
    ours = json.loads(file.read_text(encoding="utf-8"))["etablissements"][0]
    (theirs, *_) = json.loads((real_data / "sirene" / "api_sirene_v3_siret_2019-11-30.json").read_text("utf-8"))
    assert not theirs.keys() - ours.keys()
    for nested in ("uniteLegale", "adresseEtablissement", "adresse2Etablissement"):
        removed = {"categorieEntreprise", "anneeCategorieEntreprise", "dateDernierTraitementUniteLegale"}
        assert not theirs[nested].keys() - ours[nested].keys() - removed
    assert not theirs["periodesEtablissement"][0].keys() - ours["periodesEtablissement"][0].keys()
