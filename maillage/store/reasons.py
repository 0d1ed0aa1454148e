"""Why a row of an official file is not in the store. Each has a French name, shown in the build report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from maillage.errors import BuildFailed
from maillage.sources.inventory import Table
from maillage.store.manifest import SourceFile

MOST_BAD_ROWS = 0.01  # above this share of a file's rows for one grave reason, the file itself is doubtful


class Reason(IntEnum):
    """KEPT and every reason not to be; the number is what the SQL writes."""

    KEPT = 0
    BAD_NUMBER = 1
    ABSURD_DATE = 2
    REVERSED_DATES = 3
    UNKNOWN_COMMUNE = 4
    DUPLICATE = 5
    ABROAD = 6
    OVERSEAS = 7
    NOT_CRAFT = 8
    NEVER_ACTIVE = 9
    OTHER_ESTABLISHMENT = 10
    OVERLAP = 11
    OTHER_FIRM = 12
    OUTSIDE_LINK = 13

    @property
    def label(self) -> str:
        """As the report says it."""
        return LABELS[self]

    @property
    def is_grave(self) -> bool:
        """Is it a defect of the file, rather than a row that the store has no use for?"""
        return Reason.BAD_NUMBER <= self <= Reason.DUPLICATE


LABELS = {
    Reason.KEPT: "gardée",
    Reason.BAD_NUMBER: "SIREN ou SIRET mal formé",
    Reason.ABSURD_DATE: "date absurde",
    Reason.REVERSED_DATES: "fin avant le début",
    Reason.UNKNOWN_COMMUNE: "commune inconnue",
    Reason.DUPLICATE: "SIREN ou SIRET en double",
    Reason.ABROAD: "à l’étranger ou sans commune",
    Reason.OVERSEAS: "collectivité d’outre-mer hors du champ",
    Reason.NOT_CRAFT: "hors artisanat",
    Reason.NEVER_ACTIVE: "jamais active à une date connue dans un métier",
    Reason.OTHER_ESTABLISHMENT: "établissement non retenu",
    Reason.OVERLAP: "période recouverte par une autre",
    Reason.OTHER_FIRM: "sans établissement retenu",
    Reason.OUTSIDE_LINK: "lien vers un établissement non retenu",
}


@dataclass
class Tally:
    """The rows of one file while it is being read."""

    table: Table
    read: int = 0
    set_aside: Counter[Reason] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """What is left."""
        return self.read - self.set_aside.total()

    def count(self, rows: Mapping[int, int]) -> None:
        """Add rows counted by reason number; KEPT ones are only read."""
        for reason, number in rows.items():
            self.read += number
            if reason != Reason.KEPT:
                self.set_aside[Reason(reason)] += number

    def move(self, reason: Reason, number: int) -> None:
        """Set aside rows that were counted as kept."""
        if number:
            self.set_aside[reason] += number

    def refuse_if_doubtful(self) -> None:
        """Raises BuildFailed when more than 1 % of the rows have one grave defect, or when there is no row."""
        name = self.table.path.name
        if not self.read:
            raise BuildFailed(f"Le fichier « {name} » n’a aucune ligne. Téléchargez-le de nouveau.")
        for reason, number in self.set_aside.items():
            if reason.is_grave and number > MOST_BAD_ROWS * self.read:
                share = f"{100 * number / self.read:.1f}".replace(".", ",")
                message = (
                    f"Le fichier « {name} » a trop de lignes à écarter : « {reason.label} », {number} sur {self.read} "
                    f"({share} %, maximum 1 %). L’entrepôt précédent reste en place."
                )
                raise BuildFailed(message)

    def source_file(self) -> SourceFile:
        """The line of the manifest."""
        return SourceFile(
            file=self.table.path.name,
            kind=self.table.dataset.name,
            layout=self.table.layout,
            sha256=self.table.sha256,
            read=self.read,
            kept=self.kept,
            set_aside={reason.label: number for reason, number in sorted(self.set_aside.items())},
        )
