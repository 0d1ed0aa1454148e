"""Values for the gallery: invented, and only there."""

from decimal import Decimal
from types import SimpleNamespace as Sample

from django import forms

from etabli.ui.gauge import Gauge

CARD = Sample(
    label="Entreprises artisanales",
    plain="Les entreprises artisanales que l’on trouve ici, ce jour-là.",
    formula="Nombre d’entreprises ayant au moins un établissement actif au début du jour choisi.",
    field="Établissements inscrits à l’état actif dans Sirene.",
    denominator="",
    source="Insee, base Sirene",
    coverage="Tout établissement inscrit dont l’activité est dans la liste des métiers.",
    caveat="Une entreprise présente dans deux communes compte une fois dans chacune.",
)
FIGURES = [
    Sample(
        value=value,
        label=label,
        comparisons=comparisons,
        card=CARD,
        rows="#figures",
        on="au 1er novembre 2026",
        notes=["Exemple."],
        in_words=False,
    )
    for value, label, comparisons in (
        (
            "2 796",
            "entreprises artisanales",
            ["115 pour 10 000 habitants", "territoires semblables\u00a0: 128 pour 10\u202f000\u00a0hab."],
        ),
        ("6 210", "emplois salariés", ["tranches connues pour 71 %"]),
        ("8,8 %", "taux de création, 12 derniers mois", ["246 créations pour 2 796 entreprises", "semblables 8,6 %"]),
        ("82 %", "encore actives à 3 ans", ["intervalle 80 – 84", "territoires semblables\u00a0: 80\u202f%"]),
    )
]
DRAWING = Sample(
    picture=Sample(
        name="exemple",
        title="Les créations passent de 210 à 260 en deux ans",
        svg='<svg viewBox="0 0 300 80" role="img" aria-label="Créations : 210, 240, 260">'
        '<polyline points="10,70 150,40 290,15" fill="none" stroke="#1F4E79" stroke-width="3"/></svg>',
        unit="Créations d’entreprises par an",
    ),
    columns=[Sample(text="Année"), Sample(text="Créations")],
    rows=[
        [Sample(text=year), Sample(text=count, head="Créations")]
        for year, count in (("2023", "210"), ("2024", "240"), ("2025", "260"))
    ],
    exports=[
        Sample(label="CSV", href="#figures"),
        Sample(label="SVG", href="#figures"),
        Sample(label="PNG", href="#figures"),
    ],
)
SECTORS = [
    ("alimentation", "alimentation", 34),
    ("batiment", "bâtiment", 99),
    ("fabrication", "fabrication", 25),
    ("services", "services", 75),
]
LINKS = [
    Sample(label="Territoires", href="#figures"),
    Sample(label="Hauts-de-France", href="#figures"),
    Sample(label="Pas-de-Calais", href="#figures"),
]
OPTIONS = [("certain", "certaine"), ("activite", "entièrement artisanale"), ("possible", "au moins partiellement")]


GAUGES = [
    Sample(title=title, href="#jauges", gauge=gauge, status=status, status_label=label, notes=notes)
    for title, gauge, status, label, notes in (
        (
            "Entreprises accompagnées vers la vente en ligne",
            Gauge("a", "entreprises", Decimal(143), Decimal(300), forecast=Decimal(318), horizon="fin 2020"),
            "ahead", "en avance", [],
        ),
        (
            "Artisans reconnus garants de l’environnement",
            Gauge("b", "artisans", Decimal(88), Decimal(120), Decimal(61), Decimal(118), "fin 2020"),
            "watch", "à surveiller", ["Cible 2019 abaissée de 150 à 120 le 3\u00a0juin 2019"],
        ),
        (
            "Boutiques actives, une commande en 90 jours",
            Gauge("c", "boutiques", Decimal(22), Decimal(80), forecast=Decimal(49), horizon="fin 2020"),
            "late", "en retard", [],
        ),
        (
            "Groupements constitués",
            Gauge("d", "groupements", Decimal(9), Decimal(8), horizon="fin 2020"), "held", "tenu", [],
        ),
    )
]  # fmt: skip


class SampleForm(forms.Form):
    """One field with help, one with an error."""

    name = forms.CharField(label="Nom de l’entreprise", help_text="Comme sur l’enseigne.")
    email = forms.EmailField(label="Adresse électronique", error_messages={"invalid": "Il manque un « @ »."})


SAMPLES = {
    "card": CARD,
    "figures": FIGURES,
    "drawing": DRAWING,
    "sectors": SECTORS,
    "links": LINKS,
    "options": OPTIONS,
    "gauges": GAUGES,
}
SAMPLES["form"] = SampleForm({"name": "Fournil du Cordier", "email": "fournil.exemple.fr"})
