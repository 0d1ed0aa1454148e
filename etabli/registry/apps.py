from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "etabli.registry"
    verbose_name = "registre"
