"""Gathers what Sirene says today of the establishments and firms that have a spell."""
# ruff: noqa: S608
# (SQL is put together from the column names of official layouts and from numbers, never from what a file contains)

from collections.abc import Callable

import numpy as np

from maillage.reference.bands import BANDS, UNKNOWN_BAND, band_number
from maillage.reference.legal_forms import LegalClass, legal_class
from maillage.signs import is_odd_sql, legible_sql
from maillage.sources import unite_legale
from maillage.store.columns import Establishments, Firms, Status
from maillage.store.coordinates import to_degrees
from maillage.store.directory import DIRECTORY_NAME
from maillage.store.numbering import Numbering
from maillage.store.reasons import Reason
from maillage.store.stock import STOCK
from maillage.store.workshop import Workshop

UNITS = unite_legale.DATASET.name
NOT_SHOWN = "[ND]"  # what Sirene writes instead of what a partially diffusible firm hides
FREELY_SHOWN = "O"  # diffusion status of firms that may be named in public; any other one is masked
PRESUMED_ALONE = 1  # caractereEmployeur N: declared without employee
TEN = band_number("11")  # the first band that is outside « ten at most »
NO_UNITS = """
    CREATE TABLE unit (number UINTEGER, band UTINYINT, employer UTINYINT, legal UTINYINT, ess UTINYINT,
                       diffusion VARCHAR, name VARCHAR, odd BOOLEAN)
"""


def read_details(shop: Workshop) -> None:
    """Make the table `detail`: one row per final establishment, as StockEtablissement has it."""
    stock = shop.relation(STOCK)
    shop.load_rows("band_number", "code VARCHAR, number UTINYINT", [(b.code, n) for n, b in enumerate(BANDS)])
    treated, begun = stock.day("dateDernierTraitementEtablissement"), stock.day("dateDebut")
    signs = (shown(stock.text(f"{name}Etablissement")) for name in ("enseigne1", "denominationUsuelle"))
    sign, address = f"coalesce({', '.join(signs)})", f"({_address(stock.text)})"
    postcode = shown(stock.text("codePostalEtablissement"))
    odd = " OR ".join(f"coalesce({is_odd_sql(text)}, false)" for text in (sign, address, postcode))
    newest = f"""
        QUALIFY row_number() OVER (
            PARTITION BY chosen.id ORDER BY {treated} DESC NULLS LAST, {begun} DESC NULLS LAST) = 1
    """
    shop.run(
        f"""
        CREATE TABLE detail AS
        SELECT chosen.id, chosen.firm, chosen.trade, coalesce(band.number, {UNKNOWN_BAND})::UTINYINT AS band,
               {legible_sql(shown(stock.text("activitePrincipaleRegistreMetiersEtablissement")))} AS nafa,
               coalesce({stock.text("statutDiffusionEtablissement")}, '') AS diffusion,
               coalesce(lower({stock.text("etablissementSiege")}), '') = 'true' AS seat,
               TRY_CAST({stock.text("coordonneeLambertAbscisseEtablissement")} AS DOUBLE) AS x,
               TRY_CAST({stock.text("coordonneeLambertOrdonneeEtablissement")} AS DOUBLE) AS y,
               {legible_sql(sign)} AS sign, {legible_sql(address)} AS address, {legible_sql(postcode)} AS postcode,
               {legible_sql(stock.text("activitePrincipaleEtablissement"))} AS naf, {odd} AS odd
        FROM {stock.sql}
        JOIN (SELECT id, firm, trade, siret AS wanted FROM final) AS chosen
            ON wanted = TRY_CAST({stock.digits("siret", 14)} AS BIGINT)
        LEFT JOIN band_number AS band ON band.code = {stock.text("trancheEffectifsEtablissement")}
        {newest if _has_twins(shop) else ""}
        """,
        STOCK,
    )


def _has_twins(shop: Workshop) -> bool:
    """Is a kept SIRET written on several rows of the file?"""
    rows = shop.number("SELECT count(*) FROM seen SEMI JOIN final USING (siret)")
    return rows != shop.number("SELECT count(*) FROM final")


