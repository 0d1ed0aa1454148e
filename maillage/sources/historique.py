"""StockEtablissementHistorique: one row per period during which nothing changed in an establishment.

`dateDebut` and `dateFin` are both inside the period; an empty `dateFin` is the current one.
Columns: INSEE, « Dessin de fichier » of the Sirene stock files; nothing changed between 2020 and August 2026.
"""

from maillage.sources.dataset import Dataset, columns

_COLUMNS = columns("""
    siren nic siret dateFin dateDebut etatAdministratifEtablissement changementEtatAdministratifEtablissement
    enseigne1Etablissement enseigne2Etablissement enseigne3Etablissement changementEnseigneEtablissement
    denominationUsuelleEtablissement changementDenominationUsuelleEtablissement activitePrincipaleEtablissement
    nomenclatureActivitePrincipaleEtablissement changementActivitePrincipaleEtablissement
    caractereEmployeurEtablissement changementCaractereEmployeurEtablissement
""")

DATASET = Dataset(
    name="StockEtablissementHistorique",
    required=frozenset(
        columns("siret dateDebut dateFin etatAdministratifEtablissement activitePrincipaleEtablissement"),
    ),
    layouts={"2020": _COLUMNS},
)
