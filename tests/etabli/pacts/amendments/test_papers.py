"""The papers of an amendment tell its reason, its day and its table; what is signed holds them."""

import io
from datetime import date

import docx
import pypdfium2 as pdfium
import pytest

from etabli.pacts.amendments import actions
from etabli.pacts.documents import actions as documents
from etabli.pacts.documents import versions
from etabli.pacts.documents.snapshot import fingerprint
from etabli.pacts.models import Amendment, Convention, Subject, Target
from etabli.pacts.workflow import AmendmentState
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import sign_all
from tests.etabli.pacts.documents.test_documents import template, words

pytestmark = pytest.mark.django_db
REASON = "Le comité de pilotage a revu la cible."
MARK = "cible abaissée après le début de la période"
TOLD = (
    REASON,
    MARK,
    "Avenant n°\u00a01",
    "1er\u00a0juillet 2019",
    "Entreprises aidées (entreprises), 2019",
    "120",
    "90",
)


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective and its target."""
    made = draft.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    Target.objects.create(objective=made, year=2019, value=120, set_by=octave.user)
    return draft


@pytest.fixture
def amendment(to_sign: Convention, octave) -> Amendment:
    """A target lowered in the middle of its year, proposed."""
    active = sign_all(to_sign, octave)
    made = actions.open_amendment(
        convention=active, by=octave, subjects=[Subject.TARGETS], reason=REASON, effective_on=date(2019, 7, 1)
    )
    pk = active.axes.get(number=1).objectives.get().pk
    return actions.write(amendment=made, by=octave, values={Subject.TARGETS: {(pk, "2019"): "90"}})


def read(content: bytes) -> str:
    with pdfium.PdfDocument(content) as pages:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_draft_and_what_is_signed_tell_why_and_what_changes(amendment, octave, cast, client):
    as_user(client, cast.octave)
    here = f"/pacte/{amendment.convention.slug}/avenants/1"
    for state in (AmendmentState.DRAFT, AmendmentState.TO_SIGN):
        if state is AmendmentState.TO_SIGN:
            actions.move(amendment=amendment, by=octave, to=state)
        pdf = read(b"".join(client.get(f"{here}.pdf")))
        word = flat(words(client.get(f"{here}.docx").content))
        for said in TOLD:
            assert flat(said) in pdf, (state, said)
            assert flat(said) in word, (state, said)
        assert "{" not in word


def test_the_fingerprint_that_is_signed_holds_the_reason_and_the_table(amendment, octave):
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    version = versions.last(amendment.convention)
    told = version.content["amendment"]
    assert (told["reason"], told["changes"][0]["mark"]) == (REASON, MARK)
    assert version.sha256 == fingerprint(version.content)
    assert version.sha256 != fingerprint({**version.content, "amendment": {**told, "reason": "Autre chose"}})


def test_the_next_amendment_does_not_tell_the_reason_of_this_one(amendment, octave, cast, client):
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    active = sign_all(amendment.convention, octave)
    made = actions.open_amendment(
        convention=active, by=octave, subjects=[Subject.BUDGET], reason="Plus cher", effective_on=date(2019, 9, 1)
    )
    assert "amendment" not in made.proposed
    as_user(client, cast.octave)
    assert REASON not in flat(words(client.get(f"/pacte/{active.slug}/avenants/2.docx").content))
    page = client.get(f"/pacte/{active.slug}/convention/versions/2/").content.decode()
    assert REASON in page
    assert MARK in page


def test_a_template_that_says_nothing_of_amendments_is_given_theirs_at_its_head(amendment, octave, cast, client):
    documents.set_template(by=octave, content=template("Titre : {{ titre }}"), name="le mien.docx")
    as_user(client, cast.octave)
    made = client.get(f"/pacte/{amendment.convention.slug}/avenants/1.docx").content
    said = flat(words(made))
    assert all(flat(one) in said for one in TOLD)
    lines = [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]
    assert lines[0] == "Avenant n°\u00a01"
    assert lines[-1].startswith("Titre : ")


def test_a_template_that_tells_amendments_tells_them_once(amendment, octave, cast, client):
    text = (
        "{% if avenant %}{{ avenant.titre }} : {% for r in avenant.raison %}{{ r }}{% endfor %}{% endif %}{{ titre }}"
    )
    documents.set_template(by=octave, content=template(text), name="le mien.docx")
    as_user(client, cast.octave)
    here = f"/pacte/{amendment.convention.slug}"
    assert flat(words(client.get(f"{here}/avenants/1.docx").content)).count(REASON) == 1
    assert "Avenant" not in words(client.get(f"{here}/convention.docx").content)
