"""USWDS icons, drawn into the page: 200 bytes each instead of a 70 KB sprite."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NAME = re.compile(r"[a-z_]{1,40}\Z")
_PATHS = re.compile(r"<(?:path|circle|rect)[^>]*/?>")


class UnknownIcon(ValueError):
    """A template asked for an icon that USWDS does not have, or that the finder does not serve."""


@cache
def _drawing(name: str) -> str:
    """The shapes of an icon, from the package or, in production, from the collected files."""
    if not _NAME.match(name):
        raise UnknownIcon(f"{name!r} is not an icon's name; see the icons of USWDS.")
    path = f"uswds/img/usa-icons/{name}.svg"
    found = finders.find(path)
    if found:
        text = Path(str(found)).read_text(encoding="utf-8")
    elif staticfiles_storage.exists(path):
        with staticfiles_storage.open(path) as file:
            text = file.read().decode()
    else:
        raise UnknownIcon(f"USWDS has no icon {name!r}, or the front-end packages are not installed (npm ci).")
    return "".join(shape for shape in _PATHS.findall(text) if 'fill="none"' not in shape)


def icon(name: str, label: str = "") -> SafeString:
    """The icon as inline SVG. With a label it is an image of that name; without, it is decoration."""
    shapes = mark_safe(_drawing(name))  # noqa: S308  # a file of the USWDS package, not user text
    if label:
        return format_html(
            '<svg class="usa-icon" role="img" aria-label="{}" viewBox="0 0 24 24">{}</svg>', label, shapes
        )
    return format_html(
        '<svg class="usa-icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24">{}</svg>', shapes
    )
