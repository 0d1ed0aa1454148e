"""What the ledger counts, computed act by act in Python."""

from maillage.reference.places.links import epci_of


def standing(acts):
    """Acts that are neither reversals nor reversed."""
    reversed_ones = {act.reverses_id for act in acts if act.reverses_id}
    return [act for act in acts if act.reverses_id is None and act.pk not in reversed_ones]


def selected(acts, wanted):
    """Acts that meet every condition of a selection."""

    def meets(act):
        return all(
            [
                not wanted.organisations or act.organisation_id in wanted.organisations,
                not wanted.kinds or act.kind in wanted.kinds,
                not wanted.themes or any(theme in act.themes.split("|") for theme in wanted.themes),
                wanted.since is None or act.day >= wanted.since,
                wanted.until is None or act.day <= wanted.until,
                wanted.communes is None or act.commune in wanted.communes,
                not wanted.trades or act.trade in wanted.trades,
                not wanted.bands or act.band in wanted.bands,
                not wanted.only_qpv or act.qpv,
                wanted.adviser is None or act.adviser_id == wanted.adviser,
                wanted.beneficiary is None or canonical(act) == wanted.beneficiary,
            ]
        )

    return [act for act in acts if meets(act)]


def canonical(act):
    return act.beneficiary and (act.beneficiary.canonical_id or act.beneficiary_id)


def count(acts, wanted, measure):
    rows = selected(standing(acts), wanted)
    match measure:
        case "acts":
            return len(rows)
        case "beneficiaries":
            return len({canonical(act) for act in rows if act.beneficiary_id})
        case "communes":
            return len({act.commune for act in rows if act.commune})
    return sum(getattr(act, measure) for act in rows)


def part(act, dimension):
    match dimension:
        case "epci":
            return epci_of(act.commune) or ""
        case "month":
            return act.day.isoformat()[:7]
        case "year":
            return act.day.isoformat()[:4]
    return getattr(act, dimension)


def count_by(acts, wanted, measure, dimension):
    parts = {part(act, dimension) for act in acts}
    found = {one: count([a for a in acts if part(a, dimension) == one], wanted, measure) for one in parts}
    return {one: value for one, value in found.items() if value}
