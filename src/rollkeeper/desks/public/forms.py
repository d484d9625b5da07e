"""The public look-up: an A-number and a nationality, both exactly as the court has them."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from rollkeeper.desks.public.nationalities import choices

_SEPARATORS = re.compile(r"[\s\u00a0.\-–]+")
_NUMBER = re.compile(r"A?(\d{8,9})\Z", re.IGNORECASE | re.ASCII)


class LookupForm(forms.Form):
    """Asks for what stands on every letter from the court. `cleaned_data["number"]` is nine digits."""

    number = forms.CharField(
        label=_("A-number"),
        max_length=40,
        help_text=_("The letter A and eight or nine digits. It is on every letter from the court."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}),
        error_messages={"required": _("Write the A-number.")},
    )
    nationality = forms.ChoiceField(
        label=_("Nationality"),
        help_text=_("The country of citizenship in the court's papers."),
        error_messages={
            "required": _("Choose the nationality."),
            "invalid_choice": _("Choose a nationality from the list."),
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through untouched
        nationality = self.fields["nationality"]
        assert isinstance(nationality, forms.ChoiceField)
        nationality.choices = [("", _("Choose a country")), *choices()]

    def clean_number(self) -> str:
        """Nine digits, whatever spaces, dots and hyphens were typed."""
        match = _NUMBER.match(_SEPARATORS.sub("", self.cleaned_data["number"]))
        if not match:
            raise forms.ValidationError(_("Write the letter A and eight or nine digits, like A 098 765 432."))
        return match[1].zfill(9)
