"""Django's name for the package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The cases package."""

    name = "rollkeeper.cases"
    default_auto_field = "django.db.models.BigAutoField"
