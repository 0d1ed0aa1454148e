"""« Ce qui a bougé »: what an adviser opens on Monday morning, as a page, a feed and a table."""
