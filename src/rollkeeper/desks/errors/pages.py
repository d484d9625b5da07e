"""Refusals, absences and outages: each a page that says what happened and what to do next.

What is absent and what is closed to the reader are one page with one status, 404: the difference would be the answer.
"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rollkeeper.desks.frame.parts import Fact

logger = logging.getLogger(__name__)
RETRY_SECONDS = 60


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what is not here and for what the reader may not see."""
    sentences = [
        _("We could not find this page, or it is not open to you."),
        _("A link may be old. If you looked for a case, check its number; it may not be listed here."),
    ]
    return _page(request, 404, _("We could not find that"), sentences, _next_steps())


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal is answered exactly like an absence."""
    return not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no form of ours sends."""
    sentences = [_("Your browser sent something we could not read. Nothing was changed.")]
    return _page(request, 400, _("We could not read that"), sentences, _next_steps())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that ties it to its page (settings.CSRF_FAILURE_VIEW)."""
    logger.info("form.expired", extra={"reason": reason})
    sentences = [
        _("This page was open too long, or your browser does not keep cookies. Nothing was changed."),
        _("Go back, reload the page, and send it again."),
    ]
    return _page(request, 403, _("Please send that again"), sentences, _next_steps())


def too_many(request: HttpRequest, seconds: int = RETRY_SECONDS) -> HttpResponse:
    """Too many requests from one place; `seconds` is how long to wait."""
    sentences = [
        _("Too many look-ups came from your connection in a short time. Nothing was looked up."),
        _("Wait a minute and try again, or call the court."),
    ]
    response = _page(request, 429, _("Please wait a minute"), sentences, _next_steps())
    response.headers["Retry-After"] = str(seconds)
    return response


def maintenance(request: HttpRequest, until: str = "") -> HttpResponse:
    """The system is being worked on; `until` is the operator's own sentence."""
    sentences = [_("The system is being worked on. Nothing you filed is lost.")]
    sentences.append(until or _("Try again later. If something is due today, call the court."))
    response = _plain(request, 503, _("Closed for maintenance"), sentences)
    response.headers["Retry-After"] = str(RETRY_SECONDS * 10)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; drawn without database, session or menu, since any of them may be what failed."""
    sentences = [
        _("Something went wrong on our side. What you sent may not have been saved."),
        _("Go back and check before you send it again. If it happens twice, call the court."),
    ]
    return _plain(request, 500, _("That did not work"), sentences)


def _next_steps() -> list[Fact]:
    wanted = (
        (_("Look up a hearing"), "public:case_lookup"),
        (_("Sign in"), "account_login"),
        (_("Start page"), "public:home"),
    )
    return [Fact(label, "", url) for label, name in wanted if (url := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _page(request: HttpRequest, status: int, title: str, sentences: list[str], steps: list[Fact]) -> HttpResponse:
    context = {"title": title, "sentences": sentences, "steps": steps}
    try:
        return HttpResponse(render_to_string("frame/message.html", context, request), status=status)
    except Exception:  # a page about a failure must not fail on the same thing; the plain one needs nothing
        logger.exception("page.failed")
        return _plain(request, status, title, sentences)


def _plain(request: HttpRequest, status: int, title: str, sentences: list[str]) -> HttpResponse:
    """A page that needs nothing that could be broken: no database, no session, no menu."""
    context = {
        "title": title,
        "sentences": sentences,
        "site_name": settings.ROLLKEEPER_COURT_NAME,
        "page_language": getattr(request, "LANGUAGE_CODE", "en"),
    }
    return HttpResponse(render_to_string("frame/plain.html", context), status=status)
