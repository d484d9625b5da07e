"""The filters of the ledger page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms

from rollkeeper.disclosures.words import PURPOSES
from rollkeeper.law.models import Purpose

KINDS = {
    "look.opened": "Look",
    "look.public": "Public look-up",
    "access.refused": "Refused attempt",
    "ledger.read": "Reading of the log",
    "hold.placed": "Hold placed",
    "hold.lifted": "Hold lifted",
    "account.signed_in": "Sign-in",
    "account.stepped_in": "Step into an invented role",
    "account.added": "Account added",
    "account.closed": "Account closed",
    "account.second_factor_reset": "Second factor reset",
    "release.loaded": "Public release loaded",
    "demo.made": "Demonstration court made",
    "ledger.key_made": "Signing key made",
    "ledger.verified": "Log verified",
}
UNREADABLE = {"invalid": "Give the day as year-month-day, such as 2026-07-06."}
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


class EntryFilter(forms.Form):
    """Which entries to show; every field may be left empty."""

    kind = forms.CharField(required=False, max_length=40, label="What happened", widget=forms.Select)
    purpose = forms.CharField(required=False, max_length=40, label="Purpose", widget=forms.Select)
    who = forms.CharField(required=False, max_length=40, strip=True, label="Who or which office")
    since = forms.DateField(
        required=False, label="From", error_messages=UNREADABLE, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label="Until", error_messages=UNREADABLE, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=10**16 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        purposes = [(row.code, row.title) for row in Purpose.objects.order_by("title")]
        self.fields["purpose"].widget.choices = [("", "Every purpose"), *purposes, *PURPOSES.items()]
        self.fields["kind"].widget.choices = [("", "Everything"), *KINDS.items()]

    def clean(self) -> dict[str, object]:
        """Days far from any the log can hold are refused, so that the database is never asked for them."""
        cleaned = super().clean() or {}
        for name in ("since", "until"):
            day = cleaned.get(name)
            if isinstance(day, date) and not FIRST <= day <= LAST:
                self.add_error(name, "Give a day of this century or the next.")
        return cleaned

    def filters(self) -> Mapping[str, str]:
        """As the database's function takes them; only those that are set."""
        given = {name: self.cleaned_data.get(name) for name in ("kind", "purpose", "who")}
        days = {"from": self.cleaned_data.get("since"), "until": self.cleaned_data.get("until")}
        return {name: str(value) for name, value in {**given, **days}.items() if value}

    @property
    def before_number(self) -> int | None:
        """Entries older than this number; None for the newest."""
        return self.cleaned_data.get("before")
