"""The pacts of the demonstration: every published figure of five articles with its source, nothing real besides."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as site
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from etabli.accounts import queries
from etabli.accounts.entrance.hashers import PASSWORD
from etabli.accounts.models import Organisation, OrganisationKind, OrganisationSuccession, User
from etabli.accounts.roles import OUTSIDE, Role
from etabli.acts.kinds import AWAITING
from etabli.acts.models import Act
from etabli.audit.models import Event
from etabli.demo import guide
from etabli.demo.pacts import accounts, example, people, seeding
from etabli.demo.pacts.tables import INVENTED, Pact
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.journal.values import told
from etabli.pacts.models import (
    Convention,
    Decision,
    Evidence,
    Instance,
    Measure,
    MeetingState,
    Objective,
    Report,
    Target,
)
from etabli.pacts.objectives.counting import counted
from etabli.pacts.objectives.forecast import Status
from etabli.pacts.objectives.progress import progress
from etabli.pacts.objectives.queries import objectives_of
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.differences import differences
from etabli.pacts.reports.policies import state_of
from etabli.pacts.reports.seal import broken
from etabli.pacts.signatures.actions import seal_holds
from etabli.pacts.welcome.queries import own_acts
from etabli.pacts.workflow import ReportState, State
from etabli.registry.models import BeneficiaryIdentity
from maillage.reference.cited import cited_figures

PUBLIC = {"200052264", "226200012", "246200364", "241300268", "200054807"}  # authorities of the articles
QUOTED = {"Alain Griset", "Sylvain Robert", "André Bendano", "Sylvia Barthélémy", "Bernard Stalter", "Jean Rottner",
          "Jean-Pierre Galvez"}  # fmt: skip
UNKNOWN = {"Signataire non publié", "Personne fictive"}
pytestmark = pytest.mark.one_database  # one of the pacts is written on PostgreSQL: see test_postgres
EACH = pytest.mark.parametrize("pact", seeding.ARTICLES, ids=lambda pact: pact.slug)
EVERY = pytest.mark.parametrize("pact", seeding.PACTS, ids=lambda pact: pact.slug)


@pytest.fixture(scope="module")
def written(
    django_db_setup: None, django_db_blocker, demo_stores: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[seeding.Seeded]:
    """The pacts written once for this file, and taken back after it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(site, "STORES_DIR", demo_stores)
        patch.setattr(site, "MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        yield seeding.seed()
        transaction.set_rollback(True)


@pytest.fixture
def seeded(written: seeding.Seeded, db: None, settings, demo_stores: Path) -> seeding.Seeded:
    """The same, for one test."""
    settings.STORES_DIR = demo_stores
    return written


def row(pact: Pact) -> Convention:
    return Convention.objects.get(slug=pact.slug)


def test_five_pacts_of_articles_one_with_the_objectives_of_its_first_year_and_an_invented_one(seeded) -> None:
    assert Convention.objects.filter(framework=None).count() == 6
    year = Convention.objects.get(framework__isnull=False)
    assert (year.framework.slug, year.starts_on.year) == ("pays-d-aubagne-2015-2020", 2016)


def test_at_least_three_hundred_acts_with_mistakes_cancelled_reserved_ones_and_late_ones(seeded) -> None:
    acts = list(Act.objects.all())
    assert seeded.acts == len(acts) >= 600
    assert sum(act.reverses_id is not None for act in acts) >= 10
    assert sum(act.confidentiality == "reserved" for act in acts) >= 10
    assert any(act.recorded_at.year > act.day.year and act.recorded_at.month >= 2 for act in acts)
    assert {act.kind for act in acts} >= {"visit_made", "label_obtained", "outreach_done", "session_held"}
    assert not Act.objects.filter(attributions=None, reverses=None).exists()


def test_what_every_event_changed_is_told_in_words(seeded) -> None:
    rows = list(Event.objects.exclude(changes={}))
    said = {line for row in rows for line in told(row)}
    assert len({row.verb for row in rows}) > 10
    coded = {
        line for line in said if re.match(r"\w*_", line) or re.search(r"\b[a-z]+_[a-z_]+\b|\b(region|epci):", line)
    }
    assert coded == set()


@EVERY
def test_the_firms_of_a_pact_lie_in_its_signed_perimeter(seeded, pact: Pact) -> None:
    acts = Act.objects.filter(source__startswith=f"demo:{pact.slug}-", reverses=None).exclude(commune="")
    assert acts
    assert set(acts.values_list("commune", flat=True)) <= set(row(pact).perimeter.communes)


def test_every_cited_figure_of_the_articles_is_told_in_a_pact() -> None:
    told = {figure.value for pact in seeding.PACTS for figure in pact.figures}
    assert {figure.value for figure in cited_figures()} <= told
    assert {6_500_000, 2_700, 250_000, 914, 478, 300, 140_000, 36, 5_000_000} <= told


@EACH
def test_each_published_figure_stands_in_its_convention_with_its_words_and_source(seeded, pact: Pact) -> None:
    convention = row(pact)
    assert pact.figures
    for figure in pact.figures:
        assert figure.words in convention.preamble
    assert pact.source in convention.source
    assert pact.said in convention.source
    assert convention.budget == (None if pact.budget is None else 100 * pact.budget)


@EVERY
def test_a_target_is_published_with_its_words_or_said_to_be_invented(seeded, pact: Pact) -> None:
    for target in Target.objects.filter(objective__axis__convention=row(pact)):
        assert target.reason == INVENTED or "«" in target.reason
    published = {value for one in pact.promises if one.words for value in one.targets.values()}
    assert published <= {int(t.value) for t in Target.objects.exclude(reason=INVENTED)}


def test_what_has_no_service_yet_waits_for_it_and_a_typed_figure_says_where_it_comes_from(seeded) -> None:
    for objective in Objective.objects.all():
        assert (objective.measure == Measure.EVIDENCE) == bool(objective.awaiting_service)
        assert not objective.awaiting_service or not objective.kinds
    assert not Act.objects.filter(kind__in=AWAITING).exists()
    for typed in Evidence.objects.select_related("document"):
        assert INVENTED.lower() in typed.label or "«" in typed.label
        assert (Path(site.MEDIA_ROOT) / typed.document.path).exists() or typed.document.size > 0


@EVERY
def test_dates_parties_and_signatures_are_those_of_the_article(seeded, pact: Pact) -> None:
    convention = row(pact)
    version = convention.versions.get()
    assert (convention.starts_on, convention.ends_on) == (pact.starts_on, pact.ends_on)
    signatures = list(version.signatures.select_related("version", "party__organisation"))
    assert {one.signed_on for one in signatures} == {pact.signed_on}
    assert {one.name for one in signatures} == {side.signatory for side in pact.parties} <= QUOTED | UNKNOWN
    assert all(seal_holds(one) for one in signatures)
    ended = pact.ends_on < date.today()
    assert convention.state == (State.EXPIRED if ended else State.ACTIVE)


def test_lens_has_three_axes_and_its_thirty_six_communes_paca_seven_axes(seeded) -> None:
    lens = Convention.objects.get(slug="lens-lievin-2017-2020")
    assert (lens.axes.count(), len(lens.perimeter.communes)) == (3, 36)
    assert Convention.objects.get(slug__startswith="provence").axes.count() == 7


def test_the_successor_of_aubagne_executes_2016_and_the_signed_perimeter_stays(seeded) -> None:
    year = Convention.objects.get(framework__isnull=False)
    assert len(year.perimeter.communes) == 12
    assert "83120" in year.perimeter.communes
    assert OrganisationSuccession.objects.get().on == date(2016, 1, 1)
    metropole = Organisation.objects.get(siren="200054807")
    officer = people.acting(User.objects.get(email="maia@demo.etabli.example"), metropole)
    assert year in access.visible(officer)
    assert Act.objects.filter(day__year=2016, themes__contains="|argile|").exists()


@pytest.mark.parametrize(
    ("slug", "title", "year"),
    [
        ("lens-lievin-2017-2020", "Entreprises accompagnées vers le numérique", 2018),
        ("lens-lievin-2017-2020", "Créations et reprises accompagnées", 2019),
        ("pays-d-aubagne-2015-2020-2016", "Entreprises de la filière argile visitées", 2016),
    ],
)
def test_a_figure_is_what_one_finds_by_reading_every_act(seeded, slug: str, title: str, year: int) -> None:
    objective = Objective.objects.select_related("axis__convention__perimeter").get(
        axis__convention__slug=slug, title=title
    )
    found = set()
    for act in Act.objects.select_related("beneficiary", "reversed_by").filter(reverses=None, reversed_by=None):
        asked = not objective.themes or any(f"|{theme}|" in act.themes for theme in objective.themes)
        here = act.commune in objective.axis.convention.perimeter.communes
        given = objective.axis_id in attributions.standing(act)
        if act.day.year == year and act.kind in objective.kinds and asked and here and given:
            found.add(act.beneficiary_id if objective.measure == Measure.BENEFICIARIES else act.pk)
    assert found
    assert counted(objective, Period(date(year, 1, 1), date(year + 1, 1, 1))).value == len(found)


def test_nothing_that_was_decided_for_a_past_day_is_left_to_do(seeded) -> None:
    assert Decision.objects.filter(done_on=None, due_on__lt=timezone.localdate()).count() == 0
    assert Decision.objects.exclude(done_on=None).count() > 0


def test_seeding_again_changes_nothing(seeded) -> None:
    def everything() -> dict[str, int]:
        return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

    before = everything()
    assert seeding.seed() == seeding.Seeded(pacts=0, acts=0)
    assert everything() == before


def test_every_number_is_valid_and_those_of_no_authority_are_of_the_fictitious_block(seeded) -> None:
    for organisation in Organisation.objects.all():
        assert siren_number.is_valid(organisation.siren), organisation.name
        assert organisation.siren in PUBLIC or organisation.siren.startswith("000")
        if organisation.siren.startswith("000"):
            assert "fictif" in organisation.name or "fictive" in organisation.name
    for identity in BeneficiaryIdentity.objects.all():
        assert identity.siret.startswith("000")
        assert siret_number.is_valid(identity.siret)
        assert not identity.email
        assert not identity.phone


def test_nobody_real_has_an_account_and_each_role_has_one(seeded) -> None:
    for user in User.objects.all():
        assert user.email.endswith(f"@{accounts.DOMAIN}")
        assert user.name not in QUOTED
        assert not user.is_superuser
    for role, person, _ in accounts.by_role():
        assert User.objects.get(email=person.email).memberships.filter(role=role, ends_on=None).exists()
    assert {role for role, _, _ in accounts.by_role()} == set(Role)


def test_people_from_outside_belong_to_invented_organisations_of_their_own(seeded) -> None:
    outside = queries.current_memberships().filter(role__in=OUTSIDE).select_related("organisation")
    assert {one.role for one in outside} == OUTSIDE
    for held in outside:
        assert held.organisation.kind != OrganisationKind.CHAMBER
        assert "fictif" in held.organisation.name or "fictive" in held.organisation.name
        assert held.organisation.registered_by.kind == OrganisationKind.CHAMBER


@pytest.mark.parametrize("first", ["marius", "ines"])
def test_whoever_represents_a_firm_reads_what_was_done_with_it(seeded, first: str) -> None:
    user = User.objects.get(email=f"{first}@{accounts.DOMAIN}")
    told = own_acts(people.acting(user, user.memberships.get().organisation))
    assert told
    assert not told.filter(confidentiality="reserved").exists()


def test_the_printed_password_opens_nothing_outside_the_demonstration(settings) -> None:
    real = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["etabli.accounts.entrance.hashers.DemonstrationHasher"]
    kept = make_password(PASSWORD)
    assert check_password(PASSWORD, kept)
    settings.PASSWORD_HASHERS = real
    assert not check_password(PASSWORD, kept)


def test_a_report_is_published_and_another_one_is_being_written(seeded) -> None:
    published, drafted = Report.objects.filter(convention__slug="lens-lievin-2017-2020").order_by("year")
    assert (published.year, state_of(published)) == (2019, ReportState.PUBLISHED)
    assert (drafted.year, state_of(drafted)) == (2020, ReportState.DRAFTING)
    assert broken(published) == broken(drafted) == []
    axes = content_of(published, public=True)["axes"]
    kept = [one for axis in axes for one in (*axis["photos"], *axis["quotations"])]
    assert len(kept) == 2
    assert any(one.late for one in differences(published)), "an act written down a year later"


def test_the_invented_pact_is_under_way_and_says_on_its_face_that_it_is_invented(seeded) -> None:
    pact = row(example.PACT)
    today = timezone.localdate()
    assert (pact.state, pact.starts_on < today < pact.ends_on) == (State.ACTIVE, True)
    assert example.PACT.slug == guide.LIVING.strip("/").rpartition("/")[2]
    for words in (pact.title.lower(), pact.source.lower(), pact.preamble.lower()):
        assert "données fictives" in words
    assert "deuxième année" not in pact.preamble, "its yearly conventions copy its words, whatever their year"
    letter = pact.mission_letters.get()
    assert (letter.signed_on, sum(letter.shares.values_list("percent", flat=True))) == (example.PACT.mission_on, 100)


def test_the_invented_pact_is_worked_on_acts_meetings_decisions_and_two_reports(seeded) -> None:
    pact = row(example.PACT)
    acts = Act.objects.filter(source__startswith=f"demo:{pact.slug}-")
    assert 150 <= acts.count() <= 600  # of three years, those up to yesterday
    assert set(acts.values_list("adviser__name", flat=True)) == {"Alice Martin", "Diane Roche"}
    held = pact.meetings.filter(state=MeetingState.HELD)
    assert set(held.values_list("instance", flat=True)) == {Instance.COTECH, Instance.COPIL}
    assert pact.meetings.filter(starts_at__gt=timezone.now(), state=MeetingState.PREPARED).count() == 1
    decided = Decision.objects.filter(meeting__convention=pact)
    assert not decided.filter(Q(owner="") | Q(due_on=None)).exists()
    assert decided.filter(done_on=None, due_on__gt=timezone.localdate()).count() == 2
    published, drafted = pact.reports.order_by("year")
    assert [state_of(one) for one in (published, drafted)] == [ReportState.PUBLISHED, ReportState.DRAFTING]
    assert broken(published) == broken(drafted) == []


def test_the_objectives_of_the_invented_pact_stand_differently(seeded) -> None:
    pact = row(example.PACT)
    several = progress(pact, objectives_of(pact), on=timezone.localdate())
    assert (len(several), pact.axes.count()) == (8, 3)
    assert {Status.LATE, Status.WATCH, Status.AHEAD} <= {one.status for one in several}


def test_the_invented_pact_is_under_way_whatever_the_day() -> None:
    for day in (date(2027, 1, 1), date(2027, 4, 9), date(2027, 4, 10), date(2028, 2, 29), date(2027, 12, 31)):
        second = (day - timedelta(days=99)).year
        assert second - 1 < day.year <= second + 1
        assert date(second, 4, 7) < day  # the report under way is frozen that day
