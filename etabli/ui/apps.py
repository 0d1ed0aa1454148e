from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "etabli.ui"
    verbose_name = "interface"
