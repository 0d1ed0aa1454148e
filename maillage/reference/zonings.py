"""Official zonings that a store may hold: what each says, the words and the order of its levels.

The memberships are no table of ours: they are read from the files of their producers (`maillage.sources.zonings`).
"""

from __future__ import annotations

from dataclasses import dataclass

NEIGHBOURHOOD = "neighbourhood"  # the zoning of establishments by their own position, when outlines were loaded
NEIGHBOURHOOD_LEVELS = ("in", "out", "unknown")
OUTSIDE = "hors zonage"  # level of the communes that the file does not name


@dataclass(frozen=True)
class Zoning:
    """One zoning by commune. `levels` are pairs (as loaded, as printed) in reading order.

    `short` names it before a level; `plain` and `caveat` are French sentences; `outside` names the communes that the
    file does not name, and `only_listed` says that producers leave out those that the zoning does not concern.
    """

    code: str
    label: str
    short: str
    plain: str
    producer: str
    caveat: str
    levels: tuple[tuple[str, str], ...] = ()
    outside: str = "Commune absente du fichier"
    only_listed: bool = False

    def label_of(self, level: str) -> str:
        """The words of a level, as the file has them when they are not known here."""
        return self.outside if level == OUTSIDE else dict(self.levels).get(level, level)

    def rank_of(self, level: str) -> tuple[int, str]:
        """Sort key: known levels in their order, then the others by name, then what the file does not name."""
        known = [name for name, _ in self.levels]
        return (known.index(level) if level in known else len(known) + (level == OUTSIDE), level)


_AS_IS = (
    "Grands centres urbains",
    "Centres urbains intermédiaires",
    "Petites villes",
    "Ceintures urbaines",
    "Bourgs ruraux",
    "Rural à habitat dispersé",
    "Rural à habitat très dispersé",
)
_BY_COMMUNE = "Un établissement a le niveau de sa commune, quelle que soit son adresse."

_ZONINGS = (
    Zoning(
        code=NEIGHBOURHOOD,
        label="Quartiers prioritaires de la politique de la ville (QPV)",
        short="QPV",
        plain="Les établissements dont la position est dans le contour d’un quartier prioritaire, et les autres.",
        producer="Agence nationale de la cohésion des territoires, contours des quartiers prioritaires",
        caveat="La position est celle que Sirene donne à l’adresse\u00a0: au bord d’un quartier, elle peut être du "
        "mauvais côté. Le contour est celui du fichier, appliqué à toutes les années.",
        levels=tuple(
            zip(
                NEIGHBOURHOOD_LEVELS,
                ("En quartier prioritaire", "Hors quartier prioritaire", "Position ou région inconnue"),
                strict=True,
            )
        ),
    ),
    Zoning(
        code="qpv",
        label="Communes avec un quartier prioritaire de la politique de la ville (QPV)",
        short="QPV",
        plain="Les communes où se trouve au moins un quartier prioritaire, et les autres.",
        producer="Agence nationale de la cohésion des territoires, liste des quartiers prioritaires",
        caveat="Un établissement d’une commune avec un quartier prioritaire n’est pas pour autant dans ce quartier.",
        levels=(("Commune avec quartier prioritaire", "Commune avec un quartier prioritaire"),),
        outside="Commune sans quartier prioritaire dans la liste",
        only_listed=True,
    ),
    Zoning(
        code="frr",
        label="France Ruralités Revitalisation (FRR)",
        short="FRR",
        plain="Les communes classées en zone France Ruralités Revitalisation, et les autres.",
        producer="Direction générale des collectivités locales",
        caveat=f"Le classement a remplacé les zones de revitalisation rurale le 1er juillet 2024. {_BY_COMMUNE}",
        levels=(("FRR+", "Classée en FRR+"), ("FRR", "Classée en FRR"), ("NC", "Non classée")),
    ),
    Zoning(
        code="zrr",
        label="Zones de revitalisation rurale (ZRR)",
        short="ZRR",
        plain="Les communes qui étaient classées en zone de revitalisation rurale, et les autres.",
        producer="Agence nationale de la cohésion des territoires",
        caveat=f"France Ruralités Revitalisation a remplacé ce classement le 1er juillet 2024. {_BY_COMMUNE}",
        levels=(("C", "Classée"), ("PC", "Classée en partie"), ("P", "Classée en partie"), ("NC", "Non classée")),
    ),
    Zoning(
        code="density",
        label="Classe de densité des communes",
        short="densité",
        plain="Les communes rangées selon le regroupement de leurs habitants, des grands centres au rural dispersé.",
        producer="Insee, grille communale de densité à sept niveaux",
        caveat=f"La grille suit la répartition de la population, et non sa moyenne au kilomètre carré. {_BY_COMMUNE}",
        levels=tuple((level, level) for level in _AS_IS),
    ),
    Zoning(
        code="rurality",
        label="Typologie des ruralités",
        short="ruralité",
        plain="Les communes rurales rangées par leurs ressemblances.",
        producer="Agence nationale de la cohésion des territoires",
        caveat=_BY_COMMUNE,
    ),
    Zoning(
        code="centrality",
        label="Niveau de centralité",
        short="centralité",
        plain="Les communes rangées selon leurs équipements et services.",
        producer="Agence nationale de la cohésion des territoires",
        caveat=_BY_COMMUNE,
    ),
    Zoning(
        code="mountain",
        label="Massif de montagne",
        short="massif",
        plain="Les communes rangées par massif.",
        producer="Agence nationale de la cohésion des territoires",
        caveat=_BY_COMMUNE,
        outside="Hors massif",
        only_listed=True,
    ),
    Zoning(
        code="employment_zone",
        label="Zone d’emploi",
        short="zone d’emploi",
        plain="Les communes rangées par zone d’emploi.",
        producer="Insee, zones d’emploi 2020",
        caveat=_BY_COMMUNE,
    ),
)


def zonings() -> tuple[Zoning, ...]:
    """All the zonings that a store may hold, those of public policies first."""
    return _ZONINGS


def zoning(code: str) -> Zoning:
    """The zoning of that code. Raises KeyError: a store holds no other."""
    return _BY_CODE[code]


_BY_CODE = {one.code: one for one in _ZONINGS}
