"""Papers: accessible PDF, Word from templates that officers change, hostile templates refused."""

import io
import zipfile
from datetime import date

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest

from etabli.accounts.policies import Denied
from etabli.pacts.documents import actions, fields, paper, printed, standard, word
from etabli.pacts.documents.fields import BadTemplate
from etabli.pacts.documents.snapshot import content_of, fingerprint
from etabli.pacts.models import Template
from etabli.papers import storage
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def template(*paragraphs: str, **parts: bytes) -> bytes:
    """A Word document with these paragraphs, and raw parts added or replaced."""
    page, saved = docx.Document(), io.BytesIO()
    for text in paragraphs:
        page.add_paragraph(text)
    page.save(saved)
    if not parts:
        return saved.getvalue()
    with zipfile.ZipFile(saved) as before:
        kept = {name: before.read(name) for name in before.namelist()}
    kept |= {name.replace("__", "/"): value for name, value in parts.items()}
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as after:
        for name, value in kept.items():
            after.writestr(name, value)
    return saved.getvalue()


def words(content: bytes) -> str:
    page = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in page.paragraphs), *cells])


def test_the_pdf_is_tagged_titled_and_in_french(two_parties):
    made = paper.pdf(content_of(two_parties), standing="Projet", made_on=date(2026, 1, 1))
    opened = pikepdf.open(io.BytesIO(made))
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "fr-FR"
    assert opened.docinfo["/Title"] == two_parties.title


def test_the_same_content_gives_the_same_bytes_and_the_same_fingerprint(two_parties):
    content = content_of(two_parties)
    first, second = (paper.pdf(content, standing="Projet", made_on=date(2026, 1, 1)) for _ in range(2))
    assert first == second
    assert fingerprint(content) == fingerprint(dict(reversed(content.items())))


def test_the_standard_template_says_the_whole_convention(two_parties):
    content = content_of(two_parties)
    content["convention"]["preamble"] = "Du pain & des <roses>\nDeuxième ligne"
    said = words(word.docx(content, standard.template(), standing="Projet"))
    for part in (two_parties.title, "Du pain & des <roses>", "Deuxième ligne", "36\u00a0communes", "Liévin (62510)",
                 "Axe 2. Rénovation énergétique", "représentée par Luc "
                                                  "Bernard, président", "140\u202f000\u00a0€"):  # fmt: skip
        assert part in said, part
    assert "{" not in said


def test_the_standard_template_passes_its_own_check():
    word.check_template(standard.template())


def test_every_printed_word_has_its_french_name_and_is_in_the_schema(two_parties):
    told = fields.french(printed.printed(content_of(two_parties)))
    assert set(told) == set(fields.SCHEMA)
    assert set(told["axes"][0]) == set(fields.SCHEMA["axes"][0])
    assert set(told["parties"][0]) == set(fields.SCHEMA["parties"][0])


def test_an_officer_s_template_is_used_then_the_standard_one_again(cast, octave, two_parties):
    actions.set_template(by=octave, content=template("Titre : {{ titre }}"), name="le mien.docx")
    made = words(word.docx(content_of(two_parties), word.template_of(cast.chamber), standing=""))
    assert made == f"Titre : {two_parties.title}"
    assert word.template_of(cast.agglomeration) == standard.template()
    actions.set_template(by=octave, content=None)
    assert word.template_of(cast.chamber) == standard.template()
    assert Template.objects.count() == 2


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("{{ titer }}", "« titer » n’existe pas. Champs possibles : avenant, axes, cadre"),
        (
            "{% for axe in axes %}{{ axe.titer }}{% endfor %}",
            "« axe.titer » n’existe pas. Champs possibles : description",
        ),
        ("{% for lettre in titre %}{% endfor %}", "n’est pas une liste"),
        ("{{ titre", "balise est mal écrite"),
        ("{{ 7 * 7 }}", "pas de calcul"),
        ("{{ ''.__class__.__mro__ }}", "« ….__class__ »|pas avec"),
        ("{{ titre.__class__.__mro__[1].__subclasses__() }}", "pas de fonction"),
        ("{{ self.__init__.__globals__ }}", "« self » n’existe pas"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "pas de fonction"),
        ("{{ titre|attr('x') }}", "pas de filtre"),
        ("{{ range(1000000000) }}", "pas de fonction"),
        ("{{ 'a' * 1000000000 }}", "pas de calcul"),
        ("{% set x = 1 %}", "pas de affectation|pas de cette balise|affectation"),
        ("{% include '/etc/passwd' %}", "inclusion"),
        ("{% import 'os' as os %}", "import"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        (
            "{% for a in axes %}{% for b in axes %}{% for c in axes %}{% for d in axes %}{% for e in axes %}x"
            "{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "Pas plus de 4 boucles",
        ),
    ],
)
def test_a_hostile_or_mistaken_template_is_refused_with_its_reason(octave, paragraph, said):
    with pytest.raises(
        BadTemplate, match=said.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")
    ):
        actions.set_template(by=octave, content=template(paragraph), name="x.docx")
    assert not Template.objects.exists()


