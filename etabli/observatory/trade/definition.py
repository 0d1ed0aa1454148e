"""What a trade is made of: its activity codes, the craft part of each, and the texts that say so."""

from etabli.observatory.trade.screens import Code, Definition, Law
from etabli.ui import french
from maillage.reference.trades import CraftActivity, LegalText, Reach, Trade, craft_activities, legal_texts
from maillage.scope import ActivityScope, Scope

REACHES = {
    Reach.WHOLE: "entièrement artisanal",
    Reach.EXCEPT: "artisanal, sauf",
    Reach.PARTIAL: "artisanal en partie",
}


def definition(one: Trade, scope: Scope) -> Definition:
    """The codes of a trade in the order of the table, with their reserve in words."""
    activities = [activity for activity in craft_activities() if activity.trade == one]
    checked = [activity.checked_in_force for activity in activities if activity.checked_in_force is not None]
    return Definition(
        codes=tuple(_code(activity) for activity in activities),
        laws=tuple(_law(text) for text in legal_texts()),
        checked="" if len(checked) < len(activities) else french.long_date(min(checked)),
        warning=_warning(one, scope),
    )


def _code(activity: CraftActivity) -> Code:
    return Code(activity.naf, REACHES[activity.reach], activity.reserve)


def _law(text: LegalText) -> Law:
    if text.until is not None:
        return Law(text.title, text.address, f"jusqu’au {french.long_date(text.until)}")
    return Law(text.title, text.address, f"depuis le {french.long_date(text.since)}")


def _warning(one: Trade, scope: Scope) -> str:
    if not one.in_part or scope.activity is not ActivityScope.ACTIVITY:
        return ""
    return (
        "Le code de ce métier n’est artisanal qu’en partie\u00a0: ne sont comptés ici que les établissements déclarés "
        "au répertoire des métiers. Choisir « au moins en partie artisanale » les compte tous."
    )
