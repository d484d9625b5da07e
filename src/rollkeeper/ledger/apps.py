"""Django's name for the package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger package."""

    name = "rollkeeper.ledger"
    default_auto_field = "django.db.models.BigAutoField"
