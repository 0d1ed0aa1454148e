"""What the figures say about a territory. Public pages, no model: everything comes from the store."""
