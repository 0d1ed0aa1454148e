"""Addresses of pacts: each folder lists its own."""

from django.urls import include, path

app_name = "pacts"
urlpatterns = [
    path("pacte/", include("etabli.pacts.conventions.urls")),
    path("pacte/", include("etabli.pacts.signatures.urls")),
    path("pacte/", include("etabli.pacts.amendments.urls")),
    path("pacte/", include("etabli.pacts.meetings.urls")),
    path("pacte/", include("etabli.pacts.objectives.urls")),
    path("pacte/", include("etabli.pacts.missions.urls")),
    path("", include("etabli.pacts.journal.urls")),
    path("accueil/", include("etabli.pacts.welcome.urls")),
    path("atelier/beneficiaires/", include("etabli.pacts.beneficiaries.urls")),
    path("", include("etabli.pacts.reports.urls")),
    path("pacte/", include("etabli.pacts.dashboards.urls")),
]
