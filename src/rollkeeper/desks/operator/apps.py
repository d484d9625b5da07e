"""The operator's desk: the health of the system, and no record."""

from django.apps import AppConfig

from rollkeeper.desks.frame.desks import MenuItem, register_menu


class OperatorConfig(AppConfig):
    """The health page."""

    name = "rollkeeper.desks.operator"
    label = "operator_desk"

    def ready(self) -> None:
        """Put the health page into the operator's menu."""
        register_menu("operator", MenuItem("Health", "operator:health"))
