"""Form widgets in USWDS dress: classes, and the ids that tie hint and error to the field."""

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.Textarea, "usa-textarea"),
    (forms.Select, "usa-select"),
    (forms.FileInput, "usa-file-input"),
    (Input, "usa-input"),
)


def is_group(bound: BoundField) -> bool:
    """Is this field several controls (radios, checkboxes), which need a fieldset and a legend?"""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def dressed_widget(bound: BoundField) -> SafeString:
    """The widget with USWDS classes and `aria-describedby` naming its hint and error, when it has them."""
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)  # what vanishes on typing is no label
    attrs: dict[str, str | bool] = {}
    described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if not is_group(bound):
        own = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "")
        error = " usa-input--error" if bound.errors else ""
        attrs["class"] = f"{own}{error} {widget.attrs.get('class', '')}".strip()
    return bound.as_widget(attrs=attrs)
