"""Grand Est: the reinforced regional pact, « Artisanat de demain », five million euros (article S0)."""

from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Figure, Gathering, Pact, Promise, Side, Typed
from etabli.pacts.models import Measure, PartyRole

K, T, M = ActKind, Theme, Measure
FIRST, LAST = date(2019, 1, 7), date(2026, 10, 30)
YEARS = range(2019, 2028)

PACT = Pact(
    slug="grand-est-artisanat-de-demain",
    title="Pacte régional pour l’artisanat du Grand Est : Artisanat de demain",
    short_title="Grand Est, Artisanat de demain",
    source="« Artisanat : Le pacte régional se renforce »",
    said="« le 26 juillet », année non publiée",
    known=(
        "L’article dit : « Nom de code : Artisanat de demain » ; « signature d’une convention cadre entre Jean "
        "Rottner, le président de la Région Grand Est et Bernard Stalter, le président de la Chambre régionale des "
        "métiers et de l’artisanat », « le 26 juillet à Strasbourg ». Il donne le jour sans l’année : 2018 est "
        "retenue pour la démonstration. La durée n’est pas publiée non plus : la fin de 2027 est supposée, pour "
        "montrer un pacte en cours. « 31 milliards d’euros de CA » ne peut être recalculé d’aucune source publique."
    ),
    territory="region:44",
    starts_on=date(2018, 7, 26),
    ends_on=date(2027, 12, 31),
    signed_on=date(2018, 7, 26),
    chamber="cma-grand-est",
    field_worker="Greta",
    budget=5_000_000,
    paid_on=date(2018, 12, 4),
    figures=(
        Figure("« Une enveloppe de cinq millions d’euros »", 5_000_000, "€"),
        Figure("« 92 000 entreprises »", 92_000, "entreprises"),
        Figure("« 31 milliards d’euros de CA »", 31_000_000_000, "€"),
        Figure("« pas loin de 280 000 collaborateurs »", 280_000, "collaborateurs"),
    ),
    parties=(
        Side("cma-grand-est", PartyRole.PILOT, "Bernard Stalter",
             "président de la Chambre régionale des métiers et de l’artisanat"),
        Side("region-grand-est", PartyRole.FUNDER, "Jean Rottner", "président de la Région Grand Est"),
    ),
    axes=(
        Axis("Proposer une expertise d’accompagnement ou de conseils",
             "« Qu’il s’agisse de proposer une expertise d’accompagnement ou de conseils » ; « l’intégration des "
             "nouvelles technologies et de nouveaux modes de production »", (T.DIGITAL, T.PRODUCTION),
             actions=("Diagnostic de modernisation", "Plan d’actions")),
        Axis("Apporter une aide financière pour des outils innovants",
             "« ou d’apporter une aide financière pour la dotation d’outils innovants » ; « la digitalisation, de la "
             "dématérialisation, de l’automatisation ou encore de l’équipement numérique »", (T.PRODUCTION,),
             actions=("Aide à l’équipement",)),
        Axis("Maintenir les savoir-faire et le tissu artisanal",
             "« renforcer le dynamisme du tissu artisanal et de contribuer au maintien de nombreux savoir-faire "
             "territoriaux et à la spécialisation économique des territoires »", (T.TRANSMISSION,),
             actions=("Transmission des savoir-faire",)),
    ),
    promises=(
        Promise(1, "Entreprises accompagnées dans leur modernisation", "entreprises", M.BENEFICIARIES,
                dict.fromkeys(YEARS, 6), (K.VISIT, K.DIAGNOSTIC, K.PLAN), (T.DIGITAL, T.PRODUCTION)),
        Promise(1, "Plans d’actions convenus", "plans", M.ACTS, dict.fromkeys(YEARS, 2), (K.PLAN,)),
        Promise(2, "Aides attribuées sur l’enveloppe", "€", M.EVIDENCE, {2027: 5_000_000},
                words="« Une enveloppe de cinq millions d’euros »", awaiting="instruction des aides",
                typed=(Typed(date(2025, 12, 31), 3_120_000, "Aides attribuées depuis l’origine"),)),
        Promise(3, "Savoir-faire transmis : reprises accompagnées", "reprises", M.ACTS, dict.fromkeys(YEARS, 1),
                (K.TAKEOVER,), (T.TRANSMISSION,)),
    ),
    batches=(
        Batch(K.VISIT, 58, FIRST, LAST, 1, (T.DIGITAL,), (45, 120), notes=(
            "Automatisation d’une découpe étudiée.", "Commande numérique : trop tôt pour l’entreprise.",
            "Logiciel de devis choisi.", "Sans nouvelles depuis deux relances.")),
        Batch(K.DIAGNOSTIC, 26, FIRST, LAST, 1, (T.PRODUCTION,), (120, 240)),
        Batch(K.PLAN, 16, date(2019, 3, 4), LAST, 1, (T.DIGITAL, T.PRODUCTION), (60, 120)),
        Batch(K.MEETING, 12, FIRST, LAST, 2, (T.PRODUCTION,), (30, 60), notes=(
            "Dossier d’aide préparé.", "Dossier retiré : la banque a refusé.")),
        Batch(K.TAKEOVER, 14, date(2019, 2, 4), LAST, 3, (T.TRANSMISSION,), (60, 180)),
        Batch(K.PHONE, 6, date(2020, 3, 17), date(2021, 3, 31), 3, (T.CRISIS,), (15, 40), reserved=True, notes=(
            "Baisse d’activité : aide d’urgence expliquée.",)),
    ),
    gatherings=(
        Gathering(date(2026, 2, 10), "Bilan de 2025. Enveloppe restante.",
                  "Le bilan de 2025 est approuvé. L’enveloppe est consommée aux trois cinquièmes (chiffre inventé).",
                  (("Relancer les dossiers sans première facture", "CRMA", date(2026, 4, 30)),
                   ("Préparer l’avenant sur les critères d’outillage", "Région", date(2026, 12, 15)))),
    ),
    next_meeting="Point sur l’enveloppe. Programme de 2027. Questions diverses.",
    mission={1: 60, 2: 20, 3: 20},
)  # fmt: skip
