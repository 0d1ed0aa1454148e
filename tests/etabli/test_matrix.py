"""Every address is fetched as everybody: nothing opens that its row of `matrix.py` does not announce."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.actions import invitations, organisations, roles
from etabli.accounts.models import Invitation, Membership, User
from etabli.accounts.roles import OUTSIDE, PERMISSIONS, Role
from etabli.acts.models import Act
from etabli.notices import tokens
from etabli.pacts.amendments import actions as amendments
from etabli.pacts.beneficiaries import actions as files
from etabli.pacts.conventions import actions, contents, moves
from etabli.pacts.documents import versions
from etabli.pacts.meetings import actions as meetings
from etabli.pacts.missions import actions as missions
from etabli.pacts.models import Convention, Measure, Objective, Report, ReportMove, Subject
from etabli.pacts.objectives import actions as objectives
from etabli.pacts.reports import actions as reports
from etabli.pacts.workflow import ReportState, State
from etabli.papers import storage
from maillage.territory import parse
from tests.etabli.cast import Cast, gather, person
from tests.etabli.matrix import ROWS, Reach, Row
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import LENS_LIEVIN, axis, parties, party, reader, sign_all

# What each test writes is taken back, within the world that the module made.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OWNERS = ("alice", "octave", "diane", "adele", "rose", "denis", "fanny", "jade", "eva")
LEAST, MOST = "eva", "octave"
BETWEEN = ("gael", "louis", "coline", "hugo")  # they may what LEAST may, and nothing that MOST may not
PARTNERS = ("luc", "basile", "paule")
STRANGERS = ("etienne", "ines")


class World:
    """Objects of the chamber and of its pact, and everybody with a browser."""

    def __init__(self) -> None:
        self.cast = gather()
        self.people = self.cast.people | more_people(self.cast)
        self.objects = make(self.cast, self.people["rose"])
        self.held = {name: {Role(m.role) for m in queries.memberships_of(one)} for name, one in self.people.items()}
        self.clients = {name: logged_in(user) for name, user in self.people.items()} | {"nobody": Client()}

    def fetch(self, row: Row, name: str, **objects: object) -> HttpResponse:
        """The answer, and nothing it changed."""
        address = row.address.format(**{**self.objects, **objects})
        client = self.clients[name]
        with transaction.atomic():
            answer = client.post(address) if row.posts else client.get(address)
            transaction.set_rollback(True)
        return answer

    def role(self, name: str) -> Role:
        """The one role of a person of the chamber."""
        (held,) = queries.memberships_of(self.people[name])
        return Role(held.role)

    def may(self, row: Row, name: str) -> bool:
        """Whether a role of the person gives one of the permissions."""
        held = self.held[name]
        return bool(held) and (not row.demands or any(PERMISSIONS[role] & set(row.demands) for role in held))


def more_people(cast: Cast) -> dict[str, User]:
    """The roles that the cast has not."""
    return {
        "rose": person("Rose Hubert", cast.chamber, Role.ELECTED),
        "denis": person("Denis Garde", cast.chamber, Role.DPO),
        "fanny": person("Fanny Four", cast.chamber, Role.ARTISAN),
        "jade": person("Jade Lefort", cast.chamber, Role.YOUNG_PERSON),
        "gael": person("Gaël Aide", cast.chamber, Role.GRANT_OFFICER),
        "louis": person("Louis Compte", cast.chamber, Role.FINANCE),
        "coline": person("Coline Voix", cast.chamber, Role.COMMUNICATION),
        "hugo": person("Hugo Scène", cast.chamber, Role.EVENT_HOST),
        "eva": person("Eva Bilan", cast.chamber, Role.EVALUATOR),
        "paule": person("Paule Chef", cast.agglomeration, Role.ADMINISTRATOR),
        "ines": person("Ines Chef", cast.other_chamber, Role.ADMINISTRATOR),
    }


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make(cast: Cast, chair: User) -> dict[str, object]:
    """What the addresses name: made by the actions."""
    octave, adele = reader(cast.octave), reader(cast.adele)
    signed, first, second = running(cast)
    proof = storage.store(content=versions.pdf_of(versions.last(signed)), name="p.pdf", organisation_id=cast.chamber.pk)
    act = Act.objects.create(
        organisation=cast.chamber, day=date(2026, 3, 1), kind="visit_made", commune=ground.LENS, source="diary:matrix",
        proof_sha256=proof.sha256,
        adviser=cast.octave, proof=proof, beneficiary=ground.firm(),
    )  # fmt: skip
    second_file = ground.act(cast.chamber, date(2026, 3, 2), ground.firm()).beneficiary
    joined = files.join(by=octave, kept=act.beneficiary, absorbed=second_file, reason="double")
    third = ground.act(cast.chamber, date(2026, 3, 2), ground.firm()).beneficiary
    piece = objectives.type_evidence(
        objective=second, by=octave, day=date(2026, 3, 1), value=Decimal(3), label="Relevé", document=proof
    )
    sent = invitations.invite(organisation=cast.chamber, email="x@exemple.fr", role=Role.ADVISER, link=str, by=adele)
    Invitation.objects.filter(pk=sent.pk).update(token_sha256=invitations.fingerprint("lien"))
    founded = organisations.register(kind="other", name="EDF", short_name="EDF", siren="552100554", by=octave)
    start = timezone.now() + timedelta(days=30)
    mission = missions.draw_up(
        by=octave, convention=signed, developer=cast.diane, year=2026, shares={signed.axes.get(number=1): 60}
    )
    missions.sign(by=octave, letter=mission, on=timezone.localdate(), document=proof)
    meeting = meetings.prepare(convention=signed, by=octave, values={
        "instance": "copil", "starts_at": start, "ends_at": start + timedelta(hours=2), "place": "Lens", "video": "",
        "agenda": "Bilan", "quorum": 2,
    })  # fmt: skip
    drafted = reported(cast, signed)
    return {
        "axis": drafted.sections.get().axis_id, "figure": drafted.figures.first().pk,
        "slug": signed.slug, "action": signed.axes.get(number=1).actions.get().pk, "objective": first.pk,
        "typed": second.pk, "piece": piece.pk, "act": act.pk, "meeting": meeting.pk, "mission": mission.pk,
        "file": act.beneficiary.key, "double": third.key, "joined": joined.pk,
        "key": versions.last(signed).key, "invitation": "lien",
        "sent": sent.pk, "founded": founded.pk, "member": cast.alice.pk,
        "held": Membership.objects.get(user=cast.alice).pk, "stop": tokens.stop_token(cast.alice),
        "today": timezone.localdate(), "asked": roles.ask(organisation=cast.chamber, by=cast.zoe).pk,
        "draft": draft(cast).slug,
    }  # fmt: skip


def draft(cast: Cast) -> Convention:
    """A convention that its partner does not know of yet."""
    octave = reader(cast.octave)
    made = actions.create(
        by=octave, title="Convention pour l’artisanat", territory=parse(LENS_LIEVIN), budget=14_000_000,
        starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31),
    )  # fmt: skip
    contents.set_axes(convention=made, by=octave, rows=[axis("Numérique"), axis("Énergie")])
    actions.set_parties(convention=made, by=octave, rows=parties(party("246200364", "funder", "Luc Bernard")))
    row = {"id": None, "title": "Boutiques en ligne", "purpose": "Vendre", "public": ""}
    contents.set_actions(convention=made, by=octave, rows={made.axes.get(number=1).pk: [row]})
    return made


def running(cast: Cast) -> tuple[Convention, Objective, Objective]:
    """A pact that both parties signed, one objective counted, one typed."""
    octave, made = reader(cast.octave), draft(cast)
    first, second = (
        objectives.add(
            axis=made.axes.get(number=1), by=octave, fields={"title": title, "unit": "entreprises", "measure": measure},
            targets={year: Decimal(10) for year in (2025, 2026, 2027)},
        )
        for title, measure in (("Aidées", Measure.BENEFICIARIES), ("Affichées", Measure.EVIDENCE))
    )  # fmt: skip
    moves.move(convention=made, to=State.IN_REVIEW, by=octave)
    moves.move(convention=made, to=State.TO_DELIBERATE, by=octave)
    for one in made.parties.all():
        actions.complete_party(party=one, by=octave, deliberation_number="25-1", deliberation_on=date(2024, 12, 2))
    moves.move(convention=made, to=State.TO_SIGN, by=octave)
    signed = sign_all(made, octave)
    amendments.open_amendment(
        convention=signed, by=octave, subjects=list(Subject), reason="Nouvelle année", effective_on=date(2026, 7, 1)
    )
    return signed, first, second


def reported(cast: Cast, signed: Convention) -> Report:
    """The report of 2025 being written; that of 2026 published."""
    octave, basile = reader(cast.octave), reader(cast.basile)
    days = {2025: date(2025, 12, 31), 2026: timezone.localdate()}
    made = {
        year: reports.freeze(convention=signed, year=year, cut_off=day, by=octave) for year, day in days.items()
    }  # fmt: skip
    for year in days:
        reports.draft(report=made[year], by=octave)
    reports.submit(report=made[2026], by=octave)
    for who in (octave, basile):
        reports.agree(report=made[2026], by=who)
    ReportMove.objects.create(
        report=made[2026], state=ReportState.PUBLISHED, by=cast.octave, organisation=cast.chamber
    )  # as one could before the end of its year
    return made[2025]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Made once for the module, taken back at its end; no data was imported."""
    folder = tmp_path_factory.mktemp("matrix")
    places = {"STORES_DIR": folder / "stores", "MEDIA_ROOT": folder / "media"}
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Names of all addresses, included ones too."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{one.namespace}:" if one.namespace else prefix)
        else:
            yield f"{prefix}{one.name}"


