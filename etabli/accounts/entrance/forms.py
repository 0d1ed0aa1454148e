"""Allauth's forms with our words: labels above, help that says what is expected, no placeholder."""

import json
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest

from etabli.accounts.entrance.adapters import INVITED, REFUSALS
from etabli.accounts.models import User

LABELS = {
    "login": "Adresse électronique",
    "email": "Adresse électronique",
    "password": "Mot de passe",
    "password1": "Mot de passe",
    "password2": "Mot de passe, une seconde fois",
    "oldpassword": "Mot de passe actuel",
    "remember": "Rester connecté sur cet appareil",
    "code": "Code",
    "name": "Nom de la clé",
}
PASSWORD_HELP = "Douze caractères au moins, et pas votre nom. Une phrase se retient mieux qu’un mot."  # noqa: S105 - words, no password
HELP = {
    "password1": PASSWORD_HELP,
    "code": "Les six chiffres de votre application, ou un de vos codes de secours.",
    "name": "Pour la reconnaître\u00a0: où elle est, sur quel appareil.",
}


class Worded(forms.BaseForm):
    """Says the same things with our words."""

    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name) or LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class Answer(json.JSONDecoder):
    """What a security key answers: numbers of thousands of digits and bottomless lists are no answer."""

    def decode(self, s: str, *args: Any) -> Any:
        """Raises JSONDecodeError, and nothing else."""
        try:
            return super().decode(s, *args)
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError("no answer of a key", "", 0) from error


class Keyed(Worded):
    """The answer of a key is read by a library that trusts the browser: what breaks it is a wrong answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = Answer  # type: ignore[attr-defined] # a field of JSON

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            self.add_error(None, REFUSALS["incorrect_key"])


class LoginForm(Worded, account.LoginForm):
    """Address and password."""


class SignupForm(Worded, account.SignupForm):
    """Name, address, password; the address is confirmed afterwards."""

    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]
    labels = {"name": "Prénom et nom"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("email", next(iter(context.request.session.get(INVITED, ())), ""))
        self.fields["name"].help_text = "Tels que vos collègues et vos partenaires vous connaissent."

    def clean(self) -> dict[str, Any]:
        """A password too close to the name is refused as well."""
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password1")
        if password and not self.errors.get("password1"):
            try:
                password_validation.validate_password(password, User(name=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name with the account."""
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
        super().custom_signup(request, user)


class AddEmailForm(Worded, account.AddEmailForm):
    """The new address."""

    labels = {"email": "Nouvelle adresse électronique"}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The present password, then the new one."""

    labels = {"password1": "Nouveau mot de passe", "password2": "Nouveau mot de passe, une seconde fois"}


class SetPasswordForm(Worded, account.SetPasswordForm):
    """A first password, for those who entered by another way."""


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """The address to which the link goes."""


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """The new password."""

    labels = {"password1": "Nouveau mot de passe", "password2": "Nouveau mot de passe, une seconde fois"}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more, before something delicate."""


class AuthenticateForm(Worded, mfa.AuthenticateForm):
    """The second factor, at the door."""


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):
    """The second factor once more."""


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """The first code of the application, which proves that it is set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Les six chiffres que l’application affiche maintenant."


class AuthenticateWebAuthnForm(Keyed, webauthn.AuthenticateWebAuthnForm):
    """A key, at the door."""


class ReauthenticateWebAuthnForm(Keyed, webauthn.ReauthenticateWebAuthnForm):
    """A key once more."""


class AddWebAuthnForm(Keyed, webauthn.AddWebAuthnForm):
    """A key, and the name it is known by."""


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a key."""
