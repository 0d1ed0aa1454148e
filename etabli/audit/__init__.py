"""Who changed what, and who read what names a person: two append-only tables, written by actions."""
