"""Reads about cases, inside a look and limited to the cases it opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rollkeeper.access.looks import Look
from rollkeeper.cases.models import Allegation, Application, Case, CaseLink, Charge, ChargingDocument, Proceeding


@dataclass(frozen=True)
class KnownAllegation:
    """A numbered statement of a charging document, opened. ``plea`` is the model's label."""

    number: int
    narrative: str
    plea: str


def one_case(look: Look) -> Case:
    """The case of a look at one case. Raises Case.DoesNotExist when a hold closed it meanwhile."""
    return _with_tables().get(pk=look.case_id)


def cases_in(look: Look) -> Sequence[Case]:
    """The cases of a look in its order: a list's, or a person's (by id)."""
    found = {case.pk: case for case in _with_tables().filter(pk__in=look.case_ids)}
    return [found[pk] for pk in look.case_ids if pk in found]


def _with_tables() -> QuerySet[Case]:
    return Case.objects.select_related("court", "judge", "case_type", "custody")


@dataclass(frozen=True)
class Family:
    """How a case is joined to others: whether it rides a lead case, and how many ride it."""

    rides: bool
    riders: int


def family(look: Look) -> Family:
    """The joined cases of the look's case. Their own rows stay closed: each needs a look of its own."""
    joined = CaseLink.objects.filter(is_active=True).filter(Q(case_id=look.case_id) | Q(lead_id=look.case_id))
    links = list(joined.values_list("case_id", flat=True))
    return Family(rides=look.case_id in links, riders=sum(case != look.case_id for case in links))


def proceedings(look: Look) -> Sequence[Proceeding]:
    """Every run of the look's cases before a court, latest first."""
    found = Proceeding.objects.filter(case_id__in=look.case_ids)
    tables = found.select_related("court", "location", "judge", "case_type", "decision", "other_completion")
    return list(tables.order_by("case_id", "-number"))


def charging_documents(look: Look) -> Sequence[ChargingDocument]:
    """Charging documents, latest first. ``document`` is None where the look does not open the paper."""
    found = ChargingDocument.objects.filter(case_id__in=look.case_ids).select_related("document")
    return list(found.order_by("-issued_on", "-pk"))


def charges(look: Look) -> Sequence[Charge]:
    """The grounds charged, in order of entry."""
    found = Charge.objects.filter(case_id__in=look.case_ids).select_related("code", "proceeding")
    return list(found.order_by("proceeding__number", "pk"))


def allegations(look: Look) -> Mapping[int, Sequence[KnownAllegation]]:
    """Allegations by charging document id, in order. Raises KeyFault."""
    found: dict[int, list[KnownAllegation]] = {}
    rows = Allegation.objects.filter(case_id__in=look.case_ids).select_related("case")
    for row in rows.order_by("charging_document_id", "number"):
        opened = KnownAllegation(row.number, look.reveal(row, "narrative"), Allegation.Plea(row.plea).label)
        found.setdefault(row.charging_document_id, []).append(opened)
    return found


def applications(look: Look) -> Sequence[Application]:
    """Applications for relief that the look opens, latest first; a closed fear claim is absent."""
    found = Application.objects.filter(case_id__in=look.case_ids).select_related("application_type", "decision")
    return list(found.order_by("-received_on", "-pk"))
