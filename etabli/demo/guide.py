"""What to look at first, said at the end of the preparation."""

from etabli.demo.recipe import HOME

PORTRAIT = f"/territoires/epci/{HOME}/"
VISIT = (
    ("le portrait de Lens-Liévin", PORTRAIT),
    ("ce qui a bougé en un mois", f"{PORTRAIT}veille/"),
    ("ses boulangeries, commune par commune", f"{PORTRAIT}metiers/boulangerie/"),
    ("Lens-Liévin auprès d’Hénin-Carvin", f"/comparer/?t=epci:{HOME}&t=epci:246200299"),
    ("d’où viennent les chiffres", "/donnees/"),
)
CHECKED = ("/", *(path for _, path in VISIT))
"""Pages that the health check asks for: no address is given that does not answer."""


def text(port: int, *, serving: bool) -> str:
    """The address, what to look at first, and what is not true in it."""
    address = f"http://localhost:{port}"
    width = max(len(label) for label, _ in VISIT)
    head = f"Établi est prêt\u00a0: {address}" if serving else "Établi répond. Pour le servir\u00a0: ./run demo --serve"
    lines = [head, "", "À regarder d’abord\u00a0:"]
    lines += [f"  {label:<{width}}  {address}{path}" for label, path in VISIT]
    lines += ["", "Communes, populations et métiers sont réels\u00a0; toutes les entreprises sont fictives."]
    if serving:
        lines.append("Pour arrêter\u00a0: Ctrl+C.")
    return "\n".join(lines)
