"""The public desk: the start page, public case information, and what this system cannot protect."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rollkeeper.desks.frame.desks import MenuItem, register_menu


class PublicConfig(AppConfig):
    """Pages that anybody may open without signing in."""

    name = "rollkeeper.desks.public"
    label = "public_desk"

    def ready(self) -> None:
        """Put the public pages into the public menu."""
        register_menu(
            "public",
            MenuItem(_("Look up a hearing"), "public:case_lookup"),
            MenuItem(_("What this is"), "public:limits"),
        )
