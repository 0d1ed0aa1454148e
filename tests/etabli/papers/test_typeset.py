"""Typesetting: strict about what a screen reader needs, closed to the network, the same for the same data."""

from datetime import date
from pathlib import Path

import pytest

from etabli.papers import typeset
from etabli.papers.errors import PaperError

PRODUCT = Path(typeset.__file__).parents[1]
HEAD = '#set document(title: "Essai")\n#set text(font: "Source Sans Pro", lang: "fr")\n'


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.setattr(typeset, "ROOT", tmp_path)

    def write(text):
        path = tmp_path / "essai.typ"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_template_reads_its_data_as_text(template):
    path = template(HEAD + "#let d = json(bytes(sys.inputs.data))\n= #d.nom")
    assert typeset.pdf(path, {"nom": "*Lens*"}, made_on=date(2026, 11, 1)).startswith(b"%PDF-")


def test_a_picture_without_words_is_refused(template):
    path = template(HEAD + "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\"))")
    with pytest.raises(PaperError, match="n’a pas pu être composé"):
        typeset.pdf(path, {}, made_on=date(2026, 11, 1))


def test_another_typeface_is_refused(template):
    path = template(HEAD.replace("Source Sans Pro", "Comic Sans MS") + "= Bonjour")
    with pytest.raises(PaperError):
        typeset.pdf(path, {}, made_on=date(2026, 11, 1))


def test_a_document_is_made_once(template, monkeypatch):
    path = template(HEAD + "= Une fois")
    first = typeset.pdf(path, {}, made_on=date(2026, 11, 1))
    monkeypatch.setattr(typeset, "_compile", lambda *_: pytest.fail("made twice"))
    assert typeset.pdf(path, {}, made_on=date(2026, 11, 1)) == first


def test_no_template_asks_for_a_package():
    templates = list(PRODUCT.rglob("*.typ"))
    assert templates
    assert not [path.name for path in templates if "@preview" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("text", "printed"), [("a\u2011b", "a-b"), ("a\u2009b", "a\u202fb"), ("店", "?"), ("œ’«\u202f»", "œ’«\u202f»")]
)
def test_signs_that_the_typeface_lacks_are_replaced(text, printed):
    assert typeset.printable({"x": [text]}) == {"x": [printed]}


def test_pictures_are_left_as_they_are():
    assert typeset.printable({"svg": "<svg>\n\t店</svg>"}) == {"svg": "<svg>\n\t?</svg>"}
