"""The printed portrait: two pages, tagged, in French, readable without the picture, stamped when fictitious."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.commune_map import commune_map
from etabli.observatory.pictures.creations import creations
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.survival import survival
from etabli.observatory.print.document import document
from etabli.observatory.print.views import TEMPLATE
from etabli.observatory.screens import (
    Alert,
    CitedLine,
    Drawing,
    Figure,
    Forms,
    Link,
    Openings,
    Portrait,
    SectorLine,
    TradeLine,
    ZoneLine,
    Zones,
    ZoneTable,
)
from etabli.papers import typeset
from maillage.indicators import card
from maillage.territory import parse
from tests.etabli.observatory.pictures.answers import LILLE, curve, densities, moves, rates
from tests.etabli.papers.structure import complaints, tags

PAGE = "https://etabli.example/territoires/epci/246200364/"
SECTORS = ("alimentation", "batiment", "fabrication", "services")


def middle(code):
    return 2.6 + int(code[-3:]) % 23 / 60, 50.3 + int(code[-3:]) // 23 / 90


def drawing(picture):
    return Drawing(picture, (), (), ())


def portrait(*, trades=12, gaps=5, words="Lens-Liévin", fictitious=True):
    """A portrait as full as the site makes them; `words` is repeated wherever a name may be long."""
    figure = Figure(
        value="2\u202f511",
        label="entreprises artisanales",
        comparisons=(
            "104 pour 10\u202f000 habitants",
            "territoires semblables\u00a0: 131 pour 10\u202f000 hab.",
            f"{words}\u00a0: 113 pour 10\u202f000 hab.",
        ),
        card=card("stock_firms"),
        on="au 1er novembre 2026",
    )
    figures = tuple(
        replace(figure, card=card(name)) for name in ("stock_firms", "employees", "creation_rate", "survival")
    )
    pictures = {
        "carte": commune_map(densities(), lambda code: None, middle),
        "creations": creations(rates([6, 7, 8, 9, 8]), [rates([7, 8, 9, 9, 9], where=LILLE)]),
        "survie": survival(curve(0.0058), [curve(0.0068, where=LILLE)]),
        "mouvement": movement(*moves([210, 225, 240], [180, 190, 201], [2400, 2430, 2465])),
    }
    return Portrait(
        title=f"{words} compte 104 entreprises artisanales pour 10\u202f000\u00a0habitants",
        links=(),
        kind="Communauté d’agglomération",
        communes="36\u00a0communes",
        inhabitants="242\u202f013\u00a0habitants",
        day="1er\u00a0novembre 2026",
        fictitious=fictitious,
        figures=figures,
        comparison_words=f"Territoires semblables\u00a0: les intercommunalités {words}, comptées ensemble.",
        comparison_rule="Les huit intercommunalités les plus proches par la population. " * 8,
        scope_words="activité entièrement artisanale, 10 salariés au plus",
        unknown_sizes="Taille inconnue pour 12\u202f% des entreprises, comptées ici.",
        sector_title="Le bâtiment fait 42\u202f% du tissu",
        sectors=tuple(SectorLine(code, code, "412", "15\u202f%", "+18", 50.0) for code in SECTORS),
        sector_exports=(),
        trades_title="117\u00a0métiers sont présents, sur les 256 de la liste",
        trades=tuple(
            TradeLine(f"métier {words}", "", SECTORS[place % 4], "", "183", "24", "11", "1,1")
            for place in range(trades)
        ),
        presence_card=card("presence"),
        gaps_title="19\u00a0métiers du quotidien sur 21 n’ont qu’un établissement dans une commune au moins",
        gaps=tuple(Alert("Boucherie", "", f"un seul établissement\u00a0: {words}") for _ in range(gaps)),
        gaps_rule="Métiers de l’alimentation d’abord.",
        absent=(Link("crèmerie-fromagerie", ""),),
        openings=Openings((), "", "", ""),
        drawings={name: drawing(picture) for name, picture in pictures.items()},
        forms=Forms((), ()),
        notes=("Effectif inconnu pour 1,3\u202f% des entreprises.",) * 2,
        addresses={},
        exports=(),
        cited=(CitedLine("2\u202f400 enseignes", "ACT’Presse, 16 novembre 2016", "", ""),),
    )


def zoned(screen, levels=7):
    """The same with four zonings, each of that many levels."""
    tables = tuple(
        ZoneTable(name, name, "", "", f"{name}.csv", "", "", tuple(
            ZoneLine(f"Niveau {rank} de {name}, en entier", "3", "1\u202f204", "", "137", "") for rank in range(levels)
        ))
        for name in ("QPV", "FRR", "ZRR", "densité")
    )  # fmt: skip
    return replace(screen, zones=Zones(tables, ()))


def without_map(screen):
    return replace(screen, drawings={name: one for name, one in screen.drawings.items() if name != "carte"})


def made(screen):
    return typeset.pdf(TEMPLATE, document(screen, page=PAGE), made_on=date(2026, 11, 1))


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def text_of(content, number):
    return pypdfium2.PdfDocument(content)[number].get_textpage().get_text_range()


@pytest.fixture(scope="module")
def content():
    return made(portrait())


@pytest.fixture(scope="module")
def structure(content):
    with opened(content) as pdf:
        yield list(tags(pdf.Root.StructTreeRoot))


def test_it_keeps_every_rule_of_pdf_ua_that_a_program_can_verify(content):
    assert complaints(content) == []


def test_it_is_titled_by_what_it_says(content):
    with opened(content) as pdf:
        assert pdf.open_metadata()["dc:title"].startswith("Lens-Liévin compte 104 entreprises")


def test_every_picture_has_its_words(structure):
    figures = [tag for tag in structure if tag.S == "/Figure"]
    assert len(figures) == 4
    assert all(len(str(tag.Alt)) > 40 for tag in figures)


def test_its_two_tables_have_all_their_heads(structure):
    kinds = [str(tag.S) for tag in structure]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 4 + 5


def test_only_our_typeface_is_embedded(content):
    names = set()
    with opened(content) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                names.add(str(font.BaseFont))
    assert names
    assert all("SourceSansPro" in name for name in names)


def test_it_has_two_pages_each_stamped_numbered_and_sourced(content):
    assert len(pypdfium2.PdfDocument(content)) == 2
    for number in range(2):
        text = text_of(content, number)
        assert "données fictives" in text
        assert "DONNÉES FICTIVES" in text
        assert f"{number + 1} / 2" in text
        assert "Insee, base Sirene" in text
        assert PAGE in text


def test_real_data_bear_no_stamp():
    assert "fictives" not in text_of(made(portrait(fictitious=False)), 0).lower()


@pytest.mark.parametrize(
    "screen",
    [
        portrait(trades=0, gaps=0),
        portrait(trades=40, gaps=20, words="Communauté d’agglomération du Grand Saint-Émilion et de la Vallée"),
        replace(portrait(), drawings={}, cited=(), absent=(), comparison_words=""),
        replace(portrait(), gaps=(), absent=(Link("boucherie (Avion, 3,1 km)", ""),)),
        replace(
            portrait(), drawings={"creations": drawing(blank("creations", "Aucune création", "Trop peu", curve(0.1)))}
        ),
        zoned(portrait(trades=40, gaps=20, words="Communauté d’agglomération du Grand Saint-Émilion et de la Vallée")),
        without_map(zoned(portrait(), levels=1)),
    ],
    ids=["empty", "long names", "no picture", "commune", "nothing to draw", "zonings", "zonings of a commune"],
)
def test_it_always_has_exactly_two_pages(screen):
    assert len(pypdfium2.PdfDocument(made(screen))) == 2


@pytest.mark.parametrize(("levels", "place"), [(3, lambda one: one), (1, without_map)], ids=["map", "commune"])
def test_zonings_are_a_table_of_the_first_page_and_their_files_a_source(levels, place):
    content = made(place(zoned(portrait(), levels)))
    first, second = (" ".join(text_of(content, number).split()) for number in (0, 1))
    assert "Selon les zonages" in first
    for name in ("QPV", "FRR", "ZRR", "Densité"):
        assert name in first
    assert first.count("137") >= 4 * levels
    assert "ZRR.csv" in second
    assert complaints(content) == []
    with opened(content) as pdf:
        assert [str(tag.S) for tag in tags(pdf.Root.StructTreeRoot)].count("/Table") == 3


def test_a_commune_is_shown_on_the_map_of_its_epci_and_its_zonings_go_to_the_second_page():
    screen = without_map(zoned(portrait(), levels=1))
    lens = parse("commune:62498")
    own = drawing(commune_map(densities(), lambda code: None, middle, name="situation", marked=lens))
    content = made(replace(screen, drawings=screen.drawings | {"situation": own}))
    first, second = (" ".join(text_of(content, number).split()) for number in (0, 1))
    assert len(pypdfium2.PdfDocument(content)) == 2
    assert "pour 10 000 habitants à Lens, de" in first.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Selon les zonages" in second
    assert "sans aucun établissement ici" in second
    assert complaints(content) == []


def test_without_zonings_nothing_is_said_of_them(content):
    assert "onages" not in text_of(content, 0) + text_of(content, 1)


def test_what_comes_from_data_is_never_read_as_markup():
    trap = '# *piège* $x$ #include "a" \\ <b> & « »'
    text = text_of(made(replace(portrait(), gaps_title=trap)), 0)
    assert "*piège*" in text
    assert "$x$" in text


def test_a_sign_that_the_typeface_lacks_does_not_stop_the_document():
    text = text_of(made(replace(portrait(), gaps_title="Café\u2011théâtre ● 店 fin")), 0)
    assert "Café-théâtre" in text
    assert "fin" in text


def test_the_same_portrait_makes_the_same_file(content):
    assert made(portrait()) == content


def test_nothing_is_drawn_out_of_the_page(content):
    """The last rows of pixels are white paper: nothing runs into the margin."""
    page = pypdfium2.PdfDocument(content)[0]
    pixels = page.render(scale=1).to_numpy()
    assert (pixels[:, -20:] == 255).all()
    assert (pixels[-15:, :] == 255).all()


def test_a_commune_has_its_movement_and_its_absent_trades_on_the_first_page_where_the_map_would_be():
    full = portrait()
    content = made(without_map(full))
    pages = pypdfium2.PdfDocument(content)
    assert len(pages) == 2
    first, second = (" ".join(text_of(content, number).split()) for number in (0, 1))
    assert "sans aucun établissement ici" in first
    assert " ".join(full.drawings["mouvement"].picture.title.split()) in first
    assert " ".join(full.drawings["creations"].picture.title.split()) in second
    assert "sans aucun établissement ici" not in second
    assert "Pour citer ces chiffres" in second
