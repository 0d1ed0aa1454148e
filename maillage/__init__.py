"""Maillage: the mesh of crafts on a territory, read from the public Sirene register.

Pure Python, no Django: sources, store, indicators. Usable from a notebook or by `python -m maillage`.
"""
