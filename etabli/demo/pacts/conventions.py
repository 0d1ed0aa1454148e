"""Writes a convention, from first draft to last signature, by the actions of the product and on their days."""

import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2

from etabli.accounts.models import Organisation, User
from etabli.accounts.policies import Reader
from etabli.demo.pacts import clock, people
from etabli.demo.pacts.tables import INVENTED, Pact, Promise
from etabli.pacts.attributions import actions as attributions
from etabli.pacts.conventions import actions, contents, moves, preparing
from etabli.pacts.documents import versions
from etabli.pacts.models import Axis, Convention, ConventionKind, Objective
from etabli.pacts.objectives import actions as objectives
from etabli.pacts.signatures import actions as signatures
from etabli.pacts.workflow import State
from etabli.papers import storage, typeset
from etabli.papers.models import Document
from maillage.territory import parse

Cast = tuple[dict[str, Organisation], dict[str, User]]
OFFICER = "Octave"
SHEET = Path(__file__).with_name("sheet.typ")
PARTLY_INVENTED = (
    "Démonstration : les délibérations, les actes, les entreprises et les cibles qui ne sont pas citées "
    "ci-dessus sont inventés. Les signataires sont ceux que nomme l’article ; personne n’a signé ici."
)
WHOLLY_INVENTED = (
    "Démonstration : données fictives. Cette convention, ses signataires, ses cibles, ses réunions, ses actes et leurs "
    "entreprises sont inventés ; les organisations dont elle porte le nom n’ont rien signé de tel."
)


def write(pact: Pact, cast: Cast) -> Convention:
    """The convention signed and active, its promises set, what was typed for them kept with its document."""
    officer = officer_of(pact, cast)
    drafted = pact.signed_on - timedelta(days=60)
    with clock.on(drafted):
        convention = _begun(pact, officer)
        _tell(pact, convention, officer)
        actions.set_parties(convention=convention, by=officer, rows=_parties(pact, cast))
        _axes(pact, convention, officer)
        made = [_promise(one, convention, officer, pact) for one in pact.promises]
    _sign(pact, convention, officer)
    for promise, objective in zip(pact.promises, made, strict=True):
        _type(pact, promise, objective, officer)
    _mission(pact, convention, officer, cast)
    if pact.paid_on:
        with clock.on(pact.paid_on):
            actions.note_payment(convention=convention, by=officer, on=pact.paid_on)
    convention.refresh_from_db()
    return convention


def officer_of(pact: Pact, cast: Cast) -> Reader:
    """The pact officer, at work for the chamber of a pact."""
    organisations, users = cast
    return people.acting(users[OFFICER], organisations[pact.chamber])


def _begun(pact: Pact, officer: Reader) -> Convention:
    if pact.kind is ConventionKind.ANNUAL:
        framework = Convention.objects.get(slug=pact.framework)
        return preparing.prepare_year(convention=framework, by=officer, year=pact.starts_on.year)
    return actions.create(
        by=officer, title=pact.title, short_title=pact.short_title, territory=parse(pact.territory),
        starts_on=pact.starts_on, ends_on=pact.ends_on, budget=cents(pact.budget),
    )  # fmt: skip


def cents(euros: int | None) -> int | None:
    """The amount as it is kept."""
    return None if euros is None else 100 * euros


def _tell(pact: Pact, convention: Convention, officer: Reader) -> None:
    figures = "\n".join(f"• {figure.words}" for figure in pact.figures)
    words = f"\n\nChiffres publiés, dans les mots de la source ({pact.said}) :\n{figures}" if figures else ""
    actions.write(
        convention=convention, by=officer, title=pact.title, short_title=pact.short_title,
        preamble=f"{pact.known}{words}",
        source=f"{pact.source} ; {pact.said}" if pact.said else pact.source,
        clauses=PARTLY_INVENTED if pact.figures else WHOLLY_INVENTED,
    )  # fmt: skip


def _parties(pact: Pact, cast: Cast) -> list[dict[str, str]]:
    organisations, _ = cast
    return [
        {
            "siren": organisations[side.organisation].siren, "name": "", "role": side.role.value,
            "signatory_name": side.signatory, "signatory_title": side.title,
        }
        for side in pact.parties
    ]  # fmt: skip


def _axes(pact: Pact, convention: Convention, officer: Reader) -> None:
    rows = [{"id": None, "title": axis.title, "description": axis.words, "volet": axis.volet} for axis in pact.axes]
    contents.set_axes(convention=convention, by=officer, rows=rows)
    fiches = {}
    for number, axis in enumerate(pact.axes, 1):
        row = convention.axes.get(number=number)
        row.themes = [theme.value for theme in axis.themes]
        row.save(update_fields=["themes"])
        fiches[row.pk] = [
            {"id": None, "title": title, "purpose": "", "public": "Entreprises artisanales du périmètre"}
            for title in axis.actions
        ]
    contents.set_actions(convention=convention, by=officer, rows=fiches)


