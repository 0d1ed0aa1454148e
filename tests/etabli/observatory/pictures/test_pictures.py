"""Each picture: a sentence, a drawing that is safe and named, a table that says the same, a source and a stamp."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from etabli.observatory.pictures.canvas import NARROW, PAPER, WIDE, nice_bounds, ticks
from etabli.observatory.pictures.commune_map import commune_map
from etabli.observatory.pictures.comparison import comparison
from etabli.observatory.pictures.creations import creations, few_creations
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.sectors import sectors as sector_bars
from etabli.observatory.pictures.survival import survival, too_few
from etabli.observatory.pictures.trade_map import trade_map
from etabli.papers import charts, look
from maillage.indicators import Period, Row
from maillage.territory import parse
from tests.etabli.observatory.pictures.answers import (
    LENS,
    LILLE,
    answer,
    curve,
    densities,
    flows,
    moves,
    rates,
    sectors,
)

COUNTS = {"alimentation": 412, "batiment": 1184, "fabrication": 297, "services": 903}


def square(code, *, clockwise=False):
    """A fictitious outline: a tenth of a degree, placed by the code of the commune."""
    x, y = 2.5 + int(code[-3:]) % 20 / 50, 50.2 + int(code[-3:]) // 20 / 50
    ring = [[x, y], [x + 0.02, y], [x + 0.02, y + 0.02], [x, y + 0.02], [x, y]]
    return {"type": "Polygon", "coordinates": [ring[::-1] if clockwise else ring]}


def middle(code):
    x, y = square(code)["coordinates"][0][0]
    return x + 0.01, y + 0.01


def nothing(code):
    return None


def one(value, where, indicator="density", **extra):
    return answer(indicator, [Row("", "", value, extra)], where=where)


def all_pictures():
    bakeries = [Row(row.key, row.label, int(row.key) % 4, {}) for row in densities().rows]
    return [
        creations(rates([6.1, 6.4, 6.9, 7.6, 6.8, 8.4, 8.9]), [rates([7, 7, 8, 8, 8, 9, 9], where=LILLE)]),
        movement(*moves([210, 225, 240], [180, 190, 201], [2400, 2430, 2465])),
        survival(curve(0.0058), [curve(0.0068, where=LILLE)]),
        sector_bars(sectors(COUNTS), sectors(dict.fromkeys(COUNTS, -4), "balance")),
        commune_map(densities(), square, middle),
        commune_map(densities(), nothing, middle, name="cercles"),
        commune_map(densities(), square, middle, name="situation", marked=parse("commune:62498")),
        comparison([one(115.2, LENS), one(176, "france")]),
        trade_map("boulangerie", answer("stock", bakeries, by="commune", trade="boulangerie"), square, middle),
    ]


PICTURES = {picture.name: picture for picture in all_pictures()}


@pytest.fixture(params=PICTURES)
def picture(request):
    return PICTURES[request.param]


def texts(drawing):
    return ["".join(element.itertext()) for element in ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("canvas", [WIDE, NARROW, PAPER])
def test_it_is_drawn_at_every_width_and_no_word_is_cut(picture, canvas):
    drawing = charts.svg(picture.draw(canvas), label=picture.label)
    root = ET.fromstring(drawing)
    assert root.get("width") == str(canvas.width)
    assert float(root.get("height")) < 1.4 * canvas.width
    assert not re.search(r"\sstyle=|<style", drawing)
    assert "NaN" not in drawing


def test_the_axis_of_firms_has_room_for_a_number_longer_than_theirs():
    """88 firms under an axis that goes to 100: the three digits stand within the drawing."""
    drawn = movement(*moves([8, 9, 8], [3, 6, 6], [51, 70, 88]))
    for canvas in (WIDE, NARROW, PAPER):
        assert drawn.draw(canvas)["padding"]["left"] >= canvas.text("100") + 7


def test_both_drawings_of_a_page_are_named_and_share_no_identifier(picture):
    roots = ET.fromstring(f"<div>{picture.svg}</div>")
    assert [root.get("class") for root in roots] == ["picture picture-wide", "picture picture-narrow"]
    assert {root.get("role") for root in roots} == {"img"}
    assert all(root.get("aria-label").startswith(picture.title) for root in roots)
    identifiers = re.findall(r'\bid="([^"]+)"', picture.svg)
    assert len(identifiers) == len(set(identifiers))


def test_no_english_reaches_a_reader(picture):
    words = re.findall(r'aria-(?:label|roledescription)="([^"]*)"', picture.svg)
    assert not [word for word in words if re.search(r"axis|scale|mark|px:|undefined|null", word)]


def test_its_file_says_where_it_comes_from(picture):
    words = " ".join(texts(picture.svg_file().decode()))
    assert "Source\u00a0: Insee" in words
    assert "1er\u00a0novembre 2026" in words.replace("1er novembre", "1er\u00a0novembre")
    assert "Données fictives" in words
    assert "Lens" in words


def test_its_table_has_a_source_a_scope_and_the_stamp(picture):
    sheet = picture.sheet
    assert sheet.rows
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert sheet.fictitious
    assert "activité entièrement artisanale" in " ".join(sheet.notes)


def test_its_specification_is_json(picture):
    assert json.loads(json.dumps(picture.spec)).keys() == picture.spec.keys()


def test_the_png_is_twice_as_wide(picture):
    assert int.from_bytes(picture.png_file()[16:20], "big") == 2 * (WIDE.width + 24)


def test_winding_of_outlines_does_not_matter():
    one_way = commune_map(densities(), square, middle)
    other = commune_map(densities(), lambda code: square(code, clockwise=True), middle)

    def areas(picture):
        drawing = charts.svg(picture.spec)
        found = re.findall(r'd="(M[^"]+)"[^>]*fill="(#[0-9A-F]{6})"', drawing)
        return [(sorted(re.findall(r"[\d.]+,[\d.]+", path)), colour) for path, colour in found if path.count(",") > 3]

    assert areas(one_way)
    assert [colour for _, colour in areas(one_way)] == [colour for _, colour in areas(other)]
    assert [set(points) for points, _ in areas(one_way)] == [set(points) for points, _ in areas(other)]


def test_each_commune_is_named_with_its_value():
    svg = charts.svg(PICTURES["carte"].spec)
    assert svg.count('role="graphics-symbol"') == 36
    lens = next(row for row in densities().rows if row.label == "Lens")
    assert f"Lens\u00a0: {lens.value}" in svg


def test_without_outlines_circles_grow_with_the_number_of_firms():
    spec = commune_map(densities(), nothing, middle).spec
    circles = next(layer for layer in spec["layer"] if "size" in layer["encoding"] and layer["mark"].get("aria", True))
    sizes = [row["size"] for row in circles["data"]["values"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 36


@pytest.mark.parametrize("outline", [square, nothing], ids=["outlines", "circles"])
def test_a_marked_commune_is_told_named_and_outlined(outline):
    lens = parse("commune:62498")
    rows = densities().rows
    value = next(row.value for row in rows if row.key == lens.code)
    low, high = min(row.value for row in rows), max(row.value for row in rows)
    shown = commune_map(densities(), outline, middle, name="situation", marked=lens)
    told = f"{round(value)} entreprises pour 10 000 habitants à Lens, de {round(low)} à {round(high)} selon la commune"
    assert plain(shown.title) == told
    assert "Contour épais : Lens" in plain(shown.unit)
    for canvas in (WIDE, NARROW, PAPER):
        drawing = charts.svg(shown.draw(canvas), label=shown.label)
        assert "Lens" in texts(drawing)
        assert drawing.count('stroke-width="2.5"') == 1
    plainly = charts.svg(commune_map(densities(), outline, middle).draw(WIDE), label="")
    assert 'stroke-width="2.5"' not in plainly


def test_a_few_outlines_missing_are_no_map():
    codes = [row.key for row in densities().rows][:10]
    few = commune_map(densities(), lambda code: square(code) if code in codes else None, middle)
    assert "cercle" in few.unit


def test_a_territory_without_any_place_is_still_drawn():
    empty = commune_map(answer("density", [], by="commune"), nothing, nothing)
    assert empty.title == "Aucune valeur n’est connue"
    assert charts.svg(empty.spec)


def test_too_many_communes_are_put_together_and_said_so():
    rows = [Row(f"62{n:03}", f"Commune {n}", 100.0, {"numerator": 5, "population": 500}) for n in range(1, 895)]
    rows += [Row(f"59{n:03}", f"Commune {n}", 100.0, {"numerator": 5, "population": 500}) for n in range(1, 670)]
    picture = commune_map(answer("density", rows, where="region:32", by="commune"), nothing, lambda code: (2.5, 50.4))
    assert "réunies par intercommunalité" in picture.unit
    assert len(picture.sheet.rows) == len(rows)


def test_survival_axis_goes_from_0_to_100():
    words = texts(charts.svg(PICTURES["survie"].spec))
    assert {"0\u202f%", "25\u202f%", "50\u202f%", "75\u202f%", "100\u202f%"} <= set(words)


def test_survival_without_a_curve_says_why():
    picture = survival(answer("survival", [Row("36", "à 3 ans", None, {"month": 36})]))
    assert picture.title.startswith("Trop peu")
    assert charts.svg(picture.spec)


def test_breaks_of_series_are_drawn_and_told():
    picture = creations(rates([6.1, 6.4, 6.9, 7.6, 6.8, 8.4, 8.9, 8.6]))
    assert "guichet unique" in texts(charts.svg(picture.spec))
    assert "2023\u00a0: guichet unique" in picture.description
    earlier = creations(rates([6, 7, 8], first=2009, partial=False))
    assert "guichet unique" not in earlier.description
    assert "NAF" in creations(rates([6, 7, 8], first=2006, partial=False)).description


def test_what_is_provisional_is_paler():
    drawing = charts.svg(PICTURES["mouvement"].spec)
    assert drawing.count(look.paler(look.BLUE)) == 1
    assert "provisoires" in PICTURES["mouvement"].description


def test_a_rolling_year_is_not_counted_twice():
    assert "435 créations" in PICTURES["mouvement"].unit.replace("\u00a0", " ")  # 210 + 225, without the last 240


def test_sectors_keep_their_colour_their_shape_and_their_order():
    rows = [row[0] for row in PICTURES["secteurs"].sheet.rows]
    assert rows == ["alimentation", "bâtiment", "fabrication", "services"]
    drawing = charts.svg(PICTURES["secteurs"].spec)
    assert all(colour in drawing for colour in look.SECTOR_COLOURS.values())


def test_long_names_go_above_the_frame_on_a_narrow_drawing():
    picture = creations(rates([6, 7, 8]), [rates([7, 8, 9], where=LILLE)])
    narrow, wide = (charts.svg(picture.draw(canvas)) for canvas in (NARROW, WIDE))
    assert "Métropole Européenne de Lille" in texts(narrow)
    assert "Métropole Européenne" in texts(wide)


def test_the_same_answers_make_the_same_file():
    first, second = (creations(rates([6, 7, 8])).svg_file() for _ in range(2))
    assert first == second


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_comparison_names_each_territory_with_its_value_and_unit():
    shown = comparison([one(115.24, LENS), one(176, "france")])
    unit = "entreprises pour 10 000 habitants"
    assert plain(shown.title) == f"Densité artisanale : Lens-Liévin 115 ; France 176 {unit}"
    assert "115 pour 10 000 hab." in plain(json.dumps(shown.spec, ensure_ascii=False))
    ages = comparison([one(7.24, LENS, "age"), one(8, LILLE, "age")])
    assert "7,2 ans" in plain(json.dumps(ages.spec, ensure_ascii=False))


def test_curves_drawn_as_equals_name_every_territory():
    rate = creations(rates([6, 13.8]), [rates([7, 12.2], where=LILLE)], equals=True)
    assert plain(rate.title) == "Créations : Lens-Liévin 13,8 %, Métropole Européenne de Lille 12,2 %"
    lives = survival(curve(0.0058), [curve(0.0068, where=LILLE)], equals=True)
    assert plain(lives.title).startswith("Encore actives à trois ans : Lens-Liévin 81 %, Métropole")


def test_of_more_than_three_territories_the_bounds_are_told_and_the_drawing_names_them():
    places = [parse(f"commune:{code}") for code in ("62498", "62510", "62065", "62250")]
    shown = comparison([one(value, where.key) for value, where in zip((121, 100.2, 112, 90), places, strict=True)])
    assert plain(shown.title) == "Densité artisanale : de 90 à 121 entreprises pour 10 000 habitants"
    assert "Avion" in plain(json.dumps(shown.spec, ensure_ascii=False))
    rate = creations(rates([6, 13.8]), [rates([7, last], where=LILLE) for last in (12.2, 9.1, 10.0)], equals=True)
    assert plain(rate.title) == "Créations : de 9,1 % à 13,8 %"
    lives = survival(curve(0.0058), [curve(0.0068, where=LILLE)] * 3, equals=True)
    assert re.fullmatch(r"Encore actives à trois ans : de 7\d % à 81 %", plain(lives.title))


def test_a_picture_that_would_be_an_empty_grid_is_a_sentence():
    still = movement(*moves([0, 0], [0, 0], [3, 3]))
    few = few_creations(answer("creations", [], total=2), replace(flows("creations", [1, 1, 2]), total=4))
    young = too_few(answer("survival", [], during=Period.years(2021, 2025)), 2)
    assert still.title == "Aucune création ni fermeture depuis 2016"
    assert plain(few.title) == "2 créations en douze mois, 4 depuis 2016"
    assert [row[1] for row in few.sheet.rows] == [1, 1, 2]
    assert plain(young.unit) == "2 entreprises créées de 2021 à 2025 ; il en faut 10"
    for picture in (still, few, young):
        assert not picture.drawn
        assert picture.svg == ""
        assert b"<svg" in picture.svg_file()
        assert picture.png_file().startswith(b"\x89PNG")


@pytest.mark.parametrize("most", [1, 2, 3, 7, 23])
def test_counts_are_graded_by_whole_numbers_only(most):
    low, high, step = nice_bounds(-1, most, 6, whole=True)
    assert low <= -1 < most <= high
    assert all(mark == int(mark) for mark in ticks(low, high, step))
    assert len(set(ticks(low, high, step))) == len(ticks(low, high, step))


@pytest.mark.parametrize(("most", "noun"), [(1, "établissement"), (3, "établissements")])
def test_the_legend_of_circles_agrees_with_its_largest(most, noun):
    rows = [Row(row.key, row.label, most * (int(row.key) % 2), {}) for row in densities().rows]
    drawn = trade_map("boulangerie", answer("stock", rows, by="commune", trade="boulangerie"), nothing, middle)
    assert noun in texts(charts.svg(drawn.draw(WIDE), label=drawn.label))


def test_one_is_singular():
    drawn = json.dumps(movement(*moves([1, 2], [1, 0], [9, 9])).spec, ensure_ascii=False)
    assert '1\u00a0création"' in drawn
    assert "2\u00a0créations" in drawn
