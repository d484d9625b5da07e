"""Rollkeeper's settings with django-guardian, for the measurement alone: one connection, the owner's, no policies."""

from __future__ import annotations

from rollkeeper.conf.settings import *  # noqa: F403
from rollkeeper.conf.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "guardian", "tests.bench.guardian_app"]
DATABASES["default"] = DATABASES["owner"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
