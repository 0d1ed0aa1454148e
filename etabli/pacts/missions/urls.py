"""Addresses of the mission letters of a pact, under `/pacte/`."""

from django.urls import path

from etabli.pacts.missions import views

HERE = "<slug:slug>/missions/"

urlpatterns = [
    path(HERE, views.missions, name="missions"),
    path(f"{HERE}nouvelle/", views.new, name="new_mission"),
    path(f"{HERE}<int:pk>/", views.mission, name="mission"),
    path(f"{HERE}<int:pk>/changer/", views.change, name="change_mission"),
    path(f"{HERE}<int:pk>/signer/", views.sign, name="sign_mission"),
    path(f"{HERE}<int:pk>/piece/", views.paper, name="mission_paper"),
]
