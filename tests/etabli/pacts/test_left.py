"""Who left a pact reads what was there on its last day, on pages and in files, and nothing that came later."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from etabli.acts.kinds import ActKind
from etabli.pacts import access
from etabli.pacts.amendments import actions as amending
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.models import (
    Amendment,
    Evidence,
    Measure,
    Meeting,
    MissionLetter,
    Party,
    PartyRole,
    Remark,
    Subject,
    Target,
    Version,
)
from etabli.pacts.reports import actions as reports
from etabli.pacts.workflow import AmendmentState
from etabli.papers import storage
from etabli.papers.models import Document
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import parties, party, sign_all
from tests.etabli.pacts.documents.test_documents import words
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
STRANGER = "000000208"
LAST = date(2025, 6, 30)
BEFORE, AFTER = datetime(2025, 6, 3, 10, tzinfo=UTC), datetime(2025, 9, 2, 10, tzinfo=UTC)


@pytest.fixture
def pact(cast, time_machine):
    """A pact whose partner was there until the end of June; today is in September."""
    time_machine.move_to(AFTER)
    made = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER, left_on=LAST)
    return made


@pytest.fixture
def helped(cast, pact):
    """Seven firms helped while the partner was there, six others since."""
    one = ground.objective(ground.axis(pact), title="Entreprises visitées", kinds=[ActKind.VISIT])
    for month, firms in (("03", 7), ("08", 6)):
        for _ in range(firms):
            ground.act(cast.chamber, f"2025-{month}-10", ground.firm())
    return one


def seen(client, user, address, status=200):
    """What somebody gets at an address."""
    response = as_user(client, user).get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode(errors="replace").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("address", "then", "now"),
    [
        ("/pacte/lens/objectifs/{}/", "<b>7</b>", "<b>13</b>"),
        ("/pacte/lens/objectifs/{}/?annee=2025", "<b>7</b>", "<b>13</b>"),
        ("/pacte/lens/objectifs/", "<b>7</b>", "<b>13</b>"),
        ("/pacte/lens/", "au 30 juin 2025", "au 2 septembre 2025"),
        ("/pacte/lens/", "7 actes", "13 actes"),
        ("/pacte/lens/copil/", "7 actes", "13 actes"),
        ("/pacte/lens/annees/", ">7<", ">13<"),
        ("/pacte/comparaison/", ">7<", ">13<"),
    ],
)
def test_figures_stop_on_the_last_day(client, cast, helped, address, then, now):
    partner, pilot = (seen(client, user, address.format(helped.pk)) for user in (cast.basile, cast.octave))
    assert (then in partner, now in partner, now in pilot) == (True, False, True)


def test_files_stop_on_the_last_day(client, cast, helped):
    file = seen(client, cast.basile, f"/pacte/lens/objectifs/{helped.pk}/lignes.csv")
    assert "août 2025" not in file
    assert "7" in file
    assert "13" not in file


def test_targets_and_typed_figures_of_later_are_not_read(client, cast, pact, helped, time_machine):
    typed = ground.objective(helped.axis, title="Affiches", measure=Measure.EVIDENCE)
    pieces = []
    for moment, value in ((BEFORE, 40), (AFTER, 70)):
        time_machine.move_to(moment)
        Target.objects.create(objective=helped, year=2026, value=value, set_by=cast.octave)
        document = Document.objects.create(
            name="piece.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x"
        )
        pieces.append(Evidence.objects.create(
            objective=typed, day=date(2025, 6, 1), value=Decimal(value), label=f"relevé {value}", document=document,
            typed_by=cast.octave,
        ))  # fmt: skip
    targets = f"/pacte/lens/objectifs/{helped.pk}/cibles/"
    page = f"/pacte/lens/objectifs/{typed.pk}/"
    for address, then, now in ((targets, "40", "70"), (page, "relevé 40", "relevé 70")):
        assert then in seen(client, cast.basile, address)
        assert now not in seen(client, cast.basile, address)
        assert now in seen(client, cast.octave, address)
    seen(client, cast.basile, f"{page}pieces/{pieces[1].pk}/", status=404)


def test_a_report_frozen_later_is_not_read_before_it_is_public(client, cast, pact, helped, octave, time_machine):
    time_machine.move_to(BEFORE)
    reports.freeze(convention=pact, year=2024, cut_off=date(2024, 12, 31), by=octave)
    first = reports.freeze(convention=pact, year=2025, cut_off=date(2025, 6, 1), by=octave)
    time_machine.move_to(AFTER)
    later = reports.freeze_again(report=first, cut_off=date(2025, 9, 1), reason="Suite", by=octave)
    figure = later.figures.get()
    kept = seen(client, cast.basile, "/pacte/lens/bilan/2025/")
    assert "1er juin 2025" in kept.replace("<sup>er</sup>", "er")
    assert "septembre" not in kept
    seen(client, cast.basile, f"/pacte/lens/bilan/2025/chiffres/{first.figures.get().pk}/lignes/")
    for address in (f"chiffres/{figure.pk}/lignes/", f"chiffres/{figure.pk}/lignes.csv"):
        seen(client, cast.octave, f"/pacte/lens/bilan/2025/{address}")
        seen(client, cast.basile, f"/pacte/lens/bilan/2025/{address}", status=404)
    time_machine.move_to(datetime(2027, 1, 20, tzinfo=UTC))
    reports.freeze(convention=pact, year=2026, cut_off=date(2026, 12, 31), by=octave)
    assert "Seul le pilote" in seen(client, cast.basile, "/pacte/lens/bilan/2026/")
    seen(client, cast.basile, "/pacte/lens/bilan/2026/bilan.ods", status=404)


def test_meetings_letters_and_texts_of_later_are_not_read(client, cast, pact, time_machine):
    made = {}
    for moment in (BEFORE, AFTER):
        time_machine.move_to(moment)
        month = f"{moment:%m}"
        meeting = Meeting.objects.create(
            convention=pact, instance="copil", starts_at=moment, ends_at=moment.replace(hour=12), made_by=cast.octave,
            place=f"Salle {month}",
        )  # fmt: skip
        letter = MissionLetter.objects.create(
            developer=cast.diane, convention=pact, year=2024 + len(made), signed_on=moment.date()
        )
        Remark.objects.create(convention=pact, organisation=cast.chamber, author=cast.octave, text=f"Mot {month}")
        made[month] = [f"instances/{meeting.pk}/", f"instances/{meeting.pk}/reunion.ics", f"missions/{letter.pk}/"]
    page = seen(client, cast.basile, "/pacte/lens/convention/")
    assert ("Mot 06" in page, "Mot 09" in page) == (True, False)
    assert "Votre organisation en a été partie jusqu’au 30 juin 2025" in page
    for address in made["06"]:
        seen(client, cast.basile, f"/pacte/lens/{address}")
    for address in made["09"]:
        seen(client, cast.octave, f"/pacte/lens/{address}")
        seen(client, cast.basile, f"/pacte/lens/{address}", status=404)
    assert "Salle 09" not in seen(client, cast.basile, "/pacte/lens/")
    assert "Salle 09" not in seen(client, cast.basile, "/pacte/lens/instances/")


def test_amendments_and_versions_of_later_are_not_read_unless_they_call_back(
    client, cast, to_sign, octave, basile, time_machine
):
    active = sign_all(to_sign, octave)
    base, today = Version.objects.get(convention=active), timezone.localdate()
    here = f"/pacte/{active.slug}"
    active.parties.filter(organisation=cast.agglomeration).update(left_on=today)
    time_machine.move_to(timezone.now() + timedelta(60))
    more = Amendment.objects.create(
        convention=active, base=base, number=1, reason="Plus tard", subjects=["budget"], made_by=cast.octave,
        effective_on=today, proposed={**base.content, "parties": base.content["parties"][:1]},
        state=AmendmentState.TO_SIGN,
    )  # fmt: skip
    Version.objects.create(
        convention=active, amendment=more, number=2, content=more.proposed, sha256="1" * 64, document=base.document,
        applies_from=today, made_by=cast.octave,
    )  # fmt: skip
    for address in ("avenants/1/", "convention/versions/2/", "convention/versions/2.pdf"):
        seen(client, cast.octave, f"{here}/{address}")
        seen(client, cast.basile, f"{here}/{address}", status=404)
    assert "Plus tard" not in seen(client, cast.basile, f"{here}/avenants/")
    seen(client, cast.basile, f"{here}/convention/versions/1/")
    Amendment.objects.update(proposed=base.content)
    assert access.left_on(basile, active) is None
    seen(client, cast.basile, f"{here}/avenants/1/")


def test_signatures_of_later_are_not_read(client, cast, to_sign, octave, time_machine):
    """A text put to sign before they left, and signed after."""
    here, left = f"/pacte/{to_sign.slug}/convention", timezone.localdate()
    to_sign.parties.filter(organisation=cast.agglomeration).update(left_on=left)
    time_machine.move_to(timezone.now() + timedelta(60))
    sign_all(to_sign, octave)
    scan = f"{here}/versions/1/{cast.chamber.siren}/exemplaire/"
    for user, signed, status in ((cast.octave, 2, 200), (cast.basile, 0, 404)):
        page = seen(client, user, f"{here}/versions/1/")
        assert page.count("sceau vérifié") == signed
        assert ("en vigueur aujourd’hui" in page, "n’a pas encore signé" in page) == (signed > 0, not signed)
        assert "exemplaire à imprimer" not in page
        assert f"signée par {signed} sur 2" in seen(client, user, f"{here}/")
        seen(client, user, scan, status=status)


def amended(active, octave, values):
    """An amendment of a later day, put to sign."""
    made = amending.open_amendment(
        convention=active, by=octave, subjects=list(values), reason="Suite", effective_on=date(2020, 1, 1)
    )
    amending.write(amendment=made, by=octave, values=values)
    return amending.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)


def test_an_amendment_is_read_as_it_was_put_to_sign_by_the_last_day(client, cast, to_sign, octave, time_machine):
    """What is written over afterwards, and whether it was signed, is not told; a draft of then never was."""
    active = sign_all(to_sign, octave)
    here, day = f"/pacte/{active.slug}", date(2019, 10, 1)
    time_machine.move_to(day)
    rows = parties(party(STRANGER, "partner", "Étienne Faure"))
    made = amended(active, octave, {Subject.BUDGET: 15_000_000, Subject.PARTIES: rows})
    active.parties.filter(organisation=cast.agglomeration).update(left_on=day)
    time_machine.move_to(date(2019, 11, 1))
    amending.move(amendment=made, by=octave, to=AmendmentState.DRAFT)
    made = amending.write(amendment=made, by=octave, values={Subject.BUDGET: 16_000_000})
    amending.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    page, known = (seen(client, one, f"{here}/avenants/1/") for one in (cast.basile, cast.octave))
    assert ("150 000" in page, "160 000" in page, "160 000" in known) == (True, False, True)
    assert ("convention/versions/2/" in page, "signature</h" in page, "Signer</a>" in page) == (True, False, False)
    for address in ("avenants/1/", "avenants/"):
        assert "en vigueur" not in seen(client, cast.basile, f"{here}/{address}").lower()
    sealed = b"".join(as_user(client, cast.basile).get(f"{here}/avenants/1.pdf"))
    assert sealed == storage.read(Version.objects.get(convention=active, number=2).document)
    assert "160" not in words(as_user(client, cast.basile).get(f"{here}/avenants/1.docx").content)
    Amendment.objects.update(made_at=datetime(2019, 8, 1, tzinfo=UTC))
    active.parties.filter(organisation=cast.agglomeration).update(left_on=date(2019, 9, 1))
    seen(client, cast.basile, f"{here}/avenants/1/", status=404)


def test_the_pages_say_the_dates_amount_communes_and_parties_of_the_last_day(
    client, cast, to_sign, octave, time_machine
):
    active = sign_all(to_sign, octave)
    day, first = date(2019, 10, 1), active.starts_on
    time_machine.move_to(day)
    active.parties.filter(organisation=cast.agglomeration).update(left_on=day)
    kept = [code for code in active.perimeter.communes if code != "62498"]
    time_machine.move_to(date(2020, 2, 1))
    amended(active, octave, {
        Subject.BUDGET: 15_000_000, Subject.PERIMETER: {"kept": kept}, Subject.DATES: (first, date(2022, 12, 31)),
        Subject.PARTIES: parties(party(STRANGER, "partner", "Étienne Faure")),
    })  # fmt: skip
    sign_all(active, octave)
    pages = [f"/pacte/{active.slug}/{one}" for one in ("convention/", "", "annees/", "copil/")]
    for address in [*pages, "/pacte/conventions/", "/pacte/", "/pacte/comparaison/"]:
        page, known = (seen(client, one, address) for one in (cast.basile, cast.octave))
        for later in ("150 000", "35 communes", "sur 35", "2022", "CMA Grand Est", "Étienne"):
            assert later not in page, (address, later)
        assert "150 000" in known or "2022" in known or address in ("/pacte/comparaison/", pages[2]), address
    page = seen(client, cast.basile, f"/pacte/{active.slug}/convention/")
    for then in ("140 000", "36 communes", "15 novembre 2020", "Luc Bernard"):
        assert then in page


def test_an_axis_of_a_pact_that_one_left_is_proposed_no_more(cast, pact, helped):
    mine = {cast.agglomeration.pk}
    assert attributions.open_axes(mine, LAST) == [helped.axis]
    assert attributions.open_axes(mine, AFTER.date()) == []


def test_the_acts_of_the_others_are_no_more_counted_for_who_left(client, cast, helped):
    assert "autres parties" not in seen(client, cast.basile, "/atelier/actes/?pacte=lens")
    Party.objects.update(left_on=None)
    assert "autres parties" in seen(client, cast.basile, "/atelier/actes/?pacte=lens")
