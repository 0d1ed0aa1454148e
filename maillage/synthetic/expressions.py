"""SQL of the columns of each official file, from the columns of a snapshot.

Texts are put together by DuckDB from lists of words, which is a hundred times quicker than in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from maillage.synthetic import words
from maillage.synthetic.activities import activities
from maillage.synthetic.firms import BAND_CODES, SOLE_TRADER
from maillage.synthetic.older_codes import code_in, codes_by_era
from maillage.synthetic.periods import NOMENCLATURES
from maillage.synthetic.places import Places

HIDDEN = "'[ND]'"
"""What INSEE writes in place of a name or an address that its owner keeps from the public."""


def macros(where: Places) -> str:
    """Definitions of the small tables that the expressions below look up by position."""
    heads = words.sign_heads()
    table = activities()
    lists = {
        "commune_code": where.codes,
        "commune_name": [name.replace("’", "'") for name in where.names],
        "postcode": where.postcodes,
        "surname": [name.upper() for name in words.surnames()],
        "first_name": [name.upper() for name, _ in words.FIRST_NAMES],
        "complement": words.complements(),
        "street_kind": words.STREET_KINDS,
        "street": words.streets(),
        "band": BAND_CODES,
        "nomenclature": NOMENCLATURES,
        "naf25": [code_in("NAF25", one.naf) for one in table],
    }
    nested = {
        "heads": [heads[one.words] for one in table],
        "coded": codes_by_era(),
        "nafa": [one.nafa for one in table],
    }
    flat = [_macro(name, f"{_texts(values)}[i + 1]") for name, values in lists.items()]
    deep = [_macro(name, f"[{', '.join(map(_texts, values))}][i + 1]") for name, values in nested.items()]
    women = ", ".join(str(woman) for _, woman in words.FIRST_NAMES)
    return "\n".join([*flat, *deep, _macro("is_woman", f"[{women}][i + 1]"), *_SHORTHANDS])


_SHORTHANDS = (
    "CREATE MACRO day(d) AS CASE WHEN d < 2000000 THEN DATE '1970-01-01' + d::INTEGER END;",
    "CREATE MACRO nine(n) AS lpad(n::VARCHAR, 9, '0');",
    "CREATE MACRO five(n) AS lpad(n::VARCHAR, 5, '0');",
    # Before the single counter of 2023, Sirene wrote in capital letters without accents.
    "CREATE MACRO plain(t) AS upper(strip_accents(replace(replace(t, '’', ''''), 'œ', 'oe')));",
    "CREATE MACRO written(t, typed) AS CASE WHEN typed THEN t ELSE plain(t) END;",
    "CREATE MACRO head(a, h) AS list_extract(heads(a), 1 + h % len(heads(a)));",
    "CREATE MACRO sign_text(a, h, s) AS head(a, h) || ' ' || complement(s);",
    "CREATE MACRO titled(t) AS upper(t[1]) || lower(t[2:]);",
    "CREATE MACRO owner_text(a, n) AS list_extract(heads(a), 1) || ' ' || titled(surname(n));",
    "CREATE MACRO since(d, oddity) AS CASE oddity WHEN 0 THEN day(d) WHEN 2 THEN DATE '0001-01-01' END;",
    f"CREATE MACRO shown(t, partial, form) AS CASE WHEN partial AND form = {SOLE_TRADER} THEN {HIDDEN} ELSE t END;",
    f"CREATE MACRO place(t, partial) AS CASE WHEN partial THEN {HIDDEN} ELSE t END;",
    "CREATE MACRO metres(v, partial) AS CASE WHEN NOT isnan(v) THEN place(round(v, 1)::VARCHAR, partial) END;",
    "CREATE MACRO stamp(d, n) AS day(d)::TIMESTAMP + to_seconds(21600 + n % 50000);",
)

_SIGN = (
    f"CASE WHEN sign >= 0 AND (form = {SOLE_TRADER} OR named) THEN "
    "shown(written(sign_text(trade, head, sign), typed), partial, form) END"
)
_DENOMINATION = (
    f"CASE WHEN form <> {SOLE_TRADER} THEN written("
    "CASE WHEN named OR sign < 0 THEN owner_text(trade, surname) ELSE sign_text(trade, head, sign) END, typed) END"
)


def etablissement(on: date) -> dict[str, str]:
    """Columns of StockEtablissement, over the columns of ``Snapshot.shops``."""
    return {
        "siren": "nine(siren)",
        "nic": "five(nic)",
        "siret": "nine(siren) || five(nic)",
        "statutDiffusionEtablissement": "CASE WHEN partial THEN 'P' ELSE 'O' END",
        "dateCreationEtablissement": "since(start, oddity)",
        "trancheEffectifsEtablissement": "nullif(band(band), '')",
        "anneeEffectifsEtablissement": f"CASE WHEN band(band) <> '' THEN {band_year(on)} END",
        "activitePrincipaleRegistreMetiersEtablissement": (
            "CASE WHEN registered > 0 THEN list_extract(nafa(activity), registered) END"
        ),
        "dateDernierTraitementEtablissement": "stamp(treated, dice)",
        "etablissementSiege": "seat",
        "nombrePeriodesEtablissement": "count",
        "numeroVoieEtablissement": "place((1 + (dice >> 24) % 140)::VARCHAR, partial)",
        "indiceRepetitionEtablissement": "CASE WHEN (dice >> 5) % 25 = 0 THEN place('B', partial) END",
        "typeVoieEtablissement": "place(street_kind((dice >> 32) % 12), partial)",
        "libelleVoieEtablissement": f"place(street((dice >> 36) % {len(words.streets())}), partial)",
        "codePostalEtablissement": "place(nullif(postcode(commune), ''), partial)",
        "libelleCommuneEtablissement": "plain(commune_name(commune))",
        "codeCommuneEtablissement": "commune_code(commune)",
        "coordonneeLambertAbscisseEtablissement": "metres(x, partial)",
        "coordonneeLambertOrdonneeEtablissement": "metres(y, partial)",
        "dateDebut": "CASE WHEN oddity = 0 OR since > start THEN day(since) ELSE since(start, oddity) END",
        "etatAdministratifEtablissement": "CASE WHEN active THEN 'A' ELSE 'F' END",
        "enseigne1Etablissement": _SIGN,
        "activitePrincipaleEtablissement": "nullif(list_extract(coded(activity), era + 1), '')",
        "nomenclatureActivitePrincipaleEtablissement": (
            "CASE WHEN list_extract(coded(activity), era + 1) <> '' THEN nomenclature(era) END"
        ),
        "caractereEmployeurEtablissement": "CASE WHEN employer THEN 'O' ELSE 'N' END",
        "activitePrincipaleNAF25Etablissement": "CASE WHEN active THEN nullif(naf25(activity), '') END",
    }


def unite_legale(on: date) -> dict[str, str]:
    """Columns of StockUniteLegale, over the columns of ``Snapshot.firms``."""
    person = f"form = {SOLE_TRADER}"
    return {
        "siren": "nine(siren)",
        "statutDiffusionUniteLegale": "CASE WHEN partial THEN 'P' ELSE 'O' END",
        "dateCreationUniteLegale": "day(start)",
        "sexeUniteLegale": (
            f"CASE WHEN {person} THEN shown(CASE WHEN is_woman(first_name) THEN 'F' ELSE 'M' END, partial, form) END"
        ),
        "prenom1UniteLegale": f"CASE WHEN {person} THEN shown(plain(first_name(first_name)), partial, form) END",
        "prenomUsuelUniteLegale": f"CASE WHEN {person} THEN shown(plain(first_name(first_name)), partial, form) END",
        "trancheEffectifsUniteLegale": "nullif(band(band), '')",
        "anneeEffectifsUniteLegale": f"CASE WHEN band(band) <> '' THEN {band_year(on)} END",
        "dateDernierTraitementUniteLegale": "stamp(treated, siren)",
        "nombrePeriodesUniteLegale": "CASE WHEN alive THEN 1 ELSE 2 END",
        "categorieEntreprise": "CASE WHEN alive AND band(band) <> '' THEN 'PME' END",
        "anneeCategorieEntreprise": f"CASE WHEN alive AND band(band) <> '' THEN {band_year(on)} END",
        "dateDebut": "day(CASE WHEN alive THEN start ELSE since END)",
        "etatAdministratifUniteLegale": "CASE WHEN alive THEN 'A' ELSE 'C' END",
        "nomUniteLegale": f"CASE WHEN {person} THEN shown(plain(surname(surname)), partial, form) END",
        "denominationUniteLegale": _DENOMINATION,
        "categorieJuridiqueUniteLegale": "form",
        "activitePrincipaleUniteLegale": "nullif(list_extract(coded(activity), era + 1), '')",
        "nomenclatureActivitePrincipaleUniteLegale": (
            "CASE WHEN list_extract(coded(activity), era + 1) <> '' THEN nomenclature(era) END"
        ),
        "nicSiegeUniteLegale": "five(nic)",
        "economieSocialeSolidaireUniteLegale": f"CASE WHEN social THEN 'O' WHEN {person} THEN NULL ELSE 'N' END",
        "caractereEmployeurUniteLegale": "CASE WHEN employer THEN 'O' ELSE 'N' END",
        "activitePrincipaleNAF25UniteLegale": "CASE WHEN alive THEN nullif(naf25(activity), '') END",
    }


def historique() -> dict[str, str]:
    """Columns of StockEtablissementHistorique, over the columns of ``Snapshot.periods``."""
    return {
        "siren": "nine(siren)",
        "nic": "five(nic)",
        "siret": "nine(siren) || five(nic)",
        "dateFin": "day(last)",
        "dateDebut": "since(first, oddity)",
        "etatAdministratifEtablissement": "CASE WHEN active THEN 'A' ELSE 'F' END",
        "changementEtatAdministratifEtablissement": "new_state",
        "enseigne1Etablissement": _SIGN,
        "changementEnseigneEtablissement": "false",
        "changementDenominationUsuelleEtablissement": "false",
        "activitePrincipaleEtablissement": "nullif(list_extract(coded(activity), era + 1), '')",
        "nomenclatureActivitePrincipaleEtablissement": (
            "CASE WHEN list_extract(coded(activity), era + 1) <> '' THEN nomenclature(era) END"
        ),
        "changementActivitePrincipaleEtablissement": "new_code",
        "caractereEmployeurEtablissement": "CASE WHEN employer THEN 'O' ELSE 'N' END",
        "changementCaractereEmployeurEtablissement": "new_employer",
    }


def succession() -> dict[str, str]:
    """Columns of StockEtablissementLiensSuccession, over the columns of ``Snapshot.links``."""
    return {
        "siretEtablissementPredecesseur": "nine(siren_before) || five(nic_before)",
        "siretEtablissementSuccesseur": "nine(siren_after) || five(nic_after)",
        "dateLienSuccession": "day(day)",
        "transfertSiege": "seat",
        "continuiteEconomique": "true",
        "dateDernierTraitementLienSuccession": "stamp(day, siren_after)",
    }


def band_year(on: date) -> int:
    """Year of the headcount bands in the stock of a day: those of two years before, published in autumn."""
    return on.year - (2 if on.month >= 9 else 3)


def _macro(name: str, body: str) -> str:
    return f"CREATE MACRO {name}(i) AS {body};"


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"
