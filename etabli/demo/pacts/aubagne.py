"""Aubagne 2015–2020: a framework of five years, yearly objectives, a funded developer, clay (article S4)."""

from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Figure, Gathering, Pact, Promise, Side
from etabli.pacts.models import ConventionKind, Measure, PartyRole

K, T, M = ActKind, Theme, Measure
TERRITORY = "liste:pays-aubagne-etoile"
SOURCE = "« Le Pays d’Aubagne et de l’Etoile et la Chambre de métiers et de l’artisanat de région Paca s’engagent »"
SIDES = (
    Side("cmar-paca", PartyRole.PILOT, "André Bendano",
         "président de la Chambre de métiers et de l’artisanat de région Provence-Alpes-Côte d’Azur"),
    Side("aubagne", PartyRole.FUNDER, "Sylvia Barthélémy",
         "présidente de la Communauté d’Agglomération du Pays d’Aubagne et de l’Etoile"),
)  # fmt: skip
DISSOLUTION = (
    "L’agglomération est dissoute le 1er janvier 2016, dix semaines après la signature : la Métropole "
    "Aix-Marseille-Provence lui succède et exécute les objectifs de 2016. Le périmètre signé reste celui des douze "
    "communes, dont une dans le Var."
)

PACT = Pact(
    slug="pays-d-aubagne-2015-2020",
    title="Convention cadre de partenariat pour l’artisanat du Pays d’Aubagne et de l’Étoile",
    short_title="Pays d’Aubagne 2015-2020",
    source=SOURCE,
    said="20 octobre 2015",
    known=(
        "L’article dit : « ont signé le 20 octobre 2015 leur première convention de partenariat pour l’artisanat » ; "
        "« cette convention cadre de cinq ans » ; « un poste de développeur territorial dédié au Pays d’Aubagne et de "
        "l’Etoile et financé par l’Agglo ». Le dernier jour, 19 octobre 2020, se déduit des cinq ans. Aucun montant "
        f"n’est publié. {DISSOLUTION}"
    ),
    territory=TERRITORY,
    starts_on=date(2015, 10, 20),
    ends_on=date(2020, 10, 19),
    signed_on=date(2015, 10, 20),
    chamber="cmar-paca",
    field_worker="Damien",
    figures=(Figure("« cette convention cadre de cinq ans »", 5, "ans"),),
    parties=SIDES,
    axes=(
        Axis("Accompagner efficacement les entreprises artisanales",
             "« coordonner leurs efforts pour accompagner efficacement les entreprises artisanales »",
             (T.GROWTH, T.MANAGEMENT), actions=("Développeur territorial financé par l’Agglo",)),
        Axis("Échanger des informations et des données sur l’artisanat",
             "« d’échanger des informations et des données sur le secteur artisanal »", (),
             actions=("Échange annuel de données",)),
    ),
    promises=(
        Promise(1, "Entreprises suivies par le développeur", "entreprises", M.BENEFICIARIES,
                {2017: 14, 2018: 14, 2019: 14, 2020: 10}, (K.VISIT, K.MEETING, K.PHONE)),
        Promise(2, "Échanges de données tenus", "échanges", M.EVIDENCE, {2017: 1, 2018: 1, 2019: 1, 2020: 1},
                awaiting="accords de partage de données"),
    ),
    batches=(
        Batch(K.VISIT, 30, date(2017, 1, 9), date(2020, 9, 30), 1, (T.GROWTH,), notes=(
            "Projet d’agrandissement de l’atelier.", "Sans suite cette année.", "Recrutement d’un apprenti envisagé.")),
        Batch(K.MEETING, 12, date(2017, 2, 1), date(2020, 9, 30), 1, (T.MANAGEMENT,)),
        Batch(K.PHONE, 4, date(2020, 3, 17), date(2020, 6, 30), 1, (T.CRISIS,), (15, 40), reserved=True, notes=(
            "Report d’échéances demandé.",)),
    ),
    gatherings=(
        Gathering(date(2016, 2, 9), "Succession de l’agglomération. Objectifs de 2016.",
                  "La Métropole Aix-Marseille-Provence siège à la place de l’agglomération dissoute. Le programme de "
                  "2016 est repris tel quel.",
                  (("Transmettre à la Métropole les lettres de mission et les actes", "CMAR", date(2016, 3, 31)),)),
    ),
)  # fmt: skip

YEAR = Pact(
    slug="pays-d-aubagne-2015-2020-2016",
    title="Convention annuelle d’objectifs 2016 du Pays d’Aubagne et de l’Étoile",
    short_title="Pays d’Aubagne, objectifs 2016",
    source=SOURCE,
    said="20 octobre 2015",
    known=(
        "L’article dit : « La mission de ce développeur sera ajustée chaque année par une convention annuelle "
        "d’objectifs » ; « Pour 2016, la convention d’objectifs cible la filière Argile et les entreprises à "
        f"potentiel de développement. » Sa date de signature est supposée celle du cadre. {DISSOLUTION}"
    ),
    territory=TERRITORY,
    starts_on=date(2016, 1, 1),
    ends_on=date(2016, 12, 31),
    signed_on=date(2015, 10, 20),
    chamber="cmar-paca",
    field_worker="Damien",
    kind=ConventionKind.ANNUAL,
    framework=PACT.slug,
    figures=(Figure("« Pour 2016, la convention d’objectifs cible la filière Argile »", 2016, "année"),),
    parties=SIDES,
    axes=(
        Axis("La filière Argile", "« Pour 2016, la convention d’objectifs cible la filière Argile »", (T.CLAY,),
             actions=("Rencontres des ateliers d’argile",)),
        Axis("Les entreprises à potentiel de développement", "« et les entreprises à potentiel de développement »",
             (T.GROWTH,), actions=("Suivi individuel",)),
    ),
    promises=(
        Promise(1, "Entreprises de la filière argile visitées", "entreprises", M.BENEFICIARIES, {2016: 14}, (K.VISIT,),
                (T.CLAY,)),
        Promise(1, "Ateliers tenus avec la filière", "ateliers", M.ACTS, {2016: 4}, (K.SESSION,), (T.CLAY,)),
        Promise(2, "Entreprises à potentiel accompagnées", "entreprises", M.BENEFICIARIES, {2016: 12},
                (K.VISIT, K.PLAN, K.MEETING), (T.GROWTH,)),
    ),
    batches=(
        Batch(K.VISIT, 18, date(2016, 1, 11), date(2016, 12, 9), 1, (T.CLAY,), notes=(
            "Four à remplacer, devis à comparer.", "Santonnier sans repreneur connu.",
            "L’atelier renonce au marché de Noël cette année.")),
        Batch(K.SESSION, 3, date(2016, 3, 1), date(2016, 11, 30), 1, (T.CLAY,), (120, 180), firm=False,
              commune="13005", quantities=(8, 11, 14)),
        Batch(K.VISIT, 12, date(2016, 1, 18), date(2016, 12, 9), 2, (T.GROWTH,)),
        Batch(K.PLAN, 6, date(2016, 4, 4), date(2016, 12, 9), 2, (T.GROWTH,), (60, 120), notes=(
            "Plan d’actions convenu.", "Plan interrompu : l’entreprise est cédée.")),
    ),
    mission={1: 60, 2: 40},
)  # fmt: skip
