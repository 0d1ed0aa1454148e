"""« 1er » raised where a document or a drawing says it, and nothing else moved."""

import io
import re

from docx import Document

from etabli.papers import charts
from etabli.papers.frames import Frame
from etabli.papers.raising import raise_in_word, raised

SPEC = {"data": {"values": [{"a": 1}]}, "mark": {"type": "text", "text": "Au 1er janvier"}}


def test_the_letters_of_a_word_document_are_raised_and_their_look_kept():
    page = Document()
    run = page.add_paragraph().add_run("Du 1er janvier au 1er mars, 11er, 1ère")
    run.bold = True
    run.add_break()
    run.add_text("le 1er")
    page.add_table(1, 1).cell(0, 0).text = "1er juin"
    page.sections[0].footer.paragraphs[0].text = "Arrêtée le 1er mai"
    raise_in_word(page)
    saved = io.BytesIO()
    page.save(saved)
    again = Document(saved)
    first = again.paragraphs[0]
    assert first.text == "Du 1er janvier au 1er mars, 11er, 1ère\nle 1er"
    assert [one.text for one in first.runs if one.font.superscript] == ["er"] * 3
    assert all(one.bold for one in first.runs)
    for paragraph in (again.tables[0].cell(0, 0).paragraphs[0], again.sections[0].footer.paragraphs[0]):
        assert [one.text for one in paragraph.runs if one.font.superscript] == ["er"]


def test_the_letters_of_a_drawing_are_raised_and_the_line_comes_back():
    assert raised("Au 2 mars") == "Au 2 mars"
    words = raised("Du 1er janvier au 1er")
    assert re.sub(r"<[^>]*>", "", words) == "Du 1er janvier au 1er"
    moves = [float(one) * (0.7 if "0.357" in one else 1) for one in re.findall(r'dy="([-\d.]+)em"', words)]
    assert abs(sum(moves[:2])) < 0.001


def test_pages_and_files_raise_them_and_a_picture_is_drawn():
    frame = Frame("Entreprises au 1er janvier")
    drawings = charts.inline(SPEC, label="Au 1er janvier"), charts.file(SPEC, label="Texte", frame=frame).decode()
    for drawing, count in zip(drawings, (1, 2), strict=True):
        assert drawing.count(">er</tspan>") == count
    assert 'aria-label="Au 1er janvier"' in drawings[0]
    assert charts.png(SPEC, frame=frame) != charts.png(SPEC, frame=Frame("Entreprises au 2 janvier"))
