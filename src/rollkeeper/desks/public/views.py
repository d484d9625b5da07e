"""The start page, public case information, the limits, and the page after signing out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from rollkeeper.access import door
from rollkeeper.access.declare import looks, shows_no_record
from rollkeeper.accounts.queries import demo_roles
from rollkeeper.desks.errors import pages
from rollkeeper.desks.frame.clients import client_address
from rollkeeper.desks.frame.desks import desk_home, menu_for, own_desk, set_desk
from rollkeeper.desks.public.forms import LookupForm
from rollkeeper.desks.public.words import decision_words, hearing_words


@require_GET
@never_cache
@shows_no_record("it says what this is and lets people in")
def home(request: HttpRequest) -> HttpResponse:
    """What this is, in one sentence; look up a hearing; sign in; in the demonstration, step into a role."""
    own = own_desk(request)
    context = {
        "form": LookupForm(),
        "roles": demo_roles() if settings.ROLLKEEPER_DEMO else [],
        "own": own,
        "own_menu": menu_for(own.key) if own else [],
        "own_home": desk_home(own.key) if own else "",
    }
    return render(request, "public/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("number", "nationality")
@looks("public.lookup")
def case_lookup(request: HttpRequest) -> HttpResponse:
    """Public case information. The number travels in the request's body, never in an address that logs keep."""
    set_desk(request, "public")
    form = LookupForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "asked": False}
    if form.is_valid():
        asked = form.cleaned_data
        try:
            found = door.public_lookup(asked["number"], asked["nationality"], client_address(request))
        except door.TooManyQuestions:
            return pages.too_many(request)
        context |= {"asked": True, "found": found, "number": asked["number"]}
        if found is not None:
            context |= {
                "hearing": hearing_words(found.next_hearing_kind),
                "decision": decision_words(found.last_decision),
            }
    return render(request, "public/case_lookup.html", context)


@require_GET
@shows_no_record("it explains what the system can and cannot protect")
def limits(request: HttpRequest) -> HttpResponse:
    """What a reader may rely on, and what no program can promise."""
    set_desk(request, "public")
    return render(request, "public/limits.html")


@require_GET
@shows_no_record("it says that the reader has signed out")
def signed_out(request: HttpRequest) -> HttpResponse:
    """After signing out: done, and how to come back."""
    return render(request, "public/signed_out.html")
