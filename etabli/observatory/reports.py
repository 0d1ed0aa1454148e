"""What the build read, kept and set aside, as the page « Données » shows it."""

from etabli import facts
from etabli.facts import Manifest
from etabli.observatory.places import covered
from etabli.observatory.screens import BuildReport, SourceLine
from etabli.ui import french
from maillage.territory import parse


def build_report() -> BuildReport:
    """The report of the store in force. Raises NoStore."""
    manifest = facts.store().manifest
    return BuildReport(
        version=manifest.version,
        facts=_facts(manifest),
        sources=tuple(
            SourceLine(
                file=source.file,
                kind=source.kind,
                layout=source.layout,
                read=french.number(source.read),
                kept=french.number(source.kept),
                set_aside=tuple((reason, french.number(count)) for reason, count in source.set_aside.items() if count),
                sha256=source.sha256,
            )
            for source in manifest.sources
        ),
        unknown_files=manifest.unknown_files,
        covered=covered(),
        notes=manifest.notes,
        counters=tuple((label, french.number(count)) for label, count in manifest.counters.items()),
    )


def _facts(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """Labels and values of the edition, and of what goes before and after it."""
    kept, daily, files = manifest.editions, facts.latest().until, facts.latest().files
    earlier = f"gardés depuis l’édition du {french.long_date(kept[0].stock_date)}" if kept else "aucun encore"
    read = "un seul lu, du" if files == 1 else f"{french.number(files)} lus, le dernier du"
    later = f"{read} {french.long_date(daily)}, pour la veille et les noms à masquer" if daily else "aucun depuis"
    return (
        ("Date des données", french.long_date(manifest.stock_date)),
        ("Construite le", french.long_date(manifest.built_at.date())),
        ("Nature", "données fictives" if manifest.fictitious else "fichiers officiels"),
        (
            "Historique des établissements",
            "chargé" if manifest.history else "absent\u00a0: les séries sont des ordres de grandeur",
        ),
        ("Liens de succession", "chargés" if manifest.succession else "absents"),
        ("Communes et intercommunalités", f"au {french.long_date(parse('france').as_of)}, pour toutes les années"),
        ("Tranches d’effectif", f"31 décembre {manifest.band_year}" if manifest.band_year else "absentes"),
        ("Effectifs et codes NAFA d’avant", earlier),
        ("Fichiers quotidiens", later),
    )
