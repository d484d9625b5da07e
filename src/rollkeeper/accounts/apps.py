"""Django's name for the package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts package."""

    name = "rollkeeper.accounts"
    default_auto_field = "django.db.models.BigAutoField"
