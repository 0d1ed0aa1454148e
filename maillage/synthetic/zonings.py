"""The zonings of the communes of the demonstration: facts about real communes, beside firms that are invented.

A small table of facts, `zonings.csv`, one row per commune of `centres.csv`:
`density` the number (1 to 7) of its level in the density grid of INSEE (geography of 2025); `zrr` its status on
9 November 2022 (C, NC, PC: Agence nationale de la cohésion des territoires); `qpv` the priority neighbourhoods that
the list of 2024 (same agency) names there. Licence Ouverte 2.0. Invented firms are in no neighbourhood: only their
communes are said to have one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from maillage.reference.zonings import zoning

_FILES = {
    "grille_densite_2025.csv": ("insee_com", "niveau_densite"),
    "zrr_2022-11-09.csv": ("insee_code", "status"),
    "communes_avec_qpv_2024.csv": ("insee_com", "code_qp"),
}


@cache
def zonings() -> Mapping[str, Mapping[str, str]]:
    """Commune → its row."""
    text = files("maillage.synthetic").joinpath("zonings.csv").read_text(encoding="utf-8")
    return {row["commune"]: row for row in csv.DictReader(text.splitlines())}


def write_zonings(communes: Iterable[str], folder: Path) -> None:
    """Write the three files, as their producers lay them out, for those of the communes that are known here."""
    known = [(code, zonings()[code]) for code in communes if code in zonings()]
    names = [level for level, _ in zoning("density").levels]
    values = (
        [(code, names[int(row["density"]) - 1]) for code, row in known],
        [(code, row["zrr"]) for code, row in known],
        [(code, row["qpv"]) for code, row in known if row["qpv"]],
    )
    for (name, header), rows in zip(_FILES.items(), values, strict=True):
        if rows:
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
