from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "etabli.papers"
    verbose_name = "documents"
