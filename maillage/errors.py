"""Errors of the engine. Each carries a French message that says what happened and what to do."""

from maillage.signs import legible

# The names below are said aloud in the domain; « Error » behind each would say nothing more.


class MaillageError(Exception):
    """Base of every error that a user may read; `message` is a French sentence."""

    def __init__(self, message: str) -> None:
        self.message = legible(message)
        super().__init__(self.message)


class UnknownTerritory(MaillageError):
    """A place that no reference table knows; `plain` says so without codes, `near`: keys of those it may be."""

    def __init__(self, message: str, *, plain: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.plain, self.near = legible(plain or message), near


class UnknownTrade(MaillageError):
    """A trade code that the table of trades does not hold."""


class UnknownIndicator(MaillageError):
    """An indicator identifier without a card."""


class BadQuestion(MaillageError):
    """A question that contradicts itself or lacks a part."""


class NotCovered(MaillageError):
    """The store does not hold the whole territory that was asked for."""


class BadSource(MaillageError):
    """An official file that cannot be read as such: truncated, wrong columns, wrong encoding…"""


class FetchFailed(MaillageError):
    """A download that did not end with the expected file."""


class BuildFailed(MaillageError):
    """A build that stopped; the store of yesterday is untouched."""


class NoStore(MaillageError):
    """No readable store at the given place."""


class DamagedStore(NoStore):
    """A store that is there, but whose files are missing, cut or changed."""
