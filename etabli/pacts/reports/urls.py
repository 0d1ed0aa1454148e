"""Addresses of yearly reports: `/pacte/<slug>/bilan/<year>/`, and the public page `/pactes/<slug>/bilans/<year>/`."""

from django.urls import path, register_converter

from etabli.pacts.reports import files, views


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
PUBLIC = "pactes/<slug:slug>/bilans/<int:year>/"

urlpatterns = [
    path(HERE, views.report, name="report"),
    path(f"{HERE}refaire/", views.again, name="report_again"),
    path(f"{HERE}gels/<int:number>/", views.former, name="report_former"),
    path(f"{HERE}etape/", views.step, name="report_step"),
    path(f"{HERE}accord/", views.note_agreement, name="report_agreement"),
    path(f"{HERE}accords/<int:pk>/piece/", files.agreement, name="report_agreement_paper"),
    path(f"{HERE}texte/", views.text, name="report_text"),
    path(f"{AXIS}citation/", views.enclose, {"kind": "citation"}, name="report_quotation"),
    path(f"{AXIS}photo/", views.enclose, {"kind": "photo"}, name="report_photo"),
    path(f"{AXIS}corriger/", views.ask, name="report_ask"),
    path(f"{AXIS}corrections/<int:pk>/", views.answer, name="report_answer"),
    path(f"{HERE}citations/<int:pk>/retirer/", views.take_out, {"kind": "citation"}, name="report_quotation_out"),
    path(f"{HERE}photos/<int:pk>/retirer/", views.take_out, {"kind": "photo"}, name="report_photo_out"),
    path(f"{HERE}photos/<int:pk>.jpg", files.photo, name="report_picture"),
    path(f"{HERE}chiffres/<int:pk>/", views.correct, name="report_correct"),
    path(f"{HERE}chiffres/<int:pk>/lignes/", files.figure_rows, name="report_rows"),
    path(f"{HERE}chiffres/<int:pk>/lignes.<lignes:suffix>", files.figure_rows_file, name="report_rows_file"),
    path(f"{HERE}bilan.<bilan:suffix>", files.file, name="report_file"),
    path("pactes/", files.public_list, name="public_reports"),
    path(PUBLIC, files.public, name="public_report"),
    path(f"{PUBLIC}bilan.<bilan:suffix>", files.public_file, name="public_report_file"),
    path(f"{PUBLIC}photos/<int:pk>.jpg", files.public_photo, name="public_report_picture"),
]
