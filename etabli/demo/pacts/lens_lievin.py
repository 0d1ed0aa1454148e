"""Lens-Liévin, « 2017-2020 »: three axes, 140 000 €, 36 communes, priority neighbourhoods (article S2)."""

from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.demo.pacts.tables import Axis, Batch, Figure, Gathering, Pact, Promise, Side, Told, Yearly
from etabli.pacts.models import Measure, PartyRole

K, T, M = ActKind, Theme, Measure
FIRST, LAST = date(2017, 1, 9), date(2020, 12, 18)

REPORTS = (
    Yearly(
        2019, date(2020, 1, 21), published_on=date(2020, 3, 10),
        asked="Dire aussi ce que deviennent les entreprises qui renoncent en cours de route.",
        answer="Ajouté : une sur cinq suspend son projet, et la conseillère la rappelle six mois plus tard.",
        told=(
            Told(1, "Les ateliers du soir ont remplacé ceux de l’après-midi : davantage de gérantes y viennent. Une "
                    "entreprise sur cinq suspend son projet en cours de route ; elle est rappelée six mois après.",
                 "Je pensais que la vente en ligne n’était pas pour moi. Le samedi, la moitié des commandes sont "
                 "maintenant prêtes à emporter.", "une boulangère de Lens (personne fictive)",
                 photo="La devanture d’une boulangerie, trois pains en vitrine (dessin de la démonstration)"),
            Told(2, "Les dossiers de qualification restent longs pour une entreprise seule : plusieurs ont été montés "
                    "à deux, avec la même visite de chantier.",
                 "On a passé l’audit ensemble, le couvreur et moi.", "un plaquiste de Liévin (personne fictive)",
                 withdrawn=True),
            Told(3, "Une permanence par mois s’est tenue dans un quartier. Le local vacant reste ce qui manque le plus "
                    "aux porteurs de projet."),
        ),
    ),
    Yearly(
        2020, date(2021, 1, 19),
        told=(
            Told(1, "Le printemps a fermé les ateliers ; les rendez-vous se sont tenus par téléphone, et la vente "
                    "en ligne est devenue la première demande."),
        ),
    ),
)  # fmt: skip
"""Invented, like the acts that they tell of."""

