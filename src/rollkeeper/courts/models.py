"""Courts, where they sit, who judges, and when they are closed."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from rollkeeper.foundation.fields import CodeField


class Court(models.Model):
    """An immigration court, by its base city code."""

    code = CodeField(max_length=3, unique=True, help_text="Base city code.")
    name = models.TextField(help_text="Name of the court.")
    city = models.TextField(blank=True, default="", help_text="City where it sits.")
    state = CodeField(max_length=2, blank=True, default="", help_text="State or territory.")
    time_zone = models.TextField(default="America/Chicago", help_text="IANA name of the court's time zone.")
    is_listed = models.BooleanField(default=True, help_text="False for a code absent from the release's code key.")

    def __str__(self) -> str:
        return self.name


class HearingLocation(models.Model):
    """A place where a court hears cases, in person or by video."""

    code = CodeField(max_length=3, unique=True, help_text="Hearing location code.")
    name = models.TextField(help_text="Name of the place.")
    court = models.ForeignKey(
        Court,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        help_text="Its court, if known.",
    )
    is_listed = models.BooleanField(default=True, help_text="False for a code absent from the release's code key.")

    def __str__(self) -> str:
        return self.name


class Judge(models.Model):
    """An immigration judge. A judge may have had several codes; each is its own row."""

    code = CodeField(max_length=6, unique=True, help_text="Judge code.")
    name = models.TextField(help_text="Name as orders carry it; empty for a judge known by code only.", blank=True)
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, null=True, blank=True, related_name="judges", help_text="Home court."
    )
    is_listed = models.BooleanField(default=True, help_text="False for a code absent from the release's code key.")

    def __str__(self) -> str:
        return self.name or self.code


class Closure(models.Model):
    """Days on which a court is closed."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="closures", help_text="The court.")
    days = DateRangeField(help_text="First day, and the day after the last.")
    reason = models.TextField(help_text="Holiday, weather, move.")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="court_closures_do_not_overlap",
                expressions=[(F("court"), RangeOperators.EQUAL), (F("days"), RangeOperators.OVERLAPS)],
            )
        ]


class Session(models.Model):
    """A stretch of a judge's time: one individual hearing or one master calendar."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="sessions", help_text="Who sits.")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="sessions", help_text="For which court.")
    location = models.ForeignKey(
        HearingLocation, on_delete=models.PROTECT, null=True, blank=True, help_text="Where, or empty for internet only."
    )
    calendar_type = models.ForeignKey("law.CalendarType", on_delete=models.PROTECT, help_text="Master or individual.")
    period = DateTimeRangeField(help_text="From and until, UTC.")
    is_cancelled = models.BooleanField(default=False, help_text="True frees the judge's time.")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_judge_sits_once_at_a_time",
                expressions=[(F("judge"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(is_cancelled=False),
            )
        ]
