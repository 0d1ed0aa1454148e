"""Who signs, pays and helps. Authorities bear their public SIREN; a chamber, or an invented body, one of the 000 block.

The block 000 is kept for fictitious numbers: nobody has them, and their control key is right.
"""

from dataclasses import dataclass
from datetime import date

from etabli.accounts.models import Organisation, OrganisationKind, OrganisationSuccession
from etabli.demo.pacts import numbers

K = OrganisationKind


@dataclass(frozen=True)
class Body:
    """One organisation. An empty SIREN asks for the next fictitious one."""

    key: str
    kind: OrganisationKind
    name: str
    short_name: str
    siren: str = ""
    territory: str = ""
    opened_on: date | None = None
    closed_on: date | None = None


BODIES = (
    Body("cma-grand-est", K.CHAMBER, "Chambre régionale de métiers et de l’artisanat Grand Est (SIREN fictif)",
         "CRMA Grand Est", territory="region:44"),
    Body("cmar-paca", K.CHAMBER,
         "Chambre de métiers et de l’artisanat de région Provence-Alpes-Côte d’Azur (SIREN fictif)", "CMAR PACA",
         territory="region:93"),
    Body("cma-npdc", K.CHAMBER, "Chambre de métiers et de l’artisanat du Nord – Pas-de-Calais (SIREN fictif)",
         "CMA Nord – Pas-de-Calais", territory="region:32"),
    Body("region-grand-est", K.REGION, "Région Grand Est", "Région Grand Est", "200052264", "region:44"),
    Body("pas-de-calais", K.DEPARTEMENT, "Département du Pas-de-Calais", "Pas-de-Calais", "226200012",
         "departement:62"),
    Body("call", K.EPCI, "Communauté d’agglomération de Lens-Liévin", "CALL", "246200364", "epci:246200364"),
    Body("aubagne", K.EPCI, "Communauté d’agglomération du Pays d’Aubagne et de l’Étoile", "Pays d’Aubagne",
         "241300268", "liste:pays-aubagne-etoile", closed_on=date(2016, 1, 1)),
    Body("metropole", K.EPCI, "Métropole Aix-Marseille-Provence", "Métropole AMP", "200054807", "epci:200054807",
         opened_on=date(2016, 1, 1)),
    Body("communes-paca", K.OTHER,
         "Collectivités partenaires du plan (organisation fictive : l’article n’en nomme pas)",
         "Collectivités (fictif)", territory="region:93"),
    Body("commune", K.COMMUNE, "Commune d’essai de la démonstration (fictive)", "Commune d’essai"),
    Body("cooperative", K.SOCIAL_ECONOMY, "Coopérative d’essai de la démonstration (fictive)", "Coopérative d’essai"),
    Body("atelier", K.FIRM, "Atelier d’essai de la démonstration (fictif)", "Atelier d’essai"),
)  # fmt: skip

DISSOLVED, SUCCESSOR, SINCE = "aubagne", "metropole", date(2016, 1, 1)


def gather() -> dict[str, Organisation]:
    """Every organisation by its key, made when it is not there yet."""
    reserved = iter(numbers.for_organisations(len(BODIES)))
    found = {body.key: _made(body, next(reserved)) for body in BODIES}
    OrganisationSuccession.objects.get_or_create(
        predecessor=found[DISSOLVED],
        defaults={
            "successor": found[SUCCESSOR],
            "on": SINCE,
            "legal_basis": "Création de la métropole le 1er janvier 2016 : l’agglomération est dissoute",
        },
    )
    return found


def _made(body: Body, spare: str) -> Organisation:
    siren = body.siren or spare
    found = Organisation.objects.filter(siren=siren).first()
    if found is None:
        found = Organisation(
            kind=body.kind, name=body.name, short_name=body.short_name, siren=siren,
            territory=body.territory, opened_on=body.opened_on, closed_on=body.closed_on,
        )  # fmt: skip
        found.full_clean()
        found.save()
    return found
