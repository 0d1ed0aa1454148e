"""Every address of the product. Each application lists its own."""

from django.urls import include, path

from etabli.config.health import health
from etabli.ui import views as ui

urlpatterns = [
    path("sante", health, name="health"),
    path("_ui/", ui.gallery, name="gallery"),
    path("", include("etabli.accounts.entrance.urls")),
    path("", include("etabli.accounts.urls")),
    path("avis/", include("etabli.notices.urls")),
    path("atelier/", include("etabli.pacts.diary.urls")),
    path("", include("etabli.pacts.urls")),
    path("", include("etabli.observatory.urls")),
]
handler400 = ui.malformed
handler403 = ui.forbidden
handler404 = ui.not_found
handler500 = ui.broken
