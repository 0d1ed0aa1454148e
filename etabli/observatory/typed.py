"""What a visitor wrote in an address, held to what may be written there. A refusal quotes it, cut short."""

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from django.http import QueryDict

from etabli import facts
from etabli.ui import french
from maillage.errors import BadQuestion
from maillage.reference.places.words import fold

NAMES = frozenset({
    "perimetre", "taille", "le", "indicateur", "metier", "secteur", "annee", "page", "tri", "evenement", "q", "t",
    "ajout", "separateur", "zonage",
})  # fmt: skip
MEANT = {
    **dict.fromkeys(("date", "jour", "au", "on", "day"), "le"), **dict.fromkeys(("activite", "scope"), "perimetre"),
    **dict.fromkeys(("effectif", "size"), "taille"), **dict.fromkeys(("year", "an"), "annee"),
}  # fmt: skip
LONGEST = 40  # signs quoted: a refusal never sends a long address back
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR = re.compile(r"[0-9]{4}")
Choice = TypeVar("Choice")


def quoted(name: str, text: str) -> str:
    """« taille=12 », without what cannot be printed."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:LONGEST])
    return f"«\u00a0{name}={shown}{'…' if len(text) > LONGEST else ''}\u00a0»"


def check_names(query: QueryDict) -> None:
    """Refuses a name that nearly says one of ours: the page would answer as if nothing had been asked.

    Any other unknown name is let pass: mailers and social networks add theirs to the links that people share.
    """
    for name in query:
        word = fold(name[:LONGEST])
        near = [] if name in NAMES else [MEANT[word]] if word in MEANT else get_close_matches(word, NAMES, 1, 0.75)
        if near:
            example = "2021-01-01" if near[0] == "le" else "…"
            raise BadQuestion(
                f"{quoted(name, query.get(name, ''))} n’est pas un réglage de cette page\u00a0: écrire "
                f"«\u00a0{near[0]}={example}\u00a0»."
            )


def one_of(
    query: QueryDict, name: str, choices: Mapping[str, Choice], default: Choice, labels: Mapping[str, str] | None = None
) -> Choice:
    """The choice named by `name` in the query string, `default` when it is empty.

    Raises BadQuestion with what may be written, and with its French `labels`.
    """
    text = query.get(name, "")
    if text and text not in choices:
        said = (f"{word} ({labels[word]})" if labels else word for word in choices)
        raise BadQuestion(f"{quoted(name, text)} n’existe pas\u00a0: écrire {', '.join(said)}.")
    return choices[text] if text else default


def day(query: QueryDict, name: str) -> date | None:
    """The day written under `name`, which the data must reach; None when there is none. Raises BadQuestion, NoStore."""
    text = query.get(name, "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadQuestion(f"{quoted(name, text)} n’est pas une date\u00a0: écrire par exemple 2024-10-01.")
    first, last = facts.days()
    if not first <= found <= last:
        bounds = f"du {french.long_date(first)} au {french.long_date(last)}"
        raise BadQuestion(
            f"{quoted(name, text)} est hors des données, qui vont {bounds}\u00a0: choisir un jour entre eux."
        )
    return found


def year(query: QueryDict, name: str) -> int | None:
    """The year written under `name`, which the data must reach. Raises BadQuestion, NoStore."""
    text = query.get(name, "")
    if not text:
        return None
    if not YEAR.fullmatch(text):
        raise BadQuestion(f"{quoted(name, text)} n’est pas une année\u00a0: écrire par exemple 2024.")
    first, last = (one.year for one in facts.days())
    if not first <= int(text) <= last:
        raise BadQuestion(f"{quoted(name, text)} est hors des données, qui vont de {first} à {last}.")
    return int(text)
