"""A picture that would show nothing sure: its sentence and the reason, no empty grid."""

from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.papers.sheets import Cell, Column, Sheet
from maillage.indicators import Answer

NO_PLACE_TITLE = "Pas de carte\u00a0: la place des communes n’est pas dans ces données"
NO_PLACE = "Le tableau donne les mêmes valeurs, commune par commune"


def blank(
    name: str,
    title: str,
    reason: str,
    answer: Answer,
    columns: tuple[Column, ...] = (),
    rows: tuple[tuple[Cell, ...], ...] = (),
) -> Picture:
    """`title` and `reason` are sentences without full stop; a table may still be given. Its file is its words."""
    source = mention_of(answer)
    return Picture(
        name=name,
        title=title,
        description=f"{reason}.",
        unit=reason,
        sheet=Sheet(title, columns or (Column("Remarque"),), rows or ((reason,),), notes_of(answer), source,
                    answer.fictitious),
        frame=frame_of(title, reason, answer),
        draw=lambda canvas: canvas.spec([], height=10, left=0, right=0, top=0, bottom=0),
        drawn=False,
    )  # fmt: skip