def axis_of(convention: Convention, number: int) -> Axis:
    """The axis of work that bears a number."""
    return convention.axes.select_related("convention").get(number=number)


def _promise(promise: Promise, convention: Convention, officer: Reader, pact: Pact) -> Objective:
    fields = {
        "title": promise.title, "unit": promise.unit, "measure": promise.measure,
        "kinds": [kind.value for kind in promise.kinds], "themes": [theme.value for theme in promise.themes],
        "only_qpv": promise.only_qpv, "awaiting_service": promise.awaiting, "responsible": officer.user,
    }  # fmt: skip
    made = objectives.add(axis=axis_of(convention, promise.axis), by=officer, fields=fields, targets={})
    targets = {year: Decimal(value) for year, value in promise.targets.items()}
    if targets:
        reason = f"{promise.words}, {pact.said}" if promise.words else INVENTED
        objectives.set_targets(objective=made, by=officer, targets=targets, reason=reason)
    return made


def _sign(pact: Pact, convention: Convention, officer: Reader) -> None:
    """Reviewed, deliberated (invented numbers, the day before), put to sign, signed on paper the day of the article."""
    eve = pact.signed_on - timedelta(days=1)
    for days, state in ((45, State.IN_REVIEW), (20, State.TO_DELIBERATE)):
        with clock.on(pact.signed_on - timedelta(days=days)):
            convention = moves.move(convention=convention, to=state, by=officer)
    with clock.on(eve):
        for rank, party in enumerate(convention.parties.order_by("pk"), 1):
            number = f"{rank} (numéro et date inventés)"
            actions.complete_party(party=party, by=officer, deliberation_number=number, deliberation_on=eve)
        convention = moves.move(convention=convention, to=State.TO_SIGN, by=officer)
    with clock.on(pact.signed_on, 16):
        version = versions.last(convention)
        assert version is not None  # noqa: S101 - just frozen
        for party in convention.parties.select_related("organisation").order_by("pk"):
            siren = party.organisation.siren
            copy = versions.pdf_of(version, siren=siren, copy_for=party.organisation.name)
            signatures.bring_paper(
                content=_last_page(copy), name=f"page-de-signature-{siren}.pdf", by=officer, convention=convention,
                signed_on=pact.signed_on, siren=siren,
            )  # fmt: skip


def _last_page(content: bytes) -> bytes:
    """The page that one signs, alone: its code names the version and the party."""
    whole, page, kept = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new(), io.BytesIO()
    page.import_pages(whole, [len(whole) - 1])
    page.save(kept)
    return kept.getvalue()


def _type(pact: Pact, promise: Promise, objective: Objective, officer: Reader) -> None:
    for typed in promise.typed:
        with clock.on(typed.day + timedelta(days=1)):
            label = typed.label if typed.published else f"{typed.label} ({INVENTED.lower()})"
            objectives.type_evidence(
                objective=Objective.objects.select_related("axis__convention").get(pk=objective.pk), by=officer,
                day=typed.day, value=Decimal(typed.value), label=label,
                document=sheet(pact, typed.label, f"{typed.value} {promise.unit}", officer, published=typed.published),
            )  # fmt: skip


def sheet(pact: Pact, title: str, figure: str, by: Reader, *, published: bool) -> Document:
    """One page that says a figure and where it comes from: the article, or nowhere."""
    lines = [pact.source, pact.said] if published else [f"{INVENTED}.", "Aucun document réel n’est derrière."]
    data = {"title": title, "figure": figure, "lines": lines}
    content = typeset.pdf(SHEET, data, made_on=pact.signed_on)
    return storage.store(
        content=content, name="fiche-de-source.pdf", by=by.user, organisation_id=by.organisation.pk,
        kinds=frozenset({storage.PDF}),
    )  # fmt: skip


def _mission(pact: Pact, convention: Convention, officer: Reader, cast: Cast) -> None:
    if not pact.mission:
        return
    shares = {axis_of(convention, number): percent for number, percent in pact.mission.items()}
    first = pact.mission_on or pact.starts_on + timedelta(days=10)
    with clock.on(first):
        letter = attributions.draw_up_mission(
            by=officer.user, developer=cast[1][pact.field_worker], convention=convention, year=first.year, shares=shares
        )
        attributions.sign_mission(by=officer.user, letter=letter, on=first)


def is_there(slug: str) -> bool:
    """Whether the convention was written by an earlier run."""
    return Convention.objects.filter(slug=slug).exists()
