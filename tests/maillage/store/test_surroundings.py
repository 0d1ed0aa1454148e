"""Outlines, centres, facilities and zonings: what a store knows of communes beside firms."""

import json
import math
import shutil

import pytest

from maillage.store.build import build
from maillage.store.surroundings import area, centroid
from maillage.watch.nearest import Neighbourhood
from tests.maillage.store.official_files import LENS, LIEVIN, STOCK, crowd, establishment, write_csv

QPV = "Commune avec quartier prioritaire"
SQUARE = [[2.0, 50.0], [2.2, 50.0], [2.2, 50.2], [2.0, 50.2], [2.0, 50.0]]


def outline(code, rings, kind="Polygon"):
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": rings}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def stock(source):
    def at(number, x):
        return establishment(
            number,
            commune=LIEVIN,
            coordonneeLambertAbscisseEtablissement=str(x),
            coordonneeLambertOrdonneeEtablissement="7036500",
        )

    write_csv(source / "stock.csv", STOCK, [*crowd(3), at(1, 685_000), at(2, 685_100), at(3, 700_000)])
    return source


@pytest.mark.parametrize("ring", [SQUARE, SQUARE[::-1]], ids=["one way", "the other"])
def test_area_is_that_of_the_ellipsoid_less_the_holes(ring):
    hole = [[2.05, 50.05], [2.15, 50.05], [2.15, 50.15], [2.05, 50.15], [2.05, 50.05]]
    degree = 40_008 / 360  # kilometres
    whole = 0.2 * degree * 0.2 * degree * math.cos(math.radians(50.1))
    assert area({"type": "Polygon", "coordinates": [ring]}) == pytest.approx(whole, rel=0.005)
    assert area({"type": "Polygon", "coordinates": [ring, hole]}) == pytest.approx(whole * 0.75, rel=0.005)


@pytest.mark.real_data
def test_lens_lievin_has_the_area_that_insee_publishes(real_data, source, out):
    """239.6 km² (INSEE, comparateur de territoires); outlines generalised to a kilometre: 2 % of tolerance."""
    shutil.copy(real_data / "contours" / "communes_246200364_call_1000m_2022.geojson", source)
    write_csv(source / "stock.csv", STOCK, crowd(3))
    areas = build(source, out).areas
    assert len(areas) == 36
    assert sum(areas.values()) == pytest.approx(239.6, rel=0.02)


@pytest.mark.parametrize("ring", [SQUARE, SQUARE[::-1]], ids=["one way", "the other"])
def test_centre_of_mass_does_not_depend_on_winding(ring):
    assert centroid({"type": "Polygon", "coordinates": [ring]}) == pytest.approx((2.1, 50.1))


def test_centre_of_several_polygons_is_weighted_by_surface():
    small = [[[x + 2, y] for x, y in SQUARE[:3]] + [[4.0, 50.0]]]
    lon, lat = centroid({"type": "MultiPolygon", "coordinates": [[SQUARE], small]})
    assert lon == pytest.approx((2.1 * 0.04 + (4 + 0.4 / 3) * 0.02) / 0.06)
    assert 50.0 < lat < 50.1


def test_polygon_without_surface_has_its_first_point_for_centre():
    assert centroid({"type": "Polygon", "coordinates": [[[2, 50], [2, 50], [2, 50]]]}) == (2, 50)


def test_outlines_are_given_back_as_they_were(stock, out):
    (stock / "contours.geojson").write_text(collection(outline(LENS, [SQUARE]), outline("62999", [SQUARE])))
    store = build(stock, out)
    assert store.has_outlines
    assert store.outline(LENS) == {"type": "Polygon", "coordinates": [SQUARE]}
    assert store.outline(LIEVIN) is store.outline("00000") is None
    assert store.centre(LENS) == pytest.approx((2.1, 50.1))
    (told,) = [source for source in store.manifest.sources if source.kind == "Contours des communes"]
    assert (told.read, told.kept, told.set_aside) == (2, 1, {"commune inconnue": 1})


def test_outlines_of_merged_communes_make_todays(stock, out):
    other = [[x + 1, y] for x, y in SQUARE]
    (stock / "contours.geojson").write_text(collection(outline("01015", [SQUARE]), outline("01340", [other])))
    geometry = build(stock, out).outline("01015")  # Arboys en Bugey: Arbignieu and Saint-Bois since 2016
    assert geometry["type"] == "MultiPolygon"
    assert geometry["coordinates"] == [[SQUARE], [other]]


