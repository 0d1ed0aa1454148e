"""How long a dashboard of forty objectives takes in a ledger of a million acts: `python -m etabli.pacts.bench [ACTS]`.

Works in a database of its own, as `etabli.acts.bench` whose ledger it takes. Prints one JSON object, for `./run bench`.
"""

import json
import sys
from datetime import date

import django

django.setup()

from django.db import connection
from django.test import Client
from django.utils import timezone

from etabli.accounts.models import Membership, Organisation, User
from etabli.accounts.roles import Role
from etabli.acts import bench
from etabli.pacts.attributions import bundles as attributions
from etabli.pacts.models import Axis, Convention, Measure, Objective, Party, PartyRole, Target
from etabli.pacts.workflow import State
from etabli.registry.models import Perimeter
from maillage.territory import parse

OBJECTIVES, AXES = 40, 4
MEASURES = (Measure.BENEFICIARIES, Measure.ACTS, Measure.COMMUNES, Measure.MINUTES)


def pact(chamber: Organisation, number: int, officer: User) -> Convention:
    """A signed pact of a chamber over the four years of the ledger, each objective on one kind of act."""
    places = sorted(parse("departement:62").communes)[: bench.COMMUNES]
    signed = Perimeter.objects.create(name="Périmètre", communes=places, as_of=bench.FIRST_DAY)
    made = Convention.objects.create(
        title=f"Pacte {number}", short_title=f"Pacte {number}", slug=f"pacte-{number}", perimeter=signed,
        starts_on=bench.FIRST_DAY, ends_on=date(bench.YEARS[1] + 1, 12, 31), state=State.ACTIVE,
    )  # fmt: skip
    Party.objects.create(convention=made, organisation=chamber, role=PartyRole.PILOT)
    axes = [Axis.objects.create(convention=made, number=n + 1, title=f"Axe {n + 1}") for n in range(AXES)]
    for n in range(OBJECTIVES):
        one = Objective.objects.create(
            axis=axes[n % AXES], number=n + 1, title=f"Objectif {n + 1}", unit="unités",
            measure=MEASURES[n % len(MEASURES)], kinds=[bench.KINDS[n % len(bench.KINDS)].value],
        )  # fmt: skip
        Target.objects.create(objective=one, year=bench.YEARS[1], value=1000, set_by=officer)
    return made


def measures(acts: int) -> dict[str, tuple[float, str]]:
    """Name → milliseconds, and what was shown: the busiest pact, then an ordinary one."""
    chambers = bench.fill(acts)
    officer = User.objects.create(email="octave@exemple.fr", name="Octave")
    pacts = [pact(chamber, number, officer) for number, chamber in enumerate(chambers)]
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer)
    found: dict[str, tuple[float, str]] = {}
    for name, place in (("ordinary", 1), ("busiest", 0)):
        Membership.objects.all().delete()
        Membership.objects.create(user=officer, organisation=chambers[place], role=Role.ELECTED)
        found |= _shown(client, name, pacts[place], acts)
    _attribute(pacts[0])
    found |= _shown(client, "attributed", pacts[0], acts)
    pact(chambers[0], len(chambers), officer)
    return found | _shown(client, "shared", pacts[0], acts) | _opened(client, pacts[0])


def _opened(client: Client, of: Convention) -> dict[str, tuple[float, str]]:
    """An objective that another pact promises too."""
    one = of.axes.order_by("pk")[0].objectives.order_by("pk")[0]
    address = f"/pacte/{of.slug}/objectifs/{one.pk}/?annee={bench.YEARS[1]}"
    if "Entre deux pactes" not in client.get(address).content.decode():
        raise RuntimeError(address)
    return {"objective_shared": (bench.median_ms(lambda: client.get(address)), "objectif que deux pactes promettent")}


def _shown(client: Client, name: str, of: Convention, acts: int) -> dict[str, tuple[float, str]]:
    """The dashboard of one pact, for a year and for all of them."""
    found = {}
    for view, query in (("year", f"?annee={bench.YEARS[1]}"), ("whole", "")):
        address = f"/pacte/{of.slug}/{query}"
        shown = client.get(address)
        if shown.status_code != 200 or shown.content.count(b"gauge-bar") != OBJECTIVES:
            raise RuntimeError(f"{address}: {shown.status_code}")
        took = bench.median_ms(lambda address=address: client.get(address))  # type: ignore[misc] # value bound in the loop
        what = f"tableau de bord de {OBJECTIVES} objectifs, {acts} actes, {bench.PACTS} pactes, {connection.vendor}"
        found[f"dashboard_{name}_{view}"] = took, what
    return found


def _attribute(of: Convention) -> None:
    """Every act of a pact is given to one of its axes."""
    first, chamber = of.axes.order_by("pk").values_list("pk", flat=True)[0], of.parties.get().organisation_id
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pacts_attribution (act_id, axis_id, share, at, reason) "
            "SELECT id, %s + id %% %s, 100, %s, '' FROM acts_act WHERE organisation_id = %s",
            [first, AXES, timezone.now(), chamber],
        )
    attributions.rebuild()


if __name__ == "__main__":
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with bench.own_database():
        found = measures(acts)
    print(json.dumps({name: {"ms": round(took, 2), "what": what} for name, (took, what) in found.items()}))
