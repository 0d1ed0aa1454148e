"""What an act can be, and what is counted of acts. A kind says how it is named and which service records it."""

from enum import StrEnum

from django.db import models

SOME_QPV = "QPV"
"""In place of its code: who notes an act knows that they are in a priority neighbourhood, seldom its number."""


class ActKind(models.TextChoices):
    """Kinds of acts: verbs in the past. A service built later adds its own here."""

    VISIT = "visit_made", "visite d’entreprise"
    PHONE = "phone_call_held", "entretien téléphonique"
    MEETING = "appointment_held", "rendez-vous"
    OUTREACH = "outreach_done", "animation, réunion d’information"
    DIAGNOSTIC = "diagnostic_completed", "diagnostic réalisé"
    PLAN = "plan_agreed", "plan d’actions convenu"
    ACTION = "plan_action_done", "action du plan réalisée"
    SUPPORT_CLOSED = "support_closed", "accompagnement terminé"
    SESSION = "session_held", "atelier tenu"
    ATTENDANCE = "attendance_recorded", "participation à un atelier"
    TRAINING = "training_completed", "formation suivie"
    SHOP_OPENED = "shop_opened", "boutique en ligne ouverte"
    ORDER = "order_completed", "commande honorée"
    GRANT_AWARDED = "grant_awarded", "aide attribuée"
    GRANT_PAID = "grant_paid", "aide versée"
    TENDER_WON = "tender_won", "marché public remporté"
    GROUPING = "grouping_formed", "groupement constitué"
    COOPERATION = "cooperation_started", "coopération engagée"
    CREATION = "firm_created", "création accompagnée"
    TAKEOVER = "firm_taken_over", "reprise accompagnée"
    SETTLED = "trade_settled", "métier installé dans une commune"
    APPRENTICE = "apprentice_contracted", "contrat d’apprentissage conclu"
    PLACEMENT = "placement_proved", "affiche ou spot diffusé"
    CHARTER = "charter_signed", "charte signée par une commune"
    LABEL = "label_obtained", "label ou qualification obtenu"


AWAITING = frozenset({ActKind.SHOP_OPENED, ActKind.ORDER, ActKind.ATTENDANCE})
"""Kinds that no screen records yet: the service that proves them is not built."""


class Theme(models.TextChoices):
    """What an act was about; an act may have several."""

    DIGITAL = "numerique", "numérique"
    ENERGY = "energie", "énergie et rénovation"
    ENVIRONMENT = "environnement", "environnement et circuits courts"
    MARKET = "marche", "marché et clients"
    MANAGEMENT = "gestion", "gestion"
    PEOPLE = "ressources_humaines", "ressources humaines"
    PRODUCTION = "production", "production"
    TRANSMISSION = "transmission", "transmission et reprise"
    CREATION = "creation", "création"
    PROCUREMENT = "commande_publique", "commande publique"
    YOUTH = "jeunes", "jeunes et apprentissage"
    URBAN = "urbain", "renouvellement urbain"
    CLAY = "argile", "filière argile"
    GROWTH = "developpement", "potentiel de développement"
    COOPERATION = "cooperation", "coopération et économie sociale"
    CRISIS = "rebond", "rebond"


class Origin(models.TextChoices):
    """How an act entered the ledger."""

    DIARY = "diary", "carnet"
    SERVICE = "service", "service de la plateforme"
    IMPORT = "import", "import"
    DEMO = "demo", "démonstration"


class Confidentiality(models.TextChoices):
    """Who may see the row behind the count; every act counts."""

    NORMAL = "normal", "ordinaire"
    RESERVED = "reserved", "réservé"


class Measure(StrEnum):
    """What is counted; the last four add up over any division."""

    BENEFICIARIES = "beneficiaries"
    COMMUNES = "communes"
    ACTS = "acts"
    AMOUNT = "amount"
    MINUTES = "minutes"
    QUANTITY = "quantity"


ADDITIVE = frozenset({Measure.ACTS, Measure.AMOUNT, Measure.MINUTES, Measure.QUANTITY})
