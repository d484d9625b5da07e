"""Closed lists that more than one concept needs."""

from __future__ import annotations

from django.db import models


class Protection(models.TextChoices):
    """What closes a field or an entry inside an open case (law/protections.toml says why)."""

    CONTACT = "contact", "Address and contact"
    IDENTITY = "identity", "Identity"
    FEAR_CLAIM = "fear_claim", "Fear claim (8 CFR 1208.6)"
    SURVIVOR = "survivor", "Survivor of abuse (8 USC 1367)"
    JUVENILE = "juvenile", "Juvenile"
    MEDICAL = "medical", "Medical"
    ENCOUNTERS = "encounters", "Contact with police or government"
    SEALED = "sealed", "Sealed by the court"
    PROTECTIVE_ORDER = "protective_order", "Protective order (8 CFR 1003.46)"
    CHAMBERS = "chambers", "Chambers only"


class Side(models.TextChoices):
    """Who in the case did something."""

    RESPONDENT = "respondent", "Respondent"
    GOVERNMENT = "government", "Government"
    COURT = "court", "Court"
    OTHER = "other", "Other"
