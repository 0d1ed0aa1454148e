"""Who may enter. For now the user model alone, so that it exists from the first migration."""
