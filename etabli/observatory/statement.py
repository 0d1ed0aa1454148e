"""What the law wants said of the accessibility of the site: non conforming until an audit tells better."""

from collections.abc import Mapping

STATES = {"totale": "totalement conforme", "partielle": "partiellement conforme"}
NONE = "non conforme"


def conformity(notice: Mapping[str, str]) -> str:
    """The state that an installation may claim from its `LEGAL_NOTICE`: without an audit, « non conforme »."""
    return STATES.get(notice.get("conformity", ""), NONE) if notice.get("audit") else NONE
