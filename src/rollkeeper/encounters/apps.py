"""Django's name for the package."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """The encounters package."""

    name = "rollkeeper.encounters"
    default_auto_field = "django.db.models.BigAutoField"
