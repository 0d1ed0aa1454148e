"""What the first page of people from outside is given."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from etabli import facts
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission, Role
from etabli.pacts.reports.published import PublishedPact, published_pacts
from etabli.pacts.welcome import queries
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.territory import Territory, parse

MOST = 50


@dataclass(frozen=True)
class Way:
    """A public page about a territory: name of its address, its title, what one finds there."""

    name: str
    title: str
    words: str
    query: str = ""


PORTRAIT = Way(
    "portrait",
    "Le portrait du territoire",
    "Combien d’entreprises, combien naissent, combien tiennent encore à trois ans.",
)
MOVED = Way("watch", "Ce qui vient de bouger", "Ouvertures, fermetures et reprises, d’un mois sur l’autre.")
FIRMS = Way("establishments", "Les entreprises", "La liste par métier et par commune, à emporter dans un tableur.")
FOOD = Way(
    "establishments", "Les métiers de bouche", "Boulangers, bouchers, traiteurs…\u00a0: qui est là, commune par "
    "commune.", "?secteur=alimentation",
)  # fmt: skip
WAYS: dict[Role, tuple[Way, ...]] = {
    Role.ARTISAN: (
        Way("trades", "Les métiers", "Combien font le même métier que vous, et dans quelles communes."), MOVED,
        PORTRAIT,
    ),
    Role.PROJECT_HOLDER: (
        Way("trades", "Les métiers", "Avant de vous installer\u00a0: qui fait déjà ce métier, et où il manque."),
        PORTRAIT, MOVED,
    ),
    Role.PUBLIC_BUYER: (FIRMS, Way("trades", "Les métiers", "Quels métiers sont présents, et lesquels manquent.")),
    Role.CANTEEN_MANAGER: (FOOD, FIRMS),
    Role.SOCIAL_ECONOMY: (FIRMS, PORTRAIT, MOVED),
    Role.YOUNG_PERSON: (
        Way("trades", "Les métiers", "Plus de deux cents métiers\u00a0: lesquels s’exercent près de chez vous."),
        PORTRAIT,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A way that leads somewhere."""

    href: str
    title: str
    words: str


@dataclass(frozen=True)
class Done:
    """An act as the person whom it was for reads it: no name, no note, no time spent."""

    day: date
    kind: str
    by: str


@dataclass(frozen=True)
class Welcome:
    """`place` is empty when nobody said where the organisation is; `acts` is None for who represents no firm."""

    roles: str
    organisation: str
    place: str
    doors: tuple[Door, ...]
    acts: tuple[Done, ...] | None
    further: int
    pacts: tuple[PublishedPact, ...]
    asked_of: str


def screen(reader: Reader) -> Welcome:
    """The page of a reader."""
    where, chamber = territory(reader.organisation.territory), queries.vouching(reader.organisation)
    rows = queries.own_acts(reader)
    acts = tuple(Done(one.day, one.get_kind_display(), str(one.organisation)) for one in rows[:MOST])
    represents = reader.may(Permission.SEE_OWN_ACTS)
    return Welcome(
        roles=french.enumeration(sorted(role.label for role in reader.roles)),
        organisation=reader.organisation.name,
        place=where.short_name if where else "",
        doors=doors(reader.roles, where),
        acts=acts if represents else None,
        further=max(rows.count() - MOST, 0),
        pacts=tuple(published_pacts(where.communes if where else None)),
        asked_of=chamber.short_name if chamber else "",
    )


def territory(key: str) -> Territory | None:
    """The place of an organisation, when the data in force can be asked about it."""
    try:
        where = parse(key)
        return where if facts.store().covers(where).complete else None
    except MaillageError:
        return None


def doors(roles: frozenset[Role], where: Territory | None) -> tuple[Door, ...]:
    """What these roles come for, each address once."""
    if where is None:
        return (Door(reverse("observatory:search"), "Chercher votre territoire", "Par son nom ou son code postal."),)
    keys = {"niveau": str(where.level), "code": where.key.partition(":")[2]}
    ways = [way for role in Role if role in roles for way in WAYS.get(role, ())]
    found = {
        reverse(f"observatory:{way.name}", kwargs=keys) + way.query: (way.title, way.words) for way in reversed(ways)
    }
    return tuple(Door(href, *said) for href, said in reversed(found.items()))
