"""What happens to every request on its way to a page: maintenance, language, refusals, the content policy."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from rollkeeper.desks.errors.pages import maintenance
from rollkeeper.desks.frame.desks import desk_of

GetResponse = Callable[[HttpRequest], HttpResponse]
# No inline script or style anywhere; images of our own, or drawn into the page (the QR code of TOTP set-up).
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


class ContentSecurityPolicy:
    """Sends a strict Content-Security-Policy; a view that needs another (a paper in its frame) sets its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class ReaderLanguage:
    """English, or Spanish on the desks whose pages are written in Spanish.

    The reader's choice (a cookie) comes first, then the browser's. Set `account.language` by signing in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = translation.get_language_from_request(request)
        with translation.override(wanted):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
            return response

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Staff desks are written in English only: no page of mixed languages."""
        if not desk_of(request).spanish:
            translation.activate("en")


class Maintenance:
    """While the file `settings.MAINTENANCE_FILE` exists, every page says so (503); its text may say until when."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        notice = getattr(settings, "MAINTENANCE_FILE", None)
        if notice and Path(notice).is_file() and not request.path.startswith(settings.STATIC_URL):
            return maintenance(request, Path(notice).read_text(encoding="utf-8", errors="replace").strip()[:300])
        return self.get_response(request)
