"""The judge's desk: the calendar by day and by week, which the clerk's office reads too."""

from django.apps import AppConfig

from rollkeeper.desks.frame.desks import MenuItem, register_menu


class ChambersConfig(AppConfig):
    """The calendar."""

    name = "rollkeeper.desks.chambers"
    label = "chambers_desk"

    def ready(self) -> None:
        """Put the calendar into the menu of chambers; a judge's day begins with it."""
        register_menu("chambers", MenuItem("Calendar", "calendar:calendar"))
