"""Django's name for the package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The documents package."""

    name = "rollkeeper.documents"
    default_auto_field = "django.db.models.BigAutoField"
