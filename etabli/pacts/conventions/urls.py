"""Addresses of the writing of conventions, under `/pacte/`."""

from django.urls import path

from etabli.pacts.conventions import papers, views, writing

HERE = "<slug:slug>/convention/"

urlpatterns = [
    path("conventions/", views.conventions, name="conventions"),
    path("nouvelle/", views.new, name="new"),
    path("modele.docx", papers.standard_template, name="standard_template"),
    path(HERE, views.convention, name="convention"),
    path("<slug:slug>/convention.pdf", papers.convention_pdf, name="convention_pdf"),
    path("<slug:slug>/convention.docx", papers.convention_docx, name="convention_docx"),
    path(f"{HERE}modele/", papers.template, name="template"),
    path(f"{HERE}texte/", views.convention_text, name="convention_text"),
    path(f"{HERE}perimetre/", writing.perimeter, name="perimeter"),
    path(f"{HERE}parties/", writing.parties, name="parties"),
    path(f"{HERE}deliberations/", writing.deliberations, name="deliberations"),
    path(f"{HERE}axes/", writing.axes, name="axes"),
    path(f"{HERE}actions/", writing.action_list, name="actions"),
    path(f"{HERE}actions/<int:pk>/", writing.action, name="action"),
    path(f"{HERE}etat/", views.move, name="move"),
    path(f"{HERE}remarques/", views.remark, name="remark"),
    path(f"{HERE}remarques/<int:pk>/", views.resolve, name="resolve"),
    path(f"{HERE}annee/", views.year, name="year"),
    path(f"{HERE}renouveler/", views.renew, name="renew"),
    path(f"{HERE}versement/", views.payment, name="payment"),
]
