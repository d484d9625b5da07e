"""Reading answers: what differs from one request to the next is taken out before two are compared."""

from __future__ import annotations

import html
import re
from typing import Protocol


class Answer(Protocol):
    """What Django's test client gives back."""

    @property
    def content(self) -> bytes:
        """The body."""

    @property
    def status_code(self) -> int:
        """The status."""


_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
_TAG = re.compile(r"<[^>]+>")


def text(response: Answer) -> str:
    """The page's words, one space between them."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(_TAG.sub(" ", body)).replace("\u00a0", " ").split())


def bare(response: Answer, *without: str) -> str:
    """The page without its form tokens and without what the reader themselves sent."""
    body = _TOKEN.sub("", response.content.decode())
    for part in without:
        body = body.replace(part, "")
    return body
