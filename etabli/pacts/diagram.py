"""The states of conventions and amendments as a page of documentation, drawn from the tables that the code obeys."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etabli.pacts.workflow import AMENDMENT_TRANSITIONS, TRANSITIONS, AmendmentState, State

PAGE = Path(__file__).resolve().parents[2] / "docs" / "etats-des-conventions.md"
HEAD = """# États des conventions et des avenants

Page écrite par `./run manage statemachine` depuis `etabli/pacts/workflow.py`.
Un test échoue quand elle n’est plus à jour.
"""
BY_ITSELF = (
    "Le passage à «\u00a0active\u00a0» se fait de lui-même à la dernière signature, "
    "le passage à «\u00a0échue\u00a0» après la date de fin.\n"
)
ON_ITS_DAY = (
    "Le passage à «\u00a0signé\u00a0» se fait de lui-même à la dernière signature, le passage à "
    "«\u00a0en vigueur\u00a0» le jour où l’avenant s’applique\u00a0: la convention ne change pas avant.\n"
)


def page() -> str:
    """The whole page."""
    parts = [
        HEAD,
        "## Une convention\n",
        drawn(TRANSITIONS, State.DRAFT),
        BY_ITSELF,
        "## Un avenant\n",
        drawn(AMENDMENT_TRANSITIONS, AmendmentState.DRAFT),
        ON_ITS_DAY,
    ]
    return "\n".join(parts)


def drawn(table: Mapping[Any, frozenset[Any]], first: Any) -> str:
    """One Mermaid diagram: states in the order of their enum, arrows in the same order."""
    order = list(table)
    lines = [f"    {state.value}: {state.label}" for state in order]
    lines += [f"    [*] --> {first.value}"]
    lines += [f"    {one.value} --> {two.value}" for one in order for two in order if two in table[one]]
    lines += [f"    {one.value} --> [*]" for one in order if not table[one]]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])
