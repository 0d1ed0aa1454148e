"""Whom an act was for: proposals as one types, and the file that a choice designates."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from etabli import facts
from etabli.accounts.models import User
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.pacts.diary.places import Beat
from etabli.registry import actions as registry
from etabli.registry import queries
from etabli.registry.actions import Identity
from etabli.registry.models import Beneficiary
from maillage.reference.bands import BANDS
from maillage.reference.trades import trade
from maillage.territory import commune_name

NOBODY, PERSON, SIRET, FILE = "aucune", "personne", "siret:", "dossier:"
MOST = 8
MOST_NAMED = 50  # files that the words of a name may designate in the list of acts
SHORTEST = 3
BANDS_KNOWN = {band.code for band in BANDS}


@dataclass(frozen=True)
class Proposal:
    """One choice: what the form sends, what is read, and what tells it from its namesakes."""

    value: str
    label: str
    detail: str


@dataclass(frozen=True)
class Facts:
    """What Sirene says of an establishment today, for the act; empty when unknown."""

    commune: str = ""
    trade: str = ""
    band: str = ""


def helped_by(reader: Reader) -> QuerySet[Beneficiary]:
    """Those whom the reader's organisation has helped: no other file is proposed nor taken.

    Whoever may not open reserved acts does not learn from a name that there are some.
    """
    acts = Act.objects.filter(organisation__in=sorted(reader.organisation_ids))
    if not reader.may(Permission.SEE_RESERVED):
        acts = acts.exclude(confidentiality=Confidentiality.RESERVED)
    return Beneficiary.objects.filter(pk__in=acts.values("beneficiary"))


def acts_about(reader: Reader, text: str) -> frozenset[int]:
    """The acts of the reader's organisation about whom a SIRET or a name designates: that very name when there is one.

    Empty when nobody is. Raises BadNumber for a number that is no SIRET.
    """
    among = helped_by(reader)
    if sum(character.isdigit() for character in text) >= 9:
        chosen = among.filter(identities__siret=queries.siret_of(text))
    else:
        found = queries.persons_named(text, among, MOST_NAMED)
        same = [one for one in found if one.name.casefold() == text.strip().casefold()]
        chosen = among.filter(pk__in=[one.beneficiary_id for one in same or found])
    roots = {canonical or pk for pk, canonical in chosen.values_list("pk", "canonical")}
    acts = Act.objects.filter(organisation__in=sorted(reader.organisation_ids))
    if not reader.may(Permission.SEE_RESERVED):
        acts = acts.exclude(confidentiality=Confidentiality.RESERVED)
    theirs = Q(beneficiary__in=roots) | Q(beneficiary__canonical__in=roots)
    return frozenset(acts.filter(theirs).values_list("pk", flat=True))


def proposals(reader: Reader, text: str, where: Beat) -> list[Proposal]:
    """Files of the organisation first, then establishments of its communes; none for fewer than three letters."""
    if len(text.strip()) < SHORTEST:
        return []
    if sum(character.isdigit() for character in text) >= 9:
        return _of_number(text)
    known = queries.persons_named(text, helped_by(reader), MOST)
    held = {one.siret for one in known if one.siret}
    found = [
        Proposal(f"{FILE}{one.beneficiary.key}", one.name, _detail("déjà suivi", one.commune, one.siret))
        for one in known
    ]
    for row in facts.establishments_named(text, where.communes, MOST):
        if row.siret not in held:
            detail = _detail(trade(row.trade).short if row.trade else "", row.commune, row.siret)
            found.append(Proposal(f"{SIRET}{row.siret}", row.name or row.sign or row.siret, detail))
    return found[:MOST]


def _of_number(text: str) -> list[Proposal]:
    """The establishment of a whole SIRET, when the store knows it."""
    try:
        row = facts.establishment(queries.siret_of(text))
    except queries.BadNumber:
        return []
    if row is None:
        return []
    detail = _detail(trade(row.trade).short if row.trade else "", row.commune, row.siret)
    return [Proposal(f"{SIRET}{row.siret}", row.name or row.sign or row.siret, detail)]


def _detail(*parts: str) -> str:
    said, commune, siret = parts
    number = " ".join((siret[:3], siret[3:6], siret[6:9], siret[9:])) if siret else ""
    return " · ".join(part for part in (said, commune and commune_name(commune), number) if part)


def facts_of(siret: str) -> Facts:
    """Commune, trade and headcount band of an establishment, when the store knows it."""
    row = facts.establishment(siret)
    if row is None:
        return Facts()
    return Facts(row.commune, row.trade, row.band if row.band in BANDS_KNOWN and row.band else "")


def open_chosen(reader: Reader, choice: str, *, name: str, commune: str, on: date) -> Beneficiary | None:
    """The file that a choice designates, opened when it is new. Raises BadNumber, ValidationError."""
    by: User = reader.user
    whose = reader.organisation.pk
    if choice.startswith(SIRET):
        number = choice.removeprefix(SIRET)
        return registry.open_firm(by=by, siret=number, name=name, commune=commune, on=on, organisation_id=whose)
    if choice.startswith(FILE):
        return file_of(reader, choice)
    if choice == PERSON:
        return registry.open_person(by=by, identity=Identity(name=name, commune=commune), on=on, organisation_id=whose)
    return None


def file_of(reader: Reader, choice: str) -> Beneficiary | None:
    """The file of a choice, when the reader's organisation has helped it."""
    try:
        key = uuid.UUID(choice.removeprefix(FILE))
    except ValueError:
        return None
    return helped_by(reader).filter(key=key).first()
