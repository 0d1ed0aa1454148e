"""Outlines, facilities and zonings that no producer means to publish: each is named, with the way out."""

import pytest


def collection(features):
    return f'{{"type":"FeatureCollection","features":{features}}}'


def outline(coordinates):
    shape = f'{{"type":"Polygon","coordinates":{coordinates}}}'
    return collection(f'[{{"properties":{{"code":"62498"}},"geometry":{shape}}}]')


@pytest.mark.parametrize(
    "text",
    [
        '[{"type":"FeatureCollection"}]',
        '{"type":"FeatureCollection"}',
        collection("null"),
        collection("5"),
        collection("[null]"),
        collection('[{"properties":[1]}]'),
        collection('[{"properties":{"code":"62498"},"geometry":"x"}]'),
        collection("[" * 100_000),
    ],
    ids=["list", "nothing", "null", "number", "null feature", "properties", "geometry", "deep"],
)
def test_geojson_of_another_shape(stock, text, refused):
    (stock.parent / "o.geojson").write_text(text)
    refused("« o.geojson » est tronqué ou mal formé.*Téléchargez-le de nouveau.*retirez-le")


@pytest.mark.parametrize(
    "coordinates",
    [
        '"x"',
        "null",
        "[]",
        "[[]]",
        "[[[2,50],[3,50],[2,51]]]",
        '[[["2","50"],["3","50"],["2","51"],["2","50"]]]',
        "[[[2,50],[3],[2,51],[2,50]]]",
        "[[[NaN,1],[2,Infinity],[1,1],[1,2]]]",
        "[[[650000,6800000],[650001,6800000],[650001,6800001],[650000,6800000]]]",
    ],
    ids=["text", "null", "empty", "empty ring", "open", "words", "ragged", "not finite", "metres"],
)
def test_outline_without_a_shape(stock, coordinates, refused):
    (stock.parent / "o.geojson").write_text(outline(coordinates))
    refused("contour de la commune 62498 .*« o.geojson ».*degrés")


@pytest.mark.parametrize("last", ['{"properties":{"code_qp":"QP2","insee_com":5}}', "null"])
def test_priority_neighbourhoods_of_another_shape(stock, last, refused):
    good = '{"properties":{"code_qp":"QP1","insee_com":"62498"}}'
    (stock.parent / "qpv.geojson").write_text(collection(f"[{good},{last}]"))
    refused("« qpv.geojson » est tronqué ou mal formé")


@pytest.mark.parametrize(
    "row",
    [f"62498;B203;{count}" for count in ("inf", "nan", "-3", "1e300")]
    + ["62498;B203", "62498;B203;1;2", f"62498;{'x' * 200_000};1"],
    ids=["infinite", "no number", "negative", "huge", "short", "long", "endless field"],
)
def test_facilities_that_cannot_be_counted(stock, row, refused):
    (stock.parent / "bpe.csv").write_text(f"DEPCOM;TYPEQU;NB_EQUIP\n{row}\n")
    refused("équipements « bpe.csv » est mal formé à la ligne 2.*Téléchargez-le de nouveau")


@pytest.mark.parametrize("year", ["abcd", "99999", "0"])
def test_facilities_of_no_year(stock, year, refused):
    (stock.parent / "bpe.csv").write_text(f"DEPCOM;TYPEQU;AN\n62498;B203;{year}\n")
    refused("équipements « bpe.csv » est mal formé")


@pytest.mark.parametrize("row", ["62498", "62498;" + "x" * 200_000], ids=["cut", "endless"])
def test_zoning_with_a_row_that_is_cut_or_endless(stock, row, refused):
    (stock.parent / "density.csv").write_text(f"codgeo;niveau_densite\n{row}\n")
    refused("zonage « density.csv » est mal formé à la ligne 2.*Téléchargez-le de nouveau")
