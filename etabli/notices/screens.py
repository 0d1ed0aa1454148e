"""What the page of notices is given."""

from dataclasses import dataclass

from etabli.notices.models import Notice


@dataclass(frozen=True)
class Switch:
    """One kind, and whether this person wants it in the page and by e-mail."""

    code: str
    label: str
    in_page: bool
    by_mail: bool


@dataclass(frozen=True)
class NoticesScreen:
    """Everything on the page."""

    notices: tuple[Notice, ...]
    switches: tuple[Switch, ...]
