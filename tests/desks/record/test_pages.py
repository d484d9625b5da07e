"""smoke"""

import pytest
from django.test import Client
from tests.factories.world import World

TABS = ["", "people/", "proceedings/", "hearings/", "custody/", "papers/", "?print=all"]


@pytest.mark.parametrize("who", ["clerk", "judge", "counsel", "government", "respondent"])
def test_smoke(world: World, who: str) -> None:
    client = Client()
    client.force_login(world.account(who), backend="django.contrib.auth.backends.ModelBackend")
    for tab in TABS:
        r = client.get(f"/cases/{world.case.number}/{tab}")
        assert r.status_code == 200, (tab, r.content[-1500:])
    r = client.get(f"/people/{world.case.keyed.person.pk}/")
    assert r.status_code == 200
    for k in ("encounters", "entry", "decisions"):
        assert client.get(f"/people/{world.case.keyed.person.pk}/?kind=" + k).status_code == 200
    r = client.get("/cases/")
    assert r.status_code == 200
    assert world.case.number in r.content.decode()
    r = client.get("/find/")
    assert r.status_code == 200
    from rollkeeper.access.rules import usual_purpose

    for data in (
        {"words": "zqokafor"},
        {"born": "1990-05-17"},
        {"words": "'; DROP TABLE cases_case; --"},
        {"words": "x" * 10000},
        {"words": "a\x00b"},
        {"words": "%%%___\\"},
        {"words": "الاسم"},
    ):
        r = client.post("/find/", {"purpose": usual_purpose(world.account(who).desk), **data})
        assert r.status_code == 200, (data, r.content[-900:])
    from rollkeeper.documents.models import Document

    d = Document.objects.using("owner").filter(case=world.case.case, protection="").first()
    r = client.get(f"/cases/{world.case.number}/papers/{d.pk}/")
    assert r.status_code == 200
    print(r.headers)
