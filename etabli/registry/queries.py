"""Who a beneficiary is, found by number or by name; and where a signed perimeter lies after communes merged."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from etabli.registry.models import Beneficiary, BeneficiaryIdentity, BeneficiaryMerge, Perimeter
from maillage.reference.places.links import current_commune
from maillage.reference.places.tables import Former, former
from maillage.territory import commune_name

ASSOCIATED_UNTIL = date(2010, 12, 16)  # no « commune associée » was made after the law of that day

_ACCENTED = {"a": "àâäáã", "c": "ç", "e": "éèêë", "i": "îïí", "n": "ñ", "o": "ôöóõ", "u": "ùûüú", "y": "ÿ"}
_SPELLINGS = {plain: f"[{plain}{accented}{accented.upper()}]" for plain, accented in _ACCENTED.items()} | {
    "oe": "(œ|Œ|[oôÔ][eéèÉÈ])",
    "'": "['’]",
    "’": "['’]",
}


class BadNumber(ValueError):
    """What was typed is no SIRET nor SIREN; the message says so in French."""


def siret_of(text: str) -> str:
    """The fourteen digits of a SIRET, spaces removed. Raises BadNumber."""
    number = siret_number.compact(text.replace("\u00a0", "").replace("\u202f", ""))
    if not siret_number.is_valid(number):
        raise BadNumber("Ce SIRET n’existe pas\u00a0: vérifiez ses 14 chiffres, ou cherchez l’entreprise par son nom.")
    return number


def siren_of(text: str) -> str:
    """The nine digits of a SIREN, spaces removed. Raises BadNumber."""
    number = siren_number.compact(text.replace("\u00a0", "").replace("\u202f", ""))
    if not siren_number.is_valid(number):
        raise BadNumber("Ce SIREN n’existe pas\u00a0: vérifiez ses 9 chiffres.")
    return number


def by_siret(siret: str) -> Beneficiary | None:
    """Whoever holds this SIRET now."""
    held = BeneficiaryIdentity.objects.filter(siret=siret, valid_to=None).select_related("beneficiary").first()
    return held.beneficiary if held else None


def by_siren(siren: str) -> QuerySet[Beneficiary]:
    """Those who hold an establishment of this firm now."""
    return Beneficiary.objects.filter(identities__siren=siren, identities__valid_to=None).distinct().order_by("pk")


def identity_on(beneficiary: Beneficiary, day: date) -> BeneficiaryIdentity | None:
    """Who it was on a day; None after anonymising. Before the first identity, the first one is given."""
    known = list(beneficiary.identities.order_by("valid_from", "pk"))
    held = [one for one in known if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)]
    return next(iter(held or known), None)


def names(beneficiaries: Iterable[int]) -> dict[int, str]:
    """Present name of each beneficiary, by primary key; the anonymised are absent."""
    held = BeneficiaryIdentity.objects.filter(beneficiary__in=set(beneficiaries), valid_to=None).order_by("pk")
    return dict(held.values_list("beneficiary_id", "name"))


def _spelt_any_way(word: str) -> str:
    """A pattern, for both databases, of a word with or without its accents: « métal » → « m[eèéêë]t[aàâä]l »."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(_SPELLINGS.get(part) or re.escape(part) for part in re.findall(r"oe|.", kept))


def persons_named(text: str, among: QuerySet[Beneficiary], limit: int = 8) -> list[BeneficiaryIdentity]:
    """Present identities of `among` whose name has every word typed, whatever its accents."""
    words = text.split()
    if not words:
        return []
    wanted = Q(beneficiary__in=among, valid_to=None)
    for word in words:
        wanted &= Q(name__iregex=_spelt_any_way(word))
    return list(BeneficiaryIdentity.objects.filter(wanted).select_related("beneficiary").order_by("name", "pk")[:limit])


def active_merges() -> dict[int, int]:
    """Absorbed → kept, for the merges that stand."""
    return dict(BeneficiaryMerge.objects.filter(undone_at=None).values_list("absorbed_id", "kept_id"))


def root(pk: int, merges: dict[int, int]) -> int:
    """The end of the chain of merges from a beneficiary."""
    while pk in merges:
        pk = merges[pk]
    return pk


def joined(pk: int) -> list[int]:
    """A file and all those joined with it, sorted."""
    end = root(pk, active_merges())
    return sorted(Beneficiary.objects.filter(Q(pk=end) | Q(canonical=end)).values_list("pk", flat=True))


@dataclass(frozen=True)
class ToDecide:
    """A commune of today of which one part was signed and another was not."""

    commune: str
    signed: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def alert(self) -> str:
        """The sentence that asks for a decision."""
        joined = ", ".join(_named(code) for code in self.signed)
        others = ", ".join(_named(code) for code in self.outside)
        return (
            f"À trancher\u00a0: {_named(self.commune)} réunit aujourd’hui {joined} (dans le périmètre signé) "
            f"et {others} (en dehors). La liste signée ne change pas\u00a0; un avenant peut dire ce qu’il en est."
        )


@dataclass(frozen=True)
class Reach:
    """Codes of communes whose acts lie in a signed perimeter, and the communes about which partners must decide."""

    codes: frozenset[str]
    to_decide: tuple[ToDecide, ...]


def reach(perimeter: Perimeter) -> Reach:
    """Where a signed perimeter lies for acts of any day: the signed codes, whatever became of their communes.

    A new commune takes the code of one of its parents: when that one was signed it is inside, and to decide if another
    parent was not. Under a code that was not signed it is to decide, and outside until then: the tables do not say
    whether the code existed before.
    """
    return reach_of(perimeter.communes, perimeter.as_of, former())


def reach_of(signed: Iterable[str], as_of: date, rows: Iterable[Former]) -> Reach:
    """The same for a list of codes, on a table of former communes."""
    listed = frozenset(signed)
    parents: dict[str, set[str]] = {}
    heirs: set[str] = set()
    for row in rows:
        if row.kind == "associee" and as_of > ASSOCIATED_UNTIL:
            continue
        parents.setdefault(row.commune, set()).add(row.code)
        if row.code in listed and row.code != row.commune:
            heirs.add(row.commune)
    undecided = []
    for heir in sorted(heirs):
        outside = (parents[heir] | {heir}) - listed
        if outside:
            undecided.append(ToDecide(heir, tuple(sorted(parents[heir] & listed)), tuple(sorted(outside))))
    return Reach(listed, tuple(undecided))


def _named(code: str) -> str:
    return f"{commune_name(code)} ({code})" if current_commune(code) else code
