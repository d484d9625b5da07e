"""Django's name for the package."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """The custody package."""

    name = "rollkeeper.custody"
    default_auto_field = "django.db.models.BigAutoField"
