"""Where a row of the public case release came from."""

from __future__ import annotations

from django.db import models

from rollkeeper.foundation.fields import CodeField


class Imported(models.Model):
    """A row that may come from the public EOIR case release; empty for rows of this court."""

    release_key = models.BigIntegerField(
        null=True,
        blank=True,
        unique=True,
        help_text="Key of the row in the public case release, if it came from there.",
    )
    first_release = CodeField(
        max_length=10, blank=True, default="", help_text="First release that held the row, as YYYY-MM-DD."
    )
    last_release = CodeField(
        max_length=10, blank=True, default="", help_text="Latest release that held the row, as YYYY-MM-DD."
    )

    class Meta:
        abstract = True
