"""Small tables of facts kept with the code: trades, nomenclatures, places; sources in SOURCES.md."""
