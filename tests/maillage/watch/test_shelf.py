"""Daily files kept beside the stores: once each, whole or not at all."""

import errno
import json
from datetime import date
from pathlib import Path

import pytest

from maillage.errors import BadSource
from maillage.watch import fresh
from maillage.watch.shelf import load, marks, read_shelved, shelved
from tests.maillage.indicators.town import siret
from tests.maillage.watch import answers
from tests.maillage.watch.editions import AFTER, ARRAS, LENS, OPEN, Month
from tests.maillage.watch.test_diff import NEW


@pytest.fixture
def month():
    place = Month()
    place.crowd()
    place.shop(1, LENS, None, NEW)
    place.shop(2, LENS, None, (("2026-10-20", "", "62.01Z"),))
    return place


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "daily"


def test_a_file_is_kept_to_what_concerns_crafts(month, tmp_path, folder):
    path = answers.write(tmp_path / "in.json", answers.answer(month.after, AFTER, {siret(1), siret(2)}))
    loaded, is_new = load(path, folder)
    assert is_new
    assert (loaded.file, loaded.first, loaded.last) == ("in.json", date(2026, 11, 1), date(2026, 11, 1))
    assert (loaded.read, [one.siret for one in loaded.records]) == (2, [siret(1)])
    assert [read_shelved(path) for path in shelved(folder)] == [loaded]


def test_who_asks_not_to_be_named_is_kept_outside_crafts_too(month, tmp_path, folder):
    month.shop(3, LENS, None, (("2026-10-20", "", "62.01Z"),), status="P")
    path = answers.write(tmp_path / "in.json", answers.answer(month.after, AFTER, {siret(2), siret(3)}))
    assert load(path, folder)[0].hidden == (siret(3),)
    assert [read_shelved(path).hidden for path in shelved(folder)] == [(siret(3),)]


def test_the_same_file_is_there_once(month, tmp_path, folder):
    path = answers.write(tmp_path / "in.json", answers.answer(month.after, AFTER))
    load(path, folder)
    before = [(path.name, path.stat().st_mtime_ns) for path in shelved(folder)]
    assert load(path.rename(tmp_path / "other.json"), folder)[1] is False
    assert [(path.name, path.stat().st_mtime_ns) for path in shelved(folder)] == before


@pytest.mark.parametrize("day", ["2026-11-30", "9999-12-31"])
def test_a_day_to_come_is_refused_of_real_data(month, tmp_path, folder, time_machine, day):
    time_machine.move_to(date(2026, 11, 28))
    path = answers.write(tmp_path / "in.json", answers.answer(month.after, day, {siret(1)}), fictitious=False)
    with pytest.raises(BadSource, match=f"SIRET {siret(1)}.*traité le {day}.*Rien n’en a été chargé"):
        load(path, folder)
    assert shelved(folder) == ()
    load(answers.write(path, answers.answer(month.after, "2026-11-29", {siret(1)}), fictitious=False), folder)
    load(answers.write(path, answers.answer(month.after, day, {siret(1)})), folder)
    assert len(shelved(folder)) == 2


def _changed(establishment, **fields):
    return json.dumps({"etablissements": [establishment | fields]})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"siret": "12"}, "SIRET 12"),
        ({"siret": 5}, "SIRET 5"),
        ({"dateDernierTraitementEtablissement": "hier"}, "n’est pas une date"),
        ({"dateDernierTraitementEtablissement": 20261101}, "ne sont pas ceux|n’est pas une date"),
        ({"dateDernierTraitementEtablissement": None}, "aucun établissement dont le jour"),
        ({"periodesEtablissement": "?"}, "ne sont pas ceux de l’API"),
        ({"periodesEtablissement": [{"dateDebut": "2026-02-30", "etatAdministratifEtablissement": "A",
          "activitePrincipaleEtablissement": "10.71C"}]}, "ne sont pas ceux de l’API"),
        ({"adresseEtablissement": ["62498"]}, "ne sont pas ceux de l’API"),
        ({"uniteLegale": 3}, "ne sont pas ceux de l’API"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_and_loses_nothing(month, tmp_path, folder, change, words):
    good = answers.answer(month.after, AFTER, {siret(1)})
    load(answers.write(tmp_path / "good.json", good), folder)
    bad = tmp_path / "bad.json"
    bad.write_text(_changed(good[0], **change), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(BadSource, match=words) as refused:
        load(bad, folder)
    assert "bad.json" in refused.value.message
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"etablissements": []}'])
def test_what_is_no_answer_is_refused(tmp_path, folder, text):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSource, match=r"bad\.json"):
        load(path, folder)
    assert not folder.exists()


