"""Static files: straight from the front-end packages, of them only what pages use; compressed and named by content.

USWDS's `dist` is 20 MB; a page needs its style sheet, its script, and what the style sheet refers to. Source maps are
listed too, because a collected manifest refuses a file that names an absent one.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
ICONS = "img/usa-icons"
# prefix of the address → (folder inside node_modules, files and folders served)
PACKAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "uswds": (
        "@uswds/uswds/dist",
        ("css/uswds.min.css", "css/uswds.min.css.map", "js/uswds.min.js", "js/uswds.min.js.map", ICONS),
    ),
    "htmx": ("htmx.org/dist", ("htmx.min.js",)),
}


class FrontEndPackages(BaseFinder):
    """Serves `uswds/…` and `htmx/…` from `settings.NODE_MODULES` (a node_modules folder)."""

    @cached_property
    def _root(self) -> Path:
        return Path(settings.NODE_MODULES)

    def _storage(self, prefix: str) -> FileSystemStorage:
        storage = FileSystemStorage(location=self._root / PACKAGES[prefix][0])
        storage.prefix = prefix  # type: ignore[attr-defined]  # how collectstatic learns the prefix
        return storage

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        return {prefix: frozenset(self._wanted(prefix)) for prefix in PACKAGES}

    def _wanted(self, prefix: str) -> Iterator[str]:
        folder, names = PACKAGES[prefix]
        root = self._root / folder
        for name in names:
            path = root / name
            if path.is_dir():
                yield from (f"{name}/{child.name}" for child in sorted(path.iterdir()) if child.is_file())
            elif path.is_file():
                yield name
                if path.suffix == ".css":
                    yield from _referred(root, name)

    def find(  # type: ignore[override]  # Django's own finders answer an empty list too; the stubs know None only
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | list[str]:
        """The file behind `uswds/css/uswds.min.css`, or an empty list when it is not one we serve."""
        prefix, _, name = path.partition("/")
        if prefix not in PACKAGES or name not in self._names[prefix]:
            return []
        found = str(self._root / PACKAGES[prefix][0] / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Every file served, with its storage, for collectstatic."""
        for prefix, names in self._names.items():
            storage = self._storage(prefix)
            for name in sorted(names):
                yield name, storage


class CompressedAssets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Compressed files named by their content; before the first collectstatic, files under their plain names."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The collected name, or the plain one of a file that was not collected."""
        try:
            return str(super().stored_name(name))
        except ValueError:  # what Django raises for a file that is not in the static folder
            return name


def _referred(root: Path, name: str) -> Iterator[str]:
    """The files a style sheet names in `url(…)` that exist beside it."""
    folder = PurePosixPath(name).parent
    for address in set(_URL.findall((root / name).read_text(encoding="utf-8"))):
        target = (root / folder / address.split("#")[0].split("?")[0]).resolve()
        if not address.startswith("data:") and target.is_file() and target.is_relative_to(root.resolve()):
            yield target.relative_to(root.resolve()).as_posix()
