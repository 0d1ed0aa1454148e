"""Tables as files: the same cells in each format, the same warnings, no formula slipped in."""

import csv
import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from etabli.papers.ods import ods
from etabli.papers.sheets import Column, Sheet, harmless, plain_csv, xlsx
from etabli.papers.sheets import csv as french_csv

TABLE = Sheet(
    title="Métiers de Lens-Liévin",
    columns=(Column("Métier"), Column("Entreprises"), Column("Densité", "pour 10 000 habitants"), Column("Depuis")),
    rows=(("boulangerie", 1184, 12.5, date(2026, 11, 1)), ("=HYPERLINK(1)", -4, None, None)),
    notes=("Source\u00a0: Insee, base Sirene, 1er novembre 2026.",),
    source="Insee, Sirene, 2026-11-01",
    fictitious=True,
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", [-4, -4.5, "Saint-Omer", "", None, date(2026, 1, 1)])
def test_other_cells_are_left_alone(cell):
    assert harmless(cell) == cell


def test_csv_opens_in_a_french_spreadsheet():
    content = french_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Métier", "Entreprises", "Densité (pour 10 000 habitants)", "Depuis"]
    assert rows[1] == ["boulangerie", "1184", "12,5", "01/11/2026"]
    assert rows[2] == ["'=HYPERLINK(1)", "-4", "", ""]


def test_csv_says_its_source_and_its_fiction_below_the_table():
    tail = french_csv(TABLE).decode("utf-8-sig").split("\r\n\r\n")[1]
    assert "Données fictives" in tail
    assert "base Sirene" in tail


def test_plain_csv_is_for_machines_and_stamps_each_row():
    content = plain_csv(TABLE)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert not content.startswith(b"\xef\xbb\xbf")
    assert rows[0]["Densité (pour 10 000 habitants)"] == "12.5"
    assert rows[0]["Depuis"] == "2026-11-01"
    assert {row["donnees_fictives"] for row in rows} == {"oui"}
    assert {row["source"] for row in rows} == {"Insee, Sirene, 2026-11-01"}


def test_xlsx_holds_numbers_dates_and_no_formula():
    book = zipfile.ZipFile(io.BytesIO(xlsx(TABLE)))
    page = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(value in page for value in ("<v>1184</v>", "<v>-4</v>", "<v>12.5</v>"))
    assert "<f>" not in page
    assert "'=HYPERLINK(1)" in book.read("xl/sharedStrings.xml").decode()


def test_workbooks_have_a_sheet_of_notes():
    book = zipfile.ZipFile(io.BytesIO(xlsx(TABLE)))
    assert 'name="Notes"' in book.read("xl/workbook.xml").decode()
    assert "Données fictives" in book.read("xl/sharedStrings.xml").decode()
    content = zipfile.ZipFile(io.BytesIO(ods(TABLE))).read("content.xml").decode()
    assert 'table:name="Notes"' in content
    assert "Données fictives" in content


def test_ods_is_well_formed_and_typed():
    archive = zipfile.ZipFile(io.BytesIO(ods(TABLE)))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    root = ET.fromstring(archive.read("content.xml"))
    values = [cell.get(f"{office}value") for cell in root.iter(f"{table}table-cell") if cell.get(f"{office}value")]
    assert values == ["1184", "12.5", "-4"]
    assert not [cell for cell in root.iter(f"{table}table-cell") if cell.get(f"{table}formula")]
    assert "Métiers de Lens-Liévin" in archive.read("meta.xml").decode()


def test_the_head_of_a_column_of_figures_or_days_stands_over_them():
    content = zipfile.ZipFile(io.BytesIO(ods(TABLE))).read("content.xml").decode()
    heads = re.findall(r'table:style-name="(tete\w*)"[^>]*><text:p>([^<]+)', content)
    assert [place for place, _ in heads] == ["tete", "tetechiffres", "tetechiffres", "tetechiffres"]
    assert re.search(r'style:name="tetechiffres".*?fo:text-align="end"', content)


def test_the_heads_stay_in_sight_and_the_first_table_is_opened():
    settings = zipfile.ZipFile(io.BytesIO(ods(TABLE))).read("settings.xml").decode()
    ET.fromstring(settings)
    assert re.search(
        r'name="Données"><config:config-item config:name="VerticalSplitMode" config:type="short">2', settings
    )
    assert re.search(r'name="ActiveTable"[^>]*>Données<', settings)


def test_control_characters_do_not_break_a_workbook():
    sheet = Sheet("Enseignes", (Column("Enseigne"),), (("CHEZ\x0bLÉON & <FILS>",),))
    ET.fromstring(zipfile.ZipFile(io.BytesIO(ods(sheet))).read("content.xml"))
    ET.fromstring(zipfile.ZipFile(io.BytesIO(xlsx(sheet))).read("xl/sharedStrings.xml"))


def test_an_empty_table_is_still_a_table():
    empty = Sheet("Rien", (Column("Métier"),), (), notes=("Aucun métier ici.",))
    assert all(make(empty) for make in (french_csv, plain_csv, xlsx, ods))
