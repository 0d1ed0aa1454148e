"""Reads: the page of a convention as one reader may see it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from etabli.accounts.models import OrganisationSuccession
from etabli.accounts.policies import Denied, Reader, check_can_register
from etabli.accounts.queries import fostered_by
from etabli.pacts import access, former
from etabli.pacts.conventions import moves, policies, renewing, wording
from etabli.pacts.conventions.contents import FIRST_VOLET
from etabli.pacts.conventions.screens import (
    ConventionLine,
    ConventionScreen,
    Kin,
    Link,
    MoveButton,
    PartyLine,
    RemarkLine,
    Step,
    VersionLine,
)
from etabli.pacts.documents import printed, versions
from etabli.pacts.documents.snapshot import Content, content_of
from etabli.pacts.duties.queries import alerts
from etabli.pacts.models import (
    Action,
    Convention,
    ConventionKind,
    Objective,
    Party,
    PartyRole,
    Remark,
    RemarkKind,
    Signature,
    Version,
)
from etabli.pacts.objectives.wording import place_name
from etabli.pacts.workflow import TRANSITIONS, UNSIGNED, State
from etabli.ui import french
from maillage.territory import alphabetical

MAIN = (State.IN_REVIEW, State.TO_DELIBERATE, State.TO_SIGN, State.ACTIVE, State.CLOSED)


def trail(convention: Convention, *more: Link) -> tuple[Link, ...]:
    """Breadcrumb down to a convention's pages."""
    framework = convention.framework
    above = [Link(framework.short_title, page(framework))] if framework else []
    here = [Link(convention.short_title, page(convention))]
    return (Link("Conventions", reverse("pacts:conventions")), *above, *here, *more)


def page(convention: Convention) -> str:
    """Address of the page of a convention."""
    return reverse("pacts:convention", args=[convention.slug])


def allowed(check: Callable[..., object], *asked: object) -> str:
    """Why a check refuses, empty when it does not."""
    try:
        check(*asked)
    except Denied as denied:
        return denied.reason
    return ""


def screen(reader: Reader, convention: Convention) -> ConventionScreen:
    """Everything on the page of a convention."""
    left = access.last_days(reader, [convention])
    told = wording.said(reader, convention, left.get(convention.pk))
    may_write = not allowed(policies.check_can_write, reader, convention)
    then = former.as_read(convention, left)
    return ConventionScreen(
        title=convention.short_title,
        links=trail(convention)[:-1],
        lead=lead(then),
        state=told.label,
        todo=told.todo,
        alerts=tuple(alerts(reader, convention, timezone.localdate())),
        may_write=may_write,
        may_steer=not allowed(policies.check_can_steer, reader, convention),
        may_renew=not allowed(renewing.check_can_renew, reader, convention),
        may_remark=not allowed(policies.check_can_remark, reader, convention),
        signing=State(convention.state) is State.TO_SIGN,
        steps=steps(convention) if may_write else (),
        moves=tuple(_moves(reader, convention)),
        parties=tuple(_parties(reader, convention)),
        axes=tuple(_axes(reader, convention)),
        remarks=tuple(_remarks(reader, convention)),
        versions=tuple(_versions(reader, convention)),
        kin=tuple(_kin(reader, convention)),
        communes=tuple(sorted(map(place_name, then.perimeter.communes), key=alphabetical)),
        as_of=then.perimeter.as_of,
    )


def content_for(reader: Reader, convention: Convention) -> Content:
    """What the convention says now; for who left it, what it said on their last day."""
    return _on_the_last_day(reader, convention) or content_of(convention)


def _on_the_last_day(reader: Reader, convention: Convention) -> Content | None:
    left = access.left_on(reader, convention)
    then = versions.in_force_on(convention, left) if left else None
    return then.content if then else None


def _axes(reader: Reader, convention: Convention) -> list[printed.Printed]:
    if access.left_on(reader, convention) is None:
        return printed.axes_of(convention)
    axes: list[printed.Printed] = printed.printed(content_for(reader, convention))["axes"]
    return axes


