"""INSEE's inventory of facilities (BPE) beside our own counts of the same day, each gap with its reason."""

from datetime import date

from etabli import facts
from etabli.observatory.questions import Asker
from etabli.observatory.screens import Facilities, FacilityLine
from etabli.ui import french
from maillage.reference.bpe import BpeType, bpe_types
from maillage.scope import Scope, SizeScope
from maillage.territory import Territory


def facilities(asker: Asker, where: Territory) -> Facilities | None:
    """None when no inventory was loaded, or none of this place. Our counts are of establishments on its 1 January."""
    store = facts.store()
    if not store.bpe or store.bpe_year is None:
        return None
    day = date(store.bpe_year, 1, 1)
    scope = Scope(asker.reading.scope.activity, SizeScope.UPTO249)  # the inventory knows no size
    question = facts.Question("stock", where, on=day, scope=scope, by="trade")
    ours = {row.key: int(row.value or 0) for row in facts.ask(question).rows}
    lines = [line for kind in bpe_types() if (line := _line(kind, where, ours)) is not None]
    if not lines:
        return None
    return Facilities(
        title=f"À côté de l’inventaire de l’Insee (BPE {store.bpe_year})",
        year=french.long_date(day),
        lines=tuple(lines),
    )


def counted(kind: BpeType, where: Territory) -> int | None:
    """Facilities of that kind in the territory, whether the file names kinds or gives their codes; None when unseen."""
    bpe = facts.store().bpe
    found = [
        bpe[commune, name] for commune in where.communes for name in (kind.label, *kind.codes) if (commune, name) in bpe
    ]
    return sum(found) if found else None


def _line(kind: BpeType, where: Territory, ours: dict[str, int]) -> FacilityLine | None:
    inventory = counted(kind, where)
    if inventory is None or not kind.comparable:
        return None
    mine = sum(ours.get(trade, 0) for trade in kind.trades)
    return FacilityLine(
        label=kind.label,
        counted=french.number(inventory),
        ours=french.number(mine),
        gap=french.number(mine - inventory, signed=True),
        remark=kind.remark,
    )
