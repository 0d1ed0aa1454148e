"""Addresses of versions and signatures, under `/pacte/`."""

from django.urls import path

from etabli.pacts.signatures import views

HERE = "<slug:slug>/convention/"

urlpatterns = [
    path("signature/<uuid:key>/", views.coded, name="coded"),
    path("signature/<uuid:key>/<str:siren>/", views.coded, name="coded_party"),
    path(f"{HERE}signer/", views.sign, name="sign"),
    path(f"{HERE}papier/", views.bring, name="bring_paper"),
    path(f"{HERE}versions/", views.on_day, name="version_on_day"),
    path(f"{HERE}versions/<int:number>/", views.version, name="version"),
    path(f"{HERE}versions/<int:number>.pdf", views.version_pdf, name="version_pdf"),
    path(f"{HERE}versions/<int:number>/<str:siren>.pdf", views.copy, name="copy"),
    path(f"{HERE}versions/<int:number>/<str:siren>/exemplaire/", views.scanned, name="scan"),
]
