"""Every address of the site, made concrete for a record. New addresses are found by themselves.

An address with a part that ``parts_for`` does not know fails the leak test: say there what the part stands for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.cases import MadeCase
from tests.factories.world import World


@dataclass(frozen=True)
class Address:
    """One address pattern and its view."""

    route: str
    view: Any  # Any: views differ in what they take
    parts: tuple[str, ...]


def every_address(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Walk the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + _route(pattern)
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern, route)
        else:
            yield Address(route, pattern.callback, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)))


def _route(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
    return text.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def parts_for(made: MadeCase, world: World) -> dict[str, list[str]]:
    """What each named part of an address may be for a record, forbidden ones included."""
    documents = [str(paper.pk) for paper in made.case.documents.using("owner").all()]
    entries = [str(number) for number in made.case.entries.using("owner").values_list("pk", flat=True)]
    return {
        "number": [made.number],
        "case_number": [made.number],
        "person_id": [str(made.keyed.person.pk)],
        "person": [str(made.keyed.person.pk)],
        "document_id": documents or ["1"],
        "document": documents or ["1"],
        "paper": documents or ["1"],
        "entry": entries[:1] or ["1"],
        "entry_id": entries[:1] or ["1"],
        "look": ["1"],
        "what": ["motions", "notices", "unscheduled", "detained", "unrepresented"],
        "level": ["0"],
        "index": ["000"],
        "path": ["000"],
        "tile": ["000"],
        "rest": ["000"],
        "width": ["1"],
        "name": ["x"],
        "key": ["1-set-password"],
        "uidb36": ["1"],
        "uidb64": ["1"],
        "token": ["abc"],
        "pk": ["1"],
    }


def concrete(address: Address, made: MadeCase, world: World) -> list[str]:
    """The address for this record, in each way its parts can be filled. KeyError names a part nobody described."""
    values = parts_for(made, world)
    chosen = [values[part] for part in address.parts]
    found = []
    for combination in itertools.product(*chosen):
        path = address.route
        for part, value in zip(address.parts, combination, strict=True):
            path = re.sub(rf"<(?:\w+:)?{part}>", value, path)
        found.append("/" + path.removesuffix("?").replace("/?", "/"))
    return found
