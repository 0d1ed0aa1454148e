"""What a role may do: permissions are members of one enum, roles are sets of them; spelled nowhere else."""

from django.db import models


class Permission(models.TextChoices):
    """One thing that may be done within one's organisation, said so that « il faut pouvoir … » reads well."""

    MANAGE_MEMBERS = "manage_members", "inviter des membres et gérer leurs rôles"
    DRAFT_CONVENTION = "draft_convention", "écrire les conventions et leurs objectifs"
    REVIEW_CONVENTION = "review_convention", "relire les conventions"
    SIGN_CONVENTION = "sign_convention", "signer pour l’organisation"
    MANAGE_MEETINGS = "manage_meetings", "tenir les comités"
    SEE_PACT = "see_pact", "voir les pactes"
    SEE_ACTS = "see_acts", "voir les actes derrière les chiffres"
    SEE_RESERVED = "see_reserved", "voir les lignes réservées"
    RECORD_ACT = "record_act", "écrire dans le carnet"
    REVERSE_ACT = "reverse_act", "corriger un acte de l’organisation"
    TYPE_EVIDENCE = "type_evidence", "saisir un chiffre avec sa pièce"
    PREPARE_REPORT = "prepare_report", "préparer le bilan"
    VALIDATE_REPORT = "validate_report", "valider le bilan"
    PUBLISH_REPORT = "publish_report", "publier le bilan"
    MANAGE_MISSION = "manage_mission", "gérer les lettres de mission"
    SEE_TEAM_TIME = "see_team_time", "voir le temps de l’équipe"
    SEE_JOURNAL = "see_journal", "lire le journal"
    MANAGE_MERGES = "manage_merges", "réunir ou séparer des bénéficiaires"
    ANONYMISE = "anonymise", "anonymiser un bénéficiaire"
    ENTER_OUTSIDE = "enter_outside", "ouvrir l’accueil de ceux que les pactes aident"
    SEE_OWN_ACTS = "see_own_acts", "voir ce qui a été fait pour sa propre organisation"


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
_HELPED = frozenset({P.ENTER_OUTSIDE, P.SEE_OWN_ACTS})
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
    Role.DPO: frozenset({P.SEE_JOURNAL, P.MANAGE_MERGES, P.ANONYMISE}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_MEMBERS, P.SEE_JOURNAL}),
    Role.ARTISAN: _HELPED,
    Role.PROJECT_HOLDER: _HELPED,
    Role.PUBLIC_BUYER: frozenset({P.ENTER_OUTSIDE}),
    Role.CANTEEN_MANAGER: frozenset({P.ENTER_OUTSIDE}),
    Role.SOCIAL_ECONOMY: _HELPED,
    Role.YOUNG_PERSON: frozenset({P.ENTER_OUTSIDE}),
}

_SEES_FIRMS = {P.SEE_ACTS, P.SEE_JOURNAL, P.RECORD_ACT}  # the diary proposes names as one types
NEEDS_SECOND_FACTOR = frozenset(role for role, may in PERMISSIONS.items() if may & _SEES_FIRMS)
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
