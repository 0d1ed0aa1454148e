"""StockEtablissement: every establishment, active or closed, as it is today.

Columns: INSEE, « Dessin de fichier » of the Sirene stock files, layouts of 2020 and August 2026.
"""

from maillage.sources.dataset import Dataset, columns, without

_ADDED_SINCE_2020 = """
    dernierNumeroVoieEtablissement indiceRepetitionDernierNumeroVoieEtablissement
    identifiantAdresseEtablissement coordonneeLambertAbscisseEtablissement
    coordonneeLambertOrdonneeEtablissement activitePrincipaleNAF25Etablissement
"""
_COLUMNS = columns("""
    siren nic siret statutDiffusionEtablissement dateCreationEtablissement trancheEffectifsEtablissement
    anneeEffectifsEtablissement activitePrincipaleRegistreMetiersEtablissement
    dateDernierTraitementEtablissement etablissementSiege nombrePeriodesEtablissement
    complementAdresseEtablissement numeroVoieEtablissement indiceRepetitionEtablissement
    dernierNumeroVoieEtablissement indiceRepetitionDernierNumeroVoieEtablissement typeVoieEtablissement
    libelleVoieEtablissement codePostalEtablissement libelleCommuneEtablissement
    libelleCommuneEtrangerEtablissement distributionSpecialeEtablissement codeCommuneEtablissement
    codeCedexEtablissement libelleCedexEtablissement codePaysEtrangerEtablissement
    libellePaysEtrangerEtablissement identifiantAdresseEtablissement coordonneeLambertAbscisseEtablissement
    coordonneeLambertOrdonneeEtablissement complementAdresse2Etablissement numeroVoie2Etablissement
    indiceRepetition2Etablissement typeVoie2Etablissement libelleVoie2Etablissement codePostal2Etablissement
    libelleCommune2Etablissement libelleCommuneEtranger2Etablissement distributionSpeciale2Etablissement
    codeCommune2Etablissement codeCedex2Etablissement libelleCedex2Etablissement codePaysEtranger2Etablissement
    libellePaysEtranger2Etablissement dateDebut etatAdministratifEtablissement enseigne1Etablissement
    enseigne2Etablissement enseigne3Etablissement denominationUsuelleEtablissement
    activitePrincipaleEtablissement nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement
    activitePrincipaleNAF25Etablissement
""")
_REQUIRED = columns("""
    siret dateCreationEtablissement codeCommuneEtablissement dateDebut etatAdministratifEtablissement
    activitePrincipaleEtablissement
""")

DATASET = Dataset(
    name="StockEtablissement",
    required=frozenset(_REQUIRED),
    layouts={"2020": without(_COLUMNS, _ADDED_SINCE_2020), "2026": _COLUMNS},
)
