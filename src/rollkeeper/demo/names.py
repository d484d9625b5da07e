"""Synthetic names, built from parts written for this project; the same random source gives the same names."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

VOWELS = "aeiouáéíóúàèâêîôûäöüãõ"
MISHEARD = (
    *(("z", "s"), ("s", "z"), ("v", "b"), ("b", "v"), ("i", "y"), ("y", "i"), ("c", "k"), ("qu", "k"), ("h", "")),
    *(("ll", "y"), ("j", "h"), ("g", "j"), ("ñ", "n"), ("ç", "c"), ("ş", "sh"), ("ph", "f"), ("w", "gu")),
)


@dataclass(frozen=True)
class Name:
    """A name as the court writes it: family name or names, then given."""

    family: str
    given: str

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    def spoken(self) -> str:
        """Given name first, as a person says it."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True)
class Tongue:
    """The name parts of a broad family of languages; ``order`` as explained in ``words/tongues.toml``."""

    order: str
    surnames: tuple[str, ...]
    given: dict[str, tuple[str, ...]]  # by sex, F or M
    prefixes: tuple[str, ...]
    patronymic: dict[str, str]


@cache
def tongues() -> dict[str, Tongue]:
    """Every tongue, by its name."""
    text = files("rollkeeper.demo").joinpath("words", "tongues.toml").read_text(encoding="utf-8")
    return {name: _tongue(parts) for name, parts in tomllib.loads(text).items()}


def _tongue(parts: dict[str, Any]) -> Tongue:  # Any: what TOML holds
    given = {
        sex: tuple(
            dict.fromkeys(
                [*parts[f"plain_{sex.lower()}"], *_joined(parts["given_stems"], parts[f"given_ends_{sex.lower()}"])]
            )
        )
        for sex in "FM"
    }
    return Tongue(
        order=parts["order"],
        surnames=tuple(dict.fromkeys(_joined(parts["surname_stems"], parts["surname_ends"]))),
        given=given,
        prefixes=tuple(parts.get("prefixes", [""])),
        patronymic={"F": parts.get("patronymic_f", ""), "M": parts.get("patronymic_m", "")},
    )


def _joined(stems: list[str], ends: list[str]) -> list[str]:
    return [_smooth(stem, end) for stem in stems for end in ends]


def _smooth(stem: str, end: str) -> str:
    """Join without a doubled vowel; a stem that ends in a hyphen starts a new word."""
    if stem.endswith("-"):
        return stem + end.capitalize()
    if end and stem[-1].lower() == end[0].lower():
        return stem + end[1:]
    return stem + end


def surname(tongue: Tongue, source: random.Random) -> str:
    """One surname."""
    return source.choice(tongue.prefixes) + source.choice(tongue.surnames)


def draw(
    tongue: Tongue, sex: str, source: random.Random, *, father: Name | None = None, mother: Name | None = None
) -> Name:
    """A name for a person of sex F or M; the parents' names, where given, are handed down as the tongue does it."""
    given = source.choice(tongue.given[sex])
    if tongue.order in ("double", "de"):
        if source.random() < 0.35:
            given += " " + source.choice(tongue.given[sex])
        first = father.family.split()[0] if father else surname(tongue, source)
        second = mother.family.split()[0] if mother else surname(tongue, source)
        middle = source.choice(["", "da ", "de ", "dos "]) if tongue.order == "de" else ""
        return Name(f"{first} {middle}{second}", given)
    if tongue.order == "patronymic":
        father_given = father.given.split()[0] if father else source.choice(tongue.given["M"])
        return Name(
            father.family if father else surname(tongue, source), f"{given} {_patronymic(tongue, sex, father_given)}"
        )
    if tongue.order == "father":
        fathers = father.given if father else source.choice(tongue.given["M"])
        grandfathers = father.family.split()[0] if father else source.choice(tongue.surnames)
        return Name(f"{fathers} {grandfathers}", given)
    return Name(father.family if father else surname(tongue, source), given)


def _patronymic(tongue: Tongue, sex: str, father: str) -> str:
    return father.rstrip("aeiouy") + tongue.patronymic[sex]


def alias(name: Name, source: random.Random) -> Name:
    """Another way the same person is written: a surname dropped, the order turned, or the given name shortened."""
    family, given = name.family.split(), name.given.split()
    way = source.randrange(4)
    if way == 0 and len(family) > 1:
        return Name(family[0], name.given)
    if way == 1 and len(set(family)) > 1:
        return Name(" ".join(reversed(family)), name.given)
    if way == 2 and len(given) > 1:
        return Name(name.family, given[-1])
    return misspelt(name, source)


def misspelt(name: Name, source: random.Random) -> Name:
    """The name as somebody heard it or typed it: one or two letters changed, and always different."""
    family = _misheard(name.family, source)
    if source.random() < 0.3:
        return Name(family, _misheard(name.given, source) if name.given else "")
    return Name(family, name.given)


def _misheard(word: str, source: random.Random) -> str:
    fitting = [(old, new) for old, new in MISHEARD if old in word[1:]]
    if fitting and source.random() < 0.6:
        old, new = source.choice(fitting)
        at = word.index(old, 1)
        return word[:at] + new + word[at + len(old) :]
    place = source.randrange(1, len(word) - 1) if len(word) > 2 else 0
    kind = source.randrange(3)
    if kind == 0 and word[place].isalpha():
        return word[:place] + word[place] + word[place:]  # a letter doubled
    if kind == 1 and len(word) > 4:
        return word[:place] + word[place + 1 :]  # a letter lost
    return word + ("h" if word[-1].lower() in VOWELS else "e")
