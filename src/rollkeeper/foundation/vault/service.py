"""The key service this installation uses."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from rollkeeper.foundation.vault.keys import KeyService, LocalKeyService, parse_key, read_or_make_key


@cache
def key_service() -> KeyService:
    """The key service: the key in ROLLKEEPER_KEK, else the file in the state folder. Raises KeyFault."""
    if settings.ROLLKEEPER_KEK:
        return LocalKeyService(parse_key(settings.ROLLKEEPER_KEK, source="ROLLKEEPER_KEK"))
    return LocalKeyService(read_or_make_key(settings.ROLLKEEPER_STATE / "keys" / "kek"))
