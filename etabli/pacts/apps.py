from django.apps import AppConfig


class PactsConfig(AppConfig):
    name = "etabli.pacts"
    verbose_name = "pactes"
