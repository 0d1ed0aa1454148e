"""`/accueil/`: what people from outside find: their territory, what was done with them, the reports published there."""
