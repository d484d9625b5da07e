"""Hearings, past and future, with the code of each adjournment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rollkeeper.access.records import record
from rollkeeper.foundation.fields import CodeField
from rollkeeper.foundation.imported import Imported


@record(scope="case")
class Hearing(Imported):
    """One case's hearing. Several cases share the session of a master calendar."""

    class Medium(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        VIDEO = "video", "Video"
        INTERNET = "internet", "Internet hearing"
        TELEPHONE = "telephone", "Telephone"
        UNKNOWN = "", "Not recorded"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="hearings", help_text="Its case.")
    proceeding = models.ForeignKey(
        "cases.Proceeding", on_delete=models.PROTECT, null=True, blank=True, help_text="Its proceeding."
    )
    session = models.ForeignKey(
        "courts.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        help_text="The judge's time it takes; empty for imported and cancelled hearings.",
    )
    judge = models.ForeignKey("courts.Judge", on_delete=models.PROTECT, null=True, blank=True, help_text="Who sits.")
    court = models.ForeignKey("courts.Court", on_delete=models.PROTECT, null=True, blank=True, help_text="Which court.")
    location = models.ForeignKey(
        "courts.HearingLocation", on_delete=models.PROTECT, null=True, blank=True, help_text="Where."
    )
    calendar_type = models.ForeignKey(
        "law.CalendarType", on_delete=models.PROTECT, null=True, blank=True, help_text="Master, individual and so on."
    )
    schedule_type = models.ForeignKey(
        "law.ScheduleType", on_delete=models.PROTECT, null=True, blank=True, help_text="What it is for, in detail."
    )
    medium = CodeField(
        max_length=9, choices=Medium.choices, blank=True, default="", help_text="In person, video, internet."
    )
    language = models.ForeignKey(
        "law.Language", on_delete=models.PROTECT, null=True, blank=True, help_text="Language interpreted."
    )
    starts_at = models.DateTimeField(help_text="When it starts.")
    minutes = models.PositiveSmallIntegerField(default=30, help_text="How long it is set for.")
    adjournment = models.ForeignKey(
        "law.AdjournmentCode",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="Why it was put off, if it was.",
    )
    adjourned_on = models.DateField(null=True, blank=True, help_text="Day it was put off.")
    notice_sent_on = models.DateField(null=True, blank=True, help_text="Day the notice of hearing went out.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adjourned_on=None) | Q(adjournment__isnull=False), name="hearing_adjourned_with_a_code"
            )
        ]
        indexes = [
            models.Index(fields=["case", "starts_at"], name="hearing_by_case"),
            models.Index(fields=["judge", "starts_at"], name="hearing_by_judge"),
            models.Index(fields=["court", "starts_at"], name="hearing_by_court"),
        ]
