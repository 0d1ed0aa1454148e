"""Writes of a draft: the convention itself, its perimeter, its parties."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from etabli.accounts.actions import organisations
from etabli.accounts.models import Organisation, OrganisationKind
from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.conventions import policies
from etabli.pacts.models import Convention, ConventionKind, Party, PartyRole
from etabli.registry.models import Perimeter
from etabli.registry.models.perimeter import perimeter_of
from etabli.ui import french
from etabli.ui.seen import Still, whatever
from maillage.errors import UnknownTerritory
from maillage.territory import Territory, parse

RESERVED = frozenset({"nouvelle", "signature", "conventions", "comparaison"})


@transaction.atomic
def create(
    *, by: Reader, title: str, territory: Territory, starts_on: date, ends_on: date, budget: int | None = None,
    short_title: str = "",
) -> Convention:  # fmt: skip
    """A new framework convention, in draft; the reader's organisation is its pilot."""
    policies.check_can_create(by)
    perimeter = perimeter_of(territory)
    perimeter.save()
    short = (short_title or shortened(title)).strip()
    convention = Convention(
        kind=ConventionKind.FRAMEWORK, title=title.strip(), short_title=short,
        starts_on=starts_on, ends_on=ends_on, budget=budget, perimeter=perimeter,
    )  # fmt: skip
    save_at_a_free_address(convention, short)
    Party.objects.create(convention=convention, organisation=by.organisation, role=PartyRole.PILOT)
    record(by=by.user, verb="convention.created", about=convention, organisation_id=by.organisation.pk)
    return convention


def shortened(title: str, most: int = 80) -> str:
    """The title, cut at a word when it is long."""
    return title if len(title) <= most else title[: most - 1].rsplit(" ", 1)[0] + "…"


