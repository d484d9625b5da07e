"""The page that describes the API, drawn from its own description: no script, nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import shows_no_record
from rollkeeper.api.asked import PURPOSES
from rollkeeper.api.operations import api
from rollkeeper.desks.frame.tables import Column, Row, Table

Described = Mapping[str, Any]  # a part of the OpenAPI description


@dataclass(frozen=True)
class OperationHelp:
    """One operation as the page tells it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: Table
    answer: str
    open_to_all: bool


@require_safe
@shows_no_record("it describes the API")
def docs(request: HttpRequest) -> HttpResponse:
    """How to use the API, every operation with its parameters."""
    schema = api.get_openapi_schema()
    operations = [
        _operation(method, path, about)
        for path, methods in schema["paths"].items()
        for method, about in methods.items()
    ]
    context = {
        "title": "The API",
        "about": api.description,
        "operations": operations,
        "purposes": PURPOSES.items(),
        "openapi_url": reverse("api:openapi-json"),
    }
    return render(request, "api/docs.html", context)


def _operation(method: str, path: str, about: Described) -> OperationHelp:
    rows = [
        Row([one["name"], one["in"], "yes" if one.get("required") else "no", _kind(one)])
        for one in about.get("parameters", ())
    ]
    body = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        rows.append(Row([_name(body), "body", "yes", "JSON"]))
    columns = [Column("Name", header=True), Column("Where"), Column("Needed"), Column("What")]
    answer = about["responses"][200]["content"]["application/json"]["schema"]
    return OperationHelp(
        method=method.upper(),
        path=path,
        summary=about["summary"],
        description=about.get("description", ""),
        parameters=Table("Parameters", columns, rows, id=about["operationId"], empty="No parameters."),
        answer=_name(answer),
        open_to_all="security" not in about,
    )


def _name(schema: Described) -> str:
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1] or str(schema.get("title", "JSON"))


def _kind(parameter: Described) -> str:
    schema = parameter["schema"]
    words = [str(schema.get("type", "")), str(schema.get("description", parameter.get("description", "")))]
    if "enum" in schema:
        words.append(f"One of {', '.join(schema['enum'])}.")
    return " · ".join(word for word in words if word)
