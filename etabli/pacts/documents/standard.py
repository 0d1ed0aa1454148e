"""The standard Word template, made by code so that it can be read and compared; officers download it and change it."""

import io
from datetime import UTC, datetime
from functools import lru_cache

from docx import Document
from docx.shared import Pt

from etabli.pacts.documents import amended

FAMILY = "Source Sans Pro"


@lru_cache(maxsize=1)
def template() -> bytes:
    """The `.docx`, with its fields between double braces."""
    page = Document()
    page.core_properties.title, page.core_properties.author = "Modèle de convention", "Établi"
    page.core_properties.created = page.core_properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    style = page.styles["Normal"]
    style.font.name, style.font.size = FAMILY, Pt(11)
    page.sections[0].footer.paragraphs[0].text = "{{ version }}"
    for kind, text in _LINES:
        if kind == "title":
            page.add_heading(text, 0)
        elif kind in ("1", "2"):
            page.add_heading(text, int(kind))
        elif kind == "changes":
            _changes(page)
        else:
            page.add_paragraph(text, style="List Bullet" if kind == "-" else None)
    _signatures(page)
    saved = io.BytesIO()
    page.save(saved)
    return saved.getvalue()


_LINES = (
    ("title", "{{ titre }}"),
    ("", "{{ nature }}, {{ dates }}{% if montant %}, {{ montant }}{% endif %}"),
    ("", "{%p if avenant %}"),
    ("1", "{{ avenant.titre }}"),
    ("", "Applicable à compter du {{ avenant.effet }}."),
    ("", "{%p for ligne in avenant.raison %}"),
    ("", "{{ ligne }}"),
    ("", "{%p endfor %}"),
    ("changes", ""),
    ("1", amended.FOLLOWS),
    ("", "{%p endif %}"),
    ("1", "Entre"),
    ("", "{%p for partie in parties %}"),
    ("-", "{{ partie.nom }} (SIREN {{ partie.siren }}), {{ partie.role }}{% if partie.signataire %}, représentée par "
     "{{ partie.signataire }}{% endif %}{% if partie.deliberation %}, délibération "
     "{{ partie.deliberation }}{% endif %}"),
    ("", "{%p endfor %}"),
    ("", "{%p for ligne in preambule %}"),
    ("", "{{ ligne }}"),
    ("", "{%p endfor %}"),
    ("1", "Périmètre"),
    ("", "{{ perimetre.nom }}, {{ perimetre.nombre }}, géographie officielle au {{ perimetre.date }}."),
    ("", "{{ perimetre.communes }}"),
    ("", "{%p for axe in axes %}"),
    ("1", "Axe {{ axe.numero }}. {{ axe.titre }}"),
    ("", "{%p for ligne in axe.description %}"),
    ("", "{{ ligne }}"),
    ("", "{%p endfor %}"),
    ("", "{%p for objectif in axe.objectifs %}"),
    ("-", "{{ objectif.titre }} ({{ objectif.unite }}), départ {{ objectif.depart }}"
     "{% if objectif.cibles %}, cibles {{ objectif.cibles }}{% endif %}"
     "{% if objectif.comptage %}. {{ objectif.comptage }}{% endif %}"),
    ("", "{%p endfor %}"),
    ("", "{%p for fiche in axe.fiches %}"),
    ("2", "Fiche-action {{ fiche.numero }}. {{ fiche.titre }}"),
    ("", "{%p for ligne in fiche.lignes %}"),
    ("", "{{ ligne.intitule }}\u00a0: {{ ligne.texte }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endfor %}"),
    ("", "{%p endfor %}"),
    ("", "{%p if dispositions %}"),
    ("1", "Dispositions particulières"),
    ("", "{%p endif %}"),
    ("", "{%p for ligne in dispositions %}"),
    ("", "{{ ligne }}"),
    ("", "{%p endfor %}"),
    ("1", "Signatures"),
)  # fmt: skip


def _changes(page: object) -> None:
    table = page.add_table(rows=4, cols=3)  # type: ignore[attr-defined] # a header is a container
    table.style = "Table Grid"
    texts = (
        "{{ ligne.quoi }}",
        "{{ ligne.avant }}",
        "{{ ligne.apres }}{% if ligne.mention %} ({{ ligne.mention }}){% endif %}",
    )
    for cell, text in zip((*table.rows[0].cells, *table.rows[2].cells), (*amended.HEADS, *texts), strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "{%tr for ligne in avenant.changements %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _signatures(page: object) -> None:
    table = page.add_table(rows=4, cols=2)  # type: ignore[attr-defined] # a header is a container
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Partie", "Date et signature"
    table.rows[1].cells[0].text = "{%tr for partie in parties %}"
    table.rows[2].cells[0].text = "{{ partie.nom }}\n{{ partie.signataire }}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
