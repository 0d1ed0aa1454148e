"""A directory that speaks SAML alone. The library is an extra: it is loaded when the settings name a directory."""

import importlib
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest
from django.urls import reverse

from etabli.accounts.actions.identities import Identity

KEY = "saml"
INSTALL = '.tools/uv/bin/uv pip install --python .venv/bin/python "python3-saml>=1.16"'
BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
CONFIRMATION = "{urn:oasis:names:tc:SAML:2.0:assertion}SubjectConfirmationData"

# The same thing under the names that directories give it.
EMAIL = (
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "mail",
    "email",
)
NAME = (
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
    "displayName",
    "name",
)


class NotProven(Exception):
    """The answer of the directory proves nobody's identity; the message is for the log and names no person."""


def is_set_up() -> bool:
    """Whether the settings name a directory."""
    return bool(settings.SAML["entity"])


def toolkit() -> Any:
    """The library. Raises ImproperlyConfigured with the command that installs it."""
    try:
        return importlib.import_module("onelogin.saml2.auth")
    except ImportError as error:
        raise ImproperlyConfigured(f"SAML demande une bibliothèque de plus\u00a0: {INSTALL}") from error


def client(request: HttpRequest, answer: str = "") -> Any:
    """The library's own object, for this site and with the answer of the directory."""
    here = reverse("accounts:saml_post")
    asked = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": here,  # where the answer was posted, which it must name
        "get_data": {},
        "post_data": {"SAMLResponse": answer} if answer else {},
    }
    return toolkit().OneLogin_Saml2_Auth(asked, _settings(request))


def identity_of(request: HttpRequest, answer: str, asked: str | None) -> Identity:
    """Who an answer is about. Raises NotProven unless it is signed, for us, in time, and answers what was asked."""
    if not asked:
        raise NotProven("answer that nobody asked for")
    auth = client(request, answer)
    try:
        auth.process_response(request_id=asked)
    except Exception as error:
        raise NotProven(type(error).__name__) from error
    if auth.get_errors() or not auth.is_authenticated():
        raise NotProven(", ".join(auth.get_errors()))
    if not _answers(auth.get_last_response_xml(), asked):
        raise NotProven("answer to something else")
    if auth.get_nameid_format() == TRANSIENT or not auth.get_nameid():
        raise NotProven("identifier that changes at each visit")
    said = auth.get_attributes()
    try:
        return Identity(
            provider=KEY,
            subject=auth.get_nameid(),
            idp=settings.SAML["entity"],
            email=_first(said, EMAIL).lower(),
            name=_first(said, NAME)[:150],
            siren=settings.SAML["siren"],
        )
    except ValidationError as error:
        raise NotProven("no address, or an identifier too long") from error


def metadata(request: HttpRequest) -> str:
    """What the directory must know of this site, in XML."""
    known = client(request).get_settings()
    text: bytes | str = known.get_sp_metadata()
    return text.decode() if isinstance(text, bytes) else text


def _answers(response: bytes | str, asked: str) -> bool:
    """Whether the answer, and the assertion signed within, both name the request. The library lets an answer name
    none: somebody else's assertion, taken out of its own answer, would then open this session.
    """
    root = ET.fromstring(response)  # noqa: S314 - the library has read it, and refused entities
    named = [one.get("InResponseTo") for one in (root, *root.iter(CONFIRMATION))]
    return len(named) > 1 and set(named) == {asked}


def _first(said: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((str(said[name][0]).strip() for name in names if said.get(name)), "")


def _settings(request: HttpRequest) -> dict[str, Any]:
    directory = settings.SAML
    return {
        "strict": True,
        "sp": {
            "entityId": request.build_absolute_uri(reverse("accounts:saml_metadata")),
            "assertionConsumerService": {
                "url": request.build_absolute_uri(reverse("accounts:saml_post")),
                "binding": f"{BINDINGS}HTTP-POST",
            },
            "NameIDFormat": PERSISTENT,
        },
        "idp": {
            "entityId": directory["entity"],
            "singleSignOnService": {"url": directory["address"], "binding": f"{BINDINGS}HTTP-Redirect"},
            "x509cert": directory["certificate"],
        },
        "security": {
            "wantAssertionsSigned": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
        },
    }
