"""Motions filed at the court."""

from __future__ import annotations

from django.db import models

from rollkeeper.access.records import record
from rollkeeper.foundation.choices import Side
from rollkeeper.foundation.fields import CodeField
from rollkeeper.foundation.imported import Imported


@record(scope="case")
class Motion(Imported):
    """A motion and what became of it."""

    class Outcome(models.TextChoices):
        PENDING = "", "Pending"
        GRANTED = "granted", "Granted"
        DENIED = "denied", "Denied"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OTHER = "other", "Other, as released"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="motions", help_text="Its case.")
    proceeding = models.ForeignKey(
        "cases.Proceeding", on_delete=models.PROTECT, null=True, blank=True, help_text="Its proceeding."
    )
    motion_type = models.ForeignKey("law.MotionType", on_delete=models.PROTECT, null=True, help_text="Kind of motion.")
    side = CodeField(max_length=10, choices=Side.choices, help_text="Who filed it.")
    received_on = models.DateField(null=True, blank=True, help_text="Day the court received it.")
    decided_on = models.DateField(null=True, blank=True, help_text="Day it was decided.")
    outcome = CodeField(max_length=9, choices=Outcome.choices, blank=True, default="", help_text="How it was decided.")
    released_outcome = CodeField(
        max_length=4, blank=True, default="", help_text="Decision code as released, if imported."
    )
    entry = models.ForeignKey(
        "docket.DocketEntry", on_delete=models.PROTECT, null=True, blank=True, help_text="Its docket entry."
    )
