"""Django's name for the package."""

from django.apps import AppConfig


class CourtsConfig(AppConfig):
    """The courts package."""

    name = "rollkeeper.courts"
    default_auto_field = "django.db.models.BigAutoField"
