"""What a page says of the acts that other pacts claim too: by which rule, the parts, the overlaps and the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etabli.accounts.policies import Reader
from etabli.pacts import access
from etabli.pacts.models import Convention
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import columns, narrowing, overlaps, policies, queries, wording
from etabli.pacts.objectives.overlaps import Piece, Split
from etabli.pacts.objectives.progress import Progress
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import SIGNED, Register
from etabli.ui import french
from etabli.ui.gauge import amount

MOST_LINES = 20
HIDDEN_PACT = "un pacte dont votre organisation n’est pas partie"
FEW = (
    "Un autre pacte promet aussi une partie de ce chiffre, ou tout. Le secret statistique n’en dit pas le nombre, qui "
    "ferait reconnaître des entreprises."
)


@dataclass(frozen=True)
class Other:
    """An objective of another pact that shares: where it is promised, and how that one counts."""

    pact: str
    title: str
    rule: str
    href: str


@dataclass(frozen=True)
class Line:
    """One piece: who claims it, how much, what each side counts. `href`: its rows, empty for who sees none."""

    name: str
    value: str
    here: str
    elsewhere: str
    href: str = ""


@dataclass(frozen=True)
class Shared:
    """The table of the pieces with its total; only a sentence when numbers would tell a firm.

    `every_row`: the reader opens all that the objective selects.
    """

    sentence: str
    rule: str
    every_row: bool
    surplus: str = ""
    lines: tuple[Line, ...] = ()
    total: Line | None = None
    others: tuple[Other, ...] = ()


def counted_with(reader: Reader, progress: Progress, known: Register) -> Split | None:
    """The pieces of a figure; None when no other pact promises the same, or before the signature."""
    one = progress.objective
    if one.axis.convention.state not in SIGNED or one.measure not in COUNTED:
        return None
    selector = Selector.of(one, known)
    if progress.course.realised is None or not overlaps.is_shared(selector):
        return None
    acts = columns.read({one: [progress.counted_over]}, known)
    found = overlaps.split(acts, selector, progress.counted_over, own=reader.organisation_ids)
    return found if found.overlaps else None


def shared(reader: Reader, progress: Progress, known: Register) -> Shared | None:
    """What the page of an objective says; None when nothing is shared. The pieces open onto the reader's rows."""
    found = counted_with(reader, progress, known)
    if found is None:
        return None
    rule = wording.sharing(progress.objective)
    selector = Selector.of(progress.objective, known)
    acts = columns.read({progress.objective: [progress.counted_over]}, known)
    seen = queries.opened_rows(reader, acts.acts, acts.selected(selector, progress.counted_over), selector)
    opens = policies.may_open_pieces(reader, selector)
    if found.tells_a_firm and not (opens and seen.every_row):
        return Shared(FEW, rule, every_row=False)
    names = names_of(reader, known, {pact for one in found.overlaps for pact in one.pacts})
    lines = tuple(_lines(progress, found.pieces, names, opens=opens and seen.shown > 0))
    theirs = sum((one.elsewhere for one in found.overlaps), Decimal())
    told = amount(theirs) if all(pact in names for one in found.overlaps for pact in one.pacts) else french.ABSENT
    total = Line("ensemble", amount(found.whole), amount(found.counted), told)
    others = tuple(_others(progress, known, names))
    said = _sentence(progress, found), rule, seen.every_row
    return Shared(*said, _surplus(progress, found, names), lines, total, others)


def names_of(reader: Reader, known: Register, pacts: Iterable[int]) -> dict[int, Convention]:
    """Of some pacts, a convention that the reader may see; those that they may not are left out."""
    wanted = set(pacts)
    conventions = {one.axis.convention.pk: one.axis.convention for one in known.objectives}
    sharing = {pk for pk in conventions if known.standings[pk].pact in wanted}
    visible = access.visible(reader).filter(pk__in=sharing).order_by("pk").values_list("pk", flat=True)
    return {known.standings[pk].pact: conventions[pk] for pk in [*visible][::-1]}


def named(pacts: Iterable[int], names: dict[int, Convention]) -> str:
    """« Pacte de Lens et un pacte dont votre organisation n’est pas partie »."""
    told = sorted(str(names[pact]) for pact in pacts if pact in names)
    return french.enumeration(told + [HIDDEN_PACT] * any(pact not in names for pact in pacts))


def _lines(progress: Progress, pieces: Sequence[Piece], names: dict[int, Convention], *, opens: bool) -> Iterable[Line]:
    """The pieces; beyond `MOST_LINES` the largest ones, and a line for all the others."""
    largest = sorted(pieces, key=lambda one: (bool(one.pacts), -one.value))[:MOST_LINES]
    shown = [one for one in pieces if len(pieces) <= MOST_LINES + 1 or one in largest]
    for one in shown:
        yield _line(progress, one, names, opens=opens)
    rest = [one for one in pieces if one not in shown]
    if rest:
        value, here, theirs = (
            sum((getattr(one, name) for one in rest), Decimal()) for name in ("value", "counted", "elsewhere")
        )
        told = amount(theirs) if all(pact in names for one in rest for pact in one.pacts) else french.ABSENT
        yield Line(f"{len(rest)} autres croisements de pactes", amount(value), amount(here), told)


def _line(progress: Progress, one: Piece, names: dict[int, Convention], *, opens: bool) -> Line:
    part = narrowing.piece(one.pacts)
    href = f"{narrowing.query(progress.year, part)}#lignes" if opens else ""
    if not one.pacts:
        return Line("ce pacte seul", amount(one.value), amount(one.counted), "0", href)
    seen = all(pact in names for pact in one.pacts)
    theirs = amount(one.elsewhere) if seen else french.ABSENT
    return Line(f"aussi\u00a0: {named(one.pacts, names)}", amount(one.value), amount(one.counted), theirs, href)


def _sentence(progress: Progress, found: Split) -> str:
    unit = progress.objective.unit
    whole = f"{amount(found.whole)}\u00a0{french.agreed(unit, found.whole)}"
    verb = "répond" if found.shared <= 1 else "répondent"
    return f"Sur {whole}, {amount(found.shared)} {verb} aussi à la promesse d’un autre pacte."


def _surplus(progress: Progress, found: Split, names: dict[int, Convention]) -> str:
    """What a sum over the pacts would count twice; nothing when it counts all of it once at most.

    Only over the pacts that the reader may see: what the others count would be found by subtraction.
    """
    told = [one for one in found.overlaps if all(pact in names for pact in one.pacts)]
    more = sum((one.surplus for one in told if one.surplus > 0), Decimal())
    if not more:
        return ""
    unit = french.agreed(progress.objective.unit, more)
    return f"Additionner les chiffres de ces pactes compterait {amount(more)}\u00a0{unit} de trop."


def _others(progress: Progress, known: Register, names: dict[int, Convention]) -> Iterable[Other]:
    for rival in known.rivals(progress.objective, progress.objective.measure):
        if known.of(rival).pact in names:
            where = rival.axis.convention
            href = f"/pacte/{where.slug}/objectifs/{rival.pk}/"
            yield Other(str(where), rival.title, wording.sharing(rival), href)
