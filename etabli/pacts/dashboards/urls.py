"""Addresses of the dashboards, under `/pacte/`."""

from django.urls import path

from etabli.pacts.dashboards import views

urlpatterns = [
    path("", views.mine, name="mine"),
    path("comparaison/", views.comparison, name="comparison"),
    path("<slug:slug>/", views.dashboard, name="dashboard"),
    path("<slug:slug>/copil/", views.committee, name="committee"),
    path("<slug:slug>/annees/", views.years, name="years"),
]
