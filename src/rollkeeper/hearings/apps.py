"""Django's name for the package."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """The hearings package."""

    name = "rollkeeper.hearings"
    default_auto_field = "django.db.models.BigAutoField"
