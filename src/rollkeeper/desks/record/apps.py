"""The record: find a case, read it, follow a person through it. Shared by every desk that reads records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rollkeeper.desks.frame.desks import MenuItem, register_menu

READERS = ("counsel", "government", "clerk", "chambers", "board")


class RecordConfig(AppConfig):
    """Find, the case page with its tabs, the person page, and papers."""

    name = "rollkeeper.desks.record"
    label = "record_desk"

    def ready(self) -> None:
        """Put the pages into the menus of the desks that read records."""
        find = MenuItem(_("Find"), "record:find")
        register_menu("respondent", MenuItem(_("My cases"), "record:cases"), find)
        for desk in READERS:
            register_menu(desk, MenuItem(_("Cases"), "record:cases"), find)
