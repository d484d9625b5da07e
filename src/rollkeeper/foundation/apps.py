"""Django's name for the package."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The foundation package."""

    name = "rollkeeper.foundation"
    default_auto_field = "django.db.models.BigAutoField"
