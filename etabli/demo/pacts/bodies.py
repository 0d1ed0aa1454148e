"""Who signs, pays, helps and is helped. Authorities bear their public SIREN; a chamber, or an invented body, one of the
000 block. This table is read without Django.
"""

from dataclasses import dataclass
from datetime import date

HOME = "epci:246200364"


@dataclass(frozen=True)
class Body:
    """One organisation; `kind` as the model spells it. An empty SIREN asks for the next fictitious one.

    `registered_by` is the key of who made it known: a chamber, for those that it helps.
    """

    key: str
    kind: str
    name: str
    short_name: str
    siren: str = ""
    territory: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    registered_by: str = ""


BODIES = (
    Body("cma-grand-est", "chamber", "Chambre régionale de métiers et de l’artisanat Grand Est (SIREN fictif)",
         "CRMA Grand Est", territory="region:44"),
    Body("cmar-paca", "chamber",
         "Chambre de métiers et de l’artisanat de région Provence-Alpes-Côte d’Azur (SIREN fictif)", "CMAR PACA",
         territory="region:93"),
    Body("cma-npdc", "chamber", "Chambre de métiers et de l’artisanat du Nord – Pas-de-Calais (SIREN fictif)",
         "CMA Nord – Pas-de-Calais", territory="region:32"),
    Body("region-grand-est", "region", "Région Grand Est", "Région Grand Est", "200052264", "region:44"),
    Body("pas-de-calais", "departement", "Département du Pas-de-Calais", "Pas-de-Calais", "226200012",
         "departement:62"),
    Body("call", "epci", "Communauté d’agglomération de Lens-Liévin", "CALL", "246200364", "epci:246200364"),
    Body("aubagne", "epci", "Communauté d’agglomération du Pays d’Aubagne et de l’Étoile", "Pays d’Aubagne",
         "241300268", "liste:pays-aubagne-etoile", closed_on=date(2016, 1, 1)),
    Body("metropole", "epci", "Métropole Aix-Marseille-Provence", "Métropole AMP", "200054807", "epci:200054807",
         opened_on=date(2016, 1, 1)),
    Body("communes-paca", "other",
         "Collectivités partenaires du plan (organisation fictive : l’article n’en nomme pas)",
         "Collectivités (fictif)", territory="region:93"),
    Body("commune", "commune", "Commune d’essai de la démonstration (fictive)", "Commune d’essai",
         territory=HOME, registered_by="cma-npdc"),
    Body("cooperative", "social_economy", "Coopérative d’essai de la démonstration (fictive)", "Coopérative d’essai",
         territory=HOME, registered_by="cma-npdc"),
    Body("atelier", "firm", "Atelier d’essai de la démonstration (fictif)", "Atelier d’essai",
         territory="commune:62498", registered_by="cma-npdc"),
    Body("fournil", "firm", "Fournil d’essai, entreprise en création (fictif)", "Fournil d’essai",
         territory="commune:62510", registered_by="cma-npdc"),
    Body("college", "other", "Collège d’essai de la démonstration (fictif)", "Collège d’essai",
         territory=HOME, registered_by="cma-npdc"),
)  # fmt: skip
"""In the order of their fictitious numbers: a new one comes last."""
