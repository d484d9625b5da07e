"""Static files: what pages use is served, nothing else of the packages is, and no file names an absent one."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from rollkeeper.desks.frame.assets import FrontEndPackages

URL = re.compile(rb"url\(([^)]*)\)")


@pytest.mark.parametrize(
    "name", ["uswds/css/uswds.min.css", "uswds/js/uswds.min.js", "htmx/htmx.min.js", "frame/frame.css"]
)
def test_what_pages_load_is_found(name: str) -> None:
    assert finders.find(name)


@pytest.mark.parametrize(
    "name", ["uswds/css/uswds.css", "uswds/img/hero.png", "uswds/../../../package.json", "axe-core/axe.min.js", "uswds"]
)
def test_the_rest_of_the_packages_is_not_served(name: str) -> None:
    assert not FrontEndPackages().find(name)


def test_every_file_that_the_style_sheet_names_is_listed() -> None:
    names = {name for name, _storage in FrontEndPackages().list([])}
    css = Path(str(finders.find("uswds/css/uswds.min.css"))).read_bytes()

    wanted = {match.decode().strip("\"'") for match in URL.findall(css)}
    missing = [url for url in wanted if url.startswith("../") and url.removeprefix("../") not in names]

    assert missing == []


def test_collecting_makes_compressed_files_named_by_their_content(tmp_path: Path) -> None:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "rollkeeper.desks.frame.assets.CompressedAssets"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert list(tmp_path.glob("uswds/css/uswds.min.*.css.gz"))
    assert list(tmp_path.glob("frame/frame.*.css.gz"))
