"""The auditor's desk: the log itself, and no record. The person's own view of the log is in disclosures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from rollkeeper.desks.frame.desks import MenuItem, register_menu


class OversightConfig(AppConfig):
    """The ledger page."""

    name = "rollkeeper.desks.oversight"
    label = "oversight_desk"

    def ready(self) -> None:
        """Put the log into the auditor's menu, and "who looked" into the menus of those whose record it is."""
        register_menu("oversight", MenuItem("Ledger", "oversight:ledger"))
        register_menu("respondent", MenuItem(_("Who looked"), "disclosures:mine"))
        register_menu("counsel", MenuItem("Who looked", "disclosures:mine"))
