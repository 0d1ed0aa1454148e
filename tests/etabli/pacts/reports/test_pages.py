"""Pages of a report: who sees what, a year from the freeze to the public page, in the browser's own requests."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from odfdo import Document

from etabli.audit.models import Reading
from etabli.pacts.reports.policies import state_of
from etabli.pacts.workflow import ReportState
from tests.etabli.cast import as_user
from tests.etabli.pacts.reports.test_outputs import picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HERE, PUBLIC = "/pacte/lens-lievin/bilan/2025/", "/pactes/lens-lievin/bilans/2025/"


def go(client, user, address, status=200, **data):
    """A page as somebody sees it, or what they send to it."""
    known = as_user(client, user)
    response = known.post(address, data) if data else known.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def test_from_freeze_to_public_page(client, cast, told):
    axis = told.sections.get(axis__number=1).axis_id
    assert client.get(PUBLIC).status_code == 404
    go(client, cast.octave, f"{HERE}etape/", 302, vers="rediger")
    go(client, cast.octave, f"{HERE}texte/", 302, **{f"axe_{axis}": "Une belle année."})
    assert "belle année" not in go(client, cast.basile, HERE).content.decode()
    go(client, cast.octave, f"{HERE}axes/{axis}/citation/", 302, text="Ils sont venus.", said_by="Léa D.")
    go(client, cast.octave, f"{HERE}etape/", 302, vers="soumettre")
    assert "À vous de relire" in go(client, cast.basile, HERE).content.decode()
    go(client, cast.basile, f"{HERE}axes/{axis}/corriger/", 302, text="Préciser")
    remark = told.sections.get(axis=axis).remarks.get()
    go(client, cast.octave, f"{HERE}axes/{axis}/corrections/{remark.pk}/", 302, text="Fait")
    go(client, cast.octave, f"{HERE}etape/", 302, vers="soumettre")
    for who in (cast.octave, cast.luc):
        go(client, who, f"{HERE}etape/", 302, vers="valider", confirme="oui")
    assert client.get(PUBLIC).status_code == 404
    go(client, cast.octave, f"{HERE}etape/", 302, vers="publier", confirme="oui")
    assert state_of(told) is ReportState.PUBLISHED
    client.logout()
    shown = client.get(PUBLIC).content.decode()
    assert "belle année" in shown
    assert "Chiffre non publié" in shown
    assert "Léa" not in shown
    for suffix in ("pdf", "docx", "pptx", "ods"):
        assert len(client.get(f"{PUBLIC}bilan.{suffix}").content) > 2000


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


def published(client, cast, told) -> None:
    """Written, read, validated and published, by requests."""
    for who, step in ((cast.octave, "rediger"), (cast.octave, "soumettre"), (cast.octave, "valider"),
                      (cast.luc, "valider"), (cast.octave, "publier")):  # fmt: skip
        go(client, who, f"{HERE}etape/", 302, vers=step, confirme="oui")


def test_a_photo_is_shown_with_its_consent_and_leaves_a_line_when_it_is_taken_back(client, cast, told):
    section = told.sections.get(axis__number=1)
    go(client, cast.octave, f"{HERE}etape/", 302, vers="rediger")
    for until in ("2030-12-31", ""):
        consent = {"consent": SimpleUploadedFile("accord.png", picture()), "consent_until": until} if until else {}
        go(client, cast.octave, f"{HERE}axes/{section.axis_id}/photo/", 302, alt="Un atelier de Lens",
           photo=SimpleUploadedFile("atelier.png", picture()), **consent)  # fmt: skip
    shown, kept_inside = section.photos.order_by("pk")
    page = go(client, cast.octave, HERE).content.decode()
    assert f'src="{HERE}photos/{shown.pk}.jpg"' in page
    assert "Sans accord écrit" in page
    assert go(client, cast.octave, f"{HERE}photos/{shown.pk}.jpg")["Content-Type"] == "image/jpeg"
    go(client, cast.octave, f"{HERE}photos/{kept_inside.pk}.jpg", 404)
    go(client, cast.basile, f"{HERE}photos/{shown.pk}.jpg", 404)  # not submitted yet
    address = f"{HERE}photos/{kept_inside.pk}/retirer/"
    go(client, cast.octave, address, 302, **{"parce-que": "erreur"})
    go(client, cast.octave, address, 404, **{"parce-que": "erreur"})
    for who, step in ((cast.octave, "soumettre"), (cast.octave, "valider"), (cast.luc, "valider"),
                      (cast.octave, "publier")):  # fmt: skip
        go(client, who, f"{HERE}etape/", 302, vers=step, confirme="oui")
    assert client.get(f"{PUBLIC}photos/{shown.pk}.jpg").status_code == 200
    go(client, cast.octave, f"{HERE}photos/{shown.pk}/retirer/", 302, **{"parce-que": "accord-repris"})
    assert client.get(f"{PUBLIC}photos/{shown.pk}.jpg").status_code == 404
    after = client.get(PUBLIC).content.decode()
    assert "Un atelier de Lens" not in after
    assert "Une photo a été retirée le 20\u00a0janvier 2026\u00a0: la personne a repris son accord." in after


def test_a_freeze_at_a_wrong_day_is_done_again_and_the_first_one_stays_readable(client, cast, told):
    go(client, cast.octave, f"{HERE}etape/", 302, vers="rediger")
    section = told.sections.get(axis__number=1)
    go(client, cast.octave, f"{HERE}texte/", 302, **{f"axe_{section.axis_id}": "Une belle année."})
    assert "Pourquoi figer" in go(client, cast.octave, f"{HERE}refaire/", 422, cut_off="2025-06-30").content.decode()
    go(client, cast.octave, f"{HERE}refaire/", 302, cut_off="2025-06-01", reason="Arrêté trop tard")
    page = go(client, cast.octave, HERE).content.decode()
    assert "belle année" in page
    assert "Arrêté trop tard" in page
    assert "1<sup>er</sup>\u00a0juin 2025" in page
    former = go(client, cast.basile, f"{HERE}gels/1/").content.decode()
    assert "Ce gel a été refait" in former
    assert "31\u00a0décembre 2025" in former
    assert go(client, cast.octave, f"{HERE}gels/2/", 302)["Location"] == HERE
    go(client, cast.octave, f"{HERE}gels/3/", 404)
    go(client, cast.octave, f"{HERE}refaire/", 302, cut_off="2025-12-31", reason="L’année entière")
    published(client, cast, told)
    go(client, cast.octave, f"{HERE}refaire/", 403)


def test_the_public_version_of_a_file_hides_what_the_parties_read(client, cast, told):
    inside = go(client, cast.octave, f"{HERE}bilan.ods").content
    outside = go(client, cast.octave, f"{HERE}bilan.ods?version=publique")
    assert "bilan-2025-public.ods" in outside["Content-Disposition"]
    assert tables(inside).keys() - tables(outside.content).keys() == {"Lignes"}
    assert [row[3] for row in tables(inside)["Objectifs"][1:]] == [10, 1]
    assert [row[3] for row in tables(outside.content)["Objectifs"][1:]] == [10, "secret statistique"]


def tables(content: bytes) -> dict[str, list[list]]:
    """The sheets of a workbook, read back."""
    book = Document(BytesIO(content))
    return {one.name: one.get_values() for one in book.body.get_sheets()}


def test_published_reports_are_found_without_account_by_the_latest_freeze_of_each_year(client, cast, told, octave):
    empty = client.get("/pactes/").content.decode()
    assert "Aucun bilan n’est encore publié" in empty
    assert 'href="/pactes/"' in empty  # in the menu of every page
    published(client, cast, told)
    client.logout()
    listed = client.get("/pactes/").content.decode()
    assert listed.count(f'href="{PUBLIC}"') == 1
    assert "3\u00a0communes" in listed
    assert client.get(PUBLIC).status_code == 200


def test_a_version_for_the_public_says_that_it_is_not_published_yet(client, cast, told):
    address = f"{HERE}bilan.ods?version=publique"
    assert "Projet, non publié" in str(tables(go(client, cast.octave, address).content))
    published(client, cast, told)
    assert "Projet, non publié" not in str(tables(go(client, cast.octave, address).content))


def test_an_elected_member_validates_after_the_content_once_asked_again_and_is_told_so(client, cast, told):
    for step in ("rediger", "soumettre"):
        go(client, cast.octave, f"{HERE}etape/", 302, vers=step)
    page = go(client, cast.luc, HERE).content.decode()
    assert page.index("Valider le bilan") > page.index("Ce que l’on compte")
    asked = go(client, cast.luc, f"{HERE}etape/", vers="valider").content.decode()
    assert "Rien n’est écrit de ces axes" in asked
    assert "Vous validez au nom de" in asked
    assert "Vous avez validé" not in go(client, cast.luc, HERE).content.decode()
    go(client, cast.luc, f"{HERE}etape/", 302, vers="valider", confirme="oui")
    after = go(client, cast.luc, HERE).content.decode()
    assert "Vous avez validé ce bilan le 20\u00a0janvier 2026 au nom de CALL." in after
    assert "À vous de relire" not in after
    go(client, cast.octave, f"{HERE}etape/", 302, vers="valider", confirme="oui")
    assert "Je confirme" in go(client, cast.octave, f"{HERE}etape/", vers="publier").content.decode()
    assert state_of(told) is ReportState.VALIDATED
