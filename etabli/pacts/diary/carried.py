"""What a correction keeps of the act it replaces: all that the form does not show, or shows unchanged."""

from dataclasses import replace

from etabli.acts.actions import Entry
from etabli.acts.kinds import Confidentiality, Theme
from etabli.acts.models import Act
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.models import Axis

Shares = dict[Axis, int]


def into(entry: Entry, shares: Shares, former: Act, *, said: bool = False) -> tuple[Entry, Shares]:
    """The corrected entry and its axes, completed by those of the act that it replaces.

    `said`: the theme of the entry was chosen, and stands.
    """
    same = entry.beneficiary == former.beneficiary
    kept = replace(
        entry,
        organisation=former.organisation,
        trade=former.trade if same else entry.trade,
        band=former.band if same else entry.band,
        qpv=former.qpv if entry.qpv and former.qpv else entry.qpv,
        placement=former.placement,
        confidentiality=Confidentiality(former.confidentiality),
        proof=entry.proof or former.proof,
    )
    standing = attributions.standing(former)
    if {axis.pk for axis in shares} - standing.keys() or bool(shares) != bool(standing):
        return kept, shares  # another axis was chosen
    held = tuple(Theme(theme) for theme in former.themes.strip("|").split("|") if theme)
    axes = Axis.objects.in_bulk(list(standing))
    return replace(kept, themes=entry.themes if said else held), {axes[pk]: share for pk, share in standing.items()}
