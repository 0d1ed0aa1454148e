"""What a role may do: permissions are members of one enum, roles are sets of them; spelled nowhere else."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """One thing that may be done within one's organisation."""

    MANAGE_MEMBERS = "manage_members"  # invite, give and end roles
    DRAFT_CONVENTION = "draft_convention"  # write conventions, axes, actions, objectives
    REVIEW_CONVENTION = "review_convention"  # comment, ask for corrections, agree
    SIGN_CONVENTION = "sign_convention"  # sign for the organisation
    MANAGE_MEETINGS = "manage_meetings"  # committees: agenda, minutes, decisions
    SEE_PACT = "see_pact"  # dashboards, counts
    SEE_ACTS = "see_acts"  # the rows behind the counts
    SEE_RESERVED = "see_reserved"  # rows marked reserved
    RECORD_ACT = "record_act"  # the diary
    REVERSE_ACT = "reverse_act"  # correct somebody's act of the same organisation
    TYPE_EVIDENCE = "type_evidence"  # a figure typed with its document
    PREPARE_REPORT = "prepare_report"  # freeze, draft
    VALIDATE_REPORT = "validate_report"  # agree for the organisation
    PUBLISH_REPORT = "publish_report"
    MANAGE_MISSION = "manage_mission"  # mission letters
    SEE_TEAM_TIME = "see_team_time"  # minutes by named person
    SEE_JOURNAL = "see_journal"  # who did what, who read what
    MANAGE_MERGES = "manage_merges"  # join and separate beneficiaries, anonymise


class Role(models.TextChoices):
    """Roles inside a chamber or an authority, then those of people from outside."""

    ADVISER = "adviser", "conseiller"
    DEVELOPER = "developer", "développeur territorial"
    PACT_OFFICER = "pact_officer", "chargé du pacte"
    ELECTED = "elected", "élu"
    GRANT_OFFICER = "grant_officer", "instructeur des aides"
    FINANCE = "finance", "finances"
    COMMUNICATION = "communication", "communication"
    EVENT_HOST = "event_host", "animateur"
    EVALUATOR = "evaluator", "évaluateur"
    DPO = "dpo", "délégué à la protection des données"
    ADMINISTRATOR = "administrator", "administrateur"
    ARTISAN = "artisan", "artisan"
    PROJECT_HOLDER = "project_holder", "porteur de projet"
    PUBLIC_BUYER = "public_buyer", "acheteur public"
    CANTEEN_MANAGER = "canteen_manager", "gestionnaire de restauration"
    SOCIAL_ECONOMY = "social_economy", "acteur de l’économie sociale"
    YOUNG_PERSON = "young_person", "jeune"


P = Permission
_FIELD = frozenset({P.SEE_PACT, P.SEE_ACTS, P.RECORD_ACT, P.TYPE_EVIDENCE})
_OFFICER = _FIELD | {
    P.DRAFT_CONVENTION, P.REVIEW_CONVENTION, P.MANAGE_MEETINGS, P.REVERSE_ACT, P.PREPARE_REPORT, P.VALIDATE_REPORT,
    P.PUBLISH_REPORT, P.MANAGE_MISSION, P.MANAGE_MERGES,
}  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADVISER: _FIELD | {P.SEE_RESERVED},
    Role.DEVELOPER: _FIELD,
    Role.PACT_OFFICER: _OFFICER | {P.SEE_RESERVED, P.SEE_TEAM_TIME},
    Role.ELECTED: frozenset({P.SEE_PACT, P.SIGN_CONVENTION, P.REVIEW_CONVENTION, P.VALIDATE_REPORT}),
    Role.GRANT_OFFICER: frozenset({P.SEE_PACT, P.SEE_ACTS, P.RECORD_ACT}),
    Role.FINANCE: frozenset({P.SEE_PACT, P.REVIEW_CONVENTION}),
    Role.COMMUNICATION: frozenset({P.SEE_PACT, P.RECORD_ACT, P.TYPE_EVIDENCE}),
    Role.EVENT_HOST: frozenset({P.SEE_PACT, P.RECORD_ACT}),
    Role.EVALUATOR: frozenset({P.SEE_PACT}),
    Role.DPO: frozenset({P.SEE_JOURNAL, P.MANAGE_MERGES}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_MEMBERS, P.SEE_JOURNAL}),
    Role.ARTISAN: frozenset(),
    Role.PROJECT_HOLDER: frozenset(),
    Role.PUBLIC_BUYER: frozenset(),
    Role.CANTEEN_MANAGER: frozenset(),
    Role.SOCIAL_ECONOMY: frozenset(),
    Role.YOUNG_PERSON: frozenset(),
}

NEEDS_SECOND_FACTOR = frozenset(role for role, may in PERMISSIONS.items() if may & {P.SEE_ACTS, P.SEE_JOURNAL})
"""Roles that see personal data of firms: they enter with a second factor."""

OUTSIDE = frozenset(
    {
        Role.ARTISAN,
        Role.PROJECT_HOLDER,
        Role.PUBLIC_BUYER,
        Role.CANTEEN_MANAGER,
        Role.SOCIAL_ECONOMY,
        Role.YOUNG_PERSON,
    }
)
"""Roles of people who are helped or who buy, not of those who run a pact."""
