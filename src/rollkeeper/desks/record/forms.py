"""Forms of the record: finding, and narrowing a docket or a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rollkeeper.cases.models import Case
from rollkeeper.courts.models import Court, Judge
from rollkeeper.desks.public.nationalities import choices as countries
from rollkeeper.desks.record.words import label
from rollkeeper.docket.models import DocketEntry
from rollkeeper.docket.queries import DocketFilter
from rollkeeper.foundation.choices import Side

LONGEST_QUESTION = 200  # the door reads no more; a longer text is cut, not refused
LONGEST_WORDS = 100


class DayInput(forms.DateInput):
    """The browser's own date field; it sends YYYY-MM-DD."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlainText(forms.CharField):
    """Text as it was typed, cut to a length, with control characters read as spaces (PostgreSQL holds no NUL)."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:  # Any: Django's own field options
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:  # Any: whatever a browser sent
        """The text without what no keyboard types."""
        text = "".join(letter if letter.isprintable() else " " for letter in str(value or "")[: self.longest * 4])
        return " ".join(text.split())[: self.longest]


class NarrowingForm(forms.Form):
    """A GET form above a list. What cannot be read is left out, so that any address still shows a list."""

    sort = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    purpose = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *((value, label(words)) for value, words in offered)]
        for name in [name for name in ("sort", "purpose") if not data.get(name)]:
            del self.fields[name]  # no empty parameters in the address
        self.is_valid()
        for name in list(self.errors):
            del self.errors[name]

    def chosen(self, name: str) -> str:
        """What was chosen, or the empty string."""
        return str(self.cleaned_data.get(name) or "")


class DocketFilterForm(NarrowingForm):
    """Narrows a docket."""

    words = PlainText(label=_("Words in the entry"), required=False, longest=LONGEST_WORDS)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    side = forms.ChoiceField(label=_("Filed by"), required=False)
    papers = forms.BooleanField(label=_("Only entries with a paper"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, {"kind": DocketEntry.Kind.choices, "side": Side.choices})

    def kept(self) -> DocketFilter:
        """The filter that was asked for."""
        return DocketFilter(
            kind=self.chosen("kind"),
            side=self.chosen("side"),
            words=self.chosen("words"),
            with_paper=bool(self.cleaned_data.get("papers")),
        )

    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.kept() != DocketFilter()


class StatusForm(NarrowingForm):
    """Narrows the list of cases."""

    status = forms.ChoiceField(label=_("Where the case stands"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, {"status": Case.Status.choices})


class TimelineForm(NarrowingForm):
    """Narrows a person's timeline."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Mapping[str, Any], kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, {"kind": kinds})


class FindForm(forms.Form):
    """A question: one field with its purpose beside it, and facts a clerk may know."""

    words = PlainText(
        label=_("Name, A-number or case number"),
        required=False,
        longest=LONGEST_QUESTION,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), error_messages={"invalid_choice": _("Choose a purpose from the list.")}
    )
    born = forms.DateField(label=_("Born on"), required=False, widget=DayInput)
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    court = forms.ChoiceField(label=_("Court"), required=False)
    hearing = forms.DateField(label=_("Hearing on"), required=False, widget=DayInput)
    judge = PlainText(label=_("Judge"), help_text=_("Code or family name."), required=False, longest=60)

    def __init__(self, data: Mapping[str, Any] | None, *, purposes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        courts = Court.objects.filter(is_listed=True).order_by("name").values_list("code", "name")
        for name, offered in (("nationality", countries()), ("court", list(courts))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *offered]
        purpose = self.fields["purpose"]
        assert isinstance(purpose, forms.ChoiceField)
        purpose.choices = list(purposes)

    def clean_judge(self) -> str:
        """The code of the one judge that was meant."""
        asked = self.cleaned_data["judge"]
        if not asked:
            return ""
        found = Judge.objects.filter(code__iexact=asked) or Judge.objects.filter(name__icontains=asked)
        codes = list(found.values_list("code", flat=True)[:2])
        if len(codes) != 1:
            raise forms.ValidationError(_("No one judge has this name or code. Write the code, or the whole name."))
        return str(codes[0])

    def clean(self) -> dict[str, Any]:
        """Something must be asked: words, or a day that narrows enough by itself."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (found.get("words") or found.get("born") or found.get("hearing")):
            self.add_error("words", _("Write a name or a number, or give a date of birth or a hearing day below."))
        return found

    def facts(self) -> dict[str, str]:
        """The facts given, as the door takes them; days as YYYY-MM-DD."""
        names = ("born", "nationality", "court", "hearing", "judge")
        return {name: str(self.cleaned_data[name]) for name in names if self.cleaned_data.get(name)}

    @property
    def asks_facts(self) -> bool:
        """Whether the optional part has something in it, and so stays open."""
        return any(self.data.get(name) for name in ("born", "nationality", "court", "hearing", "judge"))
