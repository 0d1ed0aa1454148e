"""Who joins, separates and anonymises files of beneficiaries; and why not."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts.beneficiaries import queries
from etabli.registry.models import Beneficiary


def check_can_merge(reader: Reader, *files: Beneficiary) -> None:
    """Raise Denied unless the reader may join files, and the organisation helped each of them under its name."""
    reader.check(
        Permission.MANAGE_MERGES,
        "Réunir ou séparer des dossiers revient au chargé du pacte ou au délégué à la protection des données.",
    )
    if queries.files(reader).filter(pk__in=[one.pk for one in files]).count() < len({one.pk for one in files}):
        raise Denied("Votre organisation n’a aidé qu’un de ces deux bénéficiaires.")
    if any(one.anonymised_at for one in files):
        raise Denied("Un dossier anonymisé ne se réunit pas\u00a0: plus rien ne dit de qui il était.")


def check_can_separate(reader: Reader, *files: Beneficiary) -> None:
    """Raise Denied unless the reader may join files, and the organisation helped both."""
    reader.check(Permission.MANAGE_MERGES, "Séparer des dossiers revient à qui peut les réunir.")
    if queries.files(reader).filter(pk__in=[one.pk for one in files]).count() < len({one.pk for one in files}):
        raise Denied("Votre organisation n’a aidé qu’un de ces deux bénéficiaires.")


def check_can_anonymise(reader: Reader, beneficiary: Beneficiary) -> None:
    """Raise Denied unless the reader may, and nobody else's acts are in the file or in those joined to it."""
    reader.check(Permission.ANONYMISE, "Anonymiser un bénéficiaire revient au délégué à la protection des données.")
    if beneficiary.anonymised_at:
        raise Denied("Ce dossier est déjà anonymisé.")
    if queries.shared(reader, beneficiary):
        raise Denied(
            "Ce dossier porte aussi des actes d’une autre organisation, qui en répond comme vous\u00a0: demandez à la "
            "personne qui tient ce site de vous mettre en relation avec elle avant d’effacer."
        )