def shown(text: str) -> str:
    """SQL of a text, NULL where Sirene hides it."""
    return f"nullif({text}, '{NOT_SHOWN}')"


def count_odd_texts(shop: Workshop) -> int:
    """Establishments with a text that was cleaned or cut, its own or that of its firm."""
    counted = "SELECT count(*) FROM detail LEFT JOIN unit ON unit.number = detail.firm WHERE detail.odd OR unit.odd"
    return shop.number(counted)


def _address(text: Callable[[str], str]) -> str:
    """SQL of « 12 B RUE DES FORGES »; NULL without a street."""
    parts = ("numeroVoie", "indiceRepetition", "typeVoie", "libelleVoie")
    columns = [shown(text(f"{part}Etablissement")) for part in parts]
    return f"CASE WHEN {columns[-1]} IS NOT NULL THEN concat_ws(' ', {', '.join(columns)}) END"


def read_units(shop: Workshop) -> int | None:
    """Make the table `unit`: one row per firm of the store that StockUniteLegale knows. Returns the bands' year."""
    if not shop.table(UNITS):
        shop.run(NO_UNITS)
        return None
    units = shop.relation(UNITS)
    forms = shop.rows(f"SELECT DISTINCT {units.text('categorieJuridiqueUniteLegale')} FROM {units.sql}", UNITS)
    classes = [(code, int(legal_class(code))) for (code,) in forms if code]
    name = f"({_name(units.text)})"
    shop.load_rows("legal_class", "code VARCHAR, number UTINYINT", classes)
    shop.run(
        f"""
        CREATE TABLE unit AS
        SELECT chosen.firm AS number, coalesce(band.number, {UNKNOWN_BAND})::UTINYINT AS band,
               (CASE {units.text("caractereEmployeurUniteLegale")} WHEN 'N' THEN 1 WHEN 'O' THEN 2 ELSE 0 END)::UTINYINT
                   AS employer,
               coalesce(form.number, {LegalClass.UNKNOWN})::UTINYINT AS legal,
               (CASE {units.text("economieSocialeSolidaireUniteLegale")} WHEN 'N' THEN 1 WHEN 'O' THEN 2 ELSE 0 END
                   )::UTINYINT AS ess,
               coalesce({units.text("statutDiffusionUniteLegale")}, '') AS diffusion, {legible_sql(name)} AS name,
               coalesce({is_odd_sql(name)}, false) AS odd,
               TRY_CAST({units.text("anneeEffectifsUniteLegale")} AS INTEGER) AS year
        FROM {units.sql}
        JOIN (SELECT number AS firm, siren AS wanted FROM firm) AS chosen
            ON wanted = TRY_CAST({units.digits("siren", 9)} AS BIGINT)
        LEFT JOIN band_number AS band ON band.code = {units.text("trancheEffectifsUniteLegale")}
        LEFT JOIN legal_class AS form ON form.code = {units.text("categorieJuridiqueUniteLegale")}
        QUALIFY row_number() OVER (PARTITION BY chosen.firm
            ORDER BY {units.day("dateDernierTraitementUniteLegale")} DESC NULLS LAST, name, form.number) = 1
        """,
        UNITS,
    )
    _count_units(shop)
    year = shop.rows("SELECT year FROM unit WHERE year IS NOT NULL GROUP BY year ORDER BY count(*) DESC, year LIMIT 1")
    return int(year[0][0]) if year else None


def _name(text: Callable[[str], str]) -> str:
    """SQL of the name of a firm: its own, else that of the person."""
    person = [
        f"coalesce({shown(text('prenomUsuelUniteLegale'))}, {shown(text('prenom1UniteLegale'))})",
        f"coalesce({shown(text('nomUsageUniteLegale'))}, {shown(text('nomUniteLegale'))})",
    ]
    return f"coalesce({shown(text('denominationUniteLegale'))}, nullif(concat_ws(' ', {', '.join(person)}), ''))"


