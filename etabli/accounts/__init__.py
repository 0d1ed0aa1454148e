"""Who may enter, for which organisation, in which role."""
