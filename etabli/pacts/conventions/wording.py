"""One state, three readers: what the pilot, a partner and an elected member are told, and what they should do next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Convention
from etabli.pacts.workflow import State
from etabli.ui import french


class Audience(StrEnum):
    """For whom the words are."""

    PILOT = "pilot"
    PARTNER = "partner"
    ELECTED = "elected"


@dataclass(frozen=True)
class Said:
    """The state in the reader's words, and the next thing to do (empty: nothing)."""

    label: str
    todo: str = ""


P, R, E = Audience.PILOT, Audience.PARTNER, Audience.ELECTED

WORDS: dict[State, dict[Audience, Said]] = {
    State.DRAFT: {
        P: Said("Projet", "Écrivez les parties et les axes, puis envoyez le texte en relecture."),
        R: Said("En préparation chez le pilote"),
        E: Said("En préparation", "Les services écrivent le projet\u202f; vous le relirez ensuite."),
    },
    State.IN_REVIEW: {
        P: Said("En relecture chez les partenaires", "Attendez leurs remarques, ou passez à la délibération."),
        R: Said("À relire", "Lisez le texte, puis donnez votre accord ou demandez une correction."),
        E: Said("En relecture", "Lisez le projet\u202f; votre accord ou votre remarque aide les services."),
    },
    State.CORRECTIONS: {
        P: Said("Corrections à faire", "Corrigez le texte, répondez à chaque demande, puis renvoyez-le en relecture."),
        R: Said("Corrections en cours chez le pilote", "Rien à faire\u00a0: le texte corrigé vous reviendra."),
        E: Said("En correction"),
    },
    State.TO_DELIBERATE: {
        P: Said("À délibérer", "Notez la délibération et le signataire de chaque partie, puis passez à la signature."),
        R: Said("À faire délibérer", "Inscrivez la convention à votre assemblée, puis notez la délibération ici."),
        E: Said("À l’ordre du jour de votre assemblée", "Délibérez\u00a0: la convention sera ensuite à signer."),
    },
    State.TO_SIGN: {
        P: Said("À signer", "Faites signer chaque partie, en ligne ou sur papier."),
        R: Said("À faire signer", "Votre signataire signe en ligne, ou vous déposez l’exemplaire papier signé."),
        E: Said("À signer", "Lisez la version arrêtée, puis signez au nom de votre organisation."),
    },
    State.ACTIVE: {
        P: Said("En vigueur", "Suivez les objectifs\u202f; un changement passe par un avenant."),
        R: Said("En vigueur"),
        E: Said("En vigueur"),
    },
    State.SUSPENDED: {
        P: Said("Suspendue", "Reprenez-la ou mettez-y fin."),
        R: Said("Suspendue"),
        E: Said("Suspendue"),
    },
    State.EXPIRED: {
        P: Said("Arrivée à son terme", "Publiez le dernier bilan, puis clôturez la convention."),
        R: Said("Arrivée à son terme", "Relisez le dernier bilan."),
        E: Said("Arrivée à son terme"),
    },
    State.CLOSED: {P: Said("Clôturée"), R: Said("Clôturée"), E: Said("Clôturée")},
    State.TERMINATED: {
        P: Said("Résiliée", "Arrêtez les comptes, puis clôturez la convention."),
        R: Said("Résiliée"),
        E: Said("Résiliée"),
    },
    State.ABANDONED: {P: Said("Abandonnée"), R: Said("Abandonnée"), E: Said("Abandonnée")},
}

BUTTONS: dict[State, str] = {
    State.IN_REVIEW: "Envoyer en relecture",
    State.CORRECTIONS: "Reprendre pour corriger",
    State.TO_DELIBERATE: "Passer à la délibération",
    State.TO_SIGN: "Arrêter le texte et passer à la signature",
    State.ACTIVE: "Reprendre l’exécution",
    State.SUSPENDED: "Suspendre",
    State.EXPIRED: "Constater le terme",
    State.CLOSED: "Clôturer",
    State.TERMINATED: "Résilier",
    State.ABANDONED: "Abandonner",
}


def audience(reader: Reader, convention: Convention) -> Audience:
    """Who reads: an elected member who writes nothing, the pilot, or a partner."""
    if reader.may(Permission.SIGN_CONVENTION) and not reader.may(Permission.DRAFT_CONVENTION):
        return Audience.ELECTED
    return Audience.PILOT if access.is_pilot(reader, convention) else Audience.PARTNER


def said(reader: Reader, convention: Convention, left: date | None) -> Said:
    """The state of the convention in the reader's words; nothing is left to do for who left it, on a day."""
    if left:
        return Said(
            french.capitalised(convention.state_today.label),
            f"Votre organisation en a été partie jusqu’au {french.long_date(left)}\u00a0: ce qui s’y est fait "
            "jusque-là reste lisible.",
        )
    return WORDS[convention.state_today][audience(reader, convention)]
