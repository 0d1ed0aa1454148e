"""The pact on screen: dashboard, committee, objective and builder, readable by all, at a desk and on a phone."""

import random
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Aggregation, Convention, Measure, Nature, Party, PartyRole, Target
from etabli.pacts.workflow import State
from etabli.registry.models import BeneficiaryIdentity
from maillage.territory import parse
from tests.browser import pictures
from tests.browser.conftest import NewVisitor
from tests.browser.test_pages import assert_readable
from tests.browser.visitors import Visitor
from tests.etabli.cast import Cast, gather
from tests.etabli.pacts import ground

pytestmark = pytest.mark.browser
TODAY = date(2026, 6, 12)
KINDS = [ActKind.VISIT] * 5 + [ActKind.ORDER, ActKind.DIAGNOSTIC, ActKind.DIAGNOSTIC, ActKind.CREATION, ActKind.SESSION]
PROMISES = (
    (0, "Entreprises accompagnées vers la vente en ligne", ActKind.VISIT, Measure.BENEFICIARIES, "entreprises", 50),
    (0, "Boutiques actives, une commande en 90 jours", ActKind.ORDER, Measure.BENEFICIARIES, "boutiques", 40),
    (1, "Diagnostics réalisés", ActKind.DIAGNOSTIC, Measure.ACTS, "diagnostics", 55),
    (1, "Communes touchées par les ateliers", ActKind.SESSION, Measure.COMMUNES, "communes", 12),
    (2, "Créations accompagnées", ActKind.CREATION, Measure.BENEFICIARIES, "créations", 20),
)


@pytest.fixture
def cast(transactional_db, time_machine) -> Cast:
    time_machine.move_to(TODAY, tick=True)
    return gather()


@pytest.fixture
def pact(cast: Cast) -> Convention:
    """Lens-Liévin at half-way: three axes, five objectives, 420 acts drawn once for all."""
    communes = sorted(parse("epci:246200364").communes)
    made = ground.convention(
        cast.chamber, *communes, years=(2025, 2027), slug="lens-lievin", short_title="Lens-Liévin 2025-2027",
        title="Convention pour le développement et la modernisation de l’artisanat", budget=14_000_000,
    )  # fmt: skip
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    axes = [ground.axis(made, title) for title in ("Transition numérique", "Rénovation énergétique", "Centres-villes")]
    for place, title, kind, measure, unit, target in PROMISES:
        active = {"nature": Nature.STOCK, "window_days": 90, "aggregation": Aggregation.LAST}
        more = active if kind == ActKind.ORDER else {}
        one = ground.objective(
            axes[place], title=title, kinds=[kind], measure=measure, unit=unit, disaggregations=["commune"], **more
        )
        for year in (2025, 2026, 2027):
            Target.objects.create(objective=one, year=year, value=target, set_by=cast.octave)
    _fill(cast, communes)
    draft = ground.convention(
        cast.chamber, *communes, years=(2027, 2029), slug="projet", short_title="Projet 2027-2029", state=State.DRAFT
    )  # fmt: skip
    ground.axis(draft)
    return made


def _fill(cast: Cast, communes: list[str]) -> None:
    drawn, firms = random.Random(3), [ground.firm() for _ in range(150)]
    for number, who in enumerate(firms):
        BeneficiaryIdentity.objects.create(
            beneficiary=who, name=f"Fournil du Cordier {number}", source="test", valid_from=date(2010, 1, 1)
        )  # fmt: skip
    for number in range(420):
        day = date(2025, 1, 6) + timedelta(days=drawn.randrange(500))
        ground.act(
            cast.chamber, day, drawn.choice(firms), kind=drawn.choice(KINDS), commune=drawn.choice(communes),
            minutes=90, adviser=cast.alice, source=f"test:pact:{number}",
        )  # fmt: skip


def come(visitor: NewVisitor, person, manner: str = "souris", width: int = 1280) -> Visitor:
    """Somebody of the cast, logged in."""
    guest, client = visitor(manner, width=width), Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    guest.page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    return guest


PAGES = ("/pacte/", "/pacte/lens-lievin/", "/pacte/lens-lievin/copil/?vue=2", "/pacte/lens-lievin/annees/",
         "/pacte/comparaison/", "/pacte/lens-lievin/objectifs/", "/pacte/projet/objectifs/nouveau/")  # fmt: skip


def test_pages_of_a_pact_are_readable_by_all(visitor: NewVisitor, cast: Cast, pact: Convention, axe) -> None:
    guest = come(visitor, cast.octave)
    first = pact.axes.first().objectives.first()
    for address in (*PAGES, f"/pacte/lens-lievin/objectifs/{first.pk}/"):
        guest.open(address)
        assert_readable(guest.page, axe)


def test_the_arrows_lead_through_the_committees_screen(visitor: NewVisitor, cast: Cast, pact: Convention) -> None:
    guest = come(visitor, cast.luc)
    guest.open("/pacte/lens-lievin/copil/")
    guest.page.keyboard.press("ArrowRight")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Transition numérique")
    guest.land()
    guest.page.keyboard.press("ArrowLeft")
    expect(guest.page.get_by_role("heading", level=1)).to_contain_text("objectif")
    guest.land()
    guest.page.keyboard.press("Escape")
    expect(guest.page).to_have_url(re.compile("/pacte/lens-lievin/$"))


def test_the_preview_comes_as_one_ticks(visitor: NewVisitor, cast: Cast, pact: Convention) -> None:
    guest = come(visitor, cast.octave)
    guest.open("/pacte/projet/objectifs/nouveau/")
    guest.page.locator("#id_kinds_0").check()
    expect(guest.page.locator("#apercu")).to_contain_text("En 2025, cet objectif aurait compté")
    expect(guest.page.locator("#apercu tbody tr")).to_have_count(10)


def test_without_script_a_button_shows_the_preview(visitor: NewVisitor, cast: Cast, pact: Convention) -> None:
    guest = come(visitor, cast.octave, "sans script")
    guest.open("/pacte/projet/objectifs/nouveau/")
    guest.page.locator("#id_kinds_0").check()
    guest.page.get_by_role("button", name="Voir ce qu’il aurait compté").click()
    expect(guest.page.locator("#apercu")).to_contain_text("En 2025, cet objectif aurait compté")
    expect(guest.page.locator("#id_kinds_0")).to_be_checked()


@pytest.mark.parametrize("name", pictures.OF_PACTS)
def test_the_guide_shows_the_pages_of_today(visitor: NewVisitor, cast: Cast, pact: Convention, name: str) -> None:
    guest = come(visitor, cast.octave)
    pictures.compare(guest.page, name, pictures.OF_PACTS[name])
