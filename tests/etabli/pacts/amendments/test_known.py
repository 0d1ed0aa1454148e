"""What who left a pact reads of its amendments: where each one stood on its last day."""

import io
import zipfile
from datetime import date

import pytest

from etabli.pacts.amendments import actions
from etabli.pacts.models import Subject
from etabli.pacts.workflow import AmendmentState
from etabli.papers import storage
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import sign_all
from tests.etabli.pacts.test_left import amended, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
PUT_TO_SIGN, LAST, LATER = date(2019, 10, 1), date(2019, 11, 4), date(2019, 12, 3)


@pytest.fixture
def put_to_sign(to_sign, octave, time_machine):
    """An amendment that the partner could sign from the first of October; it leaves on the fourth of November."""
    active = sign_all(to_sign, octave)
    time_machine.move_to(PUT_TO_SIGN)
    made = amended(active, octave, {Subject.BUDGET: 15_000_000})
    active.parties.filter(organisation__siren="246200364").update(left_on=LAST)
    return made


@pytest.mark.parametrize(
    "moved",
    [
        (date(2019, 10, 5), AmendmentState.ABANDONED, "Abandonné"),
        (date(2019, 10, 5), AmendmentState.DRAFT, "Projet"),
        (LAST, AmendmentState.ABANDONED, "Abandonné"),
        (date(2019, 11, 5), AmendmentState.ABANDONED, "À signer"),
    ],
)
def test_an_amendment_stands_where_it_was_moved_by_the_last_day(client, cast, put_to_sign, octave, time_machine, moved):
    day, to, then = moved
    time_machine.move_to(day)
    actions.move(amendment=put_to_sign, by=octave, to=to)
    time_machine.move_to(LATER)
    here = f"/pacte/{put_to_sign.convention.slug}/avenants"
    page, pages = seen(client, cast.basile, f"{here}/1/"), seen(client, cast.basile, f"{here}/")
    states = [label for label in ("Abandonné", "Projet", "À signer") if f"{label}</" in page]
    assert (states, f">{then.lower()}<" in pages) == ([then], True)
    assert ("150 000" in page, "Signer</a>" in page) == (True, False)
    answer = as_user(client, cast.basile).get(f"{here}/1.pdf")
    sealed = storage.read(put_to_sign.versions.get().document)
    content = b"".join(answer) if answer.streaming else answer.content
    assert (content == sealed) is (then == "À signer")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{here}/1.docx").content)) as file:
        text = " ".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    text = text.replace("\u00a0", " ")
    assert ("4 novembre 2019" in text, "3 décembre 2019" in text) == (then != "À signer", False)
