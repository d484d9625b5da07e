"""Synthetic addresses, telephone numbers and A-numbers: plainly not anybody's."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The demonstration's A-numbers begin at 900 000 001: a block set aside here, so that one is known at a glance.
FIRST_A_NUMBER = 900_000_001
LAST_A_NUMBER = 999_999_999


@dataclass(frozen=True)
class District:
    """Where the people of a court live."""

    state: str
    area: str
    towns: tuple[str, ...]
    zip_start: str


@dataclass(frozen=True)
class Words:
    """Parts of addresses."""

    streets: tuple[str, ...]
    districts: dict[str, District]


@cache
def words() -> Words:
    """What ``words/places.toml`` holds; the district "" stands for every other court."""
    table = tomllib.loads(files("rollkeeper.demo").joinpath("words", "places.toml").read_text(encoding="utf-8"))
    streets = tuple(f"{stem} {end}" for stem in table["street_stems"] for end in table["street_ends"])
    districts = {
        code: District(d["state"], d["area"], tuple(d["towns"]), d["zips"][0])
        for code, d in [*table["courts"].items(), ("", table["elsewhere"])]
    }
    return Words(streets, districts)


def district(court_code: str) -> District:
    """The district of a court, or the one for every other court."""
    known = words().districts
    return known.get(court_code, known[""])


def address(court_code: str, source: random.Random) -> tuple[str, str]:
    """Two lines: street, and city with state and postal code."""
    here = district(court_code)
    unit = f", Unit {source.randrange(1, 40)}" if source.random() < 0.3 else ""
    street = f"{source.randrange(10, 9900)} {source.choice(words().streets)}{unit}"
    return street, f"{source.choice(here.towns)}, {here.state} {here.zip_start}{source.randrange(100):02}"


def phone(court_code: str, source: random.Random) -> str:
    """A number in 555-0100 to 555-0199, the block kept for fiction."""
    return f"({district(court_code).area}) 555-01{source.randrange(100):02}"


def written_a_number(value: int) -> str:
    """As the court writes it: A and three groups of three."""
    digits = f"{value:09}"
    return f"A {digits[:3]} {digits[3:6]} {digits[6:]}"
