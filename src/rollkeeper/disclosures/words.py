"""What an entry of the ledger means, in plain words: acts, protections, reasons. English and Spanish."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Seen:
    """What an act shows: said to the person whose record it is, and to anybody else."""

    yours: Words
    theirs: Words


# Every act that a view, an operation of the API or a job declares; a test finds the ones that are missing.
SEEN: dict[str, Seen] = {
    "docket.read": Seen(_("your docket"), _("the docket")),
    "docket.print": Seen(_("your docket, to print it"), _("the docket, to print it")),
    "entry.read": Seen(_("one entry of your docket"), _("one entry of the docket")),
    "case.read": Seen(_("your case page"), _("the case page")),
    "people.read": Seen(_("the people in your case"), _("the people in the case")),
    "parties.read": Seen(_("the people in your case"), _("the people in the case")),
    "proceedings.read": Seen(_("your proceedings and charges"), _("the proceedings and charges")),
    "charges.read": Seen(_("the charges against you"), _("the charges")),
    "hearings.read": Seen(_("your hearings"), _("the hearings")),
    "custody.read": Seen(_("your detention and bond"), _("detention and bond")),
    "papers.read": Seen(_("the list of your papers"), _("the list of papers")),
    "paper.read": Seen(_("one of your papers"), _("a paper")),
    "paper.download": Seen(_("one of your papers, to download it"), _("a paper, to download it")),
    "document.read": Seen(_("one of your papers"), _("a paper")),
    "person.read": Seen(_("your history with the court"), _("the person's history")),
    "cases.list": Seen(_("your case in a list"), _("the case in a list")),
    "cases.read": Seen(_("your case in a list"), _("the case in a list")),
    "search": Seen(_("your case among the results of a search"), _("the case among the results of a search")),
    "calendar.read": Seen(_("your hearing on the court's calendar"), _("the hearing on the court's calendar")),
    "court.waiting": Seen(_("your case in a list of what waits"), _("the case in a list of what waits")),
    "court.overview": Seen(_("how many cases wait"), _("how many cases wait")),
    "looks.read": Seen(_("who looked at your record"), _("who looked at the record")),
    "looks.cases": Seen(_("your case in a list"), _("the case in a list")),
    "looks.receipt": Seen(_("the proof of one look"), _("the proof of one look")),
    "looks.own": Seen(_("what was recorded of a look of one's own"), _("what was recorded of a look of one's own")),
    "ledger.read": Seen(_("the log itself, no record"), _("the log itself, no record")),
    "public.lookup": Seen(
        _("your next hearing and last decision, with your number and nationality"),
        _("the next hearing and last decision, with number and nationality"),
    ),
}
RECORD = Seen(_("your record"), _("the record"))

PROTECTIONS: dict[str, Words] = {
    "contact": _("address and telephone"),
    "identity": _("protected identity"),
    "fear_claim": _("a fear claim"),
    "survivor": _("what protects survivors of abuse"),
    "juvenile": _("what protects children"),
    "medical": _("medical matters"),
    "encounters": _("contact with police or government"),
    "sealed": _("what the court sealed"),
    "protective_order": _("what a protective order covers"),
    "chambers": _("the judge's own notes"),
}

# Purposes of looks that no relation carries; the others are in law/purposes.toml.
PURPOSES: dict[str, Words] = {
    "public information": _("public case information"),
    "own-look": _("reading what was recorded of one's own look"),
    "oversight": _("overseeing the log"),
}

ACTS_OF_THE_COURT: dict[str, Words] = {
    "hold.placed": _("a court order stopped looks here"),
    "hold.lifted": _("a court order that stopped looks was lifted"),
}


def seen_words(act: str, *, yours: bool) -> Words:
    """What an act shows; an act of an older version is "the record"."""
    seen = SEEN.get(act, RECORD)
    return seen.yours if yours else seen.theirs


def protection_words(code: str) -> Words:
    """A protection as the person it protects would say it."""
    return PROTECTIONS.get(code, code)
