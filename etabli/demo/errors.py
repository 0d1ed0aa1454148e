"""What stops the demonstration, in French."""

from maillage.errors import MaillageError


class RealDataThere(MaillageError):
    """The data folder holds a store of real firms: fiction and reality never mix."""


class StepFailed(MaillageError):
    """A command that the demonstration runs ended badly."""


class NotAnswering(MaillageError):
    """The server started for the health check does not answer, or not well."""


class NoPort(MaillageError):
    """No free port on this machine near the one asked for."""
