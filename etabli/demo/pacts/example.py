"""A pact that nobody signed, under way whatever the day: its second year runs, the first one is told in a report.

Everything in it is invented, and its pages say so. The five pacts of the articles are over: this one shows what a pact
looks like while it is worked on.
"""

from datetime import date, timedelta

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Gathering, Pact, Promise, Side, Told, Yearly
from etabli.pacts.models import Instance, Measure, PartyRole

K, T, M = ActKind, Theme, Measure

TODAY = date.today()  # noqa: DTZ011 - the machine's own day, whatever the clock shows
SECOND = (TODAY - timedelta(days=99)).year
"""The year under way. Until the 9th of April it is the year before: by then its report can be read and published."""

FIRST, THIRD = SECOND - 1, SECOND + 1
BEGIN, END = date(FIRST, 1, 1), date(THIRD, 12, 31)
HALF = date(SECOND, 3, 31)
"""The last day of the figures of the year under way that are being written about."""

REPORTS = (
    Yearly(
        FIRST, date(SECOND, 1, 20), published_on=date(SECOND, 3, 10),
        asked="Ajouter ce que deviennent les entreprises qui s’arrêtent en chemin.",
        answer="Ajouté : elles sont rappelées au bout de six mois.",
        told=(
            Told(1, "Les visites se sont tenues surtout au second semestre. Les entreprises qui s’arrêtent en chemin "
                    "sont rappelées au bout de six mois.",
                 "La fiche en ligne est à jour, on nous trouve enfin.", "un menuisier de Liévin (personne fictive)"),
            Told(2, "Les cédants viennent tard : la moitié cherche un repreneur dans l’année."),
            Told(3, "Les qualifications demandent deux à trois rendez-vous chacune."),
        ),
    ),
    Yearly(
        SECOND, HALF + timedelta(days=7), cut_off=HALF,
        told=(Told(1, "Point d’étape du premier trimestre, en cours d’écriture."),),
    ),
)  # fmt: skip

AXES = (
    Axis("Numérique et gestion", "Aider chaque entreprise à se faire trouver, vendre et compter.",
         (T.DIGITAL, T.MANAGEMENT), actions=("Visites-diagnostics", "Ateliers du mardi")),
    Axis("Création, reprise et transmission", "Accompagner qui s’installe, qui reprend et qui cède.",
         (T.CREATION, T.TRANSMISSION), actions=("Rendez-vous des cédants", "Suivi des porteurs de projet")),
    Axis("Énergie et environnement", "Réduire les factures et ouvrir les marchés de la rénovation.",
         (T.ENERGY, T.ENVIRONMENT), actions=("Qualification des entreprises du bâtiment",)),
)  # fmt: skip


def _yearly(first: int, second: int, third: int) -> dict[int, int]:
    return {FIRST: first, SECOND: second, THIRD: third}


PROMISES = (
    Promise(1, "Entreprises visitées", "entreprises", M.BENEFICIARIES, _yearly(40, 45, 45), (K.VISIT,),
            (T.DIGITAL, T.MANAGEMENT)),
    Promise(1, "Diagnostics numériques réalisés", "diagnostics", M.ACTS, _yearly(20, 24, 24), (K.DIAGNOSTIC,),
            (T.DIGITAL,)),
    Promise(1, "Ateliers tenus", "ateliers", M.ACTS, _yearly(8, 14, 14), (K.SESSION,)),
    Promise(2, "Porteurs de projet reçus", "porteurs de projet", M.BENEFICIARIES, _yearly(22, 24, 24),
            (K.MEETING,), (T.CREATION,)),
    Promise(2, "Créations accompagnées", "créations", M.ACTS, _yearly(16, 16, 18), (K.CREATION,)),
    Promise(2, "Cédants accompagnés", "cédants", M.BENEFICIARIES, _yearly(12, 20, 20), (K.MEETING, K.PLAN),
            (T.TRANSMISSION,)),
    Promise(3, "Entreprises accompagnées vers la sobriété", "entreprises", M.BENEFICIARIES, _yearly(25, 26, 26),
            (K.VISIT, K.PLAN), (T.ENERGY,)),
    Promise(3, "Qualifications obtenues", "qualifications", M.ACTS, _yearly(6, 8, 10), (K.LABEL,)),
)  # fmt: skip

