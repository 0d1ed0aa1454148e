"""How an electronic signature is made. The one we have is « simple » in the words of eIDAS, and claims no more.

Account + password typed again + fingerprint of the text + time, bound by a keyed seal that this site can check. A
qualified provider would be another class with the same two methods.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import check_password

from etabli.accounts.models import User


@dataclass(frozen=True)
class Claim:
    """What is signed, by whom, when."""

    version_key: str
    version_sha256: str
    siren: str
    user_pk: int
    at: datetime


class Provider(Protocol):
    """Makes sure of the person, and seals what they sign."""

    level: str

    def recognises(self, user: User, proof: str) -> bool:
        """Whether `proof` (here a password) is this person's."""
        ...

    def seal(self, claim: Claim) -> str:
        """64 hexadecimal signs that only this claim gives."""
        ...


class Simple:
    """Account, password typed again, keyed seal."""

    level = "simple"

    def recognises(self, user: User, proof: str) -> bool:
        """The password of the account. An account without password cannot sign here."""
        return user.is_active and user.has_usable_password() and check_password(proof, user.password)

    def seal(self, claim: Claim) -> str:
        """HMAC over every part of the claim."""
        parts = (claim.version_key, claim.version_sha256, claim.siren, str(claim.user_pk), claim.at.isoformat())
        return hmac.new(settings.SECRET_KEY.encode(), "\n".join(parts).encode(), sha256).hexdigest()


PROVIDER: Provider = Simple()
