"""Imported cases are opened by the court's desks like its own, and by nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rollkeeper.access.models import Principal
from rollkeeper.courts.models import Court
from rollkeeper.people.models import Person
from rollkeeper.releases.load import load_release
from tests.factories.world import make_account
from tests.releases.test_load import AT, family, release_of

PAGES = ("case", "people", "proceedings", "hearings", "custody", "papers")


@pytest.fixture
def clerks(fresh_database: str, django_db_blocker: Any, tmp_path: Path) -> Any:  # Any: pytest-django exports no type
    """The clerk of the court where the imported case lies, and another court's."""
    with django_db_blocker.unblock():
        load_release(release_of(tmp_path, family()), at=AT)
        office = Principal.objects.using("owner").get(kind="court", court__code="HLG")
        elsewhere = Principal.objects.using("owner").create(
            kind="court", name="Clerk's office, Miami", court=Court.objects.using("owner").get(code="MIA")
        )
        made = []
        for name, principal in (("clerk_here", office), ("clerk_elsewhere", elsewhere)):
            client = Client()
            account = make_account(name, "clerk", principal, court=principal.court)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            made.append(client)
        yield made


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_imported_case_opens_for_its_court_alone(clerks: list[Client], page: str) -> None:
    here, elsewhere = clerks
    address = reverse(f"record:{page}", args=["EOIR-101"])

    shown, refused = here.get(address), elsewhere.get(address)

    assert (shown.status_code, refused.status_code) == (200, 404)
    assert "EOIR-101" in shown.content.decode()


def test_an_imported_case_is_in_its_court_s_list_alone(clerks: list[Client]) -> None:
    here, elsewhere = clerks

    assert "EOIR-101" in here.get(reverse("record:cases")).content.decode()
    assert "EOIR-101" not in elsewhere.get(reverse("record:cases")).content.decode()
    assert here.get(reverse("clerk:overview")).status_code == 200


def test_the_page_of_a_person_without_a_name_opens(clerks: list[Client]) -> None:
    here, elsewhere = clerks
    person = Person.objects.using("owner").get(cases__number="EOIR-101")
    address = reverse("record:person", args=[person.pk])

    assert (here.get(address).status_code, elsewhere.get(address).status_code) == (200, 404)
