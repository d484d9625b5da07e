"""Django's name for the package."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """The appeals package."""

    name = "rollkeeper.appeals"
    default_auto_field = "django.db.models.BigAutoField"
