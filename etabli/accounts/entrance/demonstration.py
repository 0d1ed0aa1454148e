"""Who one may be in the demonstration: its login page says it, with the one password; nothing elsewhere."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from etabli.accounts import queries
from etabli.accounts.roles import Role
from etabli.ui import french


@dataclass(frozen=True)
class Shown:
    """One account: « chargé du pacte », « CMA Nord – Pas-de-Calais et CMAR PACA », and its address."""

    role: str
    organisations: str
    email: str


def accounts() -> tuple[Shown, ...]:
    """Every role held today, in the order of `Role`; nobody outside the demonstration."""
    if not settings.DEMO:
        return ()
    order = {role: rank for rank, role in enumerate(Role.values)}
    held = queries.current_memberships().select_related("user", "organisation").order_by("starts_on", "pk")
    rows = sorted(held, key=lambda one: (order[one.role], one.user_id))
    return tuple(
        Shown(str(Role(role).label), french.enumeration([one.organisation.short_name for one in several]), email)
        for (role, email), several in groupby(rows, key=lambda one: (one.role, one.user.email))
    )
