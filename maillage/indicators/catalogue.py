"""The cards of all indicators, in the order in which they are listed."""

from __future__ import annotations

from maillage.errors import UnknownIndicator
from maillage.indicators.card import Card, Grouping, Moment, Regime
from maillage.scope import EMPLOYEES

_REGISTERED = (
    "Champ « inscrit » : établissements à l’état actif dans Sirene. L’Insee compte comme « économiquement actives » "
    "beaucoup moins d’entreprises (5,5 millions contre 8,9 millions inscrites en 2022, de l’industrie aux services)."
)
_SIRENE = "Insee, base Sirene (établissements, unités légales, historique des établissements)"
_SIRENE_LINKS = _SIRENE[:-1] + ", liens de succession)"
_COVERAGE = (
    "Tout établissement inscrit dont l’activité est dans la liste des métiers, organismes publics et associations "
    "exclus ; les effectifs inconnus sont comptés et leur part est donnée."
)
_DATED = " Les dates absentes ou absurdes sont laissées de côté et comptées."
_FLOWS_COVERAGE = (
    "Tout établissement inscrit dont l’activité est dans la liste des métiers, organismes publics et associations "
    "exclus, quelle que soit la taille : la tranche d’effectif est celle du 31 décembre de l’avant-dernière année, une "
    "entreprise qui vient d’ouvrir ou de fermer n’en a pas encore, ou n’en a plus." + _DATED
)
_PLACES = (Grouping.TRADE, Grouping.SECTOR, Grouping.COMMUNE, Grouping.SIZE, Grouping.LEGAL, Grouping.ZONE)
_STOCKS = (*_PLACES, Grouping.YEAR, Grouping.MONTH)
_FLOWS = tuple(by for by in _STOCKS if by is not Grouping.SIZE)  # bands are too old for what has just moved
_LATE = "Les cessations sont souvent déclarées en retard : les douze derniers mois sont provisoires."
_BREAKS = "Ruptures de série : 2008 (nomenclature), 2012 (Side), 2022 et 2023 (guichet unique)."
_LINKS = (
    "Les liens de succession ne couvrent qu’une partie des transmissions (les cessions de parts n’y figurent pas) : "
    "la valeur avec liens et la valeur sans liens forment une fourchette."
)

