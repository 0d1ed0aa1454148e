"""Which figure a list opens, in the query string: `?indicateur=creations&metier=boulangerie&annee=2025`."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from etabli import facts
from etabli.facts import Behind, Moment, Period, Question, Within
from etabli.observatory import typed
from etabli.observatory.legal import WORDS
from etabli.observatory.scopes import Reading, reading_from
from maillage.errors import BadQuestion
from maillage.reference.legal_forms import LegalClass
from maillage.reference.trades import Sector, Trade, trade
from maillage.territory import Territory

_PUBLIC = ("stock_firms", "stock", "creations", "closures", "creation_rate", "closure_rate", "density")
EVENTS = {"creations": "Ouverture", "creation_rate": "Ouverture", "closures": "Fermeture", "closure_rate": "Fermeture"}
ALWAYS = "toutes"
OPENABLE = {name: name for name in _PUBLIC}
LABELS = {name: facts.card(name).label for name in _PUBLIC}
FORMS: dict[str, LegalClass | None] = {**WORDS}
SECTORS: dict[str, Sector | None] = {sector.value: sector for sector in Sector}


@dataclass(frozen=True)
class Asked:
    """The figure to open: an indicator under a reading, perhaps one trade, sector, legal form or year of it."""

    indicator: str
    reading: Reading
    trade: Trade | None = None
    sector: Sector | None = None
    year: int | None = None
    always: bool = False  # since the first day known, latest first
    form: LegalClass | None = None
    zone: tuple[str, str] | None = None  # a zoning and one of its levels

    @property
    def event(self) -> str:
        """What happened to each line of the list, as the head of a column; empty for a day."""
        return EVENTS.get(self.indicator, "")

    @property
    def over_time(self) -> bool:
        """Is it about a period, rather than about a day?"""
        return facts.card(self.indicator).moment is not Moment.DAY

    def question(self, where: Territory) -> Question:
        """The question whose rows are wanted."""
        on, during = self.reading.on, None
        if self.over_time:
            during, on = self._during(on), None
        return Question(
            self.indicator,
            where,
            on=on,
            during=during,
            scope=self.reading.scope,
            trade=None if self.trade is None else self.trade.code,
            sector=None if self.sector is None else self.sector.value,
        )

    def _during(self, on: date | None) -> Period | None:
        """None: the last twelve months."""
        if self.year:
            return Period.year(self.year)
        if self.always:
            return Period(*facts.days())
        return None if on is None else Period.rolling_year(on)

    @property
    def form_word(self) -> str:
        """Value of `forme`; empty for all forms."""
        return next((word for word, form in WORDS.items() if form is self.form), "")

    def behind(self, where: Territory) -> Behind:
        """The establishments, those of the legal form and of the zone when they are asked for. Raises NotCovered."""
        return facts.behind(self.question(where), Within(self.form, self.zone))

    @property
    def zone_word(self) -> str:
        """Value of `zonage`; empty for everywhere."""
        return "" if self.zone is None else ":".join(self.zone)

    @property
    def query(self) -> str:
        """The query string that leads back here."""
        more = {"indicateur": self.indicator}
        more |= {} if self.trade is None else {"metier": self.trade.code}
        more |= {} if self.sector is None else {"secteur": self.sector.value}
        more |= {"forme": self.form_word} if self.form_word else {}
        more |= {"zonage": self.zone_word} if self.zone else {}
        more |= {"annee": str(self.year)} if self.year else {"annee": ALWAYS} if self.always else {}
        return self.reading.query(**more)


def asked_from(query: QueryDict) -> Asked:
    """Reads `indicateur`, `metier`, `secteur`, `annee` and the reading. Raises BadQuestion and UnknownTrade."""
    indicator, slug = typed.one_of(query, "indicateur", OPENABLE, "stock_firms", LABELS), query.get("metier", "")
    sector, always = typed.one_of(query, "secteur", SECTORS, None), query.get("annee") == ALWAYS
    year = None if always else typed.year(query, "annee")
    form = typed.one_of(query, "forme", FORMS, None)
    zone = facts.zone_named(level) if (level := query.get("zonage", "")) else None
    asked = Asked(indicator, reading_from(query), trade(slug) if slug else None, sector, year, always, form, zone)
    if (year or always) and not asked.over_time:
        raise BadQuestion(
            "« annee » vaut pour des créations ou des fermetures\u00a0; pour un autre jour, écrire « le=2021-01-01 »."
        )
    return asked
