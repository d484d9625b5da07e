"""Django's name for the package."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo package."""

    name = "rollkeeper.demo"
    default_auto_field = "django.db.models.BigAutoField"