def expected(row: Row, name: str, world: World) -> int:
    """What the row announces for somebody of the cast."""
    if not world.may(row, name):
        return 403
    if name in STRANGERS and row.reach in (Reach.OWN, Reach.PACT):
        return 404
    if name in PARTNERS and row.reach is Reach.OWN:
        return 404
    if name in PARTNERS and row.partner:
        return row.partner
    return row.but.get(name, row.opens)


NO_DATA = 503  # what public pages show is held by the tests of the observatory
MEMBERS = (Reach.HOUSE, Reach.OWN, Reach.PACT)


def test_every_address_has_its_row_and_every_row_its_address():
    assert sorted(addresses(get_resolver().url_patterns)) == sorted(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_about_its_address_and_says_what_the_page_demands(world, name):
    row = ROWS[name]
    match = resolve(urlsplit(row.address.format(**world.objects)).path)
    assert match.view_name == name
    assert getattr(match.func, "demands", ()) == row.demands
    assert hasattr(match.func, "demands") == (row.reach in MEMBERS)
    assert getattr(match.func, "login_required", True) == (row.reach not in (Reach.PUBLIC, Reach.ENTRANCE))


@pytest.mark.parametrize("name", ROWS)
def test_without_account_public_pages_open_and_others_lead_to_the_door(world, name):
    row = ROWS[name]
    answer = world.fetch(row, "nobody")
    if row.reach in (Reach.PUBLIC, Reach.ENTRANCE):
        assert answer.status_code in ({200, NO_DATA} if row.reach is Reach.PUBLIC else {row.opens})
        if row.reach is Reach.PUBLIC:
            assert "Cookie" not in answer.get("Vary", "")
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/connexion/?next=")


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.reach is Reach.ACCOUNT])
def test_ones_account_opens_with_or_without_organisation(world, name):
    answers = {who: world.fetch(ROWS[name], who).status_code for who in ("zoe", "octave")}
    assert answers == dict.fromkeys(answers, ROWS[name].opens)


