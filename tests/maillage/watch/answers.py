"""A small place as the official API answers it: the same rows as its four files, one nested object a SIRET."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.maillage.indicators.town import Town


def answer(town: Town, treated: str, only: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The establishments of a place (or some SIRET), treated on a day, with all their periods."""
    return [
        _establishment(town, row, treated) for row in town.shops if only is None or row["siret"] in only
    ]  # fmt: skip


def write(path: Path, establishments: list[dict[str, Any]], *, fictitious: bool = True) -> Path:
    """A daily file, and what is known of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"header": {"statut": 200}, "etablissements": establishments}), encoding="utf-8")
    (path.parent / "etabli.json").write_text(json.dumps({"fictitious": fictitious}), encoding="utf-8")
    return path


def _establishment(town: Town, row: dict[str, str], treated: str) -> dict[str, Any]:
    unit = {name: value or None for name, value in town.firms[row["siren"]].items() if name != "siren"}
    history = [one for one in town.history if one["siret"] == row["siret"]]
    periods = [{name: value or None for name, value in one.items()} for one in history]
    return {
        **{name: row[name] or None for name in ("siren", "nic", "siret", "statutDiffusionEtablissement")},
        "activitePrincipaleRegistreMetiersEtablissement": row["activitePrincipaleRegistreMetiersEtablissement"] or None,
        "dateDernierTraitementEtablissement": f"{treated}T09:00:00",
        "uniteLegale": unit,
        "adresseEtablissement": {
            "numeroVoieEtablissement": "7",
            "libelleVoieEtablissement": "DES FORGES",
            "codeCommuneEtablissement": row["codeCommuneEtablissement"],
        },
        "periodesEtablissement": periods[::-1],
    }
