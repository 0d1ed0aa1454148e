"""Reads of the diary: my last acts, the list with its totals, the table that one takes away."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts import queries as ledger
from etabli.acts.kinds import ActKind, Measure, Origin, Theme
from etabli.acts.models import Act
from etabli.acts.queries import Dimension, Selection
from etabli.pacts.diary.asked import ActsFilter
from etabli.pacts.diary.screens import ActsScreen, Line, Total
from etabli.pacts.models import Attribution
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.registry import queries as registry
from etabli.ui import french
from maillage.reference.places.links import current_commune
from maillage.secrecy import FEWEST_FIRMS
from maillage.territory import commune_name

PER_PAGE = 50
LAST = 10
MOST_ROWS = 100_000  # in a file
FILES = ("csv", "xlsx", "ods")
HEADS = (
    "Jour",
    "Nature",
    "Bénéficiaire",
    "Commune",
    "Code commune",
    "Axe",
    "Minutes",
    "Thèmes",
    "En une phrase",
    "Par",
)


def last_acts(reader: Reader) -> tuple[Line, ...]:
    """What the reader noted, the latest day first; on one day, what was written down last."""
    mine = Selection(organisations=reader.organisation_ids, adviser=reader.user.pk)
    rows = ledger.standing(mine).filter(origin=Origin.DIARY).order_by("-day", "-recorded_at", "-pk")
    return lines(reader, _with_texts(rows)[:LAST])


def own_act(reader: Reader, pk: int) -> Act | None:
    """A standing act of the reader's organisation that the reader may open."""
    seen = ledger.visible(reader, Selection()).rows
    return _with_texts(seen).filter(pk=pk).first()


def _with_texts(rows: QuerySet[Act]) -> QuerySet[Act]:
    return rows.select_related("adviser", "note")


def lines(reader: Reader, acts: Sequence[Act] | QuerySet[Act]) -> tuple[Line, ...]:
    """Acts ready to print, with as many queries for fifty as for one."""
    rows = list(acts)
    firms = registry.names(act.beneficiary_id for act in rows if act.beneficiary_id)
    axes = _axes(rows)
    team = reader.may(Permission.SEE_TEAM_TIME)
    return tuple(_line(reader, act, firms, axes, team=team) for act in rows)


def _line(reader: Reader, act: Act, firms: dict[int, str], axes: dict[int, str], *, team: bool) -> Line:
    mine = act.adviser_id == reader.user.pk
    name = firms.get(act.beneficiary_id, "") if act.beneficiary_id else ""
    return Line(
        pk=act.pk,
        day=act.day,
        kind=act.get_kind_display(),
        firm=name or ("anonymisé" if act.beneficiary_id else ""),
        about=f"{reverse('diary:acts')}?{urlencode({'beneficiaire': name})}" if name else "",
        commune=place(act.commune),
        axis=axes.get(act.pk, ""),
        minutes=french.number(act.minutes) if act.minutes and (mine or team) else "",
        note=act.note.text if hasattr(act, "note") else "",
        by=str(act.adviser) if act.adviser and (mine or team) else "",
        proof=act.proof_id is not None,
        mine=mine,
    )


def place(code: str) -> str:
    """Name of a commune, or its code when the tables have lost it."""
    return commune_name(code) if code and current_commune(code) else code


def _axes(acts: Sequence[Act]) -> dict[int, str]:
    """Title of the axes of each act: the last word on each axis, withdrawn ones left out."""
    rows = Attribution.objects.filter(act__in=[act.pk for act in acts]).select_related("axis").order_by("pk")
    last = {(row.act_id, row.axis_id): row for row in rows}
    found: dict[int, list[str]] = {}
    for row in last.values():
        if row.share:
            part = "" if row.share == 100 else f" ({row.share}\u00a0%)"
            found.setdefault(row.act_id, []).append(f"{row.axis.title}{part}")
    return {act: ", ".join(titles) for act, titles in found.items()}


def screen(reader: Reader, asked: ActsFilter, page: str) -> ActsScreen:
    """The list and its totals; a page number out of range shows the nearest."""
    wanted = asked.selection()
    seen = ledger.visible(reader, wanted)
    shown = Paginator(_with_texts(seen.rows.order_by("-day", "-pk")), PER_PAGE).get_page(page)
    measures = {
        "acte": Measure.ACTS,
        "bénéficiaire": Measure.BENEFICIARIES,
        "commune": Measure.COMMUNES,
    }
    if reader.may(Permission.SEE_TEAM_TIME) or wanted.adviser == reader.user.pk:
        measures["minute"] = Measure.MINUTES
    counted = ledger.counts(wanted, list(measures.values()))
    kinds = ledger.count_by(wanted, Measure.ACTS, Dimension.KIND)
    query = asked.query()
    return ActsScreen(
        lines=lines(reader, list(shown.object_list)),
        page=shown,
        totals=tuple(Total(label, counted[measure]) for label, measure in measures.items()),
        kinds=tuple(
            Total(ActKind(kind).label, number, asked.query(nature=kind))
            for kind, number in sorted(kinds.items(), key=lambda pair: -pair[1])
        ),
        reserved=seen.reserved,
        elsewhere=_elsewhere(asked),
        pact=str(asked.pact) if asked.pact else "",
        common=asked.common_words,
        only_own=asked.only_own,
        files=tuple((kind.upper(), reverse("diary:acts_file", args=[kind]) + query) for kind in FILES),
        filtered=query != "?",
    )


def _elsewhere(asked: ActsFilter) -> int:
    """Acts of the other parties of a pact; 0 too when they tell of so few firms that one could be recognised."""
    others = asked.of_other_parties()
    if others is None:
        return 0
    counted = ledger.counts(others, [Measure.ACTS, Measure.BENEFICIARIES])
    return counted[Measure.ACTS] if counted[Measure.BENEFICIARIES] >= FEWEST_FIRMS else 0


def sheet(reader: Reader, asked: ActsFilter) -> Sheet:
    """The whole list as a table: the rows of the page, no more."""
    wanted = asked.selection()
    seen = ledger.visible(reader, wanted)
    acts = list(_with_texts(seen.rows.order_by("-day", "-pk"))[:MOST_ROWS])
    rows = tuple(_cells(act, line) for act, line in zip(acts, lines(reader, acts), strict=True))
    notes = [f"Actes de {reader.organisation.name}."]
    if seen.reserved:
        notes.append(f"{french.counted(seen.reserved, 'ligne réservée', 'lignes réservées')}, non montrées.")
    return Sheet(
        "Actes", tuple(Column(head) for head in HEADS), rows, tuple(notes), source=reader.organisation.short_name
    )


def _cells(act: Act, line: Line) -> tuple[Cell, ...]:
    themes = ", ".join(str(Theme(theme).label) for theme in act.themes.split("|") if theme)
    minutes = act.minutes if line.minutes or line.by else None
    return act.day, line.kind, line.firm, line.commune, act.commune, line.axis, minutes, themes, line.note, line.by
