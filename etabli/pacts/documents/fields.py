"""The words a template may use, in French because officers write them; and the language it may speak: nothing but
fields, loops and conditions. Everything else is refused before anything is rendered."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from etabli.pacts.documents.printed import Printed

FRENCH = {
    "title": "titre", "kind": "nature", "framework": "cadre", "dates": "dates", "amount": "montant",
    "preamble": "preambule", "clauses": "dispositions", "parties": "parties", "perimeter": "perimetre", "axes": "axes",
    "standing": "version", "fictitious": "fictif", "name": "nom", "siren": "siren", "role": "role",
    "deliberation": "deliberation", "signatory": "signataire", "count": "nombre", "as_of": "date",
    "communes": "communes", "sha256": "empreinte", "number": "numero", "volet": "volet", "description": "description",
    "actions": "fiches", "objectives": "objectifs", "rows": "lignes", "label": "intitule", "text": "texte",
    "unit": "unite", "baseline": "depart", "targets": "cibles", "counting": "comptage",
    "amendment": "avenant", "since": "effet", "reason": "raison", "changes": "changements", "what": "quoi",
    "before": "avant", "after": "apres", "mark": "mention",
}  # fmt: skip

_TEXT: dict[str, Any] = {}  # a leaf: a text, or a list of texts
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("titre", "nature", "cadre", "dates", "montant", "version", "fictif"), _TEXT),
    "avenant": {
        **dict.fromkeys(("titre", "effet"), _TEXT),
        "raison": [_TEXT],
        "changements": [dict.fromkeys(("quoi", "avant", "apres", "mention"), _TEXT)],
    },
    "preambule": [_TEXT],
    "dispositions": [_TEXT],
    "parties": [dict.fromkeys(("nom", "siren", "role", "deliberation", "signataire"), _TEXT)],
    "perimetre": dict.fromkeys(("nom", "nombre", "date", "communes", "empreinte"), _TEXT),
    "axes": [
        {
            **dict.fromkeys(("numero", "titre", "volet"), _TEXT),
            "description": [_TEXT],
            "objectifs": [dict.fromkeys(("titre", "unite", "depart", "cibles", "comptage"), _TEXT)],
            "fiches": [
                {"numero": _TEXT, "titre": _TEXT, "lignes": [{"intitule": _TEXT, "texte": _TEXT}]},
            ],
        }
    ],
}
MOST_DEPTH = 4  # loops within loops: axes, fiches, lignes, and one more

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip


class BadTemplate(Exception):
    """A template that is not taken; every fault is a French sentence."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class Restricted(SandboxedEnvironment):
    """Reads each piece of a template, checks it, and only then compiles it. No filter, no function, no global."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def from_string(self, source: Any, *args: Any, **options: Any) -> Any:
        """Called by docxtpl for the body, headers, footers, notes and properties alike."""
        faults = faults_of(source, self.parse)
        if faults:
            raise BadTemplate(faults)
        return super().from_string(source, *args, **options)


def faults_of(source: str, parse: Callable[[str], nodes.Template]) -> list[str]:
    """What is wrong in one piece of a template; empty when it may be rendered."""
    try:
        tree = parse(source)
    except TemplateSyntaxError as error:
        return [f"Une balise est mal écrite\u00a0: {error.message}."]
    except RecursionError:
        return ["Ce modèle emboîte trop de balises."]
    found = _visit(tree, dict(SCHEMA), 0)
    return list(dict.fromkeys(found))


def _visit(node: nodes.Node, known: Mapping[str, Any], depth: int) -> list[str]:
    if not isinstance(node, ALLOWED):
        return [f"Un modèle ne contient que des champs, des boucles et des conditions\u00a0: pas de {_kind(node)}."]
    match node:
        case nodes.Name() | nodes.Getattr():
            return _resolve(node, known)[1]
        case nodes.For():
            return _loop(node, known, depth)
    return [fault for child in node.iter_child_nodes() for fault in _visit(child, known, depth)]


def _loop(node: nodes.For, known: Mapping[str, Any], depth: int) -> list[str]:
    if depth >= MOST_DEPTH:
        return [f"Pas plus de {MOST_DEPTH} boucles l’une dans l’autre."]
    if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
        return ["Une boucle s’écrit simplement\u00a0: «\u00a0for axe in axes\u00a0»."]
    shape, faults = _resolve(node.iter, known)
    if faults:
        return faults
    if not isinstance(shape, list):
        return [f"«\u00a0{_written(node.iter)}\u00a0» n’est pas une liste\u00a0: on ne peut pas la parcourir."]
    inside = {**known, node.target.name: shape[0]}
    return [fault for child in (*node.body, *node.else_) for fault in _visit(child, inside, depth + 1)]


def _resolve(node: nodes.Node, known: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """The shape behind a name or a dotted name, and what is wrong with it."""
    if isinstance(node, nodes.Name):
        if node.name in known:
            return known[node.name], []
        return None, [
            f"Le champ «\u00a0{node.name}\u00a0» n’existe pas. Champs possibles\u00a0: {', '.join(sorted(known))}."
        ]
    if not isinstance(node, nodes.Getattr):
        return None, [f"Un champ s’écrit avec des points, pas avec {_kind(node)}."]
    shape, faults = _resolve(node.node, known)
    if faults:
        return None, faults
    if isinstance(shape, dict) and node.attr in shape:
        return shape[node.attr], []
    possible = f" Champs possibles\u00a0: {', '.join(sorted(shape))}." if isinstance(shape, dict) and shape else ""
    return None, [f"Le champ «\u00a0{_written(node)}\u00a0» n’existe pas.{possible}"]


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


_KINDS = {
    "Call": "fonction", "Filter": "filtre", "Test": "test", "Getitem": "crochets", "Macro": "macro",
    "Include": "inclusion", "Import": "import", "FromImport": "import", "Extends": "héritage", "Assign": "affectation",
    "Mul": "calcul", "Add": "calcul", "Sub": "calcul", "Div": "calcul", "Pow": "calcul", "Mod": "calcul",
    "Concat": "calcul",
}  # fmt: skip


def _kind(node: nodes.Node) -> str:
    return _KINDS.get(type(node).__name__, "cette balise")


def french(printed: Printed) -> Printed:
    """The same data under the words of templates."""
    return {FRENCH[key]: _french(value) for key, value in printed.items()}


def _french(value: Any) -> Any:
    if isinstance(value, dict):
        return french(value)
    return [_french(one) for one in value] if isinstance(value, list) else value
