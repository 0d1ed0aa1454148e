"""Writes: say something once, send the digest, switch a kind on or off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from etabli.notices import tokens
from etabli.notices.kinds import Kind
from etabli.notices.models import Notice, Preference
from etabli.ui import french


@transaction.atomic
def announce(
    *, recipients: Iterable[AbstractBaseUser], kind: Kind, key: str, subject: str, text: str = "", address: str = ""
) -> int:
    """Tell each person once: the same key twice says nothing more. Returns how many persons are newly told."""
    people = {person.pk for person in recipients}
    told = set(Notice.objects.filter(key=key, recipient_id__in=people).values_list("recipient_id", flat=True))
    rows = [
        Notice(recipient_id=pk, kind=kind, key=key, subject=subject[:200], text=text, address=address)
        for pk in sorted(people - told)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_digests() -> int:
    """One message per person with what is new for them, by their choices. Returns how many were sent.

    Each person's notices are marked in the transaction that sends: a run that fails half-way sends the rest next time.
    """
    silent = set(Preference.objects.filter(by_mail=False).values_list("user_id", "kind"))
    waiting: dict[int, list[int]] = defaultdict(list)
    for pk, recipient, kind in Notice.objects.filter(
        mailed_at__isnull=True, dismissed_at__isnull=True, recipient__is_active=True
    ).values_list("pk", "recipient_id", "kind"):
        if (recipient, kind) not in silent:
            waiting[recipient].append(pk)
    with get_connection() as connection:
        return sum(_send(pks, connection) for _, pks in sorted(waiting.items()))


@transaction.atomic
def _send(pks: list[int], connection: BaseEmailBackend) -> int:
    chosen = Notice.objects.select_for_update(of=("self",)).filter(pk__in=pks, mailed_at__isnull=True)
    notices = list(chosen.select_related("recipient").order_by("pk"))
    if not notices:
        return 0
    message = digest(notices)
    message.connection = connection
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    message.send()
    return 1


def digest(notices: list[Notice]) -> EmailMessage:
    """The message: one paragraph per notice, and how to stop it."""
    person = notices[0].recipient
    stop = settings.PUBLIC_URL + reverse("notices:stop", args=[tokens.stop_token(person)])
    lines = [f"{notice.subject}\n{notice.text}\n{settings.PUBLIC_URL}{notice.address}".strip() for notice in notices]
    choose = settings.PUBLIC_URL + reverse("notices:notices")
    foot = f"Choisir ce que vous recevez\u00a0: {choose}\nNe plus rien recevoir par courrier électronique\u00a0: {stop}"
    subject = notices[0].subject if len(notices) == 1 else f"Établi\u00a0: {len(notices)} points à regarder"
    return EmailMessage(
        subject=french.one_line(subject),
        body="\n\n".join([*lines, "--", foot]),
        to=[person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


@transaction.atomic
def choose(*, user: AbstractBaseUser, wanted: Mapping[Kind, tuple[bool, bool]]) -> None:
    """Keep what a person wants to hear of: `{Kind.ENDING: (in the page, by e-mail)}`."""
    for kind, (in_page, by_mail) in wanted.items():
        Preference.objects.update_or_create(
            user_id=user.pk, kind=kind, defaults={"in_page": in_page, "by_mail": by_mail}
        )


def stop_mail(*, user: AbstractBaseUser) -> None:
    """Nothing more by e-mail; the pages go on."""
    choose(user=user, wanted={kind: (_in_page(user, kind), False) for kind in Kind})


def _in_page(user: AbstractBaseUser, kind: Kind) -> bool:
    kept = Preference.objects.filter(user_id=user.pk, kind=kind).values_list("in_page", flat=True).first()
    return True if kept is None else kept


def dismiss(*, user: AbstractBaseUser, pk: int) -> None:
    """Hide one notice of this person; somebody else's is left alone."""
    Notice.objects.filter(recipient_id=user.pk, pk=pk, dismissed_at__isnull=True).update(dismissed_at=timezone.now())
