"""Django's name for the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people package."""

    name = "rollkeeper.people"
    default_auto_field = "django.db.models.BigAutoField"
