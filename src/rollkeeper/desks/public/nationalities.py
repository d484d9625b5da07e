"""Countries as the public reads them, in both languages; codes are those of the court's code table."""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from rollkeeper.law.models import Nationality

# Notes of the court about a case, not countries a person could choose.
NOT_COUNTRIES = frozenset({"??", "IU", "ND", "XX"})
_known: dict[str, list[tuple[str, str]]] = {}  # by language; an empty table is asked again
_SMALL = frozenset({"and", "of", "the"})


@cache
def _spanish() -> dict[str, str]:
    """Spanish names by code (nationalities_es.csv)."""
    with (Path(__file__).parent / "nationalities_es.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def choices() -> list[tuple[str, str]]:
    """(code, name) pairs in the reader's language, in its alphabetical order. The table changes only between starts."""
    language = "es" if (get_language() or "en").startswith("es") else "en"
    if not _known.get(language):
        _known[language] = _choices(_spanish() if language == "es" else {})
    return _known[language]


def _choices(names: dict[str, str]) -> list[tuple[str, str]]:
    listed = Nationality.objects.filter(is_listed=True).values_list("code", "label")
    pairs = [(code, names.get(code) or english_name(label)) for code, label in listed if code not in NOT_COUNTRIES]
    return sorted(pairs, key=lambda pair: _folded(pair[1]))


def english_name(label: str) -> str:
    """`Antigua and Barbuda` for the table's `ANTIGUA AND BARBUDA`."""
    if not label.isupper():
        return label
    words = [word if word in _SMALL else _capital(word) for word in label.lower().split()]
    return " ".join([_capital(words[0]), *words[1:]])


def _capital(word: str) -> str:
    """`Bosnia-Herzegovina`, `(Myanmar)`, `People's`, `St.`: a capital after each mark but the apostrophe."""
    start = next((index for index, letter in enumerate(word) if letter.isalpha()), 0)
    head = word[:start] + word[start : start + 1].upper() + word[start + 1 :]
    left, hyphen, right = head.partition("-")
    return f"{left}-{_capital(right)}" if hyphen and right else head


def _folded(name: str) -> str:
    return name.lower().translate(str.maketrans("áéíóúüñ", "aeiouun"))
