from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "etabli.observatory"
    verbose_name = "observatoire"
