"""Django's name for the package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The same queries as JSON."""

    name = "rollkeeper.api"
    label = "api"
