"""Names as people mistype them."""

from __future__ import annotations

import random
from collections.abc import Callable

VOWELS = "aeiou"
FOLLOWED = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o", "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"}


def _transposed(word: str, place: int, _: random.Random) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _dropped(word: str, place: int, _: random.Random) -> str:
    return word[:place] + word[place + 1 :]


def _doubled(word: str, place: int, _: random.Random) -> str:
    return word[:place] + word[place] + word[place:]


def _wrong_vowel(word: str, place: int, source: random.Random) -> str:
    places = [at for at, letter in enumerate(word) if letter.lower() in FOLLOWED]
    if not places:
        return _doubled(word, place, source)
    at = source.choice(places)
    return word[:at] + FOLLOWED[word[at].lower()] + word[at + 1 :]


TYPOS: tuple[Callable[[str, int, random.Random], str], ...] = (_transposed, _dropped, _doubled, _wrong_vowel)


def mistyped(name: str, typos: int, source: random.Random) -> str:
    """The name with so many mistakes, each in a word of four letters or more where there is one; never unchanged."""
    words = name.split()
    for _ in range(typos):
        long = [place for place, word in enumerate(words) if len(word) >= 4] or list(range(len(words)))
        chosen = source.choice(long)
        words[chosen] = _with_typo(words[chosen], source)
    changed = " ".join(words)
    return changed if changed != name else mistyped(name, typos, source)


def _with_typo(word: str, source: random.Random) -> str:
    if len(word) < 3:
        return word + word[-1]
    for _ in range(10):
        changed = source.choice(TYPOS)(word, source.randrange(1, len(word) - 1), source)
        if changed != word:
            return changed
    return word + word[-1]
