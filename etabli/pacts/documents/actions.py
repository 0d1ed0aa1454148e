"""Writes of templates: a new one, or back to the standard one."""

from django.db import transaction

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.audit.actions import record
from etabli.pacts.documents import paper, word
from etabli.pacts.models import Template
from etabli.papers import storage


@transaction.atomic
def set_template(*, by: Reader, content: bytes | None, name: str = "") -> Template:
    """Keep a checked template for the reader's organisation; without content, back to the standard one.

    Raises Denied, BadFile or BadTemplate.
    """
    by.check(Permission.DRAFT_CONVENTION, "Changer le modèle demande le rôle «\u00a0chargé du pacte\u00a0».")
    document = None
    if content is not None:
        kinds = frozenset({storage.DOCX})
        storage.recognised(content, kinds)
        word.check_template(content)
        paper.check_template(content)
        document = storage.store(
            content=content, name=name, by=by.user, organisation_id=by.organisation.pk, kinds=kinds
        )  # fmt: skip
    made = Template.objects.create(organisation=by.organisation, document=document, added_by=by.user)
    record(by=by.user, verb="template.set", about=made, organisation_id=by.organisation.pk)
    return made
