"""Addresses of yearly reports: `/pacte/<slug>/bilan/<year>/`, and the public page `/pactes/<slug>/bilans/<year>/`."""

from django.urls import path, register_converter

from etabli.pacts.reports import views


class SuffixConverter:
    """`<bilan:…>`: a kind of file that a report is given as."""

    regex = "pdf|docx|pptx|ods"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


register_converter(SuffixConverter, "bilan")

HERE = "pacte/<slug:slug>/bilan/<int:year>/"
AXIS = f"{HERE}axes/<int:axis>/"

urlpatterns = [
    path(HERE, views.report, name="report"),
    path(f"{HERE}etape/", views.step, name="report_step"),
    path(AXIS, views.section, name="report_section"),
    path(f"{AXIS}citation/", views.enclose, {"kind": "citation"}, name="report_quotation"),
    path(f"{AXIS}photo/", views.enclose, {"kind": "photo"}, name="report_photo"),
    path(f"{AXIS}corriger/", views.ask, name="report_ask"),
    path(f"{AXIS}corrections/<int:pk>/", views.answer, name="report_answer"),
    path(f"{HERE}chiffres/<int:pk>/", views.correct, name="report_correct"),
    path(f"{HERE}bilan.<bilan:suffix>", views.file, name="report_file"),
    path("pactes/<slug:slug>/bilans/<int:year>/", views.public, name="public_report"),
]
