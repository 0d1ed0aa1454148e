"""A small place written as official files: Sirene CSV rows in, a store out, through the production build."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from maillage.sources import etablissement, historique, succession, unite_legale
from maillage.store import Store
from maillage.store.build import build

CLOSED = "F"
STOCK_DATE = "2026-10-01"
BAND_YEAR = "2024"
Periods = tuple[tuple[str, str, str], ...]  # first day, last day ("" for the current one), NAF code or CLOSED


def check_digit(digits: str) -> str:
    """The last digit that makes a SIREN or SIRET valid (Luhn)."""
    total = sum(sum(divmod(int(digit) * (2 if rank % 2 == 0 else 1), 10)) for rank, digit in enumerate(digits[::-1]))
    return str(-total % 10)


def siren(number: int) -> str:
    """A valid SIREN of the 000 block."""
    return f"{number:08d}" + check_digit(f"{number:08d}")


def siret(number: int, shop: int = 1) -> str:
    """A valid SIRET of that firm."""
    start = siren(number) + f"{shop:04d}"
    return start + check_digit(start)


@dataclass
class Town:
    """Rows of the four official files, gathered one shop at a time."""

    shops: list[dict[str, str]] = field(default_factory=list)
    history: list[dict[str, str]] = field(default_factory=list)
    firms: dict[str, dict[str, str]] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)

    def shop(self, number: int, commune: str, *periods: tuple[str, str, str], shop: int = 1, **facts: str) -> str:
        """An establishment of firm ``number``; facts: band, nafa, status. Returns its SIRET."""
        code = siret(number, shop)
        state, naf = self._history(code, periods)
        self.shops.append(
            {
                "siren": code[:9],
                "nic": code[9:],
                "siret": code,
                "statutDiffusionEtablissement": facts.get("status", "O"),
                "dateCreationEtablissement": facts.get("created", periods[0][0]),
                "trancheEffectifsEtablissement": facts.get("band", ""),
                "anneeEffectifsEtablissement": BAND_YEAR,
                "activitePrincipaleRegistreMetiersEtablissement": facts.get("nafa", ""),
                "etablissementSiege": "true" if shop == 1 else "false",
                "codeCommuneEtablissement": commune,
                "dateDebut": periods[-1][0],
                "etatAdministratifEtablissement": state,
                "activitePrincipaleEtablissement": naf,
                "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
            }
        )
        if siren(number) not in self.firms:
            self.firm(number)
        return code

    def _history(self, code: str, periods: Periods) -> tuple[str, str]:
        naf = state = ""
        for start, end, activity in periods:
            state = "F" if activity == CLOSED else "A"
            naf = naf if activity == CLOSED else activity
            self.history.append(
                {
                    "siren": code[:9],
                    "nic": code[9:],
                    "siret": code,
                    "dateDebut": start,
                    "dateFin": end,
                    "etatAdministratifEtablissement": state,
                    "activitePrincipaleEtablissement": naf,
                    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
                }
            )
        return state, naf

    def firm(self, number: int, *, band: str = "", employer: str = "", legal: str = "5499", ess: str = "") -> None:
        """The legal unit of firm ``number``."""
        self.firms[siren(number)] = {
            "siren": siren(number),
            "statutDiffusionUniteLegale": "O",
            "trancheEffectifsUniteLegale": band,
            "anneeEffectifsUniteLegale": BAND_YEAR,
            "caractereEmployeurUniteLegale": employer,
            "categorieJuridiqueUniteLegale": legal,
            "economieSocialeSolidaireUniteLegale": ess,
            "denominationUniteLegale": f"FICTIVE {number}",
            "etatAdministratifUniteLegale": "A",
        }

    def link(self, predecessor: str, successor: str, day: str) -> None:
        """A succession link between two SIRET."""
        self.links.append(
            {
                "siretEtablissementPredecesseur": predecessor,
                "siretEtablissementSuccesseur": successor,
                "dateLienSuccession": day,
                "transfertSiege": "false",
                "continuiteEconomique": "true",
            }
        )

    def write(self, folder: Path, *, covers: list[str] | None = None, stock_date: str = STOCK_DATE) -> Path:
        """The four files, and what is known of them."""
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "etablissements.csv", etablissement.DATASET.layouts["2020"], self.shops)
        _write(folder / "unites.csv", unite_legale.DATASET.layouts["2020"], list(self.firms.values()))
        _write(folder / "historique.csv", historique.DATASET.layouts["2020"], self.history)
        if self.links:
            _write(folder / "liens.csv", succession.DATASET.layouts["2020"], self.links)
        settings = {"fictitious": True, "covers": covers, "stock_date": stock_date}
        (folder / "etabli.json").write_text(json.dumps(settings), encoding="utf-8")
        return folder

    def store(self, folder: Path, **settings: Any) -> Store:
        """Files written, then built by the production code."""
        return build(self.write(folder / "source", **settings), folder / "stores")


def _write(path: Path, columns: tuple[str, ...], lines: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(columns), restval="")
        out.writeheader()
        out.writerows(lines)


NAFS = ("10.71C", "10.13B", "96.02A", "43.22A", "16.10A", "47.76Z", "56.10C", "62.01Z")
"""Entirely craft, but for named exceptions (16.10A), partly craft (47.76Z, 56.10C), and not craft at all (62.01Z)."""
COMMUNES = ("62498", "62510", "62427", "62907", "69384", "69381", "57463", "59350")


def random_town(seed: int, firms: int = 220) -> Town:
    """Firms of one to three shops with openings, closures, one-day lives, returns and changes of activity."""
    chance = random.Random(seed)
    town = Town()
    for number in range(1, firms + 1):
        town.firm(
            number,
            band=chance.choice(["", "NN", "NN", "00", "01", "02", "03", "11", "22"]),
            employer=chance.choice(["", "N", "N", "O"]),
            legal=chance.choice(["1000", "1000", "5499", "5710", "9220", "7210", ""]),
            ess=chance.choice(["", "N", "N", "O"]),
        )
        home = chance.choice(COMMUNES)
        for shop in range(1, chance.choice([1, 1, 1, 2, 3]) + 1):
            place = home if chance.random() < 0.6 else chance.choice(COMMUNES)
            band = chance.choice(["", "NN", "00", "01", "02", "03", "11"])
            nafa = chance.choice(["", "", "1071CA"])
            town.shop(number, place, *_random_life(chance), shop=shop, band=band, nafa=nafa)
    sirets = [row["siret"] for row in town.shops]
    ends = {row["siret"]: row["dateDebut"] for row in town.history if row["etatAdministratifEtablissement"] == "F"}
    for _ in range(firms // 2):
        one, other = chance.sample(sirets, 2)
        town.link(one, other, ends.get(one, "2020-01-01"))
    return town


def _random_life(chance: random.Random) -> list[tuple[str, str, str]]:
    """Contiguous periods from a random first day; the last one is current."""
    day, stop = date(2006, 1, 1) + timedelta(days=chance.randrange(7000)), date(2026, 9, 1)
    starts: list[tuple[date, str]] = []
    naf = chance.choice(NAFS)
    while day < stop:
        starts.append((day, naf))
        day += timedelta(days=chance.choice([1, 30, 364, 365, 366, 367, 800, 2500, 9000]))
        changes = [other for other in NAFS if other != naf]
        naf = chance.choice([CLOSED, CLOSED, *changes]) if naf != CLOSED else chance.choice(NAFS)
    lasts = [(following - timedelta(days=1)).isoformat() for following, _ in starts[1:]] + [""]
    return [(start.isoformat(), last, code) for (start, code), last in zip(starts, lasts, strict=True)]
