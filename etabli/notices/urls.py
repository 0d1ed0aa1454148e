"""Addresses of notices."""

from django.urls import path

from etabli.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("choix/", views.choose, name="choose"),
    path("<int:pk>/masquer/", views.dismiss, name="dismiss"),
    path("arreter/<str:token>/", views.stop, name="stop"),
]