def free_slug(title: str) -> str:
    """An address that no other convention has: « pacte-de-lens », then « pacte-de-lens-2 »."""
    stem = slugify(title.replace("’", " ").replace("'", " "))[:70].strip("-") or "convention"
    taken = set(Convention.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def save_at_a_free_address(convention: Convention, title: str) -> None:
    """Between the choice of an address and the writing, somebody else may take it: another one is chosen then."""
    while True:
        convention.slug = free_slug(title)
        convention.full_clean(validate_unique=False)
        try:
            with transaction.atomic():
                convention.save(force_insert=True)
        except IntegrityError:
            if not Convention.objects.filter(slug=convention.slug).exists():
                raise
        else:
            return


WRITTEN = ("title", "short_title", "starts_on", "ends_on", "budget", "preamble", "clauses", "source")


@transaction.atomic
def write(*, convention: Convention, by: Reader, still: Still = whatever, **values: Any) -> Convention:
    """Change the text: any of `WRITTEN`. `still` is asked of the locked row. Raises Denied, ValidationError."""
    convention = locked(convention)
    policies.check_can_write(by, convention)
    still(convention)
    changes = {}
    for name, value in values.items():
        if name not in WRITTEN:
            raise ValueError(name)
        before = getattr(convention, name)
        if before != value:
            changes[name] = [_told(before), _told(value)]
            setattr(convention, name, value)
    convention.full_clean(exclude=["framework"])
    convention.save()
    if changes:
        record(
            by=by.user, verb="convention.written", about=convention, organisation_id=by.organisation.pk, changes=changes
        )
    return convention


def _told(value: Any) -> Any:
    """A value for the journal: texts by their length, since they may name somebody."""
    if isinstance(value, str):
        return f"{len(value)} signes"
    return value.isoformat() if isinstance(value, date) else value


def locked(convention: Convention) -> Convention:
    """The same row, held until the end of the transaction: two officers write one after the other."""
    return Convention.objects.select_for_update().get(pk=convention.pk)


@transaction.atomic
def set_perimeter(
    *, convention: Convention, by: Reader, territory: Territory | None = None, kept: Sequence[str] | None = None,
    still: Still = whatever,
) -> Convention:  # fmt: skip
    """Another territory, or today's list with some communes ticked off. A perimeter is never changed: a new one is."""
    convention = locked(convention)
    policies.check_can_write(by, convention)
    still(convention)
    before = convention.perimeter
    convention.perimeter = chosen_perimeter(before, territory, kept)
    convention.save(update_fields=["perimeter"])
    record(
        by=by.user, verb="convention.perimeter", about=convention, organisation_id=by.organisation.pk,
        changes={"communes": [len(before.communes), len(convention.perimeter.communes)],
                 "sha256": [before.sha256, convention.perimeter.sha256]},
    )  # fmt: skip
    return convention


def chosen_perimeter(before: Perimeter, territory: Territory | None, kept: Sequence[str] | None) -> Perimeter:
    """A saved perimeter: of the territory, or `before` restricted to the communes kept. Raises Denied when empty."""
    whole = perimeter_of(territory) if territory else before
    codes = sorted(set(whole.communes) & set(kept)) if kept is not None else sorted(whole.communes)
    if not codes:
        raise Denied("Un périmètre contient au moins une commune\u00a0: laissez-en une cochée.")
    if territory is None and codes == sorted(before.communes):
        return before
    name = whole.name if len(codes) == len(whole.communes) else _part_of(whole, len(codes))
    made = Perimeter(name=name[:120], territory=whole.territory, communes=codes, as_of=whole.as_of)
    made.save()
    return made


def _part_of(whole: Perimeter, count: int) -> str:
    bare = whole.name.split(" (", 1)[0]
    return f"{bare} ({french.counted(count, 'commune')})"


@transaction.atomic
def set_parties(
    *, convention: Convention, by: Reader, rows: Sequence[Mapping[str, Any]], still: Still = whatever
) -> None:
    """Parties as the form gives them: `{"siren", "name", "role", "signatory_name", "signatory_title"}`.

    A party absent from the rows leaves the draft, unless it already signed a version. The pilot stays.
    """
    convention = locked(convention)
    policies.check_can_write(by, convention)
    still(convention)
    check_once(rows)
    kept = {party.organisation.siren: party for party in convention.parties.select_related("organisation")}
    wanted = {row["siren"] for row in rows}
    pilots = [row for row in rows if row["role"] == PartyRole.PILOT]
    if len(pilots) != 1:
        raise Denied("Une convention a un pilote, et un seul\u00a0: choisissez le rôle de chaque partie.")
    if not by.holds(organisation_of(pilots[0], by).pk):
        raise Denied("Le pilote est votre organisation\u00a0: c’est elle qui écrit la convention.")
    for siren, party in kept.items():
        if siren not in wanted:
            _remove(party)
    for row in rows:
        organisation = organisation_of(row, by)
        party = kept.get(row["siren"]) or Party(convention=convention, organisation=organisation)
        party.role = row["role"]
        party.signatory_name, party.signatory_title = row["signatory_name"].strip(), row["signatory_title"].strip()
        party.save()
    record(
        by=by.user, verb="convention.parties", about=convention, organisation_id=by.organisation.pk,
        changes={"sirens": [sorted(kept), sorted(wanted)]},
    )  # fmt: skip


def check_once(rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise Denied when an organisation is there twice: the second line would undo the first."""
    sirens = [row["siren"] for row in rows]
    twice = sorted({siren for siren in sirens if sirens.count(siren) > 1})
    if twice:
        raise Denied(f"Une organisation n’est partie qu’une fois\u00a0: retirez la ligne en double ({twice[0]}).")


def _remove(party: Party) -> None:
    if party.signatures.exists():
        raise Denied(f"{party.organisation} a déjà signé une version\u00a0: elle ne peut plus être retirée.")
    party.delete()


def organisation_of(row: Mapping[str, Any], by: Reader) -> Organisation:
    """The organisation of a SIREN, made when it is new. An intercommunality is known by its SIREN alone.

    Whoever makes it a party may invite its first administrator, as long as nobody is there.
    """
    found = Organisation.objects.filter(siren=row["siren"]).first()
    if found is None:
        known = known_epci(row["siren"])
        name = (row.get("name") or (known.name if known else "")).strip()
        try:
            return organisations.register(
                kind=OrganisationKind.EPCI if known else OrganisationKind.OTHER, name=name[:200],
                short_name=shortened(known.short_name if known else name, 60), siren=row["siren"],
                territory=known.key if known else "", by=by,
            )  # fmt: skip
        except organisations.AlreadyRegistered as another:  # by somebody else, at this very moment
            found = another.known
    organisations.foster(organisation=found, by=by)
    return found


def known_epci(siren: str) -> Territory | None:
    """The intercommunality whose SIREN this is, from the official tables."""
    try:
        return parse(f"epci:{siren}")
    except UnknownTerritory:
        return None


@transaction.atomic
def complete_party(
    *, party: Party, by: Reader, deliberation_number: str, deliberation_on: date | None,
    signatory_name: str | None = None, signatory_title: str | None = None, still: Still = whatever,
) -> Party:  # fmt: skip
    """The deliberation that allows a party, and who signs for it: by the pilot, or by the party itself."""
    convention = locked(party.convention)
    party = convention.parties.select_related("organisation").get(pk=party.pk)
    policies.check_can_complete(by, convention, party)
    still(party)
    party.deliberation_number, party.deliberation_on = deliberation_number.strip(), deliberation_on
    if signatory_name is not None:
        party.signatory_name = signatory_name.strip()
    if signatory_title is not None:
        party.signatory_title = signatory_title.strip()
    party.full_clean()
    party.save()
    record(
        by=by.user, verb="party.completed", about=party, organisation_id=by.organisation.pk,
        changes={"deliberation_on": [None, deliberation_on.isoformat() if deliberation_on else None]},
    )  # fmt: skip
    return party


@transaction.atomic
def complete_parties(*, by: Reader, rows: Iterable[tuple[Party, Mapping[str, Any], Still]]) -> None:
    """Several of them, or none when somebody else wrote one meanwhile. Raises Denied, ValidationError."""
    for party, values, still in rows:
        complete_party(party=party, by=by, still=still, **values)


@transaction.atomic
def note_payment(*, convention: Convention, by: Reader, on: date | None, still: Still = whatever) -> None:
    """The day of the first payment, until the ledger of money tells it."""
    convention = locked(convention)
    policies.check_can_steer(by, convention)
    still(convention)
    before = convention.first_paid_on
    convention.first_paid_on = on
    convention.save(update_fields=["first_paid_on"])
    record(
        by=by.user, verb="convention.first_paid", about=convention, organisation_id=by.organisation.pk,
        changes={"first_paid_on": [_told(before), _told(on)]},
    )  # fmt: skip
