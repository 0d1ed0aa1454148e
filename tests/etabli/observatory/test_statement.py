"""Legal notice and statement of accessibility: what the installation says of itself, and what is claimed without it."""

import pytest

from etabli.observatory.statement import conformity

HOUSE = {"publisher": "CA de Lens-Liévin", "director": "La présidente", "host": "Hébergeur Untel", "contact": "a@b.fr"}


@pytest.mark.parametrize(
    ("claimed", "audit", "state"),
    [
        ("", "", "non conforme"),
        ("totale", "", "non conforme"),
        ("", "audit du 3 mars 2027", "non conforme"),
        ("parfaite", "audit du 3 mars 2027", "non conforme"),
        ("partielle", "audit du 3 mars 2027", "partiellement conforme"),
        ("totale", "audit du 3 mars 2027", "totalement conforme"),
    ],
)
def test_conformity_is_claimed_with_an_audit_only(demo, visit, settings, claimed, audit, state):
    settings.LEGAL_NOTICE = {**HOUSE, "conformity": claimed, "audit": audit}
    assert conformity(settings.LEGAL_NOTICE) == state
    page = visit("/accessibilite/")
    assert f"Accessibilité\u00a0: {state}" in page.text
    assert (audit in page.text) == (state != "non conforme") if audit else "aucun résultat d’audit" in page.text


def test_what_is_missing_is_said_to_be_completed(demo, visit, settings):
    settings.LEGAL_NOTICE = dict.fromkeys((*HOUSE, "conformity", "audit"), "")
    page = visit("/mentions-legales/")
    assert "Mentions à compléter" in page.text
    assert page.text.count("À compléter") == 4
    settings.LEGAL_NOTICE = {**HOUSE, "conformity": "", "audit": ""}
    page = visit("/mentions-legales/")
    assert "compléter" not in page.text
    assert all(words in page.text for words in HOUSE.values())


def test_the_way_to_complain_is_given(demo, visit):
    text = visit("/accessibilite/").text
    assert all(words in text for words in ("Défenseur des droits", "Libre réponse 71120", "09 69 39 00 00"))
