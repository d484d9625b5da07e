"""Django's name for the package."""

from django.apps import AppConfig


class RepresentationConfig(AppConfig):
    """The representation package."""

    name = "rollkeeper.representation"
    default_auto_field = "django.db.models.BigAutoField"
