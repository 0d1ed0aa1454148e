"""What partners promised each other, and where it stands."""
