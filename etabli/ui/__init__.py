"""What every page is made of: tokens, components, French typography."""
