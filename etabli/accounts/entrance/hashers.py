"""The passwords of the demonstration: everybody knows them, so they open nothing elsewhere."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

PASSWORD = "etabli-demonstration"  # noqa: S105 - printed by ./run demo and its login page


class DemonstrationHasher(PBKDF2PasswordHasher):
    """Under a name that an installation which is no demonstration does not know: no password then matches there."""

    algorithm = "demonstration"
    iterations = 20_000  # secret for nobody: cheap to check
