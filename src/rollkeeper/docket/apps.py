"""Django's name for the package."""

from django.apps import AppConfig


class DocketConfig(AppConfig):
    """The docket package."""

    name = "rollkeeper.docket"
    default_auto_field = "django.db.models.BigAutoField"