def test_headers_and_properties_are_held_to_the_same_language(octave):
    page, saved = docx.Document(io.BytesIO(template("{{ titre }}"))), io.BytesIO()
    page.sections[0].header.paragraphs[0].text = "{{ 7 * 7 }}"
    page.save(saved)
    with pytest.raises(BadTemplate, match="calcul"):
        actions.set_template(by=octave, content=saved.getvalue(), name="x.docx")
    page, saved = docx.Document(io.BytesIO(template("{{ titre }}"))), io.BytesIO()
    page.core_properties.title = "{{ cycler.__init__ }}"
    page.save(saved)
    with pytest.raises(BadTemplate, match="cycler"):
        actions.set_template(by=octave, content=saved.getvalue(), name="x.docx")


EXTERNAL = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    b' Target="https://exemple.fr/x.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__vbaProject.bin": b"x"}, "programme"),
        ({"word__embeddings__oleObject1.bin": b"x"}, "objet incorporé"),
        ({"word___rels__settings.xml.rels": EXTERNAL}, "sur le réseau"),
        ({"word__footnotes.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "entités XML"),
    ],
)
def test_programs_and_things_fetched_from_outside_are_refused(octave, parts, said):
    with pytest.raises(BadTemplate, match=said):
        actions.set_template(by=octave, content=template("{{ titre }}", **parts), name="x.docx")


def test_what_a_convention_says_is_never_read_as_a_field(two_parties):
    content = content_of(two_parties)
    content["convention"]["preamble"] = "{{ 7 * 7 }} {% for a in axes %}"
    assert "{{ 7 * 7 }} {% for a in axes %}" in words(word.docx(content, standard.template(), standing=""))


def test_a_template_is_changed_by_an_officer(cast):
    with pytest.raises(Denied, match="chargé du pacte"):
        actions.set_template(by=reader(cast.alice), content=template("x"), name="x.docx")


def test_a_pdf_is_no_template(octave):
    with pytest.raises(storage.BadFile, match="donnez un document Word"):
        actions.set_template(by=octave, content=b"%PDF-1.7", name="x.docx")


def test_what_is_signed_says_how_each_target_is_counted(two_parties, octave):
    one = ground.objective(
        two_parties.axes.get(number=1), title="Boutiques équipées", kinds=["visit_made"], only_qpv=True
    )
    content = content_of(two_parties)
    kept = content["axes"][0]["objectives"][0]["counting"]
    assert ["Lieux", "quartiers prioritaires seulement"] in kept
    said = "On compte\u00a0: chaque entreprise ou personne une seule fois"
    assert said in printed.printed(content)["axes"][0]["objectives"][0]["counting"]
    assert said in words(word.docx(content, standard.template(), standing="Projet"))
    with pdfium.PdfDocument(paper.pdf(content, standing="Projet", made_on=date(2026, 1, 1))) as pages:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "quartiers prioritaires seulement" in " ".join(text.split())
    one.only_qpv = False
    one.save()
    assert fingerprint(content_of(two_parties)) != fingerprint(content), "another count is another text to sign"


def test_a_version_signed_before_counting_was_told_is_printed_all_the_same(two_parties):
    ground.objective(two_parties.axes.get(number=1), title="Boutiques équipées")
    content = content_of(two_parties)
    for objective in content["axes"][0]["objectives"]:
        del objective["counting"]
    assert paper.pdf(content, standing="Version 1", made_on=date(2026, 1, 1)).startswith(b"%PDF")
