"""What the engine says of real places beside what INSEE published of them, and beside plain facts.

The figures of docs/verification.md come from here; the tests read that page and fail when it says otherwise.
"""

import csv
import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from maillage.errors import NotCovered
from maillage.indicators import ActivityScope, Question, Scope, SizeScope, ask, rows_behind
from maillage.reference.bpe import bpe_types
from maillage.store.build import build
from maillage.territory import parse
from tests.maillage.real.official import lyon_source
from tests.maillage.real.rows import table

pytestmark = pytest.mark.real_data
LYON_4, METZ = parse("commune:69384"), parse("commune:57463")
DEFAULT, POSSIBLE = Scope(), Scope(activity=ActivityScope.POSSIBLE)
BEFORE, AFTER = date(2007, 12, 31), date(2008, 1, 1)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "verification.md"
# Explained in bpe.csv and on the page: bake-off shops are no craft, taxis are not the same ones.
EXPLAINED = {"Boulangerie", "Taxi"}


def by_trade(store, where, on, scope):
    rows = ask(store, Question("stock", where, on=on, by="trade", scope=scope)).rows
    return {row.key: row.value for row in rows}


def facilities(real_data, commune):
    with gzip.open(real_data / "equipements" / "bpe_2009_communes.csv.gz", "rt", encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["INSEECOM"] == commune)


def beside_bpe(store, real_data, scope):
    """Kind of facility → (published, ours), at 1 January 2009."""
    ours = by_trade(store, LYON_4, date(2009, 1, 1), scope)
    published = facilities(real_data, "69384")
    return {
        kind.label: (int(published[kind.label] or 0), sum(ours.get(code, 0) for code in kind.trades))
        for kind in bpe_types()
        if kind.comparable
    }


def apart(pairs):
    """Kinds that differ by more than 15 % and more than 3."""
    return {label for label, (theirs, ours) in pairs.items() if abs(ours - theirs) > max(3, 0.15 * theirs)}


def test_lyon_4_in_2009_agrees_with_the_inventory_of_facilities(lyon_store, real_data):
    wide, narrow = (beside_bpe(lyon_store, real_data, scope) for scope in (POSSIBLE, DEFAULT))
    assert len(wide) == 18
    assert apart(wide) == EXPLAINED
    assert apart(narrow) == EXPLAINED | {"Fleuriste", "Pompes funèbres"}  # codes that are craft in part


def test_the_page_says_the_same(lyon_store, real_data):
    written = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| [^|]* \|", line)
        if found:
            written[found[1]] = tuple(int(number) for number in found.groups()[1:])
    wide, narrow = (beside_bpe(lyon_store, real_data, scope) for scope in (POSSIBLE, DEFAULT))
    assert written == {label: (theirs, narrow[label][1], ours) for label, (theirs, ours) in wide.items()}


def behind(store, on, scope):
    """SIRET → trade of the establishments behind the stock."""
    question = Question("stock", LYON_4, on=on, scope=scope)
    rows = store.describe(rows_behind(store, question))
    trades = {}
    for code in by_trade(store, LYON_4, on, scope):
        one = Question("stock", LYON_4, on=on, scope=scope, trade=code)
        trades |= {row.siret: code for row in store.describe(rows_behind(store, one))}
    assert set(trades) == {row.siret for row in rows}
    return trades


@pytest.fixture(scope="module")
def active_through_2008(real_data, tmp_path_factory):
    """SIRET that Sirene keeps active on both days, whatever their code."""
    rows = table(lyon_source(real_data, tmp_path_factory.mktemp("periods")) / "historique.parquet")
    kept = [row for row in rows if row["etatAdministratifEtablissement"] == "A"]
    on = [
        {row["siret"] for row in kept if row["dateDebut"][:10] <= day.isoformat() <= (row["dateFin"][:10] or "9999")}
        for day in (BEFORE, AFTER)
    ]
    return on[0] & on[1]


@pytest.mark.parametrize("scope", [DEFAULT, POSSIBLE], ids=["activity", "possible"])
def test_the_nomenclature_of_2008_moves_no_trade(lyon_store, active_through_2008, scope):
    """Births and closures of 1 January apart: the establishments that were active the day before and still are."""
    days = [behind(lyon_store, day, scope) for day in (BEFORE, AFTER)]
    before, after = ({s: trade for s, trade in day.items() if s in active_through_2008} for day in days)
    moved = {siret for siret in {*before, *after} if before.get(siret) != after.get(siret)}
    assert len(moved) <= 0.01 * len(before)
    for trade in {*before.values(), *after.values()}:
        sizes = [list(day.values()).count(trade) for day in (before, after)]
        assert abs(sizes[1] - sizes[0]) <= max(1, 0.05 * sizes[0]), trade


def test_whole_crafts_do_not_jump_in_2008_even_with_births_and_closures(lyon_store):
    for scope in (DEFAULT, POSSIBLE):
        before, after = (
            ask(lyon_store, Question("stock", LYON_4, on=day, scope=scope)).total for day in (BEFORE, AFTER)
        )
        assert abs(after - before) <= 0.01 * before


def test_an_arrondissement_alone_answers_for_its_city_and_its_metropole(real_data, tmp_path):
    """Without a declared coverage; what is missing is told, and wide territories are refused."""
    source = lyon_source(real_data, tmp_path / "source")
    (source / "etabli.json").unlink()
    store = build(source, tmp_path / "stores", on=date(2026, 7, 31))
    alone = by_trade(store, LYON_4, None, DEFAULT)
    for key, told in (("commune:69123", "des 9 arrondissements"), ("epci:200046977", "aucune commune entière")):
        answer = ask(store, Question("stock", parse(key), by="trade"))
        assert {row.key: row.value for row in answer.rows} == alone
        assert any(told in note for note in answer.notes), (told, answer.notes)
    for key in ("departement:69", "region:84", "france"):
        with pytest.raises(NotCovered):
            ask(store, Question("stock", parse(key)))
    store.close()


def test_territories_of_the_articles_are_what_they_were():
    call, aubagne = parse("epci:246200364"), parse("liste:pays-aubagne-etoile")
    assert call.count == 36
    assert aubagne.count == 12
    assert [code for code in aubagne.communes if code.startswith("83")] == ["83120"]
    assert "69384" in parse("commune:69123").communes <= parse("epci:200046977").communes
    assert parse("commune:69123").count == 1


def test_factories_of_metz_are_outside_the_default_scope(metz_store, real_data):
    """The extract has no headcount of legal units: that of an establishment of ten or more is enough to leave."""
    with gzip.open(real_data / "sirene" / "etablissements_57463_metz_vers_2015.csv.gz", "rt", encoding="utf-8") as file:
        large = {row["siret"] for row in csv.DictReader(file) if row["trancheeffectif"] in {"22", "31", "32"}}

    def inside(scope):
        found = metz_store.describe(rows_behind(metz_store, Question("stock", METZ, scope=scope)))
        return large & {row.siret for row in found}

    every = Scope(ActivityScope.POSSIBLE, SizeScope.UPTO249)
    assert inside(every)
    assert inside(POSSIBLE) == inside(DEFAULT) == set()
