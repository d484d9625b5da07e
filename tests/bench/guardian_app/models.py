"""django-guardian's fastest form: permission rows with real foreign keys instead of ids kept as text."""

from __future__ import annotations

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from rollkeeper.cases.models import Case


class CaseUserPermission(UserObjectPermissionBase):
    """A reader's permission to one case."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)


class CaseGroupPermission(GroupObjectPermissionBase):
    """A group's permission to one case; guardian asks for the table even when no group is used."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
