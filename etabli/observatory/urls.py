"""Addresses of the observatory, in French and made to be shared."""

from django.urls import path

from etabli.observatory import converters, views  # noqa: F401 - converters register themselves
from etabli.observatory.comparison import views as comparison
from etabli.observatory.establishments import views as establishments
from etabli.observatory.files import views as files
from etabli.observatory.print import views as paper
from etabli.observatory.trade import views as trade
from etabli.observatory.watch import views as watch

TERRITORY = "territoires/<niveau:niveau>/<lieu:code>/"

app_name = "observatory"
urlpatterns = [
    path("", views.home, name="home"),
    path("territoires/", views.search, name="search"),
    path(TERRITORY, views.portrait, name="portrait"),
    path(f"{TERRITORY}metiers/", trade.trades, name="trades"),
    path(f"{TERRITORY}metiers/<slug:metier>/", trade.trade, name="trade"),
    path(f"{TERRITORY}etablissements/", establishments.establishments, name="establishments"),
    path(
        f"{TERRITORY}tableaux/etablissements.<tableau:suffix>",
        establishments.establishments_file,
        name="establishments_file",
    ),
    path(f"{TERRITORY}images/<slug:nom>.<image:format>", files.image, name="image"),
    path(f"{TERRITORY}metiers/<slug:metier>/images/<slug:nom>.<image:format>", trade.trade_image, name="trade_image"),
    path(f"{TERRITORY}tableaux/<slug:nom>.<tableau:format>", files.table, name="table"),
    path(f"{TERRITORY}portrait.pdf", paper.portrait_pdf, name="portrait_pdf"),
    path(f"{TERRITORY}veille/", watch.watch, name="watch"),
    path(f"{TERRITORY}veille.<tableau:format>", watch.watch_table, name="watch_table"),
    path(f"{TERRITORY}veille.atom", watch.watch_feed, name="watch_feed"),
    path("comparer/", comparison.comparison, name="comparison"),
    path("comparer.<tableau:format>", comparison.comparison_table, name="comparison_table"),
    path("comparer/images/<slug:nom>.<image:format>", comparison.comparison_image, name="comparison_image"),
    path("definitions/", views.definitions, name="definitions"),
    path("donnees/", views.sources, name="sources"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
]
