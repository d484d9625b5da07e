"""Django's name for the package."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """The law package."""

    name = "rollkeeper.law"
    default_auto_field = "django.db.models.BigAutoField"