def test_every_role_is_fetched_or_has_the_permissions_of_one_that_is(world):
    """Permissions alone decide, pages never look at a role: an artisan stands for a project holder, a buyer, a canteen
    manager, an actor of the social economy and a young person.
    """
    fetched = {name: world.role(name) for name in (*OWNERS, *BETWEEN)}
    assert {PERMISSIONS[role] for role in Role} == {PERMISSIONS[role] for role in fetched.values()}
    assert set(Role) - set(fetched.values()) <= OUTSIDE
    for name in BETWEEN:
        assert PERMISSIONS[fetched[LEAST]] < PERMISSIONS[fetched[name]] < PERMISSIONS[fetched[MOST]]


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.reach in MEMBERS])
def test_the_back_office_opens_to_whom_its_row_says_and_to_nobody_else(world, name):
    row = ROWS[name]
    answers = {who: world.fetch(row, who).status_code for who in (*OWNERS, *PARTNERS, *STRANGERS, "zoe")}
    if answers[LEAST] != answers[MOST]:  # else whoever may more than one and less than the other is answered the same
        answers |= {who: world.fetch(row, who).status_code for who in BETWEEN}
    assert answers == {who: expected(row, who, world) for who in answers}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.reach in MEMBERS])
def test_a_role_that_sees_firms_enters_no_page_without_a_second_factor(world, name, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    answer = world.fetch(ROWS[name], "octave")
    assert (answer.status_code, answer.get("Location")) == (302, "/compte/securite/")


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "{slug}" in row.address])
def test_a_draft_does_not_exist_for_its_partners_nor_for_strangers(world, name):
    row = ROWS[name]
    for who in (*PARTNERS, *STRANGERS):
        answer = world.fetch(row, who, slug=world.objects["draft"]).status_code
        assert (who, answer) == (who, 404 if world.may(row, who) else 403)
