"""The docket: numbered entries, struck, sealed or superseded, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Side
from rollkeeper.foundation.fields import CodeField
from rollkeeper.people.models import protection_field


@record(scope="case", protection="protection")
class DocketEntry(models.Model):
    """One line of the docket."""

    class Kind(models.TextChoices):
        CHARGING = "charging", "Charging document"
        NOTICE = "notice", "Notice"
        MOTION = "motion", "Motion"
        RESPONSE = "response", "Response"
        APPLICATION = "application", "Application"
        EVIDENCE = "evidence", "Evidence"
        APPEARANCE = "appearance", "Appearance"
        ORDER = "order", "Order"
        HEARING = "hearing", "Hearing held"
        ADDRESS = "address", "Change of address"
        APPEAL = "appeal", "Appeal"
        OTHER = "other", "Other"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="entries", help_text="Its case.")
    number = models.PositiveIntegerField(help_text="Position on this docket, from 1, never reused.")
    kind = CodeField(max_length=11, choices=Kind.choices, help_text="What kind of entry.")
    title = models.TextField(help_text="The line of the docket.")
    filed_at = models.DateTimeField(help_text="When the court received it, not when a clerk entered it.")
    entered_at = models.DateTimeField(help_text="When a clerk entered it.")
    side = CodeField(max_length=10, choices=Side.choices, help_text="Who filed it.")
    filed_by = models.TextField(blank=True, default="", help_text="Name of the filer or office.")
    served_on = models.DateField(null=True, blank=True, help_text="Day it was served on the other side.")
    document = models.ForeignKey(
        "documents.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        help_text="The paper, if there is one.",
    )
    protection = protection_field()
    struck_at = models.DateTimeField(null=True, blank=True, help_text="When it was struck.")
    struck_by = models.TextField(blank=True, default="", help_text="By whose order.")
    struck_reason = models.TextField(blank=True, default="", help_text="Why.")
    sealed_at = models.DateTimeField(null=True, blank=True, help_text="When it was sealed.")
    sealed_by = models.TextField(blank=True, default="", help_text="By whose order.")
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, help_text="The entry that this one replaces."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="docket_entry_number_once_per_case"),
            models.CheckConstraint(condition=Q(number__gte=1), name="docket_entry_numbers_begin_at_one"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="docket_entry_struck_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None, sealed_by="")
                | (Q(sealed_at__isnull=False, protection="sealed") & ~Q(sealed_by="")),
                name="docket_entry_sealed_under_its_protection",
            ),
        ]
        indexes = [models.Index(fields=["case", "-filed_at"], name="docket_by_date")]