PACT = Pact(
    slug="lens-lievin-2017-2020",
    title="Convention pour le développement et la modernisation de l’artisanat de Lens-Liévin",
    short_title="Lens-Liévin 2017-2020",
    source="« La CALL et la CMA renouvellent leur partenariat », article illustré par ACT’Presse",
    said="« le 16 novembre dernier », année 2016 déduite",
    known=(
        "L’article dit : « Le 16 novembre dernier, les présidents de la communauté d’agglomération de Lens-Liévin et "
        "de la Chambre des métiers et de l’artisanat signaient une convention pour le développement et la "
        "modernisation de l’artisanat. » Il donne le jour sans l’année : 2016 se déduit du plan « 2017-2020 » et de "
        "la réélection « fraîche » du président de la chambre. « 2017-2020 » et « trois années » se côtoient dans le "
        "même article : les deux mots sont gardés, et les quatre années civiles 2017 à 2020 sont retenues ici. "
        "Financeur et opérateur sont déduits : l’article dit que « les deux partenaires consacreront » la somme."
    ),
    territory="epci:246200364",
    starts_on=date(2017, 1, 1),
    ends_on=date(2020, 12, 31),
    signed_on=date(2016, 11, 16),
    chamber="cma-npdc",
    field_worker="Diane",
    budget=140_000,
    paid_on=date(2017, 4, 11),
    figures=(
        Figure("« 140 000 euros sur les trois années à venir »", 140_000, "€"),
        Figure("« les 36 communes de l’EPCI »", 36, "communes"),
        Figure("« 2 400 enseignes »", 2_400, "enseignes"),
        Figure("« 5 400 salariés »", 5_400, "salariés"),
        Figure("« 500 créations d’activités artisanales sur son territoire depuis 2015 »", 500, "créations"),
        Figure("« trois axes essentiels »", 3, "axes"),
    ),
    parties=(
        Side("cma-npdc", PartyRole.PILOT, "Alain Griset",
             "président de la chambre des métiers du Nord – Pas-de-Calais"),
        Side("call", PartyRole.FUNDER, "Sylvain Robert", "président de la communaupole de Lens-Liévin"),
    ),
    axes=(
        Axis("Aider les artisans à s’approprier les innovations numériques",
             "« aider les artisans à s’approprier les innovations numériques »", (T.DIGITAL,),
             actions=("Diagnostic et ateliers numériques", "Boutique en ligne de proximité")),
        Axis("Accompagner les pratiques innovantes en faveur de la rénovation énergétique",
             "« accompagner les pratiques innovantes en faveur de la rénovation énergétique » ; « les nombreux "
             "chantiers de rénovation thermique du bâtiment »", (T.ENERGY,),
             actions=("Qualification des entreprises du bâtiment",)),
        Axis("Associer l’artisanat à la redynamisation économique et au renouvellement urbain",
             "« associer l’artisanat aux stratégies de redynamisation économique et aux projets de renouvellement "
             "urbain de l’Agglomération » ; « favoriser et accroître l’entrepreneuriat dans les quartiers "
             "prioritaires »", (T.URBAN, T.CREATION),
             actions=("Porteurs de projet des quartiers prioritaires", "Reprises et transmissions")),
    ),
    promises=(
        Promise(1, "Entreprises accompagnées vers le numérique", "entreprises", M.BENEFICIARIES,
                {2017: 8, 2018: 9, 2019: 9, 2020: 6}, (K.VISIT, K.DIAGNOSTIC, K.ACTION), (T.DIGITAL,)),
        Promise(1, "Boutiques en ligne ouvertes", "boutiques", M.EVIDENCE, {2019: 10, 2020: 20},
                awaiting="boutiques en ligne"),
        Promise(2, "Entreprises accompagnées vers la rénovation énergétique", "entreprises", M.BENEFICIARIES,
                {2017: 8, 2018: 8, 2019: 10, 2020: 8}, (K.VISIT, K.MEETING, K.LABEL), (T.ENERGY,)),
        Promise(2, "Qualifications obtenues", "qualifications", M.ACTS, {2018: 3, 2019: 4, 2020: 4}, (K.LABEL,),
                (T.ENERGY,)),
        Promise(3, "Porteurs de projet accompagnés dans les quartiers prioritaires", "porteurs de projet",
                M.BENEFICIARIES, {2017: 3, 2018: 4, 2019: 4, 2020: 3}, (K.MEETING, K.CREATION), (T.CREATION,),
                only_qpv=True),
        Promise(3, "Créations et reprises accompagnées", "créations", M.ACTS, {2017: 3, 2018: 4, 2019: 4, 2020: 3},
                (K.CREATION, K.TAKEOVER)),
    ),
    batches=(
        Batch(K.VISIT, 34, FIRST, LAST, 1, (T.DIGITAL,), notes=(
            "Fiche d’établissement en ligne mise à jour avec la gérante.",
            "Sans suite : l’entreprise n’a pas le temps avant l’été.",
            "Le site est abandonné en cours de route, à reprendre.",
            "Devis de caisse enregistreuse relu ensemble.")),
        Batch(K.DIAGNOSTIC, 14, FIRST, LAST, 1, (T.DIGITAL,), (90, 180)),
        Batch(K.ACTION, 8, date(2017, 5, 2), LAST, 1, (T.DIGITAL,)),
        Batch(K.VISIT, 20, FIRST, LAST, 2, (T.ENERGY,), qpv=0.2, notes=(
            "Dossier de qualification ouvert.", "Chantier de rénovation thermique visité.",
            "Refus : le dossier coûte trop cher pour une entreprise seule.")),
        Batch(K.LABEL, 8, date(2018, 2, 1), LAST, 2, (T.ENERGY,), (0, 30)),
        Batch(K.MEETING, 24, FIRST, LAST, 3, (T.CREATION, T.URBAN), qpv=0.6, notes=(
            "Plan de financement à revoir avant la banque.", "Abandon : le local a été pris par un autre.",
            "Local repéré avec la commune.")),
        Batch(K.CREATION, 12, date(2017, 4, 3), LAST, 3, (T.CREATION,), (30, 60), qpv=0.4),
        Batch(K.TAKEOVER, 4, date(2018, 1, 8), LAST, 3, (T.TRANSMISSION,), (60, 120)),
        Batch(K.PHONE, 6, date(2018, 9, 3), date(2020, 10, 30), 3, (T.CRISIS,), (10, 30), reserved=True, notes=(
            "Difficulté de trésorerie : orientation vers une cellule d’écoute.",)),
        Batch(K.OUTREACH, 6, FIRST, date(2020, 2, 14), 3, (T.URBAN,), (60, 120), firm=False, commune="62498"),
    ),
    gatherings=(
        Gathering(date(2018, 2, 13), "Bilan de 2017. Programme de 2018.",
                  "Le bilan de 2017 est présenté axe par axe. L’axe numérique avance ; les reprises tardent.",
                  (("Réunir les communes qui ont un local vacant à proposer", "CALL", date(2018, 5, 31)),
                   ("Ouvrir le diagnostic numérique aux entreprises de deux salariés et plus", "CMA",
                    date(2018, 3, 30)))),
        Gathering(date(2019, 2, 12), "Bilan de 2018. Quartiers prioritaires.",
                  "Les porteurs de projet des quartiers prioritaires sont plus nombreux que prévu.",
                  (("Tenir une permanence par mois dans un quartier", "CMA", date(2019, 4, 30)),)),
    ),
    mission={1: 40, 2: 25, 3: 35},
    reports=REPORTS,
)  # fmt: skip
