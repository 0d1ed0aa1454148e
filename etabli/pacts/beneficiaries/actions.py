"""Writes on files, as a reader of an organisation does them; the registry and the ledger keep them."""

from django.db import transaction

from etabli.accounts.policies import Reader
from etabli.acts import actions as acts
from etabli.pacts.beneficiaries import policies
from etabli.registry import actions as registry
from etabli.registry.actions import ErasureReason
from etabli.registry.models import Beneficiary, BeneficiaryMerge


@transaction.atomic
def join(*, by: Reader, kept: Beneficiary, absorbed: Beneficiary, reason: str) -> BeneficiaryMerge:
    """Two files are of one person: counted once from now on. Raises Denied, ValidationError."""
    policies.check_can_merge(by, kept, absorbed)
    return registry.merge(by=by.user, kept=kept, absorbed=absorbed, reason=reason, organisation_id=by.organisation.pk)


@transaction.atomic
def separate(*, by: Reader, merge: BeneficiaryMerge) -> BeneficiaryMerge:
    """They were two after all. Raises Denied, ValidationError."""
    policies.check_can_separate(by, merge.kept, merge.absorbed)
    return registry.undo_merge(by=by.user, merge=merge, organisation_id=by.organisation.pk)


@transaction.atomic
def anonymise(*, by: Reader, beneficiary: Beneficiary, reason: ErasureReason) -> None:
    """Nothing says any more whose file it was; every count stays. Raises Denied."""
    policies.check_can_anonymise(by, beneficiary)
    acts.forget(by=by.user, beneficiary=beneficiary, reason=reason, organisation_id=by.organisation.pk)
