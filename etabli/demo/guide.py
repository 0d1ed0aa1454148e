"""What to look at first, said at the end of the preparation; who to log in as."""

from etabli.accounts.entrance.hashers import PASSWORD
from etabli.demo.pacts.accounts import by_role
from etabli.demo.pacts.bodies import BODIES
from etabli.demo.recipe import HOME

PORTRAIT = f"/territoires/epci/{HOME}/"
VISIT = (
    ("le portrait de Lens-Liévin", PORTRAIT),
    ("ce qui a bougé en un mois", f"{PORTRAIT}veille/"),
    ("ses boulangeries, commune par commune", f"{PORTRAIT}metiers/boulangerie/"),
    ("Lens-Liévin auprès d’Hénin-Carvin", f"/comparer/?t=epci:{HOME}&t=epci:246200299"),
    ("d’où viennent les chiffres", "/donnees/"),
    ("un bilan publié, sous secret statistique", "/pactes/lens-lievin-2017-2020/bilans/2019/"),
)
CHECKED = ("/", *(path for _, path in VISIT))
"""Pages that the health check asks for: no address is given that does not answer."""

OFFICER = next(person for role, person, _ in by_role() if role == "pact_officer")
LENS = "/pacte/lens-lievin-2017-2020/"
LIVING = "/pacte/pacte-de-demonstration-de-lens-lievin/"
INSIDE = (
    ("ses pactes, axes et objectifs", "/pacte/"),
    ("un pacte inventé, en cours", LIVING),
    ("ses objectifs, chaque chiffre ouvert", f"{LIVING}objectifs/"),
    ("ses réunions et leurs décisions", f"{LIVING}instances/"),
    ("le pacte de Lens-Liévin, fini", LENS),
    ("la convention signée", f"{LENS}convention/"),
    ("le bilan publié de 2019", f"{LENS}bilan/2019/"),
    ("les actes derrière les chiffres", "/atelier/actes/"),
)
CHECKED_INSIDE = tuple(path for _, path in INSIDE)
"""The same for the pages of members, asked for by the pact officer."""


def text(port: int, *, serving: bool) -> str:
    """The address, what to look at first, who to be, and what is not true in it."""
    address = f"http://localhost:{port}"
    width = max(len(label) for label, _ in (*VISIT, *INSIDE))
    head = f"Établi est prêt\u00a0: {address}" if serving else "Établi répond. Pour le servir\u00a0: ./run demo --serve"
    lines = [head, "", "À regarder d’abord\u00a0:"]
    lines += [f"  {label:<{width}}  {address}{path}" for label, path in VISIT]
    lines += ["", f"Puis, connecté comme {OFFICER.email}\u00a0:"]
    lines += [f"  {label:<{width}}  {address}{path}" for label, path in INSIDE]
    lines += [
        "",
        f"Les comptes, mot de passe «\u00a0{PASSWORD}\u00a0» (ne vaut que dans la démonstration)\u00a0:",
    ]
    lines += _accounts()
    lines += ["", "Communes, populations, métiers, collectivités et chiffres des articles sont réels\u00a0; toutes les"]
    lines += ["entreprises, les comptes, les actes et les cibles non publiées sont fictifs."]
    if serving:
        lines.append("Pour arrêter\u00a0: Ctrl+C.")
    return "\n".join(lines)


def _accounts() -> list[str]:
    """One line per role and person: « octave@…  chargé du pacte : CMA Nord – Pas-de-Calais, CMAR PACA »."""
    names = {body.key: body.short_name for body in BODIES}
    width = max(len(person.email) for _, person, _ in by_role())
    return [
        f"  {person.email:<{width}}  {role.label}\u00a0: {', '.join(names[key] for key in keys)}"
        for role, person, keys in by_role()
    ]
