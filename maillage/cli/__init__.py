"""Command line of the engine: ``python -m maillage COMMAND …`` (``./run maillage COMMAND …``)."""
