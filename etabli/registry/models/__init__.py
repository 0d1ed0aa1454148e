"""Who is helped, and where."""

from etabli.registry.models.beneficiary import Beneficiary, BeneficiaryIdentity, BeneficiaryKind, BeneficiaryMerge
from etabli.registry.models.perimeter import Perimeter

__all__ = ["Beneficiary", "BeneficiaryIdentity", "BeneficiaryKind", "BeneficiaryMerge", "Perimeter"]
