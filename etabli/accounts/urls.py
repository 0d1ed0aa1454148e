"""Addresses of accounts."""

from django.urls import path

from etabli.accounts.external import saml_views as saml
from etabli.accounts.external import views as external
from etabli.accounts.external.providers import KEYS
from etabli.accounts.views import invitation, organisation, space

app_name = "accounts"
urlpatterns = [
    *(path(f"connexion/{key}/", external.begin(key), name=f"begin_{key}") for key in KEYS),
    *(path(f"connexion/{key}/retour/", external.back(key), name=f"back_{key}") for key in KEYS),
    path("connexion/saml/", saml.begin, name="saml_begin"),
    path("connexion/saml/retour/", saml.post, name="saml_post"),
    path("connexion/saml/fin/", saml.back, name="saml_back"),
    path("connexion/saml/metadata.xml", saml.metadata, name="saml_metadata"),
    path("connexion/rattacher/", external.tie, name="tie"),
    path("deconnexion/faite/", external.left, name="left"),
    path("espace/", space.space, name="space"),
    path("espace/organisation/", space.switch, name="switch"),
    path("espace/rejoindre/", space.join, name="join"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/decrire/", organisation.describe, name="describe"),
    path("organisation/inscrire/", organisation.register, name="register"),
    path("organisation/inscrire/<int:pk>/administrateur/", invitation.invite_founder, name="invite_founder"),
    path("organisation/inviter/", invitation.invite, name="invite"),
    path("organisation/invitations/<int:pk>/retirer/", invitation.revoke, name="revoke"),
    path("organisation/membres/<int:pk>/roles/", organisation.give, name="give"),
    path("organisation/roles/<int:pk>/terminer/", organisation.end, name="end"),
    path("organisation/demandes/<int:pk>/", organisation.answer, name="answer"),
    path("organisation/passer-la-main/", organisation.hand_over, name="hand_over"),
    path("organisation/succession/", organisation.succeed, name="succeed"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]
