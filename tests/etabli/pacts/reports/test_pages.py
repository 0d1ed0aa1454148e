"""Pages of a report: who sees what, a year from the freeze to the public page, in the browser's own requests."""

import pytest

from etabli.audit.models import Reading
from etabli.pacts.reports.policies import state_of
from etabli.pacts.workflow import ReportState
from tests.etabli.cast import as_user

pytestmark = pytest.mark.django_db
HERE, PUBLIC = "/pacte/lens-lievin/bilan/2025/", "/pactes/lens-lievin/bilans/2025/"


def go(client, user, address, status=200, **data):
    """A page as somebody sees it, or what they send to it."""
    known = as_user(client, user)
    response = known.post(address, data) if data else known.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def test_from_freeze_to_public_page(client, cast, told):
    axis = told.sections.first().axis_id
    assert client.get(PUBLIC).status_code == 404
    go(client, cast.octave, f"{HERE}etape/", 302, vers="rediger")
    go(client, cast.octave, f"{HERE}axes/{axis}/", 302, comment="Une belle année.")
    assert "belle année" not in go(client, cast.basile, HERE).content.decode()
    go(client, cast.octave, f"{HERE}axes/{axis}/citation/", 302, text="Ils sont venus.", said_by="Léa D.")
    go(client, cast.octave, f"{HERE}etape/", 302, vers="soumettre")
    assert "À vous de relire" in go(client, cast.basile, HERE).content.decode()
    go(client, cast.basile, f"{HERE}axes/{axis}/corriger/", 302, text="Préciser")
    remark = told.sections.get(axis=axis).remarks.get()
    go(client, cast.octave, f"{HERE}axes/{axis}/corrections/{remark.pk}/", 302, text="Fait")
    go(client, cast.octave, f"{HERE}etape/", 302, vers="soumettre")
    for who in (cast.octave, cast.luc):
        go(client, who, f"{HERE}etape/", 302, vers="valider")
    assert client.get(PUBLIC).status_code == 404
    go(client, cast.octave, f"{HERE}etape/", 302, vers="publier")
    assert state_of(told) is ReportState.PUBLISHED
    client.logout()
    shown = client.get(PUBLIC).content.decode()
    assert "belle année" in shown
    assert "chiffre non publié" in shown
    assert "Léa" not in shown


def test_strangers_and_bad_addresses_find_nothing(client, cast, told):
    figure = told.figures.first().pk
    for address in (HERE, f"{HERE}bilan.pdf", f"{HERE}chiffres/{figure}/"):
        go(client, cast.etienne, address, 404)
    go(client, cast.octave, "/pacte/lens-lievin/bilan/2031/", 404)
    go(client, cast.octave, f"{HERE}etape/", 404, vers="ailleurs")
    go(client, cast.basile, f"{HERE}chiffres/{figure}/", 403, value="3", reason="non")


def test_a_year_not_frozen_shows_the_form_to_the_pilot_and_a_wrong_day_keeps_what_was_typed(client, cast, told):
    address = "/pacte/lens-lievin/bilan/2024/"
    assert "pas encore figé" in go(client, cast.basile, address).content.decode()
    assert "Bilan 2024" in go(client, cast.octave, "/pacte/lens-lievin/?annee=2024").content.decode()
    go(client, cast.octave, address)
    wrong = go(client, cast.octave, address, 422, cut_off="2027-01-01").content.decode()
    assert "à venir" in wrong
    assert "2027-01-01" in wrong
    go(client, cast.octave, address, 302, cut_off="2024-12-31")


@pytest.mark.parametrize("suffix", ["pdf", "docx", "pptx", "ods"])
def test_each_file_is_given(client, cast, told, suffix):
    assert len(go(client, cast.octave, f"{HERE}bilan.{suffix}").content) > 2000


def test_a_partner_s_workbook_has_no_row_of_the_chamber_and_reading_rows_leaves_a_trace(client, cast, told):
    go(client, cast.basile, f"{HERE}bilan.ods")
    assert not Reading.objects.exists()
    go(client, cast.octave, f"{HERE}bilan.ods")
    assert Reading.objects.get().rows == 11
