"""The establishments behind a public figure: every count opens onto its rows."""
