"""Reads: what a person has not hidden, and what they chose."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from etabli.notices.kinds import Kind
from etabli.notices.models import Notice, Preference


def preferences(user: AbstractBaseUser) -> dict[Kind, tuple[bool, bool]]:
    """For each kind, (in the page, by e-mail): `{Kind.ENDING: (True, False), …}`."""
    kept = {row.kind: (row.in_page, row.by_mail) for row in Preference.objects.filter(user_id=user.pk)}
    return {kind: kept.get(kind, (True, True)) for kind in Kind}


def in_page(user: AbstractBaseUser) -> QuerySet[Notice]:
    """Notices to show this person, last first: neither hidden one by one nor of a kind switched off."""
    silent = Preference.objects.filter(user_id=user.pk, in_page=False).values("kind")
    return Notice.objects.filter(recipient_id=user.pk, dismissed_at__isnull=True).exclude(kind__in=silent)
