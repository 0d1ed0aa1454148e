"""Addresses of accounts."""

from django.urls import path

from etabli.accounts import views

app_name = "accounts"
urlpatterns = [
    path("espace/", views.space, name="space"),
    path("espace/organisation/", views.switch, name="switch"),
]
