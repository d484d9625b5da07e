"""Django's name for the package."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The releases package."""

    name = "rollkeeper.releases"
    default_auto_field = "django.db.models.BigAutoField"
