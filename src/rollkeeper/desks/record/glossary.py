"""The field's words, explained where a respondent meets them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rollkeeper.desks.frame.parts import Fact


def words_on(tab: str) -> list[Fact]:
    """Terms of a tab of the case page, with what they mean."""
    return {
        "docket": _docket,
        "proceedings": _proceedings,
        "hearings": _hearings,
        "custody": _custody,
    }.get(tab, list)()


def _docket() -> list[Fact]:
    return [
        Fact(_("Docket"), _("The court's numbered list of everything filed in your case.")),
        Fact(_("Served"), _("Given to the other side, by mail, by hand or electronically.")),
        Fact(_("Struck"), _("Taken out of the record by the judge. It stays readable, with the reason.")),
        Fact(_("Motion"), _("A written request to the judge.")),
    ]


def _proceedings() -> list[Fact]:
    return [
        Fact(_("Notice to appear"), _("The paper with which the government began your case.")),
        Fact(_("Allegation"), _("Something the government says is true. You may admit or deny it.")),
        Fact(_("Charge"), _("The law under which the government says you can be removed.")),
        Fact(_("Appeal"), _("A request that a higher court look at the judge's decision.")),
    ]


def _hearings() -> list[Fact]:
    return [
        Fact(_("Master calendar hearing"), _("A short first hearing. Many people wait in the same room.")),
        Fact(_("Individual hearing"), _("The long hearing where the judge hears you and your witnesses.")),
        Fact(_("Put off"), _("The hearing did not go ahead. The court sets a new day.")),
    ]


def _custody() -> list[Fact]:
    return [
        Fact(_("Bond"), _("Money paid so that a person may wait for the hearing outside detention.")),
        Fact(_("Own recognizance"), _("Released on a promise to come to the hearings, without money.")),
    ]
