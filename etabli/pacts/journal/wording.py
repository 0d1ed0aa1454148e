"""The journal in French: the verb of an event becomes « a noté un acte ». Families are what a filter offers."""

PEOPLE = {
    "account_opened": "a ouvert un compte",
    "handed_over": "a passé la main",
    "identity_tied": "a rattaché une identité extérieure à son compte",
    "invitation_accepted": "a accepté une invitation",
    "invitation_revoked": "a retiré une invitation",
    "invited": "a invité quelqu’un",
    "organisation_described": "a changé le nom ou le territoire de l’organisation",
    "organisation_fostered": "a pris en charge une organisation sans membre",
    "organisation_registered": "a inscrit une organisation",
    "organisation_succeeded": "a dit qui succède à l’organisation",
    "role_asked": "a demandé un rôle",
    "role_ended": "a mis fin à un rôle",
    "role_given": "a donné un rôle",
    "role_request_answered": "a répondu à une demande de rôle",
}
ACTS = {
    "act_attributed": "a donné un acte à un axe",
    "act_recorded": "a noté un acte",
    "act_reversed": "a annulé un acte",
    "beneficiaries_merged": "a réuni deux bénéficiaires",
    "beneficiary_anonymised": "a anonymisé un bénéficiaire",
    "beneficiary_opened": "a ouvert le dossier d’un bénéficiaire",
    "identity_changed": "a changé l’identité d’un bénéficiaire",
    "merge_undone": "a séparé deux bénéficiaires",
    "mission_drawn_up": "a écrit une lettre de mission",
    "mission_handed_over": "a transmis une lettre de mission",
    "mission_signed": "a signé une lettre de mission",
}
CONVENTIONS = {
    "action.written": "a écrit une fiche-action",
    "amendment.in_force": "a fait entrer un avenant en vigueur",
    "amendment.moved": "a changé l’état d’un avenant",
    "amendment.opened": "a ouvert un avenant",
    "amendment.signed": "a signé un avenant",
    "amendment.written": "a écrit un avenant",
    "convention.actions": "a écrit la liste des fiches-actions",
    "convention.activated": "a fait entrer la convention en vigueur",
    "convention.agreement": "a donné son accord sur la convention",
    "convention.axes": "a écrit les axes",
    "convention.comment": "a commenté la convention",
    "convention.correction": "a demandé une correction de la convention",
    "convention.created": "a créé une convention",
    "convention.expired": "a constaté la fin de la convention",
    "convention.first_paid": "a noté le premier versement",
    "convention.moved": "a changé l’état de la convention",
    "convention.parties": "a changé les parties",
    "convention.perimeter": "a changé le périmètre",
    "convention.prepared": "a préparé une convention annuelle",
    "convention.renewed": "a préparé la convention suivante",
    "convention.written": "a écrit la convention",
    "party.completed": "a complété une partie (délibération, signataire)",
    "remark.resolved": "a répondu à une remarque",
    "template.set": "a choisi le modèle de la convention",
    "version.signed": "a signé une version de la convention",
}
OBJECTIVES = {
    "objective.added": "a ajouté un objectif",
    "objective.changed": "a changé un objectif",
    "objective.evidence": "a saisi un chiffre avec sa pièce",
    "objective.evidence_corrected": "a corrigé un chiffre saisi",
    "objective.evidence_withdrawn": "a retiré un chiffre saisi",
    "objective.handed_over": "a transmis la responsabilité d’un objectif",
    "objective.removed": "a retiré un objectif",
    "objective.targets": "a écrit des cibles",
}
MEETINGS = {
    "decision.followed": "a suivi une décision",
    "meeting.attendees": "a changé les participants d’une réunion",
    "meeting.called": "a envoyé les convocations d’une réunion",
    "meeting.cancelled": "a annulé une réunion",
    "meeting.held": "a écrit le relevé d’une réunion",
    "meeting.prepared": "a préparé une réunion",
    "meeting.written": "a changé une réunion",
}
REPORTS = {
    "report.agreed": "a donné son accord sur le bilan",
    "report.agreement_noted": "a noté l’accord d’une partie sur le bilan",
    "report.answered": "a répondu à une demande de correction du bilan",
    "report.corrected": "a corrigé un chiffre du bilan",
    "report.cross_reading": "a mis le bilan en relecture croisée",
    "report.discarded": "a retiré une photo ou une citation du bilan",
    "report.drafting": "a mis le bilan en rédaction",
    "report.frozen": "a figé le bilan",
    "report.photo": "a ajouté une photo au bilan",
    "report.published": "a publié le bilan",
    "report.quotation": "a ajouté une citation au bilan",
    "report.to_correct": "a demandé de corriger le bilan",
    "report.validated": "a validé le bilan",
    "report.withdrawn": "a noté le retrait d’un consentement",
    "report.written": "a écrit le bilan",
}
FAMILIES = {
    "personnes": ("Personnes et rôles", PEOPLE),
    "actes": ("Actes, bénéficiaires, missions", ACTS),
    "conventions": ("Conventions et avenants", CONVENTIONS),
    "objectifs": ("Objectifs", OBJECTIVES),
    "reunions": ("Réunions", MEETINGS),
    "bilans": ("Bilans", REPORTS),
}
WORDS = {verb: words for _, verbs in FAMILIES.values() for verb, words in verbs.items()}


def said(verb: str) -> str:
    """« a noté un acte »; the verb itself when it has no words yet."""
    return WORDS.get(verb, verb)
