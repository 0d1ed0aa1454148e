"""StockUniteLegale: every legal unit (firm), as it is today: name, legal form, headcount band.

Columns: INSEE, « Dessin de fichier » of the Sirene stock files, layouts of 2020 and August 2026.
"""

from maillage.sources.dataset import Dataset, columns, without

_ADDED_SINCE_2020 = """
    societeMissionUniteLegale activitePrincipaleNAF25UniteLegale
"""
_COLUMNS = columns("""
    siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale sigleUniteLegale
    sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale prenom4UniteLegale
    prenomUsuelUniteLegale pseudonymeUniteLegale identifiantAssociationUniteLegale trancheEffectifsUniteLegale
    anneeEffectifsUniteLegale dateDernierTraitementUniteLegale nombrePeriodesUniteLegale categorieEntreprise
    anneeCategorieEntreprise dateDebut etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale
    denominationUniteLegale denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale
    denominationUsuelle3UniteLegale categorieJuridiqueUniteLegale activitePrincipaleUniteLegale
    nomenclatureActivitePrincipaleUniteLegale nicSiegeUniteLegale economieSocialeSolidaireUniteLegale
    societeMissionUniteLegale caractereEmployeurUniteLegale activitePrincipaleNAF25UniteLegale
""")

DATASET = Dataset(
    name="StockUniteLegale",
    required=frozenset(columns("siren trancheEffectifsUniteLegale categorieJuridiqueUniteLegale")),
    layouts={"2020": without(_COLUMNS, _ADDED_SINCE_2020), "2026": _COLUMNS},
)
