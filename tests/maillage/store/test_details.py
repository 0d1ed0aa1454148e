"""What is known of each establishment and firm, and what may be shown of it."""

from datetime import date

import numpy as np
import pytest

from maillage.reference.bands import UNKNOWN_BAND, band_number
from maillage.store import Status
from tests.maillage.store.building import build_of, row_of, told
from tests.maillage.store.official_files import BAKERY, crowd, establishment, unit


def test_firms_bring_size_form_name_and_social_economy(source, out):
    store = build_of(
        source,
        out,
        establishment(1),
        establishment(2),
        establishment(3),
        units=[
            unit(1),
            unit(2, categorieJuridiqueUniteLegale="1000", denominationUniteLegale="", prenomUsuelUniteLegale="ÉMILE")
            | {"nomUniteLegale": "ZOLA", "trancheEffectifsUniteLegale": "", "caractereEmployeurUniteLegale": "N"},
            unit(77),
        ],
    )
    assert store.firms.siren.tolist() == [1, 2, 3]
    assert store.firms.band.tolist() == [3, 255, 255]
    assert store.firms.employer.tolist() == [2, 1, 0]
    assert store.firms.legal.tolist() == [2, 1, 0]
    assert store.firms.ess.tolist() == [1, 1, 0]
    assert [row_of(store, number).name for number in (1, 2, 3)] == ["ESSAI 1", "ÉMILE ZOLA", None]
    assert store.manifest.band_year == 2024
    assert told(store, "units.csv") == (3, 2, {"sans établissement retenu": 1})


@pytest.mark.parametrize(
    ("establishment_band", "unit_band", "employer", "expected"),
    [
        ("31", None, "", "31"),  # no legal unit in the files: a factory is one all the same
        ("31", "NN", "O", "31"),
        ("31", "", "", "31"),
        ("31", "NN", "N", "NN"),  # declared without employee
        ("31", "02", "O", "02"),  # what is known of the firm decides
        ("03", None, "", None),  # it may have other establishments
        ("NN", None, "", None),
    ],
)
def test_a_firm_of_unknown_size_is_as_large_as_its_largest_establishment(
    source, out, establishment_band, unit_band, employer, expected
):
    shops = [
        establishment(1, trancheEffectifsEtablissement=establishment_band),
        establishment(1, siret="00000000100029", nic="00029", trancheEffectifsEtablissement="01"),
    ]
    known = {"trancheEffectifsUniteLegale": unit_band, "caractereEmployeurUniteLegale": employer}
    store = build_of(source, out, *shops, units=[unit(1, **known) if unit_band is not None else unit(2)])
    assert store.firms.band.tolist() == [UNKNOWN_BAND if expected is None else band_number(expected)]


def test_two_establishments_of_a_firm_share_it(source, out):
    twin = establishment(1, siret="00000000100029", nic="00029")
    store = build_of(source, out, establishment(1), twin)
    assert store.establishments.firm.tolist() == [0, 0]
    assert [row.siret for row in store.describe([0, 1])] == ["00000000100011", "00000000100029"]


@pytest.mark.parametrize(
    ("diffusion", "firm"), [("P", "O"), ("O", "P"), ("P", "P"), ("N", "O"), ("", "O")], ids=lambda s: s or "empty"
)
def test_partially_diffusible_firms_have_no_name_and_no_address_in_public(source, out, diffusion, firm):
    shop = establishment(
        1,
        diffusion=diffusion,
        enseigne1Etablissement="AU BON PAIN",
        libelleVoieEtablissement="DES FORGES",
        codePostalEtablissement="62300",
    )
    store = build_of(source, out, shop, *crowd(2), units=[unit(1, statutDiffusionUniteLegale=firm)])
    row = row_of(store, 1)
    assert (row.name, row.sign, row.address, row.postcode) == (None, None, None, None)
    assert (row.status, row.commune, row.trade) == (Status.PARTIAL, "62498", "boulangerie")
    assert row_of(store, 1, public=False).sign == "AU BON PAIN"


def test_what_sirene_hides_is_never_shown_as_a_name(source, out):
    hidden = dict.fromkeys(("enseigne1Etablissement", "libelleVoieEtablissement", "numeroVoieEtablissement"), "[ND]")
    shop = establishment(1, coordonneeLambertAbscisseEtablissement="[ND]", **hidden)
    store = build_of(source, out, shop, units=[unit(1, denominationUniteLegale="[ND]")])
    row = row_of(store, 1)
    assert (row.name, row.sign, row.address) == (None, None, None)
    assert np.isnan(store.establishments.lon[0])


def test_describe_shows_the_establishment_in_the_order_asked(source, out):
    shop = establishment(
        1,
        numeroVoieEtablissement="12",
        indiceRepetitionEtablissement="B",
        typeVoieEtablissement="RUE",
        libelleVoieEtablissement="DES FORGES",
        codePostalEtablissement="62300",
        trancheEffectifsEtablissement="01",
        activitePrincipaleRegistreMetiersEtablissement="1071CA",
    )
    store = build_of(source, out, shop, establishment(2))
    row = row_of(store, 1)
    assert row.address == "12 B RUE DES FORGES"
    assert (row.postcode, row.commune_name, row.band, row.naf, row.nafa) == ("62300", "Lens", "01", BAKERY, "1071CA")
    assert row.created == date(2015, 3, 1)
    assert store.establishments.certain.tolist() == [1, 0]
    assert [found.establishment for found in store.describe([1, 0])] == [1, 0]


def test_coordinates_are_read_in_the_system_of_each_territory(source, out):
    def at(number, commune, x, y):
        places = {"coordonneeLambertAbscisseEtablissement": x, "coordonneeLambertOrdonneeEtablissement": y}
        return establishment(number, commune=commune, **places)

    store = build_of(
        source,
        out,
        at(1, "62498", "688500.5", "7036500.1"),  # Lens, Lambert-93
        at(2, "97411", "339000", "7691000"),  # Saint-Denis de La Réunion, UTM 40 S
        at(3, "97209", "707000", "1616000"),  # Fort-de-France, UTM 20 N
    )
    places = {row.commune: store.centre(row.commune) for row in store.describe(range(3))}
    assert places["62498"] == pytest.approx((2.84, 50.43), abs=0.02)
    assert places["97411"] == pytest.approx((55.45, -20.88), abs=0.03)
    assert places["97209"] == pytest.approx((-61.07, 14.61), abs=0.03)
    assert store.centre("62510") is None
