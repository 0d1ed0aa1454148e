"""The list of communes that an amendment proposes: the signed one, less what it takes out, with what it brings in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from etabli.accounts.policies import Denied
from etabli.pacts.documents.snapshot import Content, perimeter_content
from etabli.pacts.models import Amendment
from etabli.registry.models import Perimeter
from etabli.registry.models.perimeter import perimeter_of
from etabli.ui import french
from maillage.territory import Territory


def write(amendment: Amendment, content: Content, value: Mapping[str, Any]) -> None:
    """`{"kept": codes, "removed": Territory, "added": Territory}`, each one optional; or another `"territory"` whole.

    What a former writing took out may be put back: `kept` is looked for in the signed list too. Raises Denied.
    """
    signed: Content = amendment.base.content["perimeter"]
    codes = _codes(signed, content["perimeter"], value)
    if not codes:
        raise Denied("Un périmètre contient au moins une commune\u00a0: laissez-en une.")
    if codes == codes_of(signed):
        amendment.perimeter, content["perimeter"] = None, signed
    elif codes != codes_of(content["perimeter"]):
        amendment.perimeter = _made(signed, codes, value.get("territory"))
        content["perimeter"] = perimeter_content(amendment.perimeter)


def codes_of(perimeter: Content) -> set[str]:
    """The codes of a list as a version keeps it."""
    return {code for code, _ in perimeter["communes"]}


def _codes(signed: Content, proposed: Content, value: Mapping[str, Any]) -> set[str]:
    kept, whole, added, removed = (value.get(name) for name in ("kept", "territory", "added", "removed"))
    standing = set(whole.communes) if whole else codes_of(proposed)
    known = standing if whole else standing | codes_of(signed)
    codes = known & set(kept) if kept is not None else standing
    codes -= set(removed.communes) if removed else set()
    return codes | (set(added.communes) if added else set())


def _made(signed: Content, codes: set[str], whole: Territory | None) -> Perimeter:
    """A list that keeps its first geography: mergers since then are still looked for in its oldest codes."""
    if whole and codes == set(whole.communes):
        made = perimeter_of(whole)
    else:
        as_of = perimeter_of(whole).as_of if whole else date.fromisoformat(signed["as_of"])
        bare = (whole.name if whole else signed["name"]).split(" (", 1)[0]
        name = f"{bare} ({french.counted(len(codes), 'commune')})"[:120]
        made = Perimeter(name=name, communes=sorted(codes), as_of=as_of)
    made.save()
    return made
