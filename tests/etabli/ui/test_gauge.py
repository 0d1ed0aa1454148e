"""The gauge says in words what it draws."""

import io
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import typst
from PIL import Image

from etabli.ui import french
from etabli.ui.gauge import Gauge

NBSP, NARROW = "\u00a0", "\u202f"


def gauge(realised=1243, target=2700, forecast=2410, baseline=0, unit="entreprises", horizon="fin 2021"):
    """The gauge of the design."""
    values = [None if value is None else Decimal(value) for value in (realised, target, forecast)]
    return Gauge("1", unit, values[0], values[1], Decimal(baseline), values[2], horizon)


def test_the_sentence_is_that_of_the_design():
    wanted = f"1{NARROW}243{NBSP}entreprises sur 2{NARROW}700, au rythme actuel 2{NARROW}410 fin 2021"
    assert gauge().sentence == wanted


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        (gauge(88, 120, 118, 61, "artisans"), "88\u00a0artisans sur 120 (61 au départ), au rythme actuel 118 fin 2021"),
        (gauge(1, 4, None, unit="communes équipées", horizon=""), "1\u00a0commune équipée sur 4"),
        (gauge(5, None, None), "5\u00a0entreprises, sans cible, fin 2021"),
        (gauge(None, 40, None), "Chiffre inconnu, 40 visés"),
        (gauge("62.5", 80, None, unit="%", horizon="fin 2020"), "62,5\u00a0% sur 80\u202f%, fin 2020"),
    ],
)
def test_words_follow_what_is_known(drawn, words):
    assert drawn.sentence == words


def test_marks_lie_where_their_values_are():
    root = ET.fromstring(gauge(50, 100, 75, 25).svg())
    rects = [
        rect for rect in root.iter("{http://www.w3.org/2000/svg}rect") if "%" in (rect.get("x") or rect.get("width"))
    ]
    scale = 106
    places = {rect.get("fill"): rect.get("x") for rect in rects if rect.get("x")}
    assert places["#20262E"] == f"{100 * 100 / scale:.2f}%"
    assert places["#56606B"] == f"{100 * 25 / scale:.2f}%"
    done = next(rect for rect in rects if rect.get("fill") == "#1F4E79")
    hatched = next(rect for rect in rects if rect.get("fill").startswith("url"))
    assert done.get("width") == hatched.get("x") == f"{100 * 50 / scale:.2f}%"


def test_nothing_in_the_drawing_is_a_style_and_everybody_is_told_what_it_shows():
    drawn = gauge(50, 100, 75, 25).drawing
    assert "style=" not in drawn
    assert re.search(r'role="img" aria-label="Jauge\u00a0: départ 25, réalisé 50, prévision 75, cible 100"', drawn)


def test_an_empty_gauge_is_drawn_without_dividing_by_zero():
    assert "0.00%" in gauge(0, 0, None).svg()
    assert "aucun chiffre" not in gauge(None, 5, None).description


@pytest.mark.parametrize(
    ("plural", "one"),
    [("entreprises accompagnées", "entreprise accompagnée"), ("mois de présence", "mois de présence"),
     ("boutiques sans commande", "boutique sans commande"),
     ("créations dans les quartiers", "création dans le quartier"),
     ("€", "€"), ("bateaux", "bateau")],
)  # fmt: skip
def test_a_plural_phrase_agrees_below_two(plural, one):
    assert french.agreed(plural, 1) == one
    assert french.agreed(plural, 2) == plural


def test_the_same_drawing_goes_to_paper(tmp_path):
    page = tmp_path / "page.typ"
    page.write_text('#image(bytes(sys.inputs.gauge), format: "svg", width: 300pt)', encoding="utf-8")
    picture = typst.compile(page, format="png", sys_inputs={"gauge": gauge(50, 100, 75, 25).svg("300")})
    with Image.open(io.BytesIO(picture)) as image:
        colours = {colour[:3] for _, colour in image.convert("RGB").getcolors(image.width * image.height)}
    assert {(0x1F, 0x4E, 0x79), (0xF1, 0xEC, 0xE3), (0x7D, 0x93, 0xAB), (0x20, 0x26, 0x2E)} <= colours
