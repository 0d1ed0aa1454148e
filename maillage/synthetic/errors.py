"""What the generator refuses, in French."""

from __future__ import annotations

from maillage.errors import MaillageError


class TooManyFirms(MaillageError):
    """More firms were asked for than the block of fictitious SIREN numbers can hold."""


class NoInhabitants(MaillageError):
    """None of the communes has a known population: there is nobody to serve, hence no firm to invent."""
