"""One trade across the communes of a territory, and the list of all trades there."""
