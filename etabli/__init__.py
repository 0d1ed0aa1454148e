"""Établi: the Django product. It talks to the engine (`maillage`) through `etabli.facts` alone."""
