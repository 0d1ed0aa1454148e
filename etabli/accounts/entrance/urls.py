"""Allauth's pages at French addresses; the names are those that it looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import include, path, re_path

from etabli.accounts.entrance import views

FORGOTTEN = "mot-de-passe-oublie/"

SECURITY = [
    path("", mfa.index, name="mfa_index"),
    path("verifier/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("application/", totp.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/codes.txt", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("cles/verifier/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/retirer/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("cles/<int:pk>/nom/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("connexion/", views.login, name="account_login"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("compte/ferme/", account.account_inactive, name="account_inactive"),
    path("compte/verifier/", account.reauthenticate, name="account_reauthenticate"),
    path("compte/adresse/", account.email, name="account_email"),
    path("compte/adresse/envoyee/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^compte/adresse/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("compte/mot-de-passe/premier/", account.password_set, name="account_set_password"),
    path(FORGOTTEN, account.password_reset, name="account_reset_password"),
    path(f"{FORGOTTEN}envoye/", account.password_reset_done, name="account_reset_password_done"),
    path(f"{FORGOTTEN}fait/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        rf"^{FORGOTTEN}(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("compte/appareils/", views.sessions, name="usersessions_list"),
    path("compte/securite/", include(SECURITY)),
]
