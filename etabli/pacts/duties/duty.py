"""What a duty is: one thing to do, by a date, and whom it concerns."""

from dataclasses import dataclass
from datetime import date

from etabli.accounts.roles import Permission
from etabli.notices.kinds import Kind
from etabli.pacts.models import Convention

UNDATED = frozenset({Kind.YOUR_TURN, Kind.REPORT})


@dataclass(frozen=True)
class Duty:
    """One thing to do, by a date. `parties` empty: the pilot's. `key` is the same each day until it is done."""

    kind: Kind
    convention: Convention
    due_on: date
    subject: str
    text: str
    address: str
    permission: Permission = Permission.DRAFT_CONVENTION
    parties: tuple[int, ...] = ()
    about: str = ""

    @property
    def key(self) -> str:
        """« ending:12:2020-11-15 »; what waits for a party has no day, but what it waits for."""
        when, about = (self.about, "") if self.kind in UNDATED else (self.due_on.isoformat(), self.about)
        return ":".join(part for part in (self.kind, str(self.convention.pk), when, about) if part)
