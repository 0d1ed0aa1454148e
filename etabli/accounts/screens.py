"""What the pages of accounts are given."""

from dataclasses import dataclass

from etabli.ui.menu import Entry


@dataclass(frozen=True)
class Choice:
    """Another organisation that the person may act for."""

    value: int
    label: str


@dataclass(frozen=True)
class Bar:
    """The head of the back office. Without organisation, its fields are empty."""

    name: str
    organisation: str
    roles: str
    others: tuple[Choice, ...]
    menu: list[Entry]
