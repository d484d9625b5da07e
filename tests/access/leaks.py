"""Looks through a whole response for values that its reader must not see."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pypdfium2

from rollkeeper.access.rules import PROTECTIONS_OF
from tests.factories.world import World

KIND = {"clerk": "court", "other_clerk": "court", "other_respondent": "respondent"}
RELATED = {
    "clerk": ("case", "sealed", "protected"),
    "judge": ("case", "sealed", "protected"),
    "counsel": ("case",),
    "government": ("case",),
    "narrow": ("case",),  # the same desk, by a right that opens no protection
    "respondent": ("case",),
    "other_clerk": ("other",),
    "other_respondent": ("other",),
    "auditor": (),
    "operator": (),
    "anonymous": (),
}


def forbidden(reader: str, world: World) -> set[str]:
    """Every recognisable value of the world that this reader has no right to."""
    closed: set[str] = set()
    for name in ("case", "other", "sealed", "protected"):
        made = getattr(world, name)
        identity = {made.number, made.keyed.a_number, *_names(made)}
        if name not in RELATED[reader]:
            closed |= identity.union(*made.secrets.values()) if made.secrets else identity
            continue
        opened = {""} if reader == "narrow" else set(PROTECTIONS_OF[KIND.get(reader, reader)]) | {""}
        for protection, values in made.secrets.items():
            if protection not in opened:
                closed |= set(values)
    return closed


def _names(made: Any) -> set[str]:  # Any: a MadeCase; its names come from the owner's connection
    rows = made.keyed.person.names.using("owner").values_list("family", "given")
    return {word for row in rows for word in row if word}


def text_of(response: Any) -> str:  # Any: Django's test response
    """Everything a reader could see: status line, headers, cookies, body, text of a PDF, decoded entities."""
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [
        str(response.status_code),
        *(f"{name}: {value}" for name, value in response.items()),
        str(response.cookies),
    ]
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(io.BytesIO(body))
        parts += [document[page].get_textpage().get_text_bounded() for page in range(len(document))]
        parts.append(str(document.get_metadata_dict()))
    parts.append(html.unescape(body.decode("utf-8", "replace")))
    return "\n".join(parts)


def found_in(response: Any, values: set[str], *, said: str = "") -> list[str]:  # Any: see text_of
    """The forbidden values in a response, but for what the reader typed (``said``), which may be echoed."""
    shown = text_of(response).lower()
    return sorted(value for value in values if value.lower() in shown and value.lower() not in said.lower())


def alike(one: Any, two: Any, swap: dict[str, str]) -> bool:  # Any: see text_of
    """Whether two answers are the same once the words asked for are exchanged and tokens are taken out."""
    return _plain(one, swap) == _plain(two, swap)


def _plain(response: Any, swap: dict[str, str]) -> str:
    text = text_of(response)
    for one, two in swap.items():
        text = text.replace(one, two)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"(csrftoken|sessionid)=[^;\s]+", "", text)
    return re.sub(r"expires=[^;]+;", "", text)