def lead(convention: Convention) -> str:
    """« Convention cadre · du 16 novembre 2017 au 15 novembre 2020 · 36 communes · 140 000 € »."""
    parts = [
        french.capitalised(ConventionKind(convention.kind).label),
        f"du {french.long_date(convention.starts_on)} au {french.long_date(convention.ends_on)}",
        french.counted(len(convention.perimeter.communes), "commune"),
        french.euros(convention.budget) if convention.budget is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def steps(convention: Convention) -> tuple[Step, ...]:
    """What there is to write, in the order in which people write it."""
    axes = convention.axes.filter(number__lt=FIRST_VOLET).count()
    actions = Action.objects.filter(axis__convention=convention).count()
    objectives = Objective.objects.filter(axis__convention=convention).count()
    parties = convention.parties.count()
    ready = convention.parties.exclude(deliberation_number="").exclude(deliberation_on=None).count()
    perimeter = convention.perimeter

    def step(label: str, name: str, note: str, done: bool) -> Step:  # noqa: FBT001 - a step is done or not
        return Step(label, reverse(f"pacts:{name}", args=[convention.slug]), note, done)

    communes = french.counted(len(perimeter.communes), "commune")
    return (
        step("Titre, dates, montant", "convention_text", "préambule et dispositions à compléter au besoin", True),
        step("Périmètre", "perimeter", f"{communes}, géographie du {french.long_date(perimeter.as_of)}", True),
        step("Parties", "parties", french.counted(parties, "partie"), parties > 1),
        step("Axes", "axes", french.counted(axes, "axe"), axes > 0),
        step("Fiches-action", "actions", french.counted(actions, "fiche"), actions > 0),
        step("Objectifs", "objectives", french.counted(objectives, "objectif"), objectives > 0),
        step("Délibérations", "deliberations", f"{ready} sur {parties}", ready == parties),
    )


def _moves(reader: Reader, convention: Convention) -> list[MoveButton]:
    state = State(convention.state)
    found = []
    for to in State:
        if to not in TRANSITIONS[state] or (to is State.ACTIVE and state is State.TO_SIGN):
            continue
        if allowed(policies.check_can_move, reader, convention, to):
            continue
        if to is State.CORRECTIONS and not access.is_pilot(reader, convention):
            continue  # a partner asks for a correction: the remark itself gives the text back
        missing = moves.lacking(convention, to)
        denied = f"Il manque encore\u00a0: {french.enumeration(missing)}." if missing else ""
        found.append(MoveButton(to, wording.BUTTONS[to], denied, to in moves.NEEDS_A_REASON, to in MAIN))
    return sorted(found, key=lambda button: (not button.main, button.asks_reason))


def _parties(reader: Reader, convention: Convention) -> list[PartyLine]:
    content = _on_the_last_day(reader, convention)
    if content:
        return [PartyLine(**line, heir="", href="") for line in printed.printed(content)["parties"]]
    parties = access.parties_of(convention)
    waiting = unjoined(reader, [party.organisation.siren for party in parties])
    return [_party(reader, party, waiting) for party in parties]


def _party(reader: Reader, party: Party, waiting: Mapping[str, Link]) -> PartyLine:
    told = printed.party_line(party)
    may_complete = not allowed(policies.check_can_complete, reader, party.convention, party)
    href = reverse("pacts:deliberations", args=[party.convention.slug]) if may_complete else ""
    return PartyLine(
        name=party.organisation.name, siren=party.organisation.siren, role=party.get_role_display(),
        deliberation=told["deliberation"], signatory=told["signatory"], heir=heir(party), href=href,
        founder=waiting.get(party.organisation.siren),
    )  # fmt: skip


def unjoined(reader: Reader, sirens: Iterable[str]) -> dict[str, Link]:
    """By SIREN, where the reader invites the first administrator of those that nobody has joined yet."""
    if allowed(check_can_register, reader):
        return {}
    waiting = fostered_by(reader.organisation_ids).filter(siren__in=list(sirens))
    return {one.siren: Link(one.name, reverse("accounts:invite_founder", args=[one.pk])) for one in waiting}


def heir(party: Party) -> str:
    """« depuis le 1er janvier 2016, la Métropole lui succède », or nothing."""
    found = OrganisationSuccession.objects.filter(
        predecessor_id=party.organisation_id, on__lte=timezone.localdate()
    ).select_related("successor").first()  # fmt: skip
    if found is None:
        return ""
    return f"{found.successor.name} lui succède depuis le {french.long_date(found.on)}"


def _remarks(reader: Reader, convention: Convention) -> list[RemarkLine]:
    steers = not allowed(policies.check_can_resolve, reader, convention)
    remarks = not allowed(policies.check_can_remark, reader, convention)
    known = access.known_to(reader, convention, Remark.objects.filter(convention=convention), "written_at__date")
    rows = known.select_related("organisation", "author", "resolved_by").order_by("-written_at", "-pk")
    return [
        RemarkLine(
            row, RemarkKind(row.kind).label,
            row.resolved_at is None and row.kind != RemarkKind.AGREEMENT
            and (steers or (remarks and reader.holds(row.organisation_id))),
        )
        for row in rows
    ]  # fmt: skip


def _kin(reader: Reader, convention: Convention) -> Iterator[Kin]:
    """Its years, what it renews and what renews it: those that the reader may see."""
    tied = Q(framework=convention) | Q(renews=convention) | Q(renewals=convention)
    for one in access.visible(reader).filter(tied).exclude(state=State.ABANDONED).distinct().order_by("starts_on"):
        if one.framework_id == convention.pk:
            tie = "convention annuelle"
        elif one.renews_id != convention.pk:
            tie = "renouvelée par celle-ci"
        else:
            tie = "renouvellement en préparation" if State(one.state) in UNSIGNED else "renouvelle celle-ci"
        yield Kin(one.short_title, page(one), tie)


def _versions(reader: Reader, convention: Convention) -> list[VersionLine]:
    known = access.known_to(reader, convention, Version.objects.filter(convention=convention), "made_at__date")
    given = access.known_to(reader, convention, Signature.objects.all(), "recorded_at__date")
    rows = known.select_related("amendment").prefetch_related(Prefetch("signatures", given)).order_by("-number")
    return [
        VersionLine(
            number=version.number,
            label=versions.standing(version),
            signatures=f"{len(version.signatures.all())} sur {len(version.content['parties'])}",
            href=reverse("pacts:version", args=[convention.slug, version.number]),
            since=version.applies_from,
        )
        for version in rows
    ]


def lines(reader: Reader) -> list[ConventionLine]:
    """The list of conventions, those in force first, then by date."""
    rows = access.visible(reader).prefetch_related("parties__organisation").order_by("-starts_on", "title", "pk")
    left = access.last_days(reader, rows)
    then = former.all_as_read(rows, left)
    return [
        ConventionLine(
            title=row.short_title, href=page(row), lead=lead(then[row.pk]), state=said.label, todo=said.todo,
            pilot=", ".join(
                party.organisation.short_name for party in row.parties.all() if party.role == PartyRole.PILOT
            ),
        )
        for row in rows
        for said in [wording.said(reader, row, left.get(row.pk))]
    ]  # fmt: skip
