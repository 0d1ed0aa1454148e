"""What there is to see without account: the public addresses, each with examples. A new one must get its row here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

LENS_LIEVIN = "/territoires/epci/246200364/"
LIEVIN = "/territoires/commune/62510/"
TWO = "t=epci:246200364&t=epci:245901160"

PAGES: dict[str, tuple[str, ...]] = {
    "gallery": ("/_ui/",),
    "account_login": ("/connexion/",),
    "account_logout": ("/deconnexion/",),
    "account_signup": ("/inscription/",),
    "account_inactive": ("/compte/ferme/",),
    "account_email_verification_sent": ("/compte/adresse/envoyee/",),
    "account_confirm_email": ("/compte/adresse/rien/",),
    "account_reset_password": ("/mot-de-passe-oublie/",),
    "account_reset_password_done": ("/mot-de-passe-oublie/envoye/",),
    "account_reset_password_from_key_done": ("/mot-de-passe-oublie/fait/",),
    "account_reset_password_from_key": ("/mot-de-passe-oublie/1-rien/",),
    "mfa_authenticate": ("/connexion/second-facteur/",),
    "observatory:home": ("/",),
    "observatory:search": ("/territoires/", "/territoires/?q=lievin", "/territoires/?q=zzzz"),
    "observatory:portrait": (LENS_LIEVIN, LIEVIN, "/territoires/region/44/"),
    "observatory:trades": (f"{LENS_LIEVIN}metiers/",),
    "observatory:trade": (f"{LENS_LIEVIN}metiers/boulangerie/",),
    "observatory:establishments": (f"{LENS_LIEVIN}etablissements/?indicateur=stock_firms&page=2",),
    "observatory:watch": (f"{LENS_LIEVIN}veille/", f"{LENS_LIEVIN}veille/?evenement=dernier"),
    "observatory:comparison": ("/comparer/", f"/comparer/?{TWO}&t=epci:246200299"),
    "observatory:definitions": ("/definitions/",),
    "observatory:sources": ("/donnees/",),
    "observatory:accessibility": ("/accessibilite/",),
    "observatory:legal": ("/mentions-legales/",),
    # Opened by a link or by a provider alone: see REFUSALS, and the tests of accounts.
    "accounts:invitation": (),
    **{f"accounts:{way}_{provider}": () for way in ("begin", "back") for provider in ("proconnect", "annuaire")},
    **{f"accounts:saml_{part}": () for part in ("begin", "post", "back", "metadata")},
    "accounts:left": (),
    "accounts:tie": (),
    "pacts:public_reports": ("/pactes/",),
    # There is one when a report was published: see REFUSALS, and the tests of reports.
    **{f"pacts:public_report{part}": () for part in ("", "_file", "_picture")},
    "notices:stop": (),  # opened by a signed link alone: see REFUSALS, and the tests of notices
}

REFUSALS: dict[str, int] = {
    "/rien/": 404,
    "/avis/arreter/1~faux/": 404,
    "/pactes/rien/bilans/2026/": 404,
    "/invitation/faux/": 404,
    "/connexion/proconnect/": 404,
    "/deconnexion/faite/": 404,
    "/territoires/epci/246200365/": 404,
    "/territoires/departement/59/": 409,
    f"{LENS_LIEVIN}?taille=12": 400,
}

FILES: dict[str, tuple[tuple[str, bytes], ...]] = {
    "health": (("/sante", b"{"),),
    "observatory:image": (
        (f"{LENS_LIEVIN}images/carte.svg", b"<svg"),
        (f"{LENS_LIEVIN}images/creations.png", b"\x89PNG"),
        (f"{LENS_LIEVIN}images/survie.csv", b"\xef\xbb\xbf"),
        (f"{LENS_LIEVIN}images/mouvement.json", b"{"),
    ),
    "observatory:trade_image": ((f"{LENS_LIEVIN}metiers/boulangerie/images/carte.svg", b"<svg"),),
    "observatory:table": (
        (f"{LENS_LIEVIN}tableaux/metiers.csv", b"\xef\xbb\xbf"),
        (f"{LENS_LIEVIN}tableaux/communes.xlsx", b"PK"),
        (f"{LENS_LIEVIN}tableaux/annees.ods", b"PK"),
    ),
    "observatory:establishments_file": ((f"{LENS_LIEVIN}tableaux/etablissements.csv", b"\xef\xbb\xbf"),),
    "observatory:portrait_pdf": ((f"{LENS_LIEVIN}portrait.pdf", b"%PDF-1."),),
    "observatory:watch_table": ((f"{LENS_LIEVIN}veille.csv", b"\xef\xbb\xbf"), (f"{LENS_LIEVIN}veille.ods", b"PK")),
    "observatory:watch_feed": ((f"{LENS_LIEVIN}veille.atom", b"<?xml"),),
    "observatory:comparison_table": (
        (f"/comparer.csv?{TWO}", b"\xef\xbb\xbf"),
        (f"/comparer.xlsx?{TWO}", b"PK"),
    ),
    "observatory:comparison_image": ((f"/comparer/images/survie.svg?{TWO}", b"<svg"),),
}


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Names of every public address of the product: "observatory:portrait"."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and not getattr(pattern.callback, "login_required", True):
            yield f"{prefix}{pattern.name}"
