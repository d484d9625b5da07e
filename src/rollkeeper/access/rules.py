"""Which protections and purposes go with which relation. Pure: facts in, answers out."""

from __future__ import annotations

from rollkeeper.foundation.choices import Protection

P = Protection
_PARTY = (P.CONTACT, P.IDENTITY, P.FEAR_CLAIM, P.SURVIVOR, P.JUVENILE, P.MEDICAL, P.ENCOUNTERS)

# What a relation opens when it begins. A later act of the court may open more or less for one case.
# Government counsel do not see abuse-survivor matter by default (8 USC 1367); clerks not what is sealed.
PROTECTIONS_OF: dict[str, tuple[str, ...]] = {
    "respondent": _PARTY,
    "counsel": _PARTY,
    "government": (P.CONTACT, P.IDENTITY, P.FEAR_CLAIM, P.JUVENILE, P.ENCOUNTERS),
    "court": (P.CONTACT, P.IDENTITY, P.FEAR_CLAIM, P.JUVENILE, P.MEDICAL),
    "judge": tuple(P),
    "board": (P.CONTACT, P.IDENTITY, P.FEAR_CLAIM, P.SURVIVOR, P.JUVENILE, P.MEDICAL, P.SEALED),
    "grant": (),
}

# The purpose a reader looks for when the page does not ask.
PURPOSE_OF: dict[str, str] = {
    "respondent": "own-case",
    "counsel": "representation",
    "government": "government-case",
    "clerk": "records",
    "chambers": "hearing",
    "board": "decision",
}


def usual_purpose(desk: str) -> str:
    """The purpose that goes with a desk; the empty string where a desk reads no records."""
    return PURPOSE_OF.get(desk, "")
