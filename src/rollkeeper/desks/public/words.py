"""What the court's short words mean, for people who meet them for the first time."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Plain:
    """A court word in plain ones: its name, and a sentence on what it means (may be empty)."""

    name: Words
    meaning: Words = ""


# By the label of the court's code table (law/codes/calendar_types.csv).
_HEARINGS = {
    "master": Plain(
        _("Master calendar hearing"),
        _("A short first hearing: the judge asks what you answer and sets what comes next."),
    ),
    "individual": Plain(_("Individual hearing"), _("The long hearing: the judge hears you and your witnesses.")),
    "custody or conference": Plain(_("Custody hearing or conference"), _("About detention or bond, or a conference.")),
    "credible or reasonable fear": Plain(
        _("Review of a fear interview"), _("The judge looks again at what an asylum officer found.")
    ),
    "video conference": Plain(_("Hearing by video")),
    "teleconference": Plain(_("Hearing by telephone")),
}
# By the label of the court's decision table (law/codes/decisions.csv).
_DECISIONS = {
    "remove": Plain(_("Removal ordered"), _("It may be appealed within a short time; ask a lawyer today.")),
    "deport": Plain(_("Deportation ordered"), _("It may be appealed within a short time; ask a lawyer today.")),
    "exclude": Plain(_("Exclusion ordered"), _("It may be appealed within a short time; ask a lawyer today.")),
    "voluntary departure": Plain(_("Voluntary departure"), _("Leave by the date in the order, or it becomes removal.")),
    "terminate": Plain(_("Case terminated"), _("The court ended the case without an order of removal.")),
    "terminated": Plain(_("Case terminated"), _("The court ended the case without an order of removal.")),
    "dismissed by ij": Plain(_("Case dismissed"), _("The court ended the case without an order of removal.")),
    "dismissed": Plain(_("Case dismissed"), _("The court ended the case without an order of removal.")),
    "relief granted": Plain(_("Relief granted"), _("The judge allowed the person to stay.")),
    "grant": Plain(_("Granted")),
    "conditional grant": Plain(_("Granted on a condition")),
    "deny": Plain(_("Denied")),
    "withdraw": Plain(_("Withdrawn")),
    "abandonment": Plain(_("Abandoned")),
    "administrative closure": Plain(_("Closed for now"), _("The case sleeps; either side may ask to wake it.")),
    "administrative closing - other": Plain(_("Closed for now"), _("The case sleeps; either side may ask to wake it.")),
    "change of venue": Plain(_("Moved to another court")),
    "transfer": Plain(_("Moved to another court")),
}


def hearing_words(label: str | None) -> Plain:
    """A kind of hearing in plain words; one we have no words for is shown as the court names it."""
    return _HEARINGS.get((label or "").lower(), Plain(label or ""))


def decision_words(label: str | None) -> Plain:
    """A decision in plain words; one we have no words for is shown as the court names it."""
    return _DECISIONS.get((label or "").lower(), Plain(label or ""))
