"""Establishments in priority neighbourhoods (QPV), by their position: a second way of saying what is inside."""

import json
import random
import shutil

import numpy as np
import pytest

from maillage.errors import BadSource
from maillage.indicators import Question, ask
from maillage.indicators.zones import in_zone, zone_label
from maillage.store.build import build
from maillage.store.columns import Establishments, Status
from maillage.store.neighbourhoods import INSIDE, OUTSIDE, UNKNOWN, by_establishment
from maillage.territory import parse
from tests.maillage.store.official_files import LENS, LIEVIN, STOCK, crowd, establishment, write_csv

METZ = "57463"
# A square of about 1 km around (2.80, 50.43), with a hole in its middle.
OUTER = [[2.793, 50.425], [2.807, 50.425], [2.807, 50.435], [2.793, 50.435], [2.793, 50.425]]
HOLE = [[2.798, 50.428], [2.802, 50.428], [2.802, 50.432], [2.798, 50.432], [2.798, 50.428]]
CONCAVE = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4], [0, 0]]


def quarter(rings, **properties):
    given = {"code_qp": "QN06201M", "insee_com": LENS} | properties
    return {"type": "Feature", "properties": given, "geometry": {"type": "Polygon", "coordinates": rings}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def places(lon, lat, commune=0):
    count = len(lon)
    blank = {name: np.zeros(count, dtype=np.int32) for name in Establishments.__dataclass_fields__}
    at = {"lon": np.array(lon, dtype=np.float32), "lat": np.array(lat, dtype=np.float32)}
    columns = blank | at | {"commune": np.full(count, commune, dtype=np.uint16)}
    return Establishments(**columns)  # type: ignore[arg-type] # columns by their name


def turns(ring, x, y):
    """Winding of a ring around a point by the sum of its angles: another way than counting crossings."""
    vectors = np.asarray(ring, dtype=np.float64) - (x, y)
    angles = np.arctan2(vectors[:, 1], vectors[:, 0])
    steps = (np.diff(angles) + np.pi) % (2 * np.pi) - np.pi
    return round(steps.sum() / (2 * np.pi)) != 0


@pytest.mark.parametrize("rings", [[OUTER], [OUTER[::-1], HOLE], [CONCAVE]], ids=["plain", "hole", "concave"])
def test_inside_is_what_the_angles_say(rings):
    dice = random.Random(4)
    (west, south), (east, north) = np.min(rings[0], axis=0), np.max(rings[0], axis=0)
    lon = np.array([dice.uniform(west - 0.001, east + 0.001) for _ in range(400)], dtype=np.float32)
    lat = np.array([dice.uniform(south - 0.001, north + 0.001) for _ in range(400)], dtype=np.float32)
    found = by_establishment([{"type": "Polygon", "coordinates": rings}], [LENS], places(lon, lat), [LENS])
    expected = [
        turns(rings[0], x, y) and not any(turns(hole, x, y) for hole in rings[1:])
        for x, y in zip(lon.astype(float), lat.astype(float), strict=True)
    ]
    assert (found == INSIDE).tolist() == expected
    assert 20 < sum(expected) < 400


def test_without_position_or_in_a_region_without_neighbourhood_nothing_is_known():
    shape = {"type": "MultiPolygon", "coordinates": [[OUTER]]}
    facts = places([2.80, 3.0, np.nan, 6.18], [50.43, 50.0, np.nan, 49.1])
    facts.commune[3] = 1
    assert by_establishment([shape], [], facts, [LENS, METZ]).tolist() == [INSIDE, OUTSIDE, UNKNOWN, UNKNOWN]
    assert by_establishment([shape], [METZ], facts, [LENS, METZ]).tolist() == [INSIDE, OUTSIDE, UNKNOWN, OUTSIDE]
    nothing = places([9.0], [40.0])
    assert by_establishment([shape], [], nothing, [LENS]).tolist() == [UNKNOWN]


def test_who_may_not_be_addressed_is_placed_no_finer_than_the_commune():
    facts = places([2.80, 2.80, 3.0, 3.0], [50.43, 50.43, 50.0, 50.0])
    facts.status[:] = [Status.DIFFUSIBLE, Status.PARTIAL, Status.DIFFUSIBLE, Status.PARTIAL]
    found = by_establishment([{"type": "Polygon", "coordinates": [OUTER]}], [LENS], facts, [LENS])
    assert found.tolist() == [INSIDE, UNKNOWN, OUTSIDE, UNKNOWN]


@pytest.fixture
def town(source):
    """In Lens: 3 inside the square, 2 outside it, the others without a position; one of Liévin inside."""

    def at(number, lambert_x, commune=LENS):
        return establishment(
            number,
            commune=commune,
            coordonneeLambertAbscisseEtablissement=str(lambert_x),
            coordonneeLambertOrdonneeEtablissement="7037150",
        )

    inside = [at(1, 685_900), at(2, 685_850), at(3, 685_950), at(4, 685_920, LIEVIN)]
    write_csv(source / "stock.csv", STOCK, [*crowd(200), *inside, at(5, 690_000), at(6, 691_000)])
    (source / "contours_qpv.geojson").write_text(collection(quarter([OUTER])))
    return source


def test_the_split_by_neighbourhood_counts_positions_and_opens(town, out):
    store = build(town, out)
    assert store.zonings == ("neighbourhood", "qpv")
    found = ask(store, Question("stock", parse(f"commune:{LENS}"), by="zone:neighbourhood"))
    assert [(row.key, row.value) for row in found.rows] == [("in", 3), ("out", 2), ("unknown", 200)]
    assert [row.label for row in found.rows][:2] == ["En quartier prioritaire", "Hors quartier prioritaire"]
    assert found.total == 205
    assert any("au bord d’un quartier" in note for note in found.notes)
    density = ask(store, Question("density", parse(f"commune:{LENS}"), by="zone"))
    assert {row.value for row in density.rows} == {None}, "nobody counts the inhabitants of a neighbourhood here"
    everyone = np.arange(len(store.establishments))
    assert in_zone(store, "neighbourhood", "in", everyone).sum() == 4
    assert zone_label(store, "neighbourhood", "in").replace("\u00a0", " ") == "QPV : En quartier prioritaire"


def test_outlines_are_a_source_of_the_edition(town, out):
    store = build(town, out)
    line = next(source for source in store.manifest.sources if source.file == "contours_qpv.geojson")
    assert "Quartiers prioritaires" in line.kind
    assert (line.read, line.kept) == (1, 1)


def test_a_list_of_points_places_nobody(town, out):
    point = {**quarter([OUTER]), "geometry": {"type": "Point", "coordinates": [2.8, 50.43]}}
    (town / "contours_qpv.geojson").write_text(collection(point))
    store = build(town, out)
    assert (store.neighbourhoods, store.zonings) == (None, ("qpv",))


def test_outlines_in_metres_are_refused(town, out):
    metres = [[x * 100_000, y * 100_000] for x, y in OUTER]
    (town / "contours_qpv.geojson").write_text(collection(quarter([metres])))
    with pytest.raises(BadSource, match="WGS 84"):
        build(town, out)


def test_real_outlines_of_occitanie_are_read(real_data, town, out):
    shutil.copy(real_data / "zonages/qpv_2015_occitanie_contours.geojson", town / "contours_qpv.geojson")
    store = build(town, out)
    assert store.zonings[0] == "neighbourhood"
    assert set(store.neighbourhoods.tolist()) == {UNKNOWN}, "no neighbourhood of the Hauts-de-France is in this file"
    assert "66136" in store.zones["qpv"]