def test_a_full_disk_leaves_what_was_there(month, tmp_path, folder, monkeypatch):
    load(answers.write(tmp_path / "good.json", answers.answer(month.after, AFTER, {siret(1)})), folder)
    before = shelved(folder)

    def full(path, *_args, **_more):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    path = answers.write(tmp_path / "next.json", answers.answer(month.after, "2026-11-02"))
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        load(path, folder)
    assert tuple(folder.iterdir()) == before


@pytest.mark.parametrize("damage", ["", "{", '{"format": 2}', "[]", '{"format": 1}'])
def test_a_damaged_file_is_named_and_the_others_serve(month, tmp_path, folder, damage):
    old, _new = month.stores(tmp_path, covers=[f"commune:{ARRAS}", f"commune:{LENS}"])
    path = answers.write(tmp_path / "a.json", answers.answer(month.after, AFTER, {siret(1)}))
    load(path, folder)
    (folder / "2026-11-02-0123456789abcdef.json").write_text(damage, encoding="utf-8")
    found = fresh(old, folder)
    assert found.unreadable == ("2026-11-02-0123456789abcdef.json",)
    assert [event.siret for event in found.events] == [siret(1)]
    with pytest.raises(BadSource, match="abîmé"):
        read_shelved(folder / "2026-11-02-0123456789abcdef.json")


@pytest.mark.parametrize("damage", ["", "{", '{"format": 0}'])
def test_the_original_puts_a_damaged_file_right(month, tmp_path, folder, damage):
    path = answers.write(tmp_path / "a.json", answers.answer(month.after, AFTER, {siret(1)}))
    loaded, _ = load(path, folder)
    before = marks(folder)
    loaded.path.write_text(damage, encoding="utf-8")
    assert load(path, folder) == (loaded, True)
    assert read_shelved(loaded.path) == loaded
    assert [name for name, *_ in marks(folder)] == [name for name, *_ in before]
    assert marks(folder) != before


def test_signs_that_no_file_can_hold_are_replaced(month, tmp_path, folder):
    rows = answers.answer(month.after, AFTER, {siret(1)})
    rows[0]["dateDernierTraitementEtablissement"] += "\ud800"
    path = answers.write(tmp_path / "a.json", rows)
    named = path.rename(tmp_path / "a\udce9.json")
    loaded, _ = load(named, folder)
    assert (loaded.file, loaded.records[0].treated) == ("a\ufffd.json", f"{AFTER}T09:00:00\ufffd")
    assert read_shelved(loaded.path) == loaded


def test_establishments_of_no_trade_of_ours_are_read_and_not_kept(month, tmp_path, folder):
    month.shop(3, LENS, OPEN, OPEN)
    rows = answers.answer(month.after, AFTER, {siret(3)})
    for change in ({"adresseEtablissement": {"codeCommuneEtablissement": "99999"}}, {"periodesEtablissement": None},
                   {"uniteLegale": {"categorieJuridiqueUniteLegale": "7210"}}):  # fmt: skip
        loaded, _ = load(answers.write(tmp_path / "a.json", [rows[0] | change]), folder)
        assert (loaded.read, loaded.records) == (1, ())


@pytest.mark.real_data
def test_real_answers_of_2019_are_read(real_data, folder):
    loaded, _ = load(real_data / "sirene" / "api_sirene_v3_siret_2019-11-30.json", folder)
    assert loaded.read == 38
    assert loaded.records
    assert not loaded.fictitious
