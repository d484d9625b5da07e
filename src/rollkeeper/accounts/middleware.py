"""Sends people who can see other people's records to set up a second factor before anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rollkeeper.accounts.models import Account
from rollkeeper.accounts.rules import needs_second_factor

# What such an account may still open: setting the factor up, proving its password again, signing out, the language.
OPEN_NAMES = frozenset(
    {"account_logout", "account_reauthenticate", "account_change_password", "language", "signed_out"}
)
MFA = "mfa_"


class StaffNeedTwoFactors:
    """Outside the demonstration, a staff account without a second factor sees only the page to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check needs to know the view, see process_view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        """Redirect to the set-up page, unless that is where the reader is."""
        user = request.user
        if not isinstance(user, Account) or not user.is_authenticated:
            return None
        if not needs_second_factor(desk=user.desk, demo=settings.ROLLKEEPER_DEMO, is_demo_account=user.is_demo):
            return None
        name = (request.resolver_match.url_name or "") if request.resolver_match else ""
        if name in OPEN_NAMES or name.startswith(MFA) or is_mfa_enabled(user):
            return None
        messages.warning(request, _("Set up a second step first. Your desk opens as soon as you have one."))
        return HttpResponseRedirect(reverse("mfa_index"))
