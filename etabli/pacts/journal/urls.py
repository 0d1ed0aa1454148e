"""Addresses of the journal."""

from django.urls import path

from etabli.pacts.journal import views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal.<str:kind>", views.journal_file, name="journal_file"),
]
