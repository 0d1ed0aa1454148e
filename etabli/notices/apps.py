from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "etabli.notices"
    verbose_name = "avis"
