"""What every request of the API must say: why it looks, and which page it wants."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator

from rollkeeper.api.schemas import PLAIN
from rollkeeper.docket.models import DocketEntry
from rollkeeper.docket.queries import DocketFilter
from rollkeeper.foundation.choices import Side

PAGE_SIZE = 25
LAST_PAGE = 400  # the door counts to 10,000; beyond that a search finds what a list does not


def _purposes() -> dict[str, str]:
    text = files("rollkeeper.law").joinpath("purposes.toml").read_text(encoding="utf-8")
    return {purpose["code"]: purpose["title"] for purpose in tomllib.loads(text)["purpose"]}


PURPOSES = _purposes()


def _known(code: str) -> str:
    if code not in PURPOSES:
        raise ValueError(f"Say why you look: ?purpose= must be one of {', '.join(PURPOSES)}.")
    return code


Purpose = Annotated[
    str,
    AfterValidator(_known),
    Field(description="Why you look; it is written into the ledger.", json_schema_extra={"enum": list(PURPOSES)}),
]


class Asked(Schema):
    """The purpose of a look."""

    purpose: Purpose


class AskedPage(Asked):
    """The purpose of a look, and a page of 25."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE, description="Page of 25, from 1.")] = 1

    @property
    def skip(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_SIZE


class AskedDocket(AskedPage):
    """Which part of a docket."""

    kind: Annotated[str, Field(max_length=11, description="Kind of entry; empty for all.")] = ""
    side: Annotated[str, Field(max_length=10, description="Who filed it; empty for all.")] = ""
    words: Annotated[str, Field(max_length=100, pattern=PLAIN, description="Words in the title or the filer.")] = ""

    def kept(self) -> DocketFilter:
        """The filter; a kind or side that does not exist keeps nothing out."""
        return DocketFilter(
            kind=self.kind if self.kind in DocketEntry.Kind.values else "",
            side=self.side if self.side in Side.values else "",
            words=self.words,
        )
