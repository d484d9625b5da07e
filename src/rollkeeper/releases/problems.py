"""The one refusal of this package."""

from __future__ import annotations


class ReleaseRefused(Exception):
    """The release cannot be read or loaded as it is. The message is a sentence for whoever runs the command."""
