"""Django's name for the package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access package."""

    name = "rollkeeper.access"
    default_auto_field = "django.db.models.BigAutoField"
