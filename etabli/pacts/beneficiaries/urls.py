"""Addresses of files of beneficiaries, under `/atelier/beneficiaires/`."""

from django.urls import path

from etabli.pacts.beneficiaries import views

urlpatterns = [
    path("", views.beneficiaries, name="beneficiaries"),
    path("<uuid:key>/", views.beneficiary, name="beneficiary"),
    path("<uuid:key>/reunir/<uuid:other>/", views.join, name="join_beneficiaries"),
    path("<uuid:key>/separer/<int:pk>/", views.separate, name="separate_beneficiaries"),
    path("<uuid:key>/anonymiser/", views.anonymise, name="anonymise_beneficiary"),
]
