"""Provence-Alpes-Côte d’Azur: the recovery plan of crafts, seven axes, 6.5 million euros (article S1)."""

from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Figure, Gathering, Pact, Promise, Side, Typed
from etabli.pacts.models import Measure, PartyRole

K, T, M = ActKind, Theme, Measure
SAID = date(2020, 9, 16)
FIRST, LAST = date(2020, 9, 21), date(2022, 12, 16)

AXES = (
    Axis("L’accompagnement individuel des artisans dans la relance",
         "« L’accompagnement individuel des artisans dans la relance grâce à un socle de service, le DEAR » ; « le "
         "Déclic « Rebond » pour les entreprises en grande difficulté »", (T.MANAGEMENT, T.CRISIS),
         actions=("DEAR, diagnostic des entreprises artisanales régionales", "Déclic Rebond")),
    Axis("La transition numérique",
         "« L’accompagnement des artisans dans la transition numérique avec l’adoption d’outils comme la vente en "
         "ligne »", (T.DIGITAL,), actions=("Vente en ligne",)),
    Axis("Le lien artisans-clients",
         "« Le renforcement du lien artisans-clients avec la campagne de communication « Mon artisan enchante le "
         "quotidien » »", (T.MARKET,), actions=("Campagne « Mon artisan enchante le quotidien »", "Artiboutik")),
    Axis("Le développement durable et les circuits courts",
         "« L’inscription de l’artisanat dans le développement durable et les circuits-courts en accompagnant les "
         "entreprises artisanales dans la rénovation énergétique »", (T.ENVIRONMENT, T.ENERGY),
         actions=("Économie circulaire",)),
    Axis("La réindustrialisation",
         "« Faire de l’artisanat une partie prenante de la réindustrialisation »", (T.PRODUCTION,),
         actions=("Centre de formation aux métiers de l’industrie navale",)),
    Axis("Les collectivités et les communes rurales",
         "« Le développement d’un partenariat étroit avec les collectivités locales » ; « l’implantation d’artisans "
         "dans les communes rurales »", (T.PROCUREMENT,),
         actions=("Charte de soutien à l’économie de proximité",)),
    Axis("Les jeunes", "« L’inscription de l’artisanat dans le plan Jeunes »", (T.YOUTH,),
         actions=("Apprentissage et formation",)),
)  # fmt: skip

PROMISES = (
    Promise(1, "Diagnostics DEAR réalisés", "diagnostics", M.EVIDENCE, {2021: 20, 2022: 20},
            awaiting="diagnostics DEAR",
            typed=(Typed(date(2021, 12, 31), 17, "Diagnostics remis en 2021, état de fin d’année"),
                   Typed(date(2022, 12, 16), 21, "Diagnostics remis en 2022, état de fin d’année"))),
    Promise(1, "Entreprises reçues ou visitées pour leur gestion", "entreprises", M.BENEFICIARIES, {2021: 12, 2022: 12},
            (K.VISIT, K.MEETING), (T.MANAGEMENT, T.CRISIS)),
    Promise(2, "Entreprises accompagnées dans la transition numérique", "entreprises", M.BENEFICIARIES, {2022: 2_700},
            (K.VISIT, K.MEETING), (T.DIGITAL,),
            words="« 2 700 entreprises vont être accompagnées » (échéance non publiée)"),
    Promise(3, "Affiches de la campagne", "affiches", M.EVIDENCE, {2020: 914}, words="« 914 affiches »",
            awaiting="campagnes",
            typed=(Typed(date(2020, 11, 30), 610, "Affiches posées, relevé de pose"),)),
    Promise(3, "Spots radio de la campagne", "spots", M.EVIDENCE, {2020: 478}, words="« 478 spots radios »",
            awaiting="campagnes"),
    Promise(3, "Communes où la campagne est relayée", "communes", M.EVIDENCE, {2020: 300},
            words="« dans plus de 300 communes »", awaiting="campagnes"),
    Promise(3, "Coût de la campagne", "€", M.EVIDENCE, {}, awaiting="campagnes",
            typed=(Typed(SAID, 250_000, "« Cette campagne, qui s’élève à 250 000 euros »", published=True),)),
    Promise(4, "Entreprises accompagnées vers les circuits courts et l’énergie", "entreprises", M.BENEFICIARIES,
            {2021: 15, 2022: 15}, (K.VISIT, K.PLAN), (T.ENVIRONMENT, T.ENERGY)),
    Promise(5, "Salariés formés", "salariés", M.EVIDENCE, {2021: 10, 2022: 10}, awaiting="catalogue des formations",
            typed=(Typed(date(2021, 12, 31), 6, "Feuilles de présence de 2021"),
                   Typed(date(2022, 12, 16), 8, "Feuilles de présence de 2022"))),
    Promise(6, "Communes signataires de la charte", "communes", M.EVIDENCE, {2021: 10, 2022: 10},
            awaiting="chartes communales",
            typed=(Typed(date(2021, 12, 31), 3, "Chartes signées en 2021, liste"),
                   Typed(date(2022, 12, 16), 5, "Chartes signées en 2022, liste"))),
    Promise(7, "Contrats d’apprentissage conclus", "contrats", M.EVIDENCE, {2021: 12, 2022: 12},
            awaiting="apprentissage",
            typed=(Typed(date(2021, 12, 31), 9, "Contrats enregistrés en 2021, relevé"),
                   Typed(date(2022, 12, 16), 11, "Contrats enregistrés en 2022, relevé"))),
)  # fmt: skip

