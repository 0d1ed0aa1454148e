"""The two writes of the journal. Called by actions, inside their transaction."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models

from etabli.audit.models import Event, Reading


class Actor(Protocol):
    """Whoever acts: a user, in practice."""

    pk: Any


def record(
    *,
    by: Actor | None,
    verb: str,
    about: models.Model,
    organisation_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Event:
    """One event about an object. `by=None` is the machine (a due date, a feed)."""
    return Event.objects.create(
        actor_id=by.pk if by else None,
        organisation_id=organisation_id,
        verb=verb,
        object_kind=about._meta.label_lower,
        object_id=str(about.pk),
        changes=dict(changes or {}),
    )


def record_reading(
    *, by: Actor, kind: str, purpose: str, rows: int = 1, object_id: str = "", organisation_id: int | None = None
) -> Reading:
    """One nominative reading: who saw how many rows of what, on which page."""
    return Reading.objects.create(
        reader_id=by.pk,
        organisation_id=organisation_id,
        object_kind=kind,
        object_id=object_id,
        rows=rows,
        purpose=purpose[:120],
    )
