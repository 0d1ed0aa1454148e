"""What allauth asks of us: words in French, and secrets of the second factor encrypted at rest."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from etabli.accounts.external.views import way_out
from etabli.ui import french

INVITED = "invited_addresses"  # in the session
REFUSALS = {
    "account_inactive": "Ce compte est fermé.",
    "duplicate_email": "Cette adresse est déjà celle de votre compte.",
    "email_password_mismatch": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez-les, ou demandez un nouveau "
    "mot de passe par «\u00a0Mot de passe oublié\u00a0».",
    "email_taken": "Un compte existe déjà à cette adresse.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    "incorrect_code": "Ce code n’est pas le bon, ou il a déjà servi. Tapez celui qui s’affiche maintenant.",
    "incorrect_key": "La réponse de la clé n’a pas pu être lue. Recommencez avec la même clé, ou avec un code.",
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "invalid_password_reset": "Ce lien n’est plus valable. Demandez-en un autre.",
    "rate_limited": "Trop de demandes en peu de temps. Attendez quelques minutes, puis recommencez.",
    "same_as_current": "C’est déjà celui que vous utilisez.",
    "too_many_login_attempts": "Trop d’essais pour cette adresse. Attendez cinq minutes, ou demandez un nouveau mot de "
    "passe.",
    "unverified_primary_email": "Confirmez d’abord votre adresse, par le lien que nous vous avons envoyé.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address, refusals that say what to do."""

    error_messages = {**DefaultAccountAdapter.error_messages, **REFUSALS}

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Out of the identity provider too, for those who came by it."""
        return way_out(request) or str(super().get_logout_redirect_url(request))

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether an invitation sent to that address was opened in this session: its link proves the mailbox."""
        return email.lower() in request.session.get(INVITED, ())

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is written: no prefix naming a machine."""
        return french.one_line(subject)


class SecondFactorAdapter(DefaultMFAAdapter):
    """A copy of the database alone gives nobody's second factor."""

    error_messages = {**DefaultMFAAdapter.error_messages,
        "incorrect_code": REFUSALS["incorrect_code"],
        "unverified_email": "Confirmez d’abord votre adresse électronique.",
        "add_email_blocked": "Votre compte est protégé par un second facteur\u00a0: retirez-le le temps de changer "
        "d’adresse, puis remettez-le.",
        "cannot_generate_recovery_codes": "Les codes de secours viennent avec un second facteur\u00a0: ajoutez-en un "
        "d’abord.",
        "cannot_delete_authenticator": "Ce second facteur ne peut pas être retiré."
    }  # fmt: skip

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the name allauth gives
        """« Clé 1 », « Clé 2 »…"""
        held = user.authenticator_set.filter(type=type).count()
        return f"Clé {held + 1}"


def _cipher() -> MultiFernet:
    """Keys drawn from the signing key of the installation, then from those it replaced."""
    keys = (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"etabli.second-factor:" + key.encode()).digest()))
        for key in keys
    ])  # fmt: skip
