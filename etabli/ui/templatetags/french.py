"""Filters of French typography, built into every template: `|nombre`, `|pourcent`, `|euros`, `|date_longue`…"""

import re
from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from etabli.ui import french

register = template.Library()
_FIRST = re.compile(r"\b1er\b")


@register.filter
def nombre(value: french.Number | None, decimals: int = 0) -> str:
    """`{{ 2796|nombre }}`, `{{ 8.83|nombre:1 }}`."""
    return french.number(value, decimals)


@register.filter
def solde(value: french.Number | None, decimals: int = 0) -> str:
    """A difference, always with its sign: « +18 », « −4 », « 0 »."""
    return french.number(value, decimals, signed=True)


@register.filter
def pourcent(value: french.Number | None, decimals: int = 1) -> str:
    """A value already in percent."""
    return french.percent(value, decimals)


@register.filter
def euros(cents: int | None) -> str:
    """An amount in cents."""
    return french.euros(cents)


@register.filter(expects_localtime=True)
def date_longue(day: date | None) -> str:
    """« 16 novembre 2017 »."""
    return french.long_date(day)


@register.filter
def mois(day: date | None) -> str:
    """« novembre 2017 »."""
    return french.month(day)


@register.filter
def compte(count: french.Number, words: str) -> str:
    """`{{ 36|compte:"commune" }}`; irregular plural after a comma: `"journal,journaux"`."""
    return french.counted(count, *words.split(","))


@register.filter
def typo(text: str) -> SafeString:
    """A sentence of the engine, with the spaces of French printing and « 1er » raised; not for attributes."""
    return exposant(french.spaced(str(text)))


@register.filter
def exposant(text: str) -> SafeString:
    """« 1er » with its letters raised: `{{ day|date_longue|exposant }}`."""
    return mark_safe(_FIRST.sub("1<sup>er</sup>", conditional_escape(text)))  # noqa: S308 - escaped just before


@register.simple_tag(takes_context=True)
def avec(context: template.Context, **changes: object) -> str:
    """The query string of this page with some parameters changed (None removes one): `?q=lens&page=2`."""
    pairs = [(key, value) for key, value in context["request"].GET.items() if key not in changes]
    pairs += [(key, str(value)) for key, value in changes.items() if value is not None]
    return f"?{urlencode(pairs)}"
