"""The content of a convention in words, ready for the page, the PDF and the Word document. Every value is text."""

from datetime import date
from typing import Any

from etabli.pacts.documents.snapshot import Content, axes_content, party_content
from etabli.pacts.models import Action, Convention, ConventionKind, Party, PartyRole
from etabli.ui import french

ACTION_ROWS = (
    "context", "purpose", "public", "territory", "description", "pilot", "partners", "days", "budget",
    "external_means", "schedule", "deliverables", "risks", "communication", "links",
)  # fmt: skip
LABELS = {field.name: str(field.verbose_name) for field in Action._meta.fields}
Printed = dict[str, Any]


def printed(content: Content, *, standing: str = "", fictitious: bool = False) -> Printed:
    """`standing` says what this text is: « version 1, arrêtée le… », « projet »."""
    head = content["convention"]
    return {
        "title": head["title"],
        "kind": french.capitalised(ConventionKind(head["kind"]).label),
        "framework": head["framework"],
        "dates": f"du {day(head['starts_on'])} au {day(head['ends_on'])}",
        "amount": french.euros(head["budget"]) if head["budget"] is not None else "",
        "preamble": paragraphs(head["preamble"]),
        "clauses": paragraphs(head["clauses"]),
        "amendment": _amendment(content["amendment"]) if "amendment" in content else {},
        "parties": [_party(party) for party in content["parties"]],
        "perimeter": _perimeter(content["perimeter"]),
        "axes": [_axis(axis) for axis in content["axes"]],
        "standing": standing,
        "fictitious": fictitious,
    }


def _amendment(told: Content) -> Printed:
    return {
        "title": f"Avenant n°\u00a0{told['number']}",
        "since": day(told["effective_on"]),
        "reason": paragraphs(told["reason"]),
        "changes": [{name: one[name] for name in ("what", "before", "after", "mark")} for one in told["changes"]],
    }


def day(text: str) -> str:
    """« 16 novembre 2017 » from what JSON keeps; nothing from nothing."""
    return french.long_date(date.fromisoformat(text)) if text else ""


def paragraphs(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def party_line(party: Party) -> Printed:
    """A party of today in words, as on paper."""
    return _party(party_content(party))


def axes_of(convention: Convention) -> list[Printed]:
    """The axes of today in words, as on paper."""
    return [_axis(axis) for axis in axes_content(convention)]


def _party(party: Content) -> Printed:
    number, on = party["deliberation_number"], day(party["deliberation_on"])
    voted = " ".join(part for part in (f"n°\u00a0{number}" if number else "", f"du {on}" if on else "") if part)
    signatory = ", ".join(part for part in (party["signatory_name"], party["signatory_title"]) if part)
    return {
        "name": party["name"],
        "siren": party["siren"],
        "role": PartyRole(party["role"]).label,
        "deliberation": voted,
        "signatory": signatory,
    }


def _perimeter(perimeter: Content) -> Printed:
    names = [f"{name} ({code})" for code, name in perimeter["communes"]]
    count = french.counted(len(names), "commune")
    return {
        "name": perimeter["name"].removesuffix(f" ({count})"),  # said once
        "count": count,
        "as_of": day(perimeter["as_of"]),
        "communes": ", ".join(names),
        "sha256": perimeter["sha256"],
    }


def _axis(axis: Content) -> Printed:
    return {
        "number": str(axis["number"]),
        "title": axis["title"],
        "volet": axis["volet"],
        "description": paragraphs(axis["description"]),
        "actions": [_action(axis, action) for action in axis["actions"]],
        "objectives": [_objective(objective) for objective in axis["objectives"]],
    }


def _action(axis: Content, action: Content) -> Printed:
    rows = []
    for name in ACTION_ROWS:
        value = french.euros(action[name]) if name == "budget" and action[name] is not None else action[name]
        if value not in ("", None):
            label = "montant" if name == "budget" else LABELS[name]
            rows.append(
                {"label": french.capitalised(label), "text": str(value).replace(".", ",") if name == "days" else value}
            )
    measured = [_objective(one) for one in axis["objectives"] if one.get("action") == action["number"]]
    if measured:
        rows.append({"label": "Indicateurs", "text": "\u202f; ".join(_measure(one) for one in measured)})
    return {"number": f"{axis['number']}.{action['number']}", "title": action["title"], "rows": rows}


def _measure(objective: Printed) -> str:
    """« Boutiques équipées (boutiques), cibles 2018 : 40 »."""
    wanted = f", cibles {objective['targets']}" if objective["targets"] else ""
    return f"{objective['title']} ({objective['unit']}){wanted}"


def _objective(objective: Content) -> Printed:
    years = [f"{year}\u00a0:\u00a0{value.replace('.', ',')}" for year, value in objective["targets"].items()]
    return {
        "title": objective["title"],
        "unit": objective["unit"],
        "counting": "\u202f; ".join(f"{term}\u00a0: {text}" for term, text in objective.get("counting", ())),
        "baseline": objective["baseline"].replace(".", ","),
        "targets": "\u202f; ".join(years),
    }
