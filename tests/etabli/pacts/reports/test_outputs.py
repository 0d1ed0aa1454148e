"""Files of a report, opened again; secrecy of what is published."""

import io
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document as Word
from PIL import Image
from pptx import Presentation

from etabli.pacts.models import Quotation
from etabli.pacts.reports import actions, outputs, slides, word
from etabli.pacts.reports.consents import consented
from etabli.pacts.reports.contents import CONCEALED, HIDDEN, content_of
from etabli.papers import storage
from tests.etabli.cast import as_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DAY = date(2026, 1, 20)


def test_the_public_report_hides_one_firm_alone_and_what_a_subtraction_would_give_back(told):
    figures = [one for axis in content_of(told, public=True)["axes"] for one in axis["figures"]]
    visits, few = figures
    parts = {one["name"]: one["value"] for one in visits["parts"]}
    assert visits["value"] == "10"
    assert parts == {"Lens": "5", "2\u00a0autres communes": CONCEALED}
    assert (few["value"], few["sentence"], few["svg"], few["parts"]) == (CONCEALED, HIDDEN, "", [])


def test_the_parties_read_every_figure_and_the_corrections_with_their_author(told, octave):
    figure = told.figures.get(title="Entreprises formées")
    actions.correct(figure=figure, by=octave, value=Decimal(2), reason="Une formation notée tard")
    inside, outside = content_of(told, public=False), content_of(told, public=True)
    assert inside["axes"][1]["figures"][0]["value"] == "1"
    [line] = inside["axes"][1]["figures"][0]["corrections"]
    assert (line["value"], line["by"]) == ("2", "Octave Petit, CMA Hauts-de-France")
    assert outside["axes"][1]["figures"][0]["corrections"] == []
    assert "Octave" not in str(outside)


def test_a_freeze_before_the_end_of_the_year_says_that_nothing_is_missed_yet(told, octave):
    assert told_of(told) == ("0\u00a0objectif tenu sur 2.", {"non tenu"})
    again = actions.freeze_again(report=told, cut_off=date(2025, 12, 30), reason="Point d’étape", by=octave)
    assert told_of(again) == ("Point d’étape\u00a0: 0\u00a0objectif déjà tenu sur 2. 2 en retard.", {"en retard"})


def told_of(report):
    """The headline, and the states of the figures."""
    content = content_of(report, public=False)
    return content["headline"], {one["state"] for axis in content["axes"] for one in axis["figures"]}


def test_words_without_a_consent_that_holds_are_not_printed(told, cast):
    section = told.sections.get(axis__title="Énergie")
    given = storage.store(content=picture(), name="accord.png", by=cast.octave)
    for text, consent, until in (
        ("Sans accord", None, None), ("Accord échu", given, date(2026, 1, 19)), ("Avec accord", given, DAY),
    ):  # fmt: skip
        Quotation.objects.create(
            section=section, text=text, said_by="Léa D., coiffeuse", consent=consent, consent_until=until
        )
    assert [one.text for one in consented(section.quotations.all(), DAY)] == ["Avec accord"]
    for public in (True, False):
        said = content_of(told, public=public)["axes"][1]["quotations"]
        assert [one["text"] for one in said] == ["Avec accord"]


@pytest.mark.parametrize("suffix", ["pdf", "docx", "pptx", "ods"])
def test_signs_that_a_document_cannot_hold_are_left_out_of_it(told, client, cast, suffix):
    """Pasted from elsewhere, a vertical tab is in a title that nobody sees."""
    type(told.convention).objects.update(title="Pacte\x0b de Lens\x1b")
    told.sections.update(comment="Une année\x01 pleine")
    answer = as_user(client, cast.octave).get(f"/pacte/{told.convention.slug}/bilan/{told.year}/bilan.{suffix}")
    assert answer.status_code == 200


def picture() -> bytes:
    square = '<rect width="9" height="9"/>'
    return outputs.gauge_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{square}</svg>')


def test_the_three_files_say_what_was_frozen(told):
    content = content_of(told, public=False)
    made = outputs.pdf(content, {}, made_on=DAY)
    read = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    opened = Word(io.BytesIO(word.docx(content, {})))
    show = Presentation(io.BytesIO(slides.pptx(content, {})))
    written = "\n".join(one.text for one in opened.paragraphs)
    spoken = "\n".join(one.text_frame.text for page in show.slides for one in page.shapes if one.has_text_frame)
    for text in (read.replace("\r\n", " "), written, spoken):
        assert "Bilan 2025" in text
        assert "Entreprises visitées" in text
        assert "sur 30" in text.replace("\n", " ")
    assert len(opened.inline_shapes) == 2
    assert [row.cells[2].text for row in opened.tables[0].rows] == ["Réalisé", "10", "1"]
    assert len(show.slides) == 4
    assert len(show.slides[2].shapes) == 6  # title, bar, foot, then a figure in three
    letters = [run for page in show.slides for one in page.shapes if one.has_text_frame
               for part in one.text_frame.paragraphs for run in part.runs]  # fmt: skip
    assert all(run.font.size for run in letters), "set on each run"
    assert [run.text for run in letters if run.font._element.get("baseline")] == ["er"]
    assert "On compte" in show.slides[2].notes_slide.notes_text_frame.text


def test_what_every_objective_shares_is_printed_once(told):
    made = outputs.pdf(content_of(told, public=True), {}, made_on=DAY)
    said = (
        "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
        .split("Ce que l’on")[1]
        .replace("\u00a0", " ")
    )
    assert [said.count(words) for words in ("3 communes", "janvier 2025", "On compte")] == [1, 1, 2]


@pytest.mark.parametrize(("size", "percent"), [((1600, 900), 62), ((600, 600), 47), ((600, 1200), 23.5)])
def test_a_tall_photo_does_not_empty_a_page(size, percent):
    photo = io.BytesIO()
    Image.new("RGB", size).save(photo, "JPEG")
    assert outputs.printed(photo.getvalue())["width"] == percent


def test_a_long_text_is_cut_between_words_on_its_slide_and_whole_in_the_notes(told):
    words = " ".join(f"mot{number}" for number in range(900))
    told.sections.filter(axis__number=1).update(comment=words)
    slide = Presentation(io.BytesIO(slides.pptx(content_of(told, public=False), {}))).slides[2]
    spoken = next(one.text_frame.text for one in slide.shapes if one.has_text_frame and "mot0 " in one.text_frame.text)
    shown = spoken.split("\u00a0…")[0]
    assert words.startswith(f"{shown} ")
    assert 1000 < len(shown) < 1900
    assert spoken.endswith(slides.REST)
    assert words in slide.notes_slide.notes_text_frame.text
