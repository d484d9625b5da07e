"""What the base template knows on every page. It reads no record and makes no query of its own."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from rollkeeper.desks.frame.desks import desk_of, menu_of

VERSION = version("rollkeeper")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The desk and its menu, who is signed in, the demonstration flag, the page's language, the version."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    desk = desk_of(request)
    return {
        "desk": desk,
        "menu": menu_of(request),
        "demo": settings.ROLLKEEPER_DEMO,
        "site_name": settings.ROLLKEEPER_COURT_NAME,
        "signed_in_as": (getattr(user, "display_name", "") or user.get_username()) if user and signed_in else "",
        "page_language": get_language() or "en",
        "version": VERSION,
    }