BATCHES = (
    Batch(K.VISIT, 22, FIRST, LAST, 1, (T.MANAGEMENT,), (90, 180), notes=(
        "Tableau de trésorerie commencé ensemble.", "Sans suite : l’artisan ne rappelle pas.")),
    Batch(K.MEETING, 10, FIRST, LAST, 1, (T.CRISIS,), (60, 120), reserved=True, notes=(
        "Déclic Rebond : échéancier à négocier.", "Déclic Rebond : cessation d’activité décidée.")),
    Batch(K.VISIT, 36, FIRST, LAST, 2, (T.DIGITAL,), notes=(
        "Vente en ligne : photos à refaire.", "Refus : préfère le marché.", "Boutique prête, reste la livraison.")),
    Batch(K.PHONE, 24, FIRST, LAST, 2, (T.DIGITAL,), (10, 30)),
    Batch(K.SESSION, 4, FIRST, LAST, 2, (T.DIGITAL,), (90, 120), firm=False, commune="13201", quantities=(6, 7)),
    Batch(K.VISIT, 16, FIRST, LAST, 4, (T.ENVIRONMENT,)),
    Batch(K.PLAN, 8, FIRST, LAST, 4, (T.ENERGY,), (60, 90)),
    Batch(K.VISIT, 14, FIRST, LAST, 5, (T.PRODUCTION,), (30, 90)),
    *(
        Batch(K.OUTREACH, 1, FIRST, LAST, 6, (T.PROCUREMENT,), (30, 60), firm=False, commune=commune,
              notes=("Charte présentée en mairie (lieu inventé).",))
        for commune in ("04112", "05061", "06004", "13005", "13028", "83126", "84054", "84087")
    ),
    Batch(K.MEETING, 18, date(2021, 6, 1), LAST, 7, (T.YOUTH,), (30, 60), notes=(
        "Recrutement d’un apprenti préparé.", "Sans candidat pour le moment.")),
)  # fmt: skip

PACT = Pact(
    slug="provence-alpes-cote-d-azur-plan-de-relance",
    title="Plan de relance de l’artisanat de Provence-Alpes-Côte d’Azur",
    short_title="Provence-Alpes-Côte d’Azur, plan de relance",
    source="Article sur le plan de relance de la Chambre de métiers et de l’artisanat Provence-Alpes-Côte d’Azur",
    said="« depuis le 16 septembre », année 2020 déduite",
    known=(
        "L’article dit : « Depuis le 16 septembre, la Chambre des Métiers et de l’Artisanat Provence-Alpes-Côte "
        "d’Azur (CMAR Paca) a donc lancé un plan de relance économique du secteur de l’artisanat s’élevant à "
        "6,5 millions d’euros ». L’année 2020 se déduit de « au premier semestre 2020 ». C’est un plan de la chambre : "
        "aucun cosignataire n’est publié, l’autre partie est donc une organisation fictive. La fin n’est pas publiée : "
        "celle de 2022 est supposée."
    ),
    territory="region:93",
    starts_on=SAID,
    ends_on=date(2022, 12, 31),
    signed_on=SAID,
    chamber="cmar-paca",
    field_worker="Perrine",
    budget=6_500_000,
    paid_on=date(2020, 11, 17),
    figures=(
        Figure("« un plan de relance de 6,5 millions d’euros »", 6_500_000, "€"),
        Figure("« Il s’articule autour de sept axes »", 7, "axes"),
        Figure("« 2 700 entreprises vont être accompagnées »", 2_700, "entreprises"),
        Figure("« Cette campagne, qui s’élève à 250 000 euros »", 250_000, "€"),
        Figure("« 914 affiches »", 914, "affiches"),
        Figure("« 478 spots radios »", 478, "spots"),
        Figure("« plus de 300 communes »", 300, "communes"),
        Figure("« une baisse de 25% de son chiffre d’affaires »", -25, "%"),
    ),
    parties=(
        Side("cmar-paca", PartyRole.PILOT, "Jean-Pierre Galvez", "président de la chambre"),
        Side("communes-paca", PartyRole.PARTNER, "Personne fictive", "pour l’organisation fictive"),
    ),
    axes=AXES,
    promises=PROMISES,
    batches=BATCHES,
    gatherings=(
        Gathering(date(2021, 6, 15), "Premier point du plan de relance.",
                  "Les sept axes ont commencé. Les chartes communales avancent moins vite que prévu.",
                  (("Proposer la charte aux communes rurales", "CMAR", date(2021, 9, 30)),)),
    ),
    mission={1: 20, 2: 30, 3: 5, 4: 20, 5: 5, 6: 10, 7: 10},
)  # fmt: skip
