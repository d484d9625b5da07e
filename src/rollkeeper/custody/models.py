"""Custody and bond."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from rollkeeper.access.records import record
from rollkeeper.foundation.imported import Imported


@record(scope="case")
class CustodyPeriod(Imported):
    """A stretch of time in, or out of, detention."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="custody_periods", help_text="Its case."
    )
    status = models.ForeignKey("law.CustodyStatus", on_delete=models.PROTECT, help_text="Detained, released, never.")
    period = DateRangeField(help_text="First day, and the day after the last.")
    facility = models.TextField(blank=True, default="", help_text="Where, if detained.")

    class Meta:
        constraints = [
            # The release's own custody history contradicts itself; this court's may not.
            ExclusionConstraint(
                name="custody_periods_do_not_overlap",
                expressions=[(F("case"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(release_key=None),
            )
        ]


@record(scope="case")
class Bond(Imported):
    """A bond hearing and what came of it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="bonds", help_text="Its case.")
    judge = models.ForeignKey("courts.Judge", on_delete=models.PROTECT, null=True, blank=True, help_text="Who decided.")
    requested_on = models.DateField(null=True, blank=True, help_text="Day bond was asked for.")
    heard_on = models.DateField(null=True, blank=True, help_text="Day of the bond hearing.")
    decided_on = models.DateField(null=True, blank=True, help_text="Day it was decided.")
    decision = models.ForeignKey(
        "law.BondDecision", on_delete=models.PROTECT, null=True, blank=True, help_text="What the judge decided."
    )
    initial_amount = models.PositiveIntegerField(
        null=True, blank=True, help_text="Amount the government set, US dollars."
    )
    amount = models.PositiveIntegerField(null=True, blank=True, help_text="Amount the judge set, US dollars.")

    class Meta:
        indexes = [models.Index(fields=["case"], name="bond_by_case")]
