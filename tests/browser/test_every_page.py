"""Every page that every invented reader can open: accessible, light, fits a telephone, readable aloud."""

from __future__ import annotations

import pytest

from tests.access.addresses import concrete, every_address
from tests.browser.conftest import OpenReader
from tests.browser.driver import NARROWEST, Reader, weighing
from tests.factories.world import World

LATER = 40 * 1024
READERS = ["respondent", "counsel", "government", "clerk", "judge", "auditor", "operator"]
# They sign out, or are the same for everybody and looked at in the other modules.
SKIP = ("accounts/", "demo/", "desk/", "signed-out/", "look-up/", "limits/", "api/docs")


def addresses(world: World) -> list[str]:
    """Every address of the site made concrete for the reader's own case, each once."""
    found = []
    for address in every_address():
        if not address.route.startswith(SKIP):
            found += [url for url in concrete(address, world.case, world)[:2] if url not in found]
    return found


@pytest.mark.parametrize("name", READERS)
def test_every_page_of_a_reader(name: str, open_reader: OpenReader, world: World) -> None:
    one = open_reader()
    one.step_into(name)
    wrong: dict[str, object] = {}
    seen = 0

    for path in addresses(world):
        if not is_page(one, path):
            continue
        seen += 1
        faults = faults_of(one, path)
        if faults:
            wrong[path] = faults
        one.shoot(f"{name}-{path}")

    assert wrong == {}
    assert seen >= 2


def is_page(one: Reader, path: str) -> bool:
    """Does this address answer this reader with a page (and not with a file, a refusal or another address)?"""
    answer = one.context.request.get(one.site + path, max_redirects=0, fail_on_status_code=False)
    return answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


def faults_of(one: Reader, path: str) -> list[str]:
    """What is wrong with a page, in words; empty when nothing is."""
    one.problems.clear()
    one.width(1280)
    with weighing(one) as weights:
        one.open(path)
    faults = one.findings()
    weight = sum(weights.values())
    if weight > LATER:
        faults.append(f"{weight} bytes after the first load: {weights}")
    if [text[:2] for text in one.headings()].count("H1") != 1:
        faults.append(f"headings: {one.headings()[:6]}")
    one.width(NARROWEST)
    if one.overflows():
        faults.append(f"wider than {NARROWEST} pixels")
    return faults + one.problems
