"""Reads of files: those that an organisation helped, how many acts hang from each, what is joined to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act, ActNote
from etabli.pacts.objectives.wording import place_name
from etabli.registry import queries as registry
from etabli.registry.models import Beneficiary, BeneficiaryIdentity, BeneficiaryMerge

MOST = 8


def files(reader: Reader) -> QuerySet[Beneficiary]:
    """Whom the organisation helped; a name does not tell of reserved acts to who may neither open nor erase them."""
    acts = Act.objects.filter(organisation__in=sorted(reader.organisation_ids))
    if not (reader.may(Permission.SEE_RESERVED) or reader.may(Permission.ANONYMISE)):
        acts = acts.exclude(confidentiality=Confidentiality.RESERVED)
    return Beneficiary.objects.filter(pk__in=acts.values("beneficiary"))


def file_or_404(reader: Reader, key: UUID) -> Beneficiary:
    """One of those. Hidden and absent are the same."""
    found = files(reader).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def named(reader: Reader, text: str) -> QuerySet[BeneficiaryIdentity]:
    """Present identities whose name has every word typed, or whose number starts with the digits typed."""
    wanted = Q(beneficiary__in=files(reader), valid_to=None)
    digits = "".join(text.split())
    if digits.isdigit() and len(digits) >= 3:
        wanted &= Q(siret__startswith=digits)
    else:
        for word in text.split():
            wanted &= Q(name__icontains=word)
    return BeneficiaryIdentity.objects.filter(wanted).select_related("beneficiary").order_by("name", "pk")


def doubles(reader: Reader, one: Beneficiary, text: str) -> list[BeneficiaryIdentity]:
    """The first files that a text finds and that are not joined to this one; none for an empty text."""
    if not text.strip():
        return []
    return list(named(reader, text).exclude(beneficiary__in=registry.joined(one.pk))[:MOST])


@dataclass(frozen=True)
class Line:
    """A file as the pages show it; `acts`: how many of the reader's organisation stand."""

    file: Beneficiary
    name: str
    detail: str
    acts: int
    since: date | None = None


def lines(reader: Reader, identities: Iterable[BeneficiaryIdentity]) -> list[Line]:
    """Rows of a list, the acts of all counted in one query."""
    rows = list(identities)
    counted = acts_of(reader, [row.beneficiary_id for row in rows])
    return [
        Line(row.beneficiary, row.name, _detail(row), counted.get(row.beneficiary_id, 0), row.valid_from)
        for row in rows
    ]


def line(reader: Reader, one: Beneficiary) -> Line:
    """The same of one file, anonymised or not."""
    held = one.identities.filter(valid_to=None).select_related("beneficiary").first()
    if held is None:
        return Line(one, "dossier anonymisé", one.get_kind_display(), acts_of(reader, [one.pk]).get(one.pk, 0))
    return lines(reader, [held])[0]


def _detail(row: BeneficiaryIdentity) -> str:
    number = " ".join((row.siret[:3], row.siret[3:6], row.siret[6:9], row.siret[9:])) if row.siret else "sans SIRET"
    return " · ".join(part for part in (place_name(row.commune) if row.commune else "", number) if part)


def acts_of(reader: Reader, pks: Iterable[int]) -> dict[int, int]:
    """File → acts of the organisation that stand: neither cancelled nor cancelling."""
    standing = Act.objects.filter(
        beneficiary__in=list(pks), organisation__in=sorted(reader.organisation_ids), reverses=None, reversed_by=None
    )
    return dict(standing.values_list("beneficiary").annotate(number=Count("pk")))


def shared(reader: Reader, one: Beneficiary) -> bool:
    """Whether acts of somebody else hang from the file, or from one joined to it."""
    others = Act.objects.filter(beneficiary__in=registry.joined(one.pk))
    return others.exclude(organisation__in=sorted(reader.organisation_ids)).exists()


def merges(reader: Reader, one: Beneficiary) -> QuerySet[BeneficiaryMerge]:
    """What was joined to a file or separated from it, when the organisation helped both; the last first."""
    mine = files(reader)
    found = BeneficiaryMerge.objects.filter(Q(kept=one) | Q(absorbed=one), kept__in=mine, absorbed__in=mine)
    return found.select_related("kept", "absorbed", "by", "undone_by").order_by("-pk")


def merge_or_404(reader: Reader, one: Beneficiary, pk: int) -> BeneficiaryMerge:
    """One of those that stand."""
    found = merges(reader, one).filter(pk=pk, undone_at=None).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Erased:
    """What anonymising would take away, and what stays."""

    files: list[Line]
    notes: int

    @property
    def acts(self) -> int:
        """Acts that stay and count as before."""
        return sum(one.acts for one in self.files)


def erased(reader: Reader, one: Beneficiary) -> Erased:
    """The names of the file and of those joined to it, and the notes of their acts."""
    group = registry.joined(one.pk)
    held = BeneficiaryIdentity.objects.filter(beneficiary__in=group, valid_to=None).select_related("beneficiary")
    return Erased(
        lines(reader, held.order_by("name", "pk")), ActNote.objects.filter(act__beneficiary__in=group).count()
    )