BATCHES = (
    Batch(K.VISIT, 190, BEGIN, END, 1, (T.DIGITAL,), by="Alice", notes=(
        "Fiche en ligne remise à jour.", "À rappeler après l’inventaire.", "Devis de caisse relu ensemble.")),
    Batch(K.DIAGNOSTIC, 66, BEGIN, END, 1, (T.DIGITAL, T.MANAGEMENT), (90, 180)),
    Batch(K.SESSION, 30, BEGIN, END, 1, (T.DIGITAL,), (120, 180), firm=False, commune="62498",
          quantities=(6, 9, 12)),
    Batch(K.MEETING, 120, BEGIN, END, 2, (T.CREATION,), by="Alice", qpv=0.3, notes=(
        "Plan de financement à revoir avec la banque.", "Local repéré avec la commune.", "Projet suspendu.")),
    Batch(K.CREATION, 54, BEGIN, END, 2, (T.CREATION,), (30, 60), qpv=0.2),
    Batch(K.MEETING, 36, BEGIN, END, 2, (T.TRANSMISSION,), reserved=True, notes=(
        "Premier échange sur le prix de cession.",)),
    Batch(K.VISIT, 90, BEGIN, END, 3, (T.ENERGY,), notes=(
        "Factures d’énergie relues.", "Dossier de qualification ouvert.")),
    Batch(K.LABEL, 20, date(FIRST, 4, 1), END, 3, (T.ENERGY,), (0, 30)),
    Batch(K.VISIT, 3, BEGIN, HALF, 1, (T.DIGITAL,), by="Alice", about="atelier"),
    Batch(K.PHONE, 1, BEGIN, HALF, 1, (T.MANAGEMENT,), (15, 30), reserved=True, about="atelier"),
    Batch(K.MEETING, 2, BEGIN, HALF, 2, (T.CREATION,), by="Alice", about="fournil"),
)  # fmt: skip

GATHERINGS = (
    Gathering(date(FIRST, 9, 16), "Premiers mois. Questions diverses.",
              "Les trois axes ont commencé. Les visites sont en avance, les transmissions tardent.",
              (("Présenter le pacte aux maires des 36 communes", "CALL", date(FIRST, 11, 28)),)),
    Gathering(date(SECOND, 2, 10), "Préparer le comité de pilotage : chiffres de l’année, objectifs en retard.",
              "Les chiffres de l’année sont relus ligne à ligne. Les cédants restent l’objectif le plus en retard.",
              (("Croiser la liste des cédants avec les rendez-vous des communes", "Diane Roche",
                date(SECOND, 3, 6)),), Instance.COTECH),
    Gathering(date(SECOND, 3, 17), f"Bilan de {FIRST}. Programme de {SECOND}.",
              f"Le bilan de {FIRST} est présenté et validé. Le programme de {SECOND} est adopté.",
              (("Écrire aux dirigeants de plus de 58 ans", "CMA", date(SECOND, 4, 7)),
               ("Proposer un local d’essai en cœur de ville", "CALL", TODAY + timedelta(days=26)),
               ("Ouvrir un atelier du mardi à Liévin", "Alice Martin", TODAY + timedelta(days=47)))),
)  # fmt: skip

PACT = Pact(
    slug="pacte-de-demonstration-de-lens-lievin",
    title=f"Pacte de démonstration de Lens-Liévin {FIRST}–{THIRD} (données fictives)",
    short_title="Pacte de démonstration de Lens-Liévin",
    source="Données fictives : pacte inventé pour la démonstration, aucun article n’en parle",
    said="",
    known=(
        f"Données fictives. Ce pacte de trois ans ({FIRST}–{THIRD}) est inventé pour montrer un pacte en cours : ce "
        "qui est fait, ce qui est en retard, ce qui reste à décider."
    ),
    territory="epci:246200364",
    starts_on=BEGIN,
    ends_on=END,
    signed_on=date(FIRST - 1, 12, 9),
    chamber="cma-npdc",
    field_worker="Diane",
    figures=(),
    budget=180_000,
    paid_on=date(FIRST, 3, 25),
    parties=(
        Side("cma-npdc", PartyRole.PILOT, "Personne fictive", "pour la chambre de métiers et de l’artisanat"),
        Side("call", PartyRole.FUNDER, "Personne fictive", "pour la communauté d’agglomération de Lens-Liévin"),
    ),
    axes=AXES,
    promises=PROMISES,
    batches=BATCHES,
    gatherings=GATHERINGS,
    next_meeting=f"Objectifs en retard. Local d’essai. Programme de {THIRD}.",
    mission={1: 30, 2: 30, 3: 40},
    mission_on=date(SECOND, 1, 8),
    reports=REPORTS,
)  # fmt: skip
