"""The PDF says what the officer's Word template says: its texts, logo, head and order; still tagged for everybody."""

import io
from datetime import date
from typing import Any

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from docx.shared import Mm
from PIL import Image

from etabli.pacts.documents import actions, blocks, paper, standard, versions
from etabli.pacts.documents.fields import BadTemplate
from etabli.pacts.documents.snapshot import content_of
from tests.etabli.cast import as_user

pytestmark = pytest.mark.django_db
LOCAL = "Le tribunal administratif de Lille est compétent."


def logo(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#A6472B").save(drawn, kind)
    drawn.seek(0)
    return drawn


def saved(page: Any) -> bytes:
    made = io.BytesIO()
    page.save(made)
    return made.getvalue()


def own() -> bytes:
    """The standard template with a logo, a head, a foot, a list that counts, a heading too deep and a last article."""
    page = docx.Document(io.BytesIO(standard.template()))
    head = page.sections[0].header.paragraphs[0]
    head.add_run().add_picture(logo(), width=Mm(400))
    head.add_run("\tDirection du développement")
    page.sections[0].footer.paragraphs[0].text = "5 rue de la Vanne, Arras. {{ version }}"
    page.add_heading("Article dernier", 4)
    page.add_paragraph(LOCAL)
    for text in ("Un exemplaire par partie.", "Une copie au comptable."):
        page.add_paragraph(text, style="List Number")
    return saved(page)


def read(content: bytes) -> str:
    with pdfium.PdfDocument(content) as pages:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


def pictures(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages[0].get_images())


def made(content, template: bytes | None, **more: Any) -> bytes:
    return paper.pdf(content, standing="Projet du jour", made_on=date(2026, 1, 1), template=template, **more)


def test_the_pdf_says_the_texts_the_head_and_the_logo_of_the_template(two_parties):
    pdf = made(content_of(two_parties), own())
    said = read(pdf)
    for part in (LOCAL, "Direction du développement", "5 rue de la Vanne", "2. Une copie au comptable.",
                 "Liévin (62510)", "Axe 2. Rénovation énergétique", two_parties.title, "140\u202f000"):  # fmt: skip
        assert " ".join(part.split()) in said, part
    assert said.index("Signatures") < said.index(LOCAL), "the order of the template"
    assert said.count("Projet du jour") == said.count("5 rue de la Vanne"), "once a page"
    assert pictures(pdf) == 1
    assert pictures(made(content_of(two_parties), None)) == 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.docinfo["/Title"] == two_parties.title
    assert pdf == made(content_of(two_parties), own()), "the same bytes for the same inputs"


def test_a_version_keeps_the_template_of_its_day(to_sign, octave):
    actions.set_template(by=octave, content=own(), name="le mien.docx")
    frozen = versions.last(to_sign)
    assert LOCAL not in read(versions.pdf_of(frozen)), "put to sign before the template"
    later = versions.freeze(convention=to_sign, by=octave.user, applies_from=to_sign.starts_on)
    actions.set_template(by=octave, content=None)
    copy = read(versions.pdf_of(later, siren="246200364", copy_for="Communauté d’agglomération"))
    assert LOCAL in copy
    assert "Exemplaire de Communauté d’agglomération" in copy
    assert later.sha256 in copy


def test_the_page_gives_the_pdf_of_the_template(two_parties, octave, cast, client):
    as_user(client, cast.octave)
    here = f"/pacte/{two_parties.slug}/convention.pdf"
    assert LOCAL not in read(client.get(here).content)
    actions.set_template(by=octave, content=own(), name="le mien.docx")
    assert LOCAL in read(client.get(here).content)


def test_the_page_says_what_a_template_leaves_out_of_the_signed_text(two_parties, octave, cast, client):
    as_user(client, cast.octave)
    here = f"/pacte/{two_parties.slug}/convention/modele/"
    actions.set_template(by=octave, content=own(), name="le mien.docx")
    assert "Ce modèle ne dit pas" not in client.get(here).content.decode()
    page = docx.Document()
    page.add_paragraph("{{ titre }} {{ dates }} {% for p in parties %}{{ p.nom }}{% endfor %} {{ perimetre.nom }}")
    actions.set_template(by=octave, content=saved(page), name="court.docx")
    said = client.get(here).content.decode()
    assert "Ce modèle ne dit pas les axes, les objectifs et les fiches-action" in said


@pytest.mark.parametrize("content", [b"\x01\x00\x00\x00" + b"x" * 60, None])
def test_a_picture_that_the_pdf_cannot_show_is_refused_with_what_to_do(octave, content, monkeypatch):
    monkeypatch.setattr(blocks, "MOST_PIXELS", 1000)
    page = docx.Document()
    page.add_paragraph("{{ titre }}").add_run().add_picture(logo(size=(100, 100)), width=Mm(10))
    if content:
        next(part for part in page.part.package.iter_parts() if part.partname.endswith(".png"))._blob = content
    with pytest.raises(BadTemplate, match="ni en PNG ni en JPEG"):
        actions.set_template(by=octave, content=saved(page), name="x.docx")


def test_a_template_kept_before_the_pdf_showed_pictures_still_prints(two_parties):
    page = docx.Document(io.BytesIO(own()))
    next(part for part in page.part.package.iter_parts() if part.partname.endswith(".png"))._blob = b"WMF of old" * 9
    pdf = made(content_of(two_parties), saved(page))
    assert LOCAL in read(pdf)
    assert pictures(pdf) == 0


def test_blocks_are_what_word_shows():
    page = docx.Document()
    page.sections[0].different_first_page_header_footer = True
    page.sections[0].first_page_header.paragraphs[0].text = "Première page"
    page.add_heading("Trop profond", 3)
    first = page.add_paragraph("Ligne une\nligne deux ")
    first.add_run("grasse").bold = True
    page.add_paragraph("point", style="List Bullet")
    page.add_page_break()
    table = page.add_table(rows=1, cols=2)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "deux colonnes"
    seen = blocks.read(saved(page))
    assert [one["kind"] for one in seen["body"]] == ["heading", "text", "list", "break", "table"]
    assert seen["body"][0]["level"] == 1, "no level is skipped"
    assert [[piece["text"] for piece in line] for line in seen["body"][1]["lines"]] == [
        ["Ligne une"], ["ligne deux ", "grasse"],
    ]  # fmt: skip
    assert seen["body"][1]["lines"][1][1]["bold"]
    assert not seen["body"][2]["ordered"]
    assert [cell["span"] for cell in seen["body"][4]["rows"][0]] == [2]
    assert blocks.text_of(seen["first_head"][0]) == "Première page"
