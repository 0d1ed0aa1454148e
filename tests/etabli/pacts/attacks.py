"""What an insider deduces: grounds where somebody else helped one of our firms, and what we know by our own acts.

Each ground gives our objective and our acts.
"""

from collections import Counter

from etabli.acts.kinds import ActKind
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN

DIMENSIONS = ("commune", "trade", "kind", "qpv", "band")


def left(cast):
    """Ten firms that we visited; the pact of another chamber, which we may not see, counts one of them in our place."""
    ours = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="notre")
    hidden = ground.convention(cast.other_chamber, LENS, slug="cache")
    for one in (ours, hidden):
        one.parties.create(organisation=cast.agglomeration, role="funder")
    mine, _ = (ground.objective(ground.axis(one), kinds=[ActKind.VISIT]) for one in (ours, hidden))
    mine.disaggregations = [*DIMENSIONS]
    mine.save()
    acts = [
        ground.act(cast.chamber, day, ground.firm(), commune=place, trade=trade, qpv=qpv, band=band)
        for place, day, trade, qpv, band, number in (
            (LENS, "2025-03-10", "boulangerie", "", "00", 4),
            (LIEVIN, "2025-04-10", "coiffure", "QN06250M", "01", 6),
        )
        for _ in range(number)
    ]
    ground.act(cast.other_chamber, "2025-05-05", acts[0].beneficiary, commune=LENS)
    return mine, acts


def without_order(cast):
    """Eight firms whose shop we opened; we know an order of one of them, somebody else of three."""
    ours = ground.convention(cast.chamber, LENS, slug="notre")
    mine = ground.objective(
        ground.axis(ours), kinds=[ActKind.SHOP_OPENED], absent_kinds=[ActKind.ORDER], disaggregations=["commune"]
    )
    acts = [ground.act(cast.chamber, "2025-03-10", ground.firm(), kind=ActKind.SHOP_OPENED) for _ in range(8)]
    ground.act(cast.chamber, "2025-04-10", acts[0].beneficiary, kind=ActKind.ORDER)
    for one in acts[1:4]:
        ground.act(cast.other_chamber, "2025-04-10", one.beneficiary, kind=ActKind.ORDER)
    return mine, acts


def twice(cast):
    """Eight firms that we visited, five of them twice; somebody else visited the others."""
    ours = ground.convention(cast.chamber, LENS, slug="notre")
    mine = ground.objective(ground.axis(ours), kinds=[ActKind.VISIT], window_days=90, disaggregations=["commune"])
    acts = [ground.act(cast.chamber, "2025-03-10", ground.firm()) for _ in range(8)]
    acts += [ground.act(cast.chamber, "2025-04-10", one.beneficiary) for one in acts[:5]]
    for one in acts[5:8]:
        ground.act(cast.other_chamber, "2025-04-10", one.beneficiary)
    return mine, acts


def by_own_acts(mine, acts):
    """Firms that the objective selects, as we know by ourselves: without an order of ours, visited twice by us."""
    firms = Counter(act.beneficiary_id for act in acts)
    if not mine.window_days:
        return firms.keys() - ({acts[0].beneficiary_id} if mine.absent_kinds else set())
    return {firm for firm, number in firms.items() if number > 1}


GROUNDS = [left, without_order, twice]
