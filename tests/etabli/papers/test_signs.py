"""Whatever a name holds, documents stay valid XML."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.papers import charts, sheets
from etabli.papers.frames import Frame
from etabli.papers.sheets import Column, Sheet
from etabli.papers.signs import valid

HOSTILE = "Ar\x00ti\x0bsan\x1b \ufffe\ud800 <b>&\"'"


def parts(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    return {name: ET.fromstring(file) for name, file in files.items() if file}  # odfdo’s model holds an empty one


@given(st.text(st.characters()))
def test_a_valid_text_is_read_back_by_xml_and_loses_nothing_else(text):
    kept = valid(text)
    element = ET.Element("a", {"b": kept})
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")) is not None
    assert [sign for sign in text if sign in kept or sign.isprintable()] == [sign for sign in text if sign in kept]


@settings(max_examples=20)
@given(st.text(st.characters(), max_size=30) | st.just(HOSTILE))
def test_workbooks_and_csv_are_valid_whatever_a_name_holds(name):
    sheet = Sheet(name, (Column(name),), ((name,), (date(2026, 1, 1),)), (name,), name)
    for write in (sheets.xlsx, sheets.ods):
        assert "".join(element.text or "" for root in parts(write(sheet)).values() for element in root.iter())
    assert sheets.csv(sheet)
    assert sheets.plain_csv(sheet)


def test_a_drawing_is_valid_whatever_its_words_hold():
    spec = {"data": {"values": [{"a": 1, "w": HOSTILE}]}, "mark": "text", "encoding": {"text": {"field": "w"}}}
    ET.fromstring(charts.file(spec, label=HOSTILE, frame=Frame(HOSTILE, (HOSTILE,))))
