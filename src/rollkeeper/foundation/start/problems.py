"""Why Rollkeeper cannot start or go on, in one sentence that says what to do."""


class CannotStart(Exception):
    """Something on this machine stands in the way; the text is for the person at the keyboard."""
