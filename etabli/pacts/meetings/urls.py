"""Addresses of meetings, under `/pacte/`."""

from django.urls import path

from etabli.pacts.meetings import views

HERE = "<slug:slug>/instances/"

urlpatterns = [
    path(HERE, views.meetings, name="meetings"),
    path(f"{HERE}nouvelle/", views.new_meeting, name="new_meeting"),
    path(f"{HERE}<int:pk>/", views.meeting, name="meeting"),
    path(f"{HERE}<int:pk>/changer/", views.edit_meeting, name="edit_meeting"),
    path(f"{HERE}<int:pk>/participants/", views.attendees, name="attendees"),
    path(f"{HERE}<int:pk>/releve/", views.minutes, name="minutes"),
    path(f"{HERE}<int:pk>/convoquer/", views.call, name="call"),
    path(f"{HERE}<int:pk>/reunion.ics", views.calendar, name="calendar"),
    path(f"{HERE}decisions/<int:pk>/", views.follow, name="follow"),
]
