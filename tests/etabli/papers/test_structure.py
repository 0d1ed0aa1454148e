"""The rules of PDF/UA that a program can verify: a sound document keeps them, and each fault is seen."""

import io
from datetime import date

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from etabli.papers import typeset
from tests.etabli.papers.structure import PDF_UA_PART, complaints, of_role

SAMPLE = """
#set document(title: "Essai")
#set text(font: "Source Sans Pro", lang: "fr", region: "FR")
#title()
= Un tableau
#table(columns: 2, table.header([Objectif], [Réalisé]), [12], [14])
== Une figure
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"),
  alt: "Trois points reliés en triangle")
#link("https://etabli.example/")[Une adresse]
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("essai")
    (folder / "essai.typ").write_text(SAMPLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset, "ROOT", folder)
        return typeset.pdf(folder / "essai.typ", {}, made_on=date(2026, 11, 1))


def test_a_sound_document_has_no_fault(sample):
    assert complaints(sample) == []


def unmark(pdf: Pdf):
    pdf.Root.MarkInfo.Marked = False


def silence(pdf: Pdf):
    del pdf.Root["/Lang"]


def hide_title(pdf: Pdf):
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def declare_nothing(pdf: Pdf):
    with pdf.open_metadata() as metadata:
        del metadata[PDF_UA_PART]


def invent_a_tag(pdf: Pdf):
    of_role(pdf, "/H2")[0].S = Name("/Chapitre")


def skip_a_level(pdf: Pdf):
    of_role(pdf, "/H2")[0].S = Name("/H3")


def unscope(pdf: Pdf):
    of_role(pdf, "/TH")[0].A = Array([])


def behead(pdf: Pdf):
    for head in of_role(pdf, "/TH"):
        head.S = Name("/TD")


def shorten_a_row(pdf: Pdf):
    row = of_role(pdf, "/TR")[1]
    row.K = Array([row.K[0]])


def take_the_words_away(pdf: Pdf):
    del of_role(pdf, "/Figure")[0]["/Alt"]


def unbox(pdf: Pdf):
    of_role(pdf, "/Figure")[0].A = Array([])


def paint_outside(pdf: Pdf):
    pdf.pages[0].contents_add(pdf.make_stream(b"0 0 9 9 re f"))


def orphan_the_content(pdf: Pdf):
    pdf.pages[0].StructParents = 99


def disorder(pdf: Pdf):
    del pdf.pages[0]["/Tabs"]


def mute_a_link(pdf: Pdf):
    del pdf.pages[0].Annots[0]["/Contents"]


def scramble(pdf: Pdf):
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def take_fonts_away(pdf: Pdf):
    for font in pdf.pages[0].Resources.Font.values():
        font.DescendantFonts[0].FontDescriptor = Dictionary()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (unmark, "declaration: not marked"),
        (silence, "declaration: no language"),
        (hide_title, "declaration: the title is not displayed"),
        (declare_nothing, "declaration: not declared PDF/UA-1"),
        (invent_a_tag, "roles: /Chapitre is not a standard tag"),
        (skip_a_level, "headings: 3 follows 1"),
        (unscope, "tables: a head without scope"),
        (behead, "tables: no head"),
        (shorten_a_row, "tables: rows of [1, 2] cells"),
        (take_the_words_away, "figures: without words"),
        (unbox, "figures: without box"),
        (paint_outside, "drawing: page 1: « f » belongs to nothing"),
        (orphan_the_content, "drawing: page 1: « TJ » belongs to nothing"),
        (disorder, "links: page 1 has no order"),
        (mute_a_link, "links: page 1: a link without words or without tag"),
        (scramble, "does not lead back to letters"),
        (take_fonts_away, "is not in the file"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or "",
)
def test_each_fault_is_seen(sample, fault, words):
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        fault(pdf)
        pdf.save(broken)
    assert words in "\n".join(complaints(broken.getvalue()))
