"""What was done for one's own organisation, as the chamber that vouches for it wrote it down."""

from django.db.models import Q, QuerySet

from etabli.accounts import queries as accounts
from etabli.accounts.models import Organisation
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts import queries as ledger
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.acts.queries import Selection
from etabli.registry import queries as registry
from etabli.registry.models import Beneficiary


def vouching(organisation: Organisation) -> Organisation | None:
    """Who registered an organisation, or took over from who did: whoever else knows its SIREN vouches for nothing."""
    found = organisation.registered_by
    while found is not None and hasattr(found, "succession"):
        found = found.succession.successor
    return found


def own_acts(reader: Reader) -> QuerySet[Act]:
    """Standing acts about the reader's own organisation, by who vouches for it, the latest first.

    None without the right, nor when nobody vouches; reserved ones stay between the adviser and who was met.
    """
    chamber = vouching(reader.organisation)
    if chamber is None or not reader.may(Permission.SEE_OWN_ACTS):
        return Act.objects.none()
    recorded = Selection(organisations=accounts.inherited_by(chamber) | {chamber.pk})
    found = ledger.standing(recorded).filter(beneficiary__in=_files(reader.organisation.siren))
    return (
        found.exclude(confidentiality=Confidentiality.RESERVED)
        .select_related("organisation")
        .order_by("-day", "-recorded_at", "-pk")
    )


def _files(siren: str) -> QuerySet[Beneficiary]:
    """The files of a firm, and those joined with them."""
    held = registry.by_siren(siren).order_by()
    ends = held.exclude(canonical=None).values("canonical")
    return Beneficiary.objects.filter(
        Q(pk__in=held.values("pk")) | Q(pk__in=ends) | Q(canonical__in=ends) | Q(canonical__in=held.values("pk"))
    )
