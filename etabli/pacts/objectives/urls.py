"""Addresses of the objectives of a pact, under `/pacte/`."""

from django.urls import path, register_converter

from etabli.pacts.objectives import revising, views


class SuffixConverter:
    """`<lignes:…>`: a kind of file that rows are given as."""

    regex = "csv|xlsx|ods"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


register_converter(SuffixConverter, "lignes")

HERE = "<slug:slug>/objectifs/"

urlpatterns = [
    path(HERE, views.objectives, name="objectives"),
    path(f"{HERE}nouveau/", views.new, name="objective_new"),
    path(f"{HERE}apercu/", views.peek, name="objective_peek"),
    path(f"{HERE}<int:pk>/", views.objective, name="objective"),
    path(f"{HERE}<int:pk>/lignes.<lignes:suffix>", views.rows_file, name="objective_rows"),
    path(f"{HERE}<int:pk>/retirer/", views.remove, name="objective_remove"),
    path(f"{HERE}<int:pk>/changer/", revising.change, name="objective_change"),
    path(f"{HERE}<int:pk>/cibles/", revising.targets, name="targets"),
    path(f"{HERE}<int:pk>/piece/", views.evidence, name="evidence_new"),
    path(f"{HERE}<int:pk>/pieces/<int:piece>/", views.evidence_file, name="evidence_file"),
    path(f"{HERE}<int:pk>/pieces/<int:piece>/corriger/", revising.correct, name="evidence_correct"),
    path(f"{HERE}<int:pk>/pieces/<int:piece>/retirer/", revising.withdraw, name="evidence_withdraw"),
]