def _count_units(shop: Workshop) -> None:
    units = shop.relation(UNITS)
    siren = units.digits("siren", 9)
    tally = shop.tally(UNITS)
    sound = f"regexp_full_match({siren}, '[0-9]{{9}}')"
    counted = f"SELECT count(*), count(*) FILTER ({sound}), count(DISTINCT {siren}) FILTER ({sound}) FROM {units.sql}"
    read, well_formed, distinct = shop.rows(counted, UNITS)[0]
    tally.read = read
    tally.move(Reason.BAD_NUMBER, read - well_formed)
    tally.move(Reason.DUPLICATE, well_formed - distinct)
    tally.move(Reason.OTHER_FIRM, tally.kept - shop.number("SELECT count(*) FROM unit"))


def establishments(shop: Workshop, numbering: Numbering, communes: tuple[str, ...]) -> Establishments:
    """The columns of the establishments, in their final order."""
    found = shop.arrays(
        f"""
        SELECT detail.band, (nafa IS NOT NULL)::UTINYINT AS certain, seat::UTINYINT AS seat,
               (CASE WHEN detail.diffusion = '{FREELY_SHOWN}' AND coalesce(unit.diffusion, '{FREELY_SHOWN}')
                     = '{FREELY_SHOWN}' THEN {Status.DIFFUSIBLE} ELSE {Status.PARTIAL} END)::UTINYINT AS status,
               coalesce(x, 'nan'::DOUBLE) AS x, coalesce(y, 'nan'::DOUBLE) AS y
        FROM detail LEFT JOIN unit ON unit.number = detail.firm ORDER BY id
        """
    )
    lon, lat = to_degrees(found.pop("x"), found.pop("y"), numbering.commune, communes)
    siren, nic = np.divmod(numbering.siret, 100_000)
    return Establishments(
        siren=siren.astype(np.uint32),
        nic=nic.astype(np.uint32),
        firm=numbering.firm,
        commune=numbering.commune,
        lon=lon,
        lat=lat,
        created=numbering.created,
        **found,
    )


def firms(shop: Workshop, numbering: Numbering) -> Firms:
    """The columns of the firms, in the order of SIREN; unknown where StockUniteLegale is missing.

    A firm is at least as large as its largest establishment: one of ten employees or more gives its band to a firm of
    unknown size. A smaller one does not: the firm may have others.
    """
    found = shop.arrays(
        f"""
        WITH biggest AS (
            SELECT firm AS number, max(band) AS establishment FROM detail WHERE band <> {UNKNOWN_BAND} GROUP BY firm
        )
        SELECT (CASE WHEN coalesce(employer, 0) <> {PRESUMED_ALONE} AND coalesce(band, 0) IN (0, {UNKNOWN_BAND})
                          AND establishment >= {TEN} THEN establishment
                     ELSE coalesce(band, {UNKNOWN_BAND}) END)::UTINYINT AS band,
               coalesce(employer, 0)::UTINYINT AS employer, coalesce(legal, {LegalClass.UNKNOWN})::UTINYINT AS legal,
               coalesce(ess, 0)::UTINYINT AS ess
        FROM firm LEFT JOIN unit USING (number) LEFT JOIN biggest USING (number) ORDER BY number
        """
    )
    return Firms(siren=numbering.sirens, **found)


def write_directory(shop: Workshop, trades: tuple[str, ...]) -> None:
    """Write the texts of each establishment, in the order of its number, into the directory of the version."""
    shop.load_rows("trade_code", "number USMALLINT, code VARCHAR", list(enumerate(trades)))
    path = str(shop.folder / DIRECTORY_NAME).replace("'", "''")
    shop.run(f"ATTACH '{path}' AS directory")
    shop.run(
        """
        CREATE TABLE directory.establishment AS
        SELECT id, unit.name, sign, address, postcode, trade_code.code AS trade, naf, nafa
        FROM detail JOIN trade_code ON trade_code.number = detail.trade LEFT JOIN unit ON unit.number = detail.firm
        ORDER BY id
        """
    )
    shop.run("DETACH directory")
