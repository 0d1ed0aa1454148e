"""StockEtablissementLiensSuccession: which establishment took over which one, from when.

Columns: INSEE, « Liens de succession des établissements », Sirene stock files.
"""

from maillage.sources.dataset import Dataset, columns

_COLUMNS = columns("""
    siretEtablissementPredecesseur siretEtablissementSuccesseur dateLienSuccession transfertSiege
    continuiteEconomique dateDernierTraitementLienSuccession
""")

DATASET = Dataset(
    name="StockEtablissementLiensSuccession",
    required=frozenset(
        columns("siretEtablissementPredecesseur siretEtablissementSuccesseur dateLienSuccession"),
    ),
    layouts={"2020": _COLUMNS},
)
