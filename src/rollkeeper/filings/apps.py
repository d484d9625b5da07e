"""Django's name for the package."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    """The filings package."""

    name = "rollkeeper.filings"
    default_auto_field = "django.db.models.BigAutoField"
