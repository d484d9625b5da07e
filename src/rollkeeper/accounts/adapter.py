"""How django-allauth behaves here: no sign-up by oneself, every sign-in written down, then to one's own desk."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rollkeeper.accounts.actions import record_sign_in
from rollkeeper.accounts.models import Account


class CourtAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are added by an operator; respondents and counsel are invited by the court."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody adds an account for themselves."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where the reader's desk begins."""
        return reverse("accounts:my_desk")

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down before the first page is shown."""
        record_sign_in(user, second_factor=is_mfa_enabled(user))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response
