"""Case numbers and row ids in addresses. What cannot be one is not found before any look is opened."""


class CaseNumber:
    """A case's number as the court writes it: at most 24 plain characters."""

    regex = "[A-Za-z0-9][A-Za-z0-9 ._:-]{0,23}"

    def to_python(self, value: str) -> str:
        """The number."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in an address."""
        return value


class RowId:
    """The id of a person or a paper: digits that fit what a ledger entry may hold (below 10^16)."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        """The id."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it stands in an address."""
        return str(value)
