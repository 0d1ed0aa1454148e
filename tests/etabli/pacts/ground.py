"""A small ground for pacts: two chambers, communes of Lens-Liévin, helped firms, and acts written in one line."""

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from etabli.accounts.models import Organisation, OrganisationKind, User
from etabli.acts import bundles
from etabli.acts.kinds import ActKind
from etabli.acts.models import Act
from etabli.pacts.attributions import bundles as given
from etabli.pacts.models import Attribution, Axis, Convention, Objective, Party, PartyRole
from etabli.pacts.workflow import State
from etabli.registry.models import Beneficiary, BeneficiaryKind, Perimeter

LENS, LIEVIN, AVION, ARRAS = "62498", "62510", "62065", "62041"
_numbers = count(1)


def organisation(kind: str = OrganisationKind.CHAMBER, name: str = "") -> Organisation:
    """An organisation with a SIREN of its own."""
    number = next(_numbers)
    called = name or f"Organisation {number}"
    return Organisation.objects.create(kind=kind, name=called, short_name=called, siren=f"{number:09d}")


def person(name: str = "Octave") -> User:
    """Somebody with an address of their own."""
    return User.objects.create(email=f"{name.lower()}.{next(_numbers)}@exemple.fr", name=name)


def perimeter(*communes: str) -> Perimeter:
    """A signed list of communes."""
    return Perimeter.objects.create(name="Périmètre", communes=list(communes), as_of=date(2026, 1, 1))


def convention(pilot: Organisation, *communes: str, years: tuple[int, int] = (2024, 2026), **more: Any) -> Convention:
    """A signed convention over whole years, whose pilot is a party."""
    number = next(_numbers)
    fields = {"title": f"Pacte {number}", "short_title": f"Pacte {number}", "slug": f"pacte-{number}"} | more
    made = Convention.objects.create(
        starts_on=date(years[0], 1, 1), ends_on=date(years[1], 12, 31), perimeter=perimeter(*communes),
        state=fields.pop("state", State.ACTIVE), **fields,
    )  # fmt: skip
    Party.objects.create(convention=made, organisation=pilot, role=PartyRole.PILOT)
    return made


def axis(of: Convention, title: str = "Numérique", **more: Any) -> Axis:
    """The next axis of a convention."""
    return Axis.objects.create(convention=of, number=of.axes.count() + 1, title=title, **more)


def objective(of: Axis, **more: Any) -> Objective:
    """The next objective of an axis: distinct beneficiaries, unless told otherwise."""
    fields = {"title": "Entreprises accompagnées", "unit": "entreprises"} | more
    return Objective.objects.create(axis=of, number=of.objectives.count() + 1, **fields)


def firm(canonical: Beneficiary | None = None) -> Beneficiary:
    """A helped firm, merged into another one or not."""
    return Beneficiary.objects.create(kind=BeneficiaryKind.FIRM, canonical=canonical)


@transaction.atomic
def act(by: Organisation, day: date | str = "2025-03-10", who: Beneficiary | None = None, **more: Any) -> Act:
    """One act of the ledger."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    fields = {"kind": ActKind.VISIT, "commune": LENS, "source": f"test:{next(_numbers)}"} | more
    made = Act.objects.create(organisation=by, day=when, beneficiary=who, **fields)
    bundles.add(made)
    return made


def reverse(of: Act) -> Act:
    """The act that cancels another one, as the ledger writes it."""
    return act(
        of.organisation, of.day, of.beneficiary, kind=of.kind, commune=of.commune, themes=of.themes, qpv=of.qpv,
        trade=of.trade, minutes=-of.minutes, amount=-of.amount, quantity=-of.quantity, reverses=of,
    )  # fmt: skip


@transaction.atomic
def attribution(**fields: Any) -> Attribution:
    """An act given to an axis, as the action writes it."""
    made = Attribution.objects.create(**fields)
    given.add(made)
    return made
