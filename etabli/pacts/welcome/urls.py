"""The first page of people from outside."""

from django.urls import path

from etabli.pacts.welcome import views

urlpatterns = [path("", views.welcome, name="welcome")]
