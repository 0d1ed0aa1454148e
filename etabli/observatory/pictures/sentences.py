"""Titles of pictures: what is seen, in one sentence, computed from the figures.

They state plain facts about the territory itself. Sentences that judge or rank it (« un tiers de moins que la
France ») belong to those whose authority said « publier »: none is written here.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt

from etabli.observatory.pictures.years import years_of
from etabli.ui.french import capitalised, counted, enumeration, in_words, number, percent
from maillage.indicators import Answer, Row

SIGNIFICANT = 1.96  # standard errors: a difference smaller than that is not told as a change
FEW = 20  # firms under which a share or a rate jumps with each of them: they are counted
ROUNDED = 2.0  # points that a fraction may stand away from the figure that it tells
CLOSE_SECTORS = 2.0  # points under which two sectors lead together
FRACTIONS = (Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(3, 5), Fraction(4, 5), Fraction(9, 10))
NAMED = 3  # territories side by side that a title has room to name
UNKNOWN = "non connu"
ORDINALS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 10: "dix"}


def creations(own: Answer) -> str:
    """« Le taux de création passe de 7,4 % en 2016 à 8,8 % en 2025 », when the difference is beyond chance."""
    whole = [(year, row) for year, row in years_of(own).items()
             if row.value is not None and not row.extra.get("partial")]  # fmt: skip
    if not whole:
        return "Aucun taux de création n’est connu"
    (first, before), (last, after) = whole[0], whole[-1]
    if first == last:
        return f"Le taux de création est de {percent(after.value)} en {last}"
    if _differ(before, after):
        return f"Le taux de création passe de {percent(before.value)} en {first} à {percent(after.value)} en {last}"
    return f"Le taux de création est de {percent(after.value)} en {last}, sans écart net avec {first}"


def _differ(before: Row, after: Row) -> bool:
    """Is the difference of two rates beyond chance? Normal approximation of two counts over their denominators."""
    errors = []
    for row in (before, after):
        events, base = float(row.extra.get("numerator") or 0), float(row.extra.get("denominator") or 0)
        if base <= 0:
            return False
        errors.append(100 * sqrt(max(events, 1)) / base)
    return abs(float(after.value or 0) - float(before.value or 0)) > SIGNIFICANT * sqrt(sum(e * e for e in errors))


def firms(counts: Sequence[tuple[int, int]]) -> str:
    """« 520 entreprises de plus qu’il y a dix ans : de 2 100 à 2 620 », from the number at the 1 January of each year.

    Nothing for less than two years, and where there never was any.
    """
    if len(counts) < 2 or not any(count for _, count in counts):
        return ""
    (first, before), (last, after) = counts[0], counts[-1]
    span = f"{ORDINALS.get(last - first, number(last - first))} ans" if last - first > 1 else "un an"
    if before == after:
        return f"Autant d’entreprises qu’il y a {span}\u00a0: {number(after)}"
    more = "de plus" if after > before else "de moins"
    told = counted(abs(after - before), "entreprise")
    return f"{told} {more} qu’il y a {span}\u00a0: de {number(before)} à {number(after)}"


def movement(years: Sequence[int], born: float, dead: float) -> str:
    """« 2 410 créations et 1 890 fermetures de 2016 à 2025 : un solde de +520 »."""
    if not years:
        return "Aucun mouvement n’est connu"
    when = f"en {years[0]}" if len(years) == 1 else f"de {years[0]} à {years[-1]}"
    balance = number(born - dead, signed=True) if born != dead else "zéro"
    return f"{counted(born, 'création')} et {counted(dead, 'fermeture')} {when}\u00a0: un solde de {balance}"


def survival(value: float | None, low: float | None, high: float | None, years: int) -> str:
    """« Quatre entreprises sur cinq sont encore actives à trois ans », when the fraction is near and in the interval.

    `value`, `low`, `high` in percent. Otherwise the percentage; without a curve, the reason.
    """
    after = f"{ORDINALS.get(years, str(years))} ans" if years > 1 else "un an"
    if value is None:
        return "Trop peu de créations pour une courbe de survie"
    near = min(FRACTIONS, key=lambda fraction: abs(float(fraction) * 100 - value))
    told = float(near) * 100
    if low is not None and high is not None and low <= told <= high and abs(told - value) <= ROUNDED:
        few, all_ = in_words(near.numerator), in_words(near.denominator)
        if near.numerator == 1:
            return f"Une entreprise sur {all_} est encore active à {after}"
        return f"{capitalised(few)} entreprises sur {all_} sont encore actives à {after}"
    return f"{percent(value, 0)} des entreprises créées sont encore actives à {after}"


def sectors(rows: Sequence[Row], firms: int | None = None) -> str:
    """« Le bâtiment fait 42 % du tissu », « Le bâtiment et les services font 71 % du tissu » when they are close.

    `firms`: how many in all, each counted once; a few are told one by one.
    """
    known = sorted((row for row in rows if row.value), key=lambda row: -float(row.value or 0))
    total = sum(float(row.value or 0) for row in known)
    if not total:
        return "Aucune entreprise artisanale"
    if firms is not None and firms < FEW:
        return _few_sectors(known, firms)
    shares = [(row, 100 * float(row.value or 0) / total) for row in known]
    leaders = [(row, share) for row, share in shares if shares[0][1] - share < CLOSE_SECTORS]
    names = enumeration([_with_article(row) for row, _ in leaders])
    verb = "fait" if len(leaders) == 1 and leaders[0][0].key != "services" else "font"
    return f"{capitalised(names)} {verb} {percent(sum(share for _, share in leaders), 0)} du tissu"


def _few_sectors(ordered: Sequence[Row], firms: int) -> str:
    """« Deux entreprises sur trois sont du bâtiment », « Les deux entreprises sont des services »."""
    most = int(ordered[0].value or 0)
    of = {"alimentation": "de l’alimentation", "batiment": "du bâtiment", "fabrication": "de la fabrication",
          "services": "des services"}  # fmt: skip
    names = ", autant ".join(of.get(row.key, row.label) for row in ordered if row.value == most)
    if firms == 1:
        return f"La seule entreprise est {names.replace(', autant', ' et')}"
    if most == firms and "," not in names:
        return f"Les {in_words(firms)} entreprises sont {names}"
    noun, verb = ("entreprise", "est") if most == 1 else ("entreprises", "sont")
    return f"{capitalised(in_words(most))} {noun} sur {in_words(firms)} {verb} {names}"


def side_by_side(
    what: str, values: Sequence[tuple[str, float | None]], shown: Callable[[float | None], str], unit: str = ""
) -> str:
    """« Créations : Lens-Liévin 13,8 %, Hénin-Carvin 12,2 % »: up to three territories are named, none ranked; of more
    the bounds are told, which fit a title."""
    after = f" {unit}" if unit else ""
    if len(values) > NAMED:
        return f"{what}\u00a0: {_bounds([value for _, value in values], shown, after)}"
    apart = "\u202f; " if unit else ", "  # numbers have commas of their own
    told = apart.join(f"{name} {shown(value)}" for name, value in values)
    return f"{what}\u00a0: {told}{after}"


def _bounds(values: Sequence[float | None], shown: Callable[[float | None], str], after: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return UNKNOWN
    low, high = shown(min(known)), shown(max(known))
    if low != high:
        return f"de {low} à {high}{after}"
    return f"{low}{after}" + (" partout" if len(known) == len(values) else "")


def _with_article(row: Row) -> str:
    articles = {"alimentation": "l’", "batiment": "le ", "fabrication": "la ", "services": "les "}
    return f"{articles.get(row.key, '')}{row.label.lower()}"


def places(values: Sequence[float], unit: str, place: str = "la commune") -> str:
    """« De 63 à 181 entreprises pour 10 000 habitants selon la commune »; `place` has its article."""
    if not values:
        return "Aucune valeur n’est connue"
    low, high = number(min(values)), number(max(values))
    if low == high:
        return f"{low} {unit}" + (", partout" if len(values) > 1 else "")
    return f"De {low} à {high} {unit} selon {place}"


def trade(label: str, present: int, all_: int, word: str = "commune") -> str:
    """« Boulangerie : présente dans 27 communes sur 36 »."""
    if all_ <= 1:
        return f"{capitalised(label)}\u00a0: {'au moins un établissement' if present else 'aucun établissement'}"
    if not present:
        return f"{capitalised(label)}\u00a0: nulle part, sur {counted(all_, word)}"
    return f"{capitalised(label)}\u00a0: dans {counted(present, word)} sur {all_}"
