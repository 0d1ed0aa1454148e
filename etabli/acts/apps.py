from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "etabli.acts"
    verbose_name = "actes"