_CARDS = (
    Card(
        id="stock",
        label="Établissements artisanaux",
        plain="Les ateliers, boutiques et chantiers permanents d’artisans qui existent ici, ce jour-là.",
        unit="établissements",
        source=_SIRENE,
        field=_REGISTERED,
        formula="Nombre d’établissements actifs, dans le périmètre, au début du jour choisi.",
        denominator="aucun : c’est un dénombrement d’établissements",
        caveat="Une entreprise qui a deux ateliers compte pour deux établissements.",
        coverage=_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=_STOCKS,
        portable=True,
    ),
    Card(
        id="stock_firms",
        label="Entreprises artisanales",
        plain="Les entreprises artisanales que l’on trouve ici, ce jour-là.",
        unit="entreprises",
        source=_SIRENE,
        field=_REGISTERED,
        formula="Nombre d’entreprises (numéros Siren différents) ayant au moins un établissement actif, dans le "
        "périmètre et sur le territoire, au début du jour choisi.",
        denominator="aucun : c’est un dénombrement d’entreprises",
        caveat="Une entreprise présente dans deux communes compte une fois dans chacune et une seule fois en tout : "
        "ce nombre ne s’additionne pas d’une commune ou d’un métier à l’autre.",
        coverage=_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=_STOCKS,
        portable=True,
    ),
    Card(
        id="creations",
        label="Créations d’entreprises artisanales",
        plain="Les entreprises artisanales qui ont commencé ici pendant la période.",
        unit="créations",
        source=_SIRENE_LINKS,
        field=_REGISTERED,
        formula="Nombre d’entreprises dont la présence sur le territoire commence pendant la période : premier "
        "établissement ouvert, ou réouverture après plus d’un an (365 jours) d’absence. Les reprises connues par un "
        "lien de succession et les changements d’activité sont comptés à part.",
        denominator="aucun : c’est un dénombrement d’entreprises",
        caveat=f"Une entreprise venue d’un autre territoire y compte comme une création ; un déménagement à "
        f"l’intérieur n’en est pas une. {_LINKS} {_BREAKS}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=_FLOWS,
        portable=True,
    ),
    Card(
        id="closures",
        label="Fermetures d’entreprises artisanales",
        plain="Les entreprises artisanales qui ont fermé ici pendant la période.",
        unit="fermetures",
        source=_SIRENE_LINKS,
        field=_REGISTERED,
        formula="Nombre d’entreprises dont la présence sur le territoire finit pendant la période par la fermeture "
        "du dernier établissement, sans réouverture dans l’année (365 jours). Les transmissions connues par un lien "
        "de succession et les changements d’activité sont comptés à part.",
        denominator="aucun : c’est un dénombrement d’entreprises",
        caveat=f"Une entreprise partie vers un autre territoire y compte comme une fermeture. {_LATE} {_LINKS}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=_FLOWS,
        portable=True,
    ),
    Card(
        id="balance",
        label="Solde des créations et des fermetures",
        plain="Ce que les créations ont apporté de plus que les fermetures n’ont retiré.",
        unit="entreprises",
        source=_SIRENE_LINKS,
        field=_REGISTERED,
        formula="Créations moins fermetures pendant la période.",
        denominator="aucun : c’est une différence de dénombrements",
        caveat=f"Le solde n’est pas la variation du nombre d’entreprises : les changements d’activité n’y sont pas. "
        f"{_LATE}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=_FLOWS,
    ),
    Card(
        id="creation_rate",
        label="Taux de création",
        plain="Pour 100 entreprises déjà là, combien se sont créées dans l’année.",
        unit="%",
        decimals=1,
        source=_SIRENE_LINKS,
        field=_REGISTERED,
        formula="Créations de la période, pour 100 entreprises présentes au début de la période.",
        denominator="entreprises présentes au début de la période, toutes tailles",
        caveat=f"L’année en cours est montrée sur douze mois glissants. {_LINKS} {_BREAKS}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=_FLOWS,
    ),
    Card(
        id="closure_rate",
        label="Taux de fermeture",
        plain="Pour 100 entreprises déjà là, combien ont fermé dans l’année.",
        unit="%",
        decimals=1,
        source=_SIRENE_LINKS,
        field=_REGISTERED,
        formula="Fermetures de la période, pour 100 entreprises présentes au début de la période.",
        denominator="entreprises présentes au début de la période, toutes tailles",
        caveat=f"L’année en cours est montrée sur douze mois glissants. {_LATE} {_LINKS}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=_FLOWS,
    ),
    Card(
        id="survival",
        label="Survie des entreprises créées",
        plain="Sur 100 entreprises créées, combien sont encore là trois ans après.",
        unit="%",
        decimals=1,
        source=_SIRENE_LINKS,
        field=_REGISTERED + " L’Insee (enquête Sine) laisse de côté les micro-entrepreneurs et les entreprises qui "
        "n’ont jamais démarré : les deux taux ne se comparent pas.",
        formula="Part des entreprises créées pendant la période encore présentes 1, 3 et 5 ans après. Une entreprise "
        "transmise ou qui change d’activité est suivie jusqu’à ce jour-là, et une entreprise récente jusqu’au jour des "
        "données. L’intervalle dit entre quelles bornes le hasard peut faire varier ce taux, 95 fois sur 100.",
        method="Estimateur de Kaplan-Meier sur la cohorte, intervalle à 95 % de Greenwood (échelle log-log).",
        denominator="entreprises créées pendant la période",
        caveat=f"Aucune courbe au-dessous de 10 créations. Les entreprises individuelles et les sociétés n’ont pas "
        f"la même survie : les séparer avant de comparer. {_LATE} {_LINKS}",
        coverage=_FLOWS_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.PERIOD,
        by=(Grouping.TRADE, Grouping.SECTOR, Grouping.COMMUNE, Grouping.YEAR, Grouping.LEGAL, Grouping.ZONE),
    ),
    Card(
        id="employees",
        label="Salariés des établissements artisanaux",
        plain="À peu près combien de personnes les artisans d’ici emploient.",
        unit="salariés",
        source=_SIRENE,
        field=_REGISTERED,
        formula="Somme des bornes basses et des bornes hautes des tranches d’effectif des établissements actifs ; "
        "la valeur est le milieu des deux. Sans tranche, une entreprise déclarée non employeuse compte pour 0.",
        denominator="établissements dont la tranche d’effectif est connue",
        caveat="Les tranches sont celles du 31 décembre de l’avant-dernière année. Sirene n’en garde pas l’historique, "
        "nos éditions le font\u00a0: une année passée a le chiffre du jour de la dernière édition qui l’avait. "
        "Case masquée sous 3 entreprises, ou si l’une pèse 85 % ou plus.",
        coverage=f"Un seul périmètre, quel que soit celui que l’on choisit : {EMPLOYEES.label}. "
        "En publier deux permettrait de les soustraire. Établissements de tranche connue ; la part connue est donnée "
        "avec chaque valeur.",
        regime=Regime.PROTECTED,
        moment=Moment.DAY,
        by=(Grouping.TRADE, Grouping.SECTOR, Grouping.COMMUNE),
    ),
    Card(
        id="density",
        label="Densité artisanale",
        plain="Combien d’entreprises artisanales pour 10 000 habitants.",
        unit="entreprises pour 10 000 habitants",
        decimals=1,
        source=_SIRENE + " ; Insee, populations légales",
        field=_REGISTERED,
        formula="Entreprises artisanales présentes au jour choisi, pour 10 000 habitants.",
        denominator="population municipale du territoire",
        caveat="La population est la dernière publiée, quelle que soit la date choisie.",
        coverage=_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=(*_PLACES, Grouping.YEAR),
    ),
    Card(
        id="age",
        label="Âge médian des entreprises",
        plain="La moitié des entreprises sont plus anciennes que cet âge, l’autre moitié plus jeunes.",
        unit="ans",
        decimals=1,
        source=_SIRENE,
        field=_REGISTERED,
        formula="L’âge est le temps écoulé depuis que l’entreprise est présente sur le territoire ; celui-ci partage "
        "les entreprises en deux moitiés.",
        method="C’est la médiane des âges.",
        denominator="entreprises présentes au jour choisi et dont le début est connu",
        caveat="L’âge de l’entreprise n’est pas celui de son dirigeant.",
        coverage=_COVERAGE + _DATED,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=(*_PLACES, Grouping.YEAR),
    ),
    Card(
        id="specialisation",
        label="Spécialisation",
        plain="Ce métier est-il plus courant ici qu’ailleurs ? Au-dessus de 1, oui ; au-dessous, non.",
        unit="fois la part de référence",
        decimals=2,
        source=_SIRENE,
        field=_REGISTERED,
        formula="Part du métier (ou du secteur) dans les établissements artisanaux du territoire, divisée par la même "
        "part dans le territoire de référence.",
        method="C’est un quotient de localisation.",
        denominator="part du métier dans le territoire de référence",
        caveat="1 : comme la référence ; 2 : deux fois plus présent. Instable quand les établissements sont peu "
        "nombreux.",
        coverage=_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=(Grouping.TRADE, Grouping.SECTOR),
    ),
    Card(
        id="presence",
        label="Métiers présents, absents ou derniers",
        plain="Dans combien de communes on trouve ce métier, et où il n’en reste qu’un.",
        unit="communes",
        source=_SIRENE,
        field=_REGISTERED,
        formula="Par métier, nombre de communes où au moins un établissement est actif au jour choisi ; « dernier » "
        "quand il n’en reste qu’un, « absent » quand il n’y en a pas.",
        denominator="communes du territoire",
        caveat="Les tournées et les marchés ne sont pas dans Sirene : un métier « absent » peut être rendu dans la "
        "commune par un établissement voisin.",
        coverage=_COVERAGE,
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=(Grouping.TRADE, Grouping.COMMUNE),
    ),
    Card(
        id="ess_share",
        label="Part de l’économie sociale et solidaire",
        plain="Sur 100 entreprises, combien sont de l’économie sociale et solidaire.",
        unit="%",
        decimals=1,
        source=_SIRENE,
        field=_REGISTERED,
        formula="Entreprises qui portent la mention « économie sociale et solidaire », pour 100 entreprises dont "
        "la mention est renseignée.",
        denominator="entreprises présentes dont la mention ESS est renseignée",
        caveat="Les associations sont hors du champ artisanal : restent les coopératives et les sociétés qui ont "
        "demandé la mention. Celle-ci n’a pas d’historique\u00a0: pour un jour passé, c’est celle du jour des données.",
        coverage="Unités légales dont la mention est renseignée ; leur nombre est donné.",
        regime=Regime.PUBLIC,
        moment=Moment.DAY,
        by=_PLACES,
    ),
)
_BY_ID = {card.id: card for card in _CARDS}


def cards() -> tuple[Card, ...]:
    """All cards, in reading order."""
    return _CARDS


def card(indicator: str) -> Card:
    """The card of an indicator. Raises UnknownIndicator, whose message lists what exists."""
    try:
        return _BY_ID[indicator]
    except KeyError:
        raise UnknownIndicator(
            f"L’indicateur « {indicator} » n’existe pas. Indicateurs : {', '.join(_BY_ID)}."
        ) from None
