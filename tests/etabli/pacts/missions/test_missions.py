"""A mission letter is drawn up and signed by who employs; signed, every party reads it and nobody changes it."""

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind
from etabli.audit.models import Event
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.missions import actions
from etabli.pacts.models import MissionLetter, Party, PartyRole
from etabli.pacts.workflow import State
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
HERE = "/pacte/pacte/missions/"


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(datetime(2025, 6, 3, 10, tzinfo=UTC))


@pytest.fixture
def axes(cast):
    """Two axes of a running pact of the chamber and the agglomération."""
    made = ground.convention(cast.chamber, ground.LENS, slug="pacte", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    return [ground.axis(made, "Numérique"), ground.axis(made, "Énergie")]


@pytest.fixture
def letter(cast, axes):
    """Diane's letter of 2025, to be signed."""
    return actions.draw_up(
        by=reader(cast.octave), convention=axes[0].convention, developer=cast.diane, year=2025, shares={axes[0]: 60}
    )


def one_page():
    """A PDF of one empty page."""
    made, kept = pypdfium2.PdfDocument.new(), io.BytesIO()
    made.new_page(595, 842)
    made.save(kept)
    return kept.getvalue()


def filled(cast, axes, first="60", second="40", **more):
    shares = {f"share_{axes[0].pk}": first, f"share_{axes[1].pk}": second}
    return {"developer": str(cast.diane.pk), "year": "2025", **shares, **more}


def test_a_letter_is_drawn_up_signed_and_gives_the_diary_its_axis(client, cast, axes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asked = as_user(client, cast.octave).get(f"{HERE}nouvelle/").content.decode()
    assert "Diane Roche" in asked
    assert "Basile Noël" not in asked
    assert client.post(f"{HERE}nouvelle/", filled(cast, axes, "30", "50")).status_code == 302
    made = MissionLetter.objects.get()
    page = client.get(f"{HERE}{made.pk}/").content.decode()
    assert "hors de cette convention" in page
    assert "20\u00a0%" in page.replace("&nbsp;", "\u00a0")
    signed = {"on": "2025-06-02", "document": SimpleUploadedFile("lettre.pdf", one_page())}
    assert client.post(f"{HERE}{made.pk}/signer/", signed).status_code == 302
    made.refresh_from_db()
    assert (made.signed_on, made.document.organisation_id) == (date(2025, 6, 2), cast.chamber.pk)
    proposed = attributions.proposals(
        attributions.open_axes([cast.chamber.pk], date(2025, 6, 3)), developer=cast.diane, day=date(2025, 6, 3),
        kind=ActKind.VISIT,
    )  # fmt: skip
    assert proposed[0].axis == axes[1]
    told = {one.verb: (one.actor_id, one.organisation_id) for one in Event.objects.filter(verb__startswith="mission")}
    assert told == dict.fromkeys(("mission_drawn_up", "mission_signed"), (cast.octave.pk, cast.chamber.pk))


@pytest.mark.parametrize(("first", "second", "said"), [
    ("60", "50", "100\u00a0% au plus"), ("x", "40", "nombre entier"),
    ("101", "", "de 0 à 100"), ("-1", "", "de 0 à 100"),
])  # fmt: skip
def test_shares_that_make_no_sense_come_back_as_typed(client, cast, axes, first, second, said):
    answer = as_user(client, cast.octave).post(f"{HERE}nouvelle/", filled(cast, axes, first, second))
    seen = answer.content.decode().replace("&nbsp;", "\u00a0")
    assert answer.status_code == 422
    assert said in seen
    assert f'value="{first}"' in seen
    assert not MissionLetter.objects.exists()


def test_a_second_letter_of_the_year_is_refused_and_the_first_stays(client, cast, axes, letter):
    answer = as_user(client, cast.octave).post(f"{HERE}nouvelle/", filled(cast, axes, "10", "10"))
    assert answer.status_code == 422
    assert "déjà une lettre de mission pour 2025" in answer.content.decode()
    assert [share.percent for share in letter.shares.all()] == [60]


def test_shares_change_until_the_signature_and_no_more(client, cast, axes, letter):
    assert 'value="60"' in as_user(client, cast.octave).get(f"{HERE}{letter.pk}/changer/").content.decode()
    assert client.post(f"{HERE}{letter.pk}/changer/", filled(cast, axes, "70", "30")).status_code == 302
    assert sorted(share.percent for share in letter.shares.all()) == [30, 70]
    late = client.post(f"{HERE}{letter.pk}/signer/", {"on": "2025-06-04"})
    assert (late.status_code, "à venir" in late.content.decode()) == (422, True)
    assert client.post(f"{HERE}{letter.pk}/signer/", {"on": "2025-06-03"}).status_code == 302
    for step in ("changer", "signer"):
        refused = client.post(f"{HERE}{letter.pk}/{step}/", filled(cast, axes, "1", "1", on="2025-06-03"))
        assert (refused.status_code, "ne change plus" in refused.content.decode()) == (403, True)
    assert sorted(share.percent for share in letter.shares.all()) == [30, 70]


def test_a_letter_without_a_share_is_not_signed(client, cast, axes, letter):
    letter.shares.all().delete()
    answer = as_user(client, cast.octave).post(f"{HERE}{letter.pk}/signer/", {"on": "2025-06-03"})
    assert answer.status_code == 422
    assert "Donnez une part du temps" in answer.content.decode()


def test_the_partner_reads_what_is_signed_and_writes_for_its_own_people_alone(client, cast, letter):
    assert as_user(client, cast.basile).get(f"{HERE}{letter.pk}/").status_code == 404
    assert "Diane" not in client.get(HERE).content.decode()
    actions.sign(by=reader(cast.octave), letter=letter, on=date(2025, 6, 3))
    assert "Diane Roche" in client.get(HERE).content.decode()
    seen = client.get(f"{HERE}{letter.pk}/").content.decode()
    assert "60" in seen
    assert "/signer/" not in seen
    assert client.get(f"{HERE}{letter.pk}/signer/").status_code == 403
    given = {"developer": cast.diane.pk, "year": "2026"}
    assert client.post(f"{HERE}nouvelle/", given).status_code == 422
    assert MissionLetter.objects.count() == 1


def test_a_member_without_the_permission_reads_and_writes_nothing(client, cast, axes, letter):
    auditor = person("Éva Luce", cast.chamber, Role.EVALUATOR)
    assert as_user(client, auditor).get(f"{HERE}{letter.pk}/").status_code == 404
    assert as_user(client, cast.diane).get(f"{HERE}{letter.pk}/").status_code == 200
    for step in ("nouvelle", f"{letter.pk}/changer", f"{letter.pk}/signer"):
        assert client.post(f"{HERE}{step}/", filled(cast, axes, on="2025-06-03")).status_code == 403
    assert "nouvelle/" not in client.get(HERE).content.decode()
    letter.refresh_from_db()
    assert letter.signed_on is None


def test_a_stranger_finds_nothing(client, cast, axes, letter):
    actions.sign(by=reader(cast.octave), letter=letter, on=date(2025, 6, 3))
    for step in ("", "nouvelle/", f"{letter.pk}/", f"{letter.pk}/changer/", f"{letter.pk}/signer/"):
        assert as_user(client, cast.etienne).get(f"{HERE}{step}").status_code == 404
    assert client.post(f"{HERE}nouvelle/", filled(cast, axes)).status_code == 404


def test_a_convention_not_signed_has_no_letter(client, cast, axes):
    pact = axes[0].convention
    pact.state = State.TO_SIGN
    pact.save()
    answer = as_user(client, cast.octave).post(f"{HERE}nouvelle/", filled(cast, axes))
    assert (answer.status_code, "une fois qu’elle est signée" in answer.content.decode()) == (403, True)


def test_fifty_letters_cost_no_more_queries_than_one(client, cast, axes, letter, django_assert_max_num_queries):
    as_user(client, cast.octave)

    def asked():
        with django_assert_max_num_queries(100) as counted:
            assert client.get(HERE).status_code == 200
        return len(counted)

    asked()
    few = asked()
    for number in range(20):
        who = person(f"Dev{number} Martin", cast.chamber, Role.DEVELOPER)
        actions.draw_up(
            by=reader(cast.octave), convention=axes[0].convention, developer=who, year=2025, shares={axes[0]: 50}
        )
    assert asked() == few
