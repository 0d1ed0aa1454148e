"""A typed figure is corrected or taken back by another line: counts follow, what was said and frozen stays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from etabli.pacts.models import Evidence, FrozenRow, Measure, Party, PartyRole
from etabli.pacts.objectives import actions
from etabli.pacts.objectives.figures import evidence_of
from etabli.pacts.reports import actions as reports
from etabli.pacts.reports.differences import differences
from etabli.papers import storage
from etabli.papers.models import Document
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader
from tests.etabli.papers import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(datetime(2025, 6, 3, 10, tzinfo=UTC))


@pytest.fixture
def posters(cast):
    """A running pact of the chamber and the agglomération, and an objective whose figures are typed."""
    made = ground.convention(cast.chamber, ground.LENS, slug="pacte", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    return ground.objective(ground.axis(made), title="Affiches", unit="affiches", measure=Measure.EVIDENCE)


@pytest.fixture
def wrong(cast, posters):
    """941 posters, typed by the chamber."""
    return typed(cast.octave, posters, 941)


def typed(who, objective, value, day=date(2025, 5, 1)):
    piece = Document.objects.create(
        name="bon.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x",
        organisation_id=reader(who).organisation.pk,
    )  # fmt: skip
    return actions.type_evidence(
        objective=objective, by=reader(who), day=day, value=Decimal(value), label="Affiches posées", document=piece
    )


def here(evidence, step):
    return f"/pacte/pacte/objectifs/{evidence.objective_id}/pieces/{evidence.pk}/{step}/"


def filled(**more):
    return {"day": "2025-05-01", "value": "914", "label": "Affiches posées", "reason": "chiffres inversés"} | more


def figure_page(client, evidence):
    return client.get(f"/pacte/pacte/objectifs/{evidence.objective_id}/").content.decode()


def test_a_correction_stands_in_the_place_of_the_line_that_stays_readable(client, cast, wrong):
    asked = as_user(client, cast.octave).get(here(wrong, "corriger")).content.decode()
    assert 'value="941"' in asked
    assert client.post(here(wrong, "corriger"), filled()).status_code == 302
    right = Evidence.objects.get(replaces=wrong)
    assert (right.value, right.document, right.typed_by) == (914, wrong.document, cast.octave)
    seen = figure_page(client, wrong)
    assert "<b>914</b>" in seen
    assert "<s>941</s>" in seen
    assert "corrigé\u00a0: 914 au lieu de 941" in seen
    assert "chiffres inversés" in seen
    told = Event.objects.get(verb="objective.evidence_corrected")
    assert (told.actor_id, told.changes["value"]) == (cast.octave.pk, ["941.00", "914"])


def test_a_figure_taken_back_counts_no_more(client, cast, posters, wrong):
    kept = typed(cast.octave, posters, 50)
    assert "Ce chiffre ne comptera plus" in as_user(client, cast.octave).get(here(wrong, "retirer")).content.decode()
    assert client.post(here(wrong, "retirer"), {"reason": "compté deux fois"}).status_code == 302
    assert evidence_of([posters]) == {posters.pk: [kept]}
    seen = figure_page(client, wrong)
    assert "<b>50</b>" in seen
    assert "<s>941</s>" in seen
    assert "compté deux fois" in seen
    assert Event.objects.get(verb="objective.evidence_withdrawn").actor_id == cast.octave.pk


@pytest.mark.parametrize(("change", "said"), [
    ({"reason": " "}, "Dites pourquoi ce chiffre change"), ({"value": "beaucoup"}, "Écrivez un nombre"),
    ({"day": "2025-06-04"}, "Ce jour est à venir"),
])  # fmt: skip
def test_a_correction_that_makes_no_sense_comes_back_as_typed(client, cast, wrong, change, said):
    answer = as_user(client, cast.octave).post(here(wrong, "corriger"), filled(label="Posées en mai", **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Posées en mai"' in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_a_file_that_is_no_document_is_refused_beside_its_field(client, cast, wrong, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bad = SimpleUploadedFile("bon.pdf", b"MZ nothing of a PDF")
    answer = as_user(client, cast.octave).post(here(wrong, "corriger"), filled(document=bad))
    assert answer.status_code == 422
    assert Evidence.objects.count() == 1


def test_a_line_is_said_otherwise_once_and_a_withdrawal_not_at_all(client, cast, wrong):
    taken = actions.withdraw_evidence(evidence=wrong, by=reader(cast.octave), reason="erreur")
    for former, why in ((wrong, "déjà été corrigé ou retiré"), (taken, "dit un retrait")):
        answer = as_user(client, cast.octave).post(here(former, "retirer"), {"reason": "encore"})
        assert answer.status_code == 403
        assert why in answer.content.decode()
    with pytest.raises(Denied, match="déjà"):
        actions.correct_evidence(
            evidence=wrong, by=reader(cast.octave), day=wrong.day, value=Decimal(1), label="x", reason="y"
        )


def test_the_database_wants_a_reason(cast, wrong):
    more = {"objective": wrong.objective, "day": wrong.day, "label": "x", "document": wrong.document, "value": 1}
    for change in ({"replaces": wrong}, {"withdrawn": True}, {"withdrawn": True, "reason": "seul"}):
        with pytest.raises(IntegrityError, match="change_has_a_reason"), transaction.atomic():
            Evidence.objects.create(typed_by=cast.octave, **more, **change)


def test_only_the_party_that_typed_a_figure_says_it_otherwise(client, cast, posters, wrong):
    theirs = typed(cast.basile, posters, 7)
    assert "/corriger/" in figure_page(as_user(client, cast.octave), wrong)
    for step in ("corriger", "retirer"):
        refused = client.get(here(theirs, step))
        assert (refused.status_code, "autre partie" in refused.content.decode()) == (403, True)
        assert as_user(client, cast.basile).get(here(theirs, step)).status_code == 200
        assert client.get(here(wrong, step)).status_code == 403
        assert as_user(client, cast.octave).get(here(theirs, step)).status_code == 403


def test_a_stranger_finds_nothing_and_a_reader_may_not(client, cast, wrong):
    auditor = person("Éva Luce", cast.chamber, Role.EVALUATOR)
    for step in ("corriger", "retirer"):
        assert as_user(client, cast.etienne).get(here(wrong, step)).status_code == 404
        assert as_user(client, cast.etienne).post(here(wrong, step), filled()).status_code == 404
        for who in (auditor, cast.luc):
            assert as_user(client, who).post(here(wrong, step), filled()).status_code == 403
    assert "/corriger/" not in figure_page(as_user(client, auditor), wrong)
    assert Evidence.objects.count() == 1


def test_a_frozen_report_keeps_the_figure_and_the_line_it_had(cast, posters, wrong):
    report = reports.freeze(
        convention=posters.axis.convention, year=2025, cut_off=date(2025, 6, 3), by=reader(cast.octave)
    )
    actions.correct_evidence(
        evidence=wrong, by=reader(cast.octave), day=wrong.day, value=Decimal(914), label="x", reason="inversés"
    )
    assert report.figures.get().value == 941
    assert FrozenRow.objects.get().evidence == wrong
    moved = differences(report)
    assert [(one.today, one.late, one.gone) for one in moved] == [(914, 1, 1)]


def test_many_lines_cost_no_more_queries(client, cast, posters, wrong, django_assert_max_num_queries):
    as_user(client, cast.octave)

    def asked():
        with django_assert_max_num_queries(200) as counted:
            figure_page(client, wrong)
        return len(counted)

    actions.withdraw_evidence(evidence=typed(cast.octave, posters, 1), by=reader(cast.octave), reason="x")
    asked()
    few = asked()
    for _ in range(20):
        typed(cast.octave, posters, 3)
        actions.withdraw_evidence(evidence=typed(cast.octave, posters, 1), by=reader(cast.octave), reason="x")
    assert asked() == few


def test_a_photo_given_as_document_says_no_more_where_it_was_taken(client, cast, wrong):
    sent = {"day": "2025-05-02", "value": "12", "label": "Affiches vues"}
    address = f"/pacte/pacte/objectifs/{wrong.objective_id}/piece/"
    as_user(client, cast.octave)
    for where, more in ((address, {}), (here(wrong, "corriger"), {"reason": "photo plus nette"})):
        photo = ContentFile(hostile.with_place(Image.new("RGB", (30, 20), "white")), name="photo.jpg")
        assert client.post(where, sent | more | {"document": photo}).status_code == 302
        kept = Evidence.objects.order_by("-pk")[0].document
        assert hostile.place_of(storage.read(kept)) == {}


def test_a_document_too_heavy_is_refused_without_being_read(client, cast, wrong, monkeypatch):
    monkeypatch.setattr(storage, "MOST_BYTES", 1000)
    monkeypatch.setattr(storage, "store", None)
    sent = {"day": "2025-05-02", "value": "12", "label": "Affiches vues"}
    file = ContentFile(b"%PDF-" + b"0" * 1001, name="lourd.pdf")
    address = f"/pacte/pacte/objectifs/{wrong.objective_id}/piece/"
    answer = as_user(client, cast.octave).post(address, sent | {"document": file})
    assert answer.status_code == 422
    assert "réduisez-le" in answer.content.decode()
