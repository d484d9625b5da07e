"""The clerk's desk: what waits at the court."""

from django.apps import AppConfig

from rollkeeper.desks.frame.desks import MenuItem, register_menu


class ClerkConfig(AppConfig):
    """The court overview and its lists."""

    name = "rollkeeper.desks.clerk"
    label = "clerk_desk"

    def ready(self) -> None:
        """A clerk's day begins with what waits; the court's calendar is beside it."""
        register_menu("clerk", MenuItem("Court overview", "clerk:overview"), MenuItem("Calendar", "calendar:calendar"))
