"""People who sign in. What an account may see is not here: that hangs on its principals (access)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Desk(models.TextChoices):
    """Where an account works; it decides the pages offered, never what they may show."""

    RESPONDENT = "respondent", "Respondent"
    COUNSEL = "counsel", "Respondent's counsel"
    GOVERNMENT = "government", "Government counsel"
    CLERK = "clerk", "Clerk"
    CHAMBERS = "chambers", "Judge's chambers"
    BOARD = "board", "Board of Immigration Appeals"
    OVERSIGHT = "oversight", "Oversight and audit"
    OPERATOR = "operator", "Operator"


class Account(AbstractUser):
    """One person who signs in, for one desk."""

    desk = models.CharField(
        max_length=12, choices=Desk.choices, default=Desk.RESPONDENT, help_text="Desk they work at."
    )
    display_name = models.TextField(help_text="Name shown in the header and in the ledger.")
    judge = models.ForeignKey(
        "courts.Judge", on_delete=models.PROTECT, null=True, blank=True, help_text="The judge whose chambers these are."
    )
    court = models.ForeignKey(
        "courts.Court", on_delete=models.PROTECT, null=True, blank=True, help_text="The court they work for."
    )
    is_demo = models.BooleanField(default=False, help_text="True for an account of the demonstration court only.")
    demo_line = models.TextField(blank=True, default="", help_text="One sentence for its card on the step-in page.")
    language = models.CharField(max_length=5, default="en", help_text="Language of the pages, en or es.")

    class Meta:
        constraints = [
            # Administration of the system and reading of content never meet in one account (DESIGN section 3).
            models.CheckConstraint(
                condition=models.Q(is_superuser=False, is_staff=False) | models.Q(desk=Desk.OPERATOR),
                name="only_operators_administer",
            )
        ]
