"""What the API answers when it does not answer: one sentence of plain words, and the same for absent and closed."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from rollkeeper.access import door

logger = logging.getLogger("rollkeeper.api")
NOT_FOUND = "We could not find this, or it is not open to you. Check the number, or ask the court."
SIGN_IN = "Sign in first: the API reads with the session of a signed-in account."
NO_LEDGER = "The ledger could not be written, so nothing is shown. Try again in a few minutes."
UNREADABLE = "We could not read this request. See what to put right in each place."
RETRY_SECONDS = 60


def answer_problems(api: NinjaAPI) -> None:
    """Put the API's words in place of the library's."""

    def answer(status: int, detail: str) -> Any:  # Any: the library calls it with its own exception types
        def handler(request: HttpRequest, problem: Exception) -> HttpResponse:
            response = api.create_response(request, {"detail": detail}, status=status)
            if status == 503:
                logger.error(
                    "ledger.unavailable", extra={"path": request.resolver_match and request.resolver_match.route}
                )
                response["Retry-After"] = str(RETRY_SECONDS)
            return response

        return handler

    def other(request: HttpRequest, problem: HttpError | type[HttpError]) -> HttpResponse:
        return api.create_response(request, {"detail": str(problem)}, status=getattr(problem, "status_code", 400))

    def unreadable(request: HttpRequest, problem: ValidationError | type[ValidationError]) -> HttpResponse:
        mistakes = [
            {"where": _where(error["loc"]), "problem": _words(error)} for error in getattr(problem, "errors", ())
        ]
        detail = mistakes[0]["problem"] if len(mistakes) == 1 else UNREADABLE
        return api.create_response(request, {"detail": detail, "mistakes": mistakes}, status=422)

    api.add_exception_handler(door.Refused, answer(404, NOT_FOUND))
    api.add_exception_handler(Http404, answer(404, NOT_FOUND))
    api.add_exception_handler(AuthenticationError, answer(401, SIGN_IN))
    api.add_exception_handler(door.LedgerUnavailable, answer(503, NO_LEDGER))
    api.add_exception_handler(HttpError, other)
    api.add_exception_handler(ValidationError, unreadable)


def _where(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place[1:]) or str(place[0])


def _words(error: dict[str, Any]) -> str:  # Any: the library's own error
    where = _where(error["loc"])
    if where == "purpose":
        return str(error.get("ctx", {}).get("error", "")) or PURPOSE_NEEDED
    words = {
        "missing": f"{where} is needed.",
        "string_too_long": f"{where} is too long.",
        "string_pattern_mismatch": f"{where} holds signs that it cannot hold.",
    }
    return words.get(error["type"], f"{where}: {error['msg']}.")


PURPOSE_NEEDED = "Say why you look: add ?purpose= with one of the purposes on the API's page, such as own-case."
