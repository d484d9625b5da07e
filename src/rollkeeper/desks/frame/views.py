"""The language switch."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rollkeeper.access.declare import shows_no_record
from rollkeeper.desks.frame.cookies import remember_language


@require_POST
@shows_no_record("it only remembers a language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember English or Spanish in a cookie and go back to the page the reader came from."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return remember_language(HttpResponseRedirect(back), request.POST.get("language", ""))
