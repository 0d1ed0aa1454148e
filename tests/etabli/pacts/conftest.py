"""A convention at each of its stages, made by the actions; nobody writes a row by hand."""

from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.models import Organisation, User
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role
from etabli.pacts.conventions import actions, contents, moves
from etabli.pacts.documents import versions
from etabli.pacts.models import Convention
from etabli.pacts.signatures import actions as signatures
from etabli.pacts.signatures import codes
from etabli.pacts.workflow import State
from maillage.territory import parse
from tests.etabli.cast import Cast, person

LENS_LIEVIN = "epci:246200364"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def reader(user: User, organisation: Organisation | None = None) -> Reader:
    """Somebody who acts for their organisation, or for another one they belong to."""
    held = queries.memberships_of(user)
    chosen = organisation or held[0].organisation
    roles = frozenset(Role(m.role) for m in held if m.organisation == chosen)
    return Reader(user, chosen, roles, queries.inherited_by(chosen))


@pytest.fixture
def octave(cast: Cast) -> Reader:
    """The pilot's officer."""
    return reader(cast.octave)


@pytest.fixture
def basile(cast: Cast) -> Reader:
    """The partner's officer."""
    return reader(cast.basile)


@pytest.fixture
def luc(cast: Cast) -> Reader:
    """The partner's elected member."""
    return reader(cast.luc)


@pytest.fixture
def chair(cast: Cast) -> Reader:
    """The pilot's elected member."""
    return reader(person("Rose Hubert", cast.chamber, Role.ELECTED))


@pytest.fixture
def etienne(cast: Cast) -> Reader:
    """A stranger."""
    return reader(cast.etienne)


@pytest.fixture
def draft(octave: Reader) -> Convention:
    """Lens-Liévin, three axes, the pilot alone."""
    made = actions.create(
        by=octave, title="Convention pour l’artisanat de Lens-Liévin", territory=parse(LENS_LIEVIN),
        starts_on=date(2017, 11, 16), ends_on=date(2020, 11, 15), budget=14_000_000,
    )  # fmt: skip
    titles = ("Transition numérique", "Rénovation énergétique", "Renouvellement urbain")
    contents.set_axes(convention=made, by=octave, rows=[axis(title) for title in titles])
    return made


def axis(title: str, pk: int | None = None, volet: str = "") -> dict[str, object]:
    """A row of the form of axes."""
    return {"id": pk, "title": title, "description": "", "volet": volet}


def parties(*more: dict[str, str]) -> list[dict[str, str]]:
    """Rows of the form of parties: the chamber, then others."""
    return [party("000000109", "pilot", "Rose Hubert"), *more]


def party(siren: str, role: str, signatory: str = "", name: str = "") -> dict[str, str]:
    return {"siren": siren, "name": name, "role": role, "signatory_name": signatory, "signatory_title": "président"}


@pytest.fixture
def two_parties(draft: Convention, octave: Reader) -> Convention:
    """The same with the agglomération."""
    actions.set_parties(
        convention=draft, by=octave, rows=parties(party("246200364", "funder", "Luc Bernard"))
    )  # fmt: skip
    return draft


@pytest.fixture
def in_review(two_parties: Convention, octave: Reader) -> Convention:
    return moves.move(convention=two_parties, to=State.IN_REVIEW, by=octave)


@pytest.fixture
def to_sign(in_review: Convention, octave: Reader) -> Convention:
    """Deliberated on both sides, one version frozen."""
    moves.move(convention=in_review, to=State.TO_DELIBERATE, by=octave)
    for one in in_review.parties.all():
        actions.complete_party(party=one, by=octave, deliberation_number="2017-31", deliberation_on=date(2017, 10, 2))
    return moves.move(convention=in_review, to=State.TO_SIGN, by=octave)


def _read_here(content: bytes) -> tuple[int, list[list[str]]]:
    pages, texts = codes.read(content)
    return pages, list(texts)


def sign_all(convention: Convention, octave: Reader) -> Convention:
    """Every party signs the last version on paper; the codes are read here, and not by a process for each."""
    version = versions.last(convention)
    with mock.patch.object(codes, "texts_by_page", _read_here):
        for row in version.content["parties"]:
            signatures.bring_paper(
                content=versions.pdf_of(version, siren=row["siren"], copy_for=row["name"]), name="scan.pdf", by=octave,
                convention=convention, signed_on=timezone.localdate(),
            )  # fmt: skip
    convention.refresh_from_db()
    return convention
