"""Pas-de-Calais 2013–2015: crafts and the social economy, seven territories (article S3)."""

from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Figure, Gathering, Pact, Promise, Side, Typed
from etabli.pacts.models import Measure, PartyRole

K, T, M = ActKind, Theme, Measure
VOLET = "Appréhender l’artisanat au prisme de l’Économie Sociale et Solidaire"
ISBERGUES, FIRST_MEETING = "62473", date(2014, 6, 10)

PACT = Pact(
    slug="pas-de-calais-2013-2015",
    title="Convention entre le Département du Pas-de-Calais et la chambre de métiers, 2013-2015",
    short_title="Pas-de-Calais 2013-2015",
    source="« Artisans et acteurs de l’ESS, main dans la main »",
    said="publié le 12 juin 2014",
    known=(
        "L’article dit : « la convention qui lie le Conseil général et la CMA pour la période 2013-2015, précisément "
        "dans le volet \"Appréhender l’artisanat au prisme de l’Économie Sociale et Solidaire\" ». La date de "
        "signature et les signataires ne sont pas publiés : le premier jour de la période est retenu ici, et les "
        "signataires sont à nommer. « La première [réunion] a eu lieu ce mardi soir à Isbergues » : le mardi "
        "10 juin 2014 se déduit de la date de publication. Les sept territoires ne sont pas nommés ; les lieux des "
        "autres réunions sont inventés."
    ),
    territory="departement:62",
    starts_on=date(2013, 1, 1),
    ends_on=date(2015, 12, 31),
    signed_on=date(2013, 1, 1),
    chamber="cma-npdc",
    field_worker="Alice",
    figures=(
        Figure("« pour la période 2013-2015 »", 3, "années"),
        Figure("« Des réunions d’information sont programmées dans les sept territoires »", 7, "territoires"),
        Figure("« 1 069 000 sociétés »", 1_069_000, "sociétés, en France"),
        Figure("« environ 250 métiers »", 250, "métiers"),
        Figure("« 2.4 millions de salariés en France »", 2_400_000, "salariés de l’ESS, en France"),
        Figure("« 10 % du produit intérieur brut »", 10, "% du PIB, pour l’ESS"),
    ),
    parties=(
        Side("cma-npdc", PartyRole.PILOT, "Signataire non publié", "pour la chambre de métiers"),
        Side("pas-de-calais", PartyRole.FUNDER, "Signataire non publié", "pour le Conseil général"),
    ),
    axes=(
        Axis("Informer dans les sept territoires",
             "« Des réunions d’information sont programmées dans les sept territoires pour mettre en route le "
             "chantier. »", (T.COOPERATION,), VOLET, ("Réunions d’information",)),
        Axis("La coopération interentreprises",
             "« La coopération interentreprises » ; « l’organisation de visites dans ces mêmes coopératives »",
             (T.COOPERATION,), VOLET, ("Visites de coopératives", "Coopérations entre artisans et ESS")),
        Axis("Faire connaître les coopératives aux artisans",
             "« la réalisation de supports de promotion des coopératives à destination des artisans »",
             (T.COOPERATION,), VOLET, ("Supports de promotion",)),
    ),
    promises=(
        Promise(1, "Réunions d’information dans les sept territoires", "réunions", M.ACTS, {2014: 7}, (K.OUTREACH,),
                words="« dans les sept territoires »"),
        Promise(2, "Entreprises qui ont visité une coopérative", "entreprises", M.BENEFICIARIES, {2014: 10, 2015: 15},
                (K.VISIT,), (T.COOPERATION,)),
        Promise(2, "Coopérations engagées", "coopérations", M.EVIDENCE, {2014: 3, 2015: 6},
                awaiting="mises en relation entre artisans et ESS",
                typed=(Typed(date(2014, 12, 31), 2, "Coopérations engagées en 2014, liste"),
                       Typed(date(2015, 12, 18), 5, "Coopérations engagées en 2015, liste"))),
        Promise(3, "Supports de promotion diffusés", "exemplaires", M.EVIDENCE, {2015: 500},
                awaiting="médiathèque des supports"),
    ),
    batches=(
        Batch(K.OUTREACH, 1, FIRST_MEETING, FIRST_MEETING, 1, (T.COOPERATION,), (120, 120), firm=False,
              commune=ISBERGUES, notes=("Première réunion, à Isbergues : plusieurs pistes de collaboration.",)),
        *(
            Batch(K.OUTREACH, 1, date(2014, 6, 16), date(2014, 12, 12), 1, (T.COOPERATION,), (90, 150), firm=False,
                  commune=commune, notes=("Réunion d’information (lieu inventé).",))
            for commune in ("62041", "62160", "62193", "62498", "62765")
        ),
        Batch(K.VISIT, 22, date(2014, 9, 1), date(2015, 12, 11), 2, (T.COOPERATION,), (60, 150), notes=(
            "Visite d’une coopérative d’activité et d’emploi.", "Sans suite : trop loin de l’atelier.",
            "Achat groupé de bois évoqué.")),
        Batch(K.MEETING, 7, date(2014, 10, 1), date(2015, 12, 11), 2, (T.COOPERATION,), (30, 90), notes=(
            "Partage d’un véhicule évoqué entre deux ateliers.", "Chacun préfère garder le sien.")),
        Batch(K.PHONE, 12, date(2013, 9, 2), date(2015, 11, 27), 3, (T.COOPERATION,), (10, 30)),
        Batch(K.MEETING, 8, date(2014, 1, 6), date(2015, 11, 27), 2, (T.COOPERATION,)),
    ),
    gatherings=(
        Gathering(date(2014, 6, 24), "Suites de la réunion d’Isbergues.",
                  "Les pistes de la première réunion sont retenues : visites et supports de promotion.",
                  (("Proposer un calendrier de visites", "CMA", date(2014, 9, 30)),)),
    ),
)  # fmt: skip
