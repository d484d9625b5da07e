"""Numbers in addresses. What cannot be one is not found before any look is opened."""

from django.urls import register_converter
from django.urls.converters import get_converters


class LookedCase:
    """A case's number as the court writes it: at most 24 plain characters."""

    regex = "[A-Za-z0-9][A-Za-z0-9 ._:-]{0,23}"

    def to_python(self, value: str) -> str:
        """The number."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in an address."""
        return value


class EntryNumber:
    """A ledger entry's number: digits that fit what an entry may hold (below 10^16)."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it stands in an address."""
        return str(value)


def register() -> None:
    """Make them known to the addresses. Calling it again changes nothing."""
    known = get_converters()
    for name, converter in (("entry", EntryNumber), ("looked_case", LookedCase)):
        if name not in known:
            register_converter(converter, name)
