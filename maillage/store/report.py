"""The build report in French: per file, what was read, kept, and set aside and why."""

from collections.abc import Iterable

from maillage.store.manifest import Edition, Manifest, SourceFile

NARROW = "\u202f"


def report(manifest: Manifest) -> str:
    """The whole report as plain text, one line per fact."""
    lines = [
        f"Magasin {manifest.version}, construit le {manifest.built_at:%d/%m/%Y à %H:%M} UTC",
        f"Stock du {manifest.stock_date:%d/%m/%Y}" + (", données fictives" if manifest.fictitious else ""),
        *(line for source in manifest.sources for line in _file_lines(source)),
        *_section("Fichiers inconnus, non lus", manifest.unknown_files),
        *_section("Gardés, à savoir", (f"{label} : {number_fr(n)}" for label, n in manifest.counters.items())),
        *_section("Effectifs et codes NAFA gardés des éditions d’avant", map(_edition, manifest.editions)),
        *_section("Remarques", manifest.notes),
    ]
    return "\n".join(lines) + "\n"


def _file_lines(source: SourceFile) -> list[str]:
    layout = f", format {source.layout}" if source.layout else ""
    counts = f"lues {number_fr(source.read)}, gardées {number_fr(source.kept)}"
    aside = [f"    écartées, {reason} : {number_fr(number)}" for reason, number in source.set_aside.items()]
    return ["", f"{source.file} ({source.kind}{layout})", f"    lignes {counts}", *aside]


def _edition(edition: Edition) -> str:
    bands = f", effectifs du 31/12/{edition.band_year}" if edition.band_year else ""
    return f"{edition.stock_date:%d/%m/%Y}{bands}"


def _section(title: str, items: Iterable[str]) -> list[str]:
    lines = [f"    {item}" for item in items]
    return ["", title, *lines] if lines else []


def number_fr(number: int) -> str:
    """« 1 234 567 » with narrow no-break spaces."""
    return f"{number:,}".replace(",", NARROW)
