"""The organisations of `bodies`, written into the database.

The block 000 is kept for fictitious numbers: nobody has them, and their control key is right.
"""

from datetime import date

from etabli.accounts.models import Organisation, OrganisationSuccession
from etabli.demo.pacts import numbers
from etabli.demo.pacts.bodies import BODIES, Body

DISSOLVED, SUCCESSOR, SINCE = "aubagne", "metropole", date(2016, 1, 1)


def gather() -> dict[str, Organisation]:
    """Every organisation by its key, made when it is not there yet."""
    reserved = iter(numbers.for_organisations(len(BODIES)))
    found: dict[str, Organisation] = {}
    for body in BODIES:
        found[body.key] = _made(body, next(reserved), found.get(body.registered_by))
    OrganisationSuccession.objects.get_or_create(
        predecessor=found[DISSOLVED],
        defaults={
            "successor": found[SUCCESSOR],
            "on": SINCE,
            "legal_basis": "Création de la métropole le 1er janvier 2016 : l’agglomération est dissoute",
        },
    )
    return found


def _made(body: Body, spare: str, registered_by: Organisation | None) -> Organisation:
    siren = body.siren or spare
    found = Organisation.objects.filter(siren=siren).first()
    if found is None:
        found = Organisation(
            kind=body.kind, name=body.name, short_name=body.short_name, siren=siren,
            territory=body.territory, opened_on=body.opened_on, closed_on=body.closed_on,
            registered_by=registered_by,
        )  # fmt: skip
        found.full_clean()
        found.save()
    return found
