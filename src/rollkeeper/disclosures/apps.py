"""Django's name for the package."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """The disclosures package."""

    name = "rollkeeper.disclosures"
    default_auto_field = "django.db.models.BigAutoField"
