"""Addresses of amendments, under `/pacte/`."""

from django.urls import path

from etabli.pacts.amendments import papers, views

HERE = "<slug:slug>/avenants/"

urlpatterns = [
    path(HERE, views.amendments, name="amendments"),
    path(f"{HERE}nouveau/", views.new_amendment, name="new_amendment"),
    path(f"{HERE}<int:number>/", views.amendment, name="amendment"),
    path(f"{HERE}<int:number>.pdf", papers.amendment_pdf, name="amendment_pdf"),
    path(f"{HERE}<int:number>.docx", papers.amendment_docx, name="amendment_docx"),
    path(f"{HERE}<int:number>/etat/", views.move_amendment, name="move_amendment"),
]
