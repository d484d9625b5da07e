"""The one cookie of the frame: the language the reader chose."""

from django.conf import settings
from django.http import HttpResponse

YEAR_SECONDS = 31_536_000


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """Put the language into the reader's cookie; one we do not speak changes nothing. Gives the response back."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
