"""Django's name for the package; installs the door after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    """The door."""

    name = "rollkeeper.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the installation; the signal for this package comes once, when every package is migrated."""
        from rollkeeper.access.install import install_door  # noqa: PLC0415  # models must be loaded first

        post_migrate.connect(install_door, sender=self, dispatch_uid="rollkeeper.access.install")
