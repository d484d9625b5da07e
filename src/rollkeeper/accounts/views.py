"""Stepping into a role of the demonstration court, and the way to one's own desk."""

import logging

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rollkeeper.access.declare import shows_no_record
from rollkeeper.accounts.actions import CannotStepIn, step_in
from rollkeeper.accounts.queries import demo_roles
from rollkeeper.desks.frame.cookies import remember_language
from rollkeeper.desks.frame.desks import desk_home, own_desk, set_desk

logger = logging.getLogger(__name__)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
@never_cache
@shows_no_record("it sends the reader to their desk")
def my_desk(request: HttpRequest) -> HttpResponse:
    """Where the signed-in account's desk begins; the start page for everybody else."""
    desk = own_desk(request)
    return HttpResponseRedirect(desk_home(desk.key) if desk else "/")


@require_GET
@never_cache
@shows_no_record("it lists the invented roles of the demonstration court")
def roles(request: HttpRequest) -> HttpResponse:
    """The demonstration court's roles as cards. Not there at all outside the demonstration."""
    _only_in_the_demonstration()
    set_desk(request, "public")
    return render(request, "accounts/roles.html", {"roles": demo_roles()})


@require_POST
@never_cache
@shows_no_record("it signs in an invented person of the demonstration court")
def step_into_role(request: HttpRequest) -> HttpResponse:
    """Sign in as an invented person with one click. Not there at all outside the demonstration."""
    _only_in_the_demonstration()
    try:
        account = step_in(request.POST.get("role", ""), demo=settings.ROLLKEEPER_DEMO)
    except CannotStepIn as refusal:
        logger.warning("demo.step_in_refused", extra={"reason": refusal.reason})
        raise Http404(str(refusal)) from refusal
    request.session.flush()  # nothing of the role before stays behind
    login(request, account, backend=BACKEND)
    return remember_language(redirect("accounts:my_desk"), account.language)


def _only_in_the_demonstration() -> None:
    if not settings.ROLLKEEPER_DEMO:
        raise Http404("This is not the demonstration court.")
