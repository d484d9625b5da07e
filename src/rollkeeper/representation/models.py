"""Practitioners, their firms, and their appearances."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Side
from rollkeeper.foundation.fields import CodeField
from rollkeeper.foundation.imported import Imported


class Firm(models.Model):
    """A law firm or recognised organisation."""

    name = models.TextField(help_text="Name of the firm.")
    city = models.TextField(blank=True, default="", help_text="City of its office.")

    def __str__(self) -> str:
        return self.name


class Practitioner(models.Model):
    """An attorney or accredited representative. Professional data only; not part of anyone's record."""

    eoir_id = CodeField(max_length=40, unique=True, help_text="EOIR ID, or the release's key for an imported one.")
    name = models.TextField(blank=True, default="", help_text="Name; empty where the release gives none.")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, blank=True, help_text="Firm.")

    def __str__(self) -> str:
        return self.name or self.eoir_id


@record(scope="case")
class Appearance(Imported):
    """A practitioner of record in a case (EOIR-28, or the government's own)."""

    class Scope(models.TextChoices):
        ALL = "all", "All proceedings"
        BOND = "bond", "Custody and bond only"
        LIMITED = "limited", "Limited"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="appearances", help_text="Its case.")
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        help_text="Who appears.",
    )
    side = CodeField(max_length=10, choices=Side.choices, help_text="For whom.")
    scope = CodeField(max_length=7, choices=Scope.choices, default=Scope.ALL, help_text="For what.")
    filed_on = models.DateField(null=True, blank=True, help_text="Day the appearance was filed.")
    ended_on = models.DateField(null=True, blank=True, help_text="Day it ended, by withdrawal or substitution.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(filed_on=None)
                | Q(ended_on__gte=F("filed_on"))
                | Q(release_key__isnull=False),
                name="appearance_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["case", "practitioner", "scope"],
                condition=Q(ended_on=None, release_key=None),
                name="one_open_appearance_a_practitioner",
            ),
        ]
