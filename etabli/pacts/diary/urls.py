"""Addresses of the diary."""

from django.urls import path

from etabli.pacts.diary import views

app_name = "diary"
urlpatterns = [
    path("carnet/", views.diary, name="diary"),
    path("carnet/entreprises/", views.proposals, name="proposals"),
    path("carnet/<int:pk>/corriger/", views.correct, name="correct"),
    path("carnet/<int:pk>/annuler/", views.cancel, name="cancel"),
    path("actes/", views.acts, name="acts"),
    path("actes.<slug:kind>", views.acts_file, name="acts_file"),
    path("actes/<int:pk>/piece/", views.proof, name="proof"),
]