def test_without_outline_the_centre_is_the_median_of_the_establishments(stock, out):
    store = build(stock, out)
    lon, _lat = store.centre(LIEVIN)
    assert lon == pytest.approx(2.79, abs=0.01)
    assert store.centre(LENS) is None, "none of its establishments has coordinates"
    assert not store.has_outlines


def test_facilities_in_the_official_layout(stock, out):
    (stock / "bpe.csv").write_text(
        f"AN;DEPCOM;TYPEQU;NB_EQUIP\n2024;{LENS};B203;4\n2024;{LENS};B203;1\n2024;{LIEVIN};A501;2\n2024;99999;A501;2\n"
    )
    store = build(stock, out)
    assert store.bpe == {(LENS, "B203"): 5, (LIEVIN, "A501"): 2}
    assert store.bpe_year == 2024


def test_facilities_one_by_row(stock, out):
    (stock / "bpe.csv").write_text(f"TYPEQU,DEPCOM\nB203,{LENS}\nB203,{LENS}\n")
    assert build(stock, out).bpe == {(LENS, "B203"): 2}


def test_facilities_in_the_pivoted_layout(stock, out):
    (stock / "bpe_2009.csv").write_text(
        f"INSEECOM,Total de NB_EQUIP,Boulangerie,Coiffure\n{LENS},51,16,\n01015,3,1,2\n01340,1,,1\n"
    )
    store = build(stock, out)
    assert store.bpe == {(LENS, "Boulangerie"): 16, ("01015", "Boulangerie"): 1, ("01015", "Coiffure"): 3}
    assert store.bpe_year == 2009


def test_zonings_by_commune(stock, out):
    (stock / "density.csv").write_text(f"insee_com,lib_com,niveau_densite\n{LENS},Lens, Grands centres urbains\n")
    (stock / "zrr.csv").write_text(f"insee_code,status\n{LENS},NC\n99999,C\n")
    point = {"type": "Feature", "properties": {"insee_com": LENS, "code_qp": "QN06201M"}, "geometry": None}
    (stock / "qpv.geojson").write_text(collection(point))
    store = build(stock, out)
    assert store.zones == {
        "density": {LENS: "Grands centres urbains"},
        "zrr": {LENS: "NC"},
        "qpv": {LENS: "Commune avec quartier prioritaire"},
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"CODGEO;LIBGEO;ZRR_SIMP\n{LENS};Lens;C - Classée en zone\n", {"zrr": {LENS: "C"}}),
        (f"insee_com,frr\n{LENS},FRR+\n{LIEVIN},NC\n", {"frr": {LENS: "FRR+", LIEVIN: "NC"}}),
        (f"CODGEO,LIBGEO,DENS,LIBDENS\n{LENS},Lens,1,Petites villes\n", {"density": {LENS: "Petites villes"}}),
        (f'code_qp,insee_com\nQN1,{LENS}\nQN2,"{LENS}, {LIEVIN}"\n', {"qpv": dict.fromkeys((LENS, LIEVIN), QPV)}),
        (f"insee_com,frr\n{LENS},\n", {"frr": {}}),
    ],
)
def test_zonings_in_the_layouts_of_their_producers(stock, out, text, expected):
    (stock / "zonage.csv").write_text(text)
    assert build(stock, out).zones == expected


def test_nothing_loaded_is_nothing_said(stock, out):
    store = build(stock, out)
    assert (store.bpe, store.bpe_year, store.zones) == ({}, None, {})


def test_stock_of_2020_without_outlines_has_no_centre_nor_area_and_says_so(source, out):
    """The layout of 2020 has no coordinates: nothing is invented for a place, and nothing fails."""
    write_csv(source / "stock.csv", STOCK, crowd(3), layout="2020")
    store = build(source, out)
    assert [store.centre(code) for code in (LENS, LIEVIN, "99999")] == [None] * 3
    assert (store.has_outlines, store.areas, store.outline(LENS), store.bpe, store.zones) == (False, {}, None, {}, {})
    assert Neighbourhood(store).nearest(LENS, "boulangerie") is None
    assert store.describe([0])[0].commune == LENS
